#include "models/linear/minimum_norm.hpp"

#include <Eigen/QR>
#include <cmath>

namespace quartic {

namespace {

// The power of two just below the largest absolute value; 1 for zeros and for what is not finite.
template <class M>
double scale_of(const M& m) {
  const double largest = m.size() > 0 ? m.cwiseAbs().maxCoeff() : 0;
  return largest > 0 && std::isfinite(largest) ? std::ldexp(1.0, std::ilogb(largest)) : 1;
}

double certificate_of(const Matrix& x, const Vector& y, const Vector& b) {
  const double scale = x.norm() * y.norm();
  return scale == 0 ? 0 : (x.transpose() * (y - x * b)).norm() / scale;
}

}  // namespace

MinimumNorm minimum_norm(const Data& data) {
  Matrix x = data.block({0, data.rows()}, {0, data.columns()});
  Vector y = data.y();
  const double x_scale = scale_of(x), y_scale = scale_of(y);
  x /= x_scale;
  y /= y_scale;
  if (!x.allFinite() || !y.allFinite()) return {Vector::Constant(x.cols(), NAN), 0, NAN};
  const Eigen::CompleteOrthogonalDecomposition<Matrix> decomposition(x);
  Vector b = decomposition.solve(y);
  const double certificate = certificate_of(x, y, b);
  b = (b / x_scale) * y_scale;
  return {std::move(b), decomposition.rank(), certificate};
}

}  // namespace quartic
