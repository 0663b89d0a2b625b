#include "models/linear/centring.hpp"

#include <cassert>

namespace quartic {

namespace {

// All numbers equal: their mean is that number, and not what the sum rounds to, which would leave a column of
// rounding errors for a fit to enlarge.
bool is_constant(const auto& numbers) {
  return (numbers.array() == numbers(0)).all();
}

}  // namespace

LinearRule Centred::rule(Vector coefficients) const {
  double intercept = y_mean;
  for (Index j = 0; j < means.size(); ++j) intercept -= means(j) * coefficients(j);
  return {std::move(coefficients), intercept};
}

Centred centre(const Data& data) {
  assert(data.rows() > 0);
  Matrix x = data.block({0, data.rows()}, {0, data.columns()});
  Vector y = data.y();
  const auto rows = static_cast<double>(data.rows());
  Vector means = Vector::Zero(x.cols());
  for (Index i = 0; i < x.rows(); ++i) means += x.row(i).transpose();
  means /= rows;
  for (Index j = 0; j < x.cols(); ++j)
    if (is_constant(x.col(j))) means(j) = x(0, j);
  x.rowwise() -= means.transpose();
  const double y_mean = is_constant(y) ? y(0) : y.sum() / rows;
  y.array() -= y_mean;
  return {Data(std::move(x), std::move(y), data.task()), std::move(means), y_mean};
}

Centred uncentred(const Data& data) {
  return {data, Vector::Zero(data.columns()), 0};
}

}  // namespace quartic
