#include "models/linear/minimum_norm.hpp"

#include <Eigen/QR>
#include <cmath>

namespace quartic {

namespace {

// The power of two just below the largest absolute value; 1 for zeros and for what is not finite.
template <class M>
double find_scale(const M& m) {
  const double largest = m.size() > 0 ? m.cwiseAbs().maxCoeff() : 0;
  return largest > 0 && std::isfinite(largest) ? std::ldexp(1.0, std::ilogb(largest)) : 1;
}

double compute_certificate(const Matrix& x, const Vector& y, const Vector& b) {
  const double scale = x.norm() * y.norm();
  return scale == 0 ? 0 : (x.transpose() * (y - x * b)).norm() / scale;
}

}  // namespace

MinimumNorm minimum_norm(const Data& data) {
  Matrix x = data.block({0, data.rows()}, {0, data.columns()});
  Vector y = data.y();
  const double x_scale = find_scale(x), y_scale = find_scale(y);
  x /= x_scale;
  y /= y_scale;
  if (!x.allFinite() || !y.allFinite()) return {Vector::Constant(x.cols(), NAN), 0, NAN};
  const Eigen::CompleteOrthogonalDecomposition<Matrix> decomposition(x);
  Vector b = decomposition.solve(y);
  const double certificate = compute_certificate(x, y, b);
  b = (b / x_scale) * y_scale;
  return {std::move(b), decomposition.rank(), certificate};
}

}  // namespace quartic
