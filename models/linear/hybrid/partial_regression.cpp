#include "models/linear/hybrid/partial_regression.hpp"

#include <utility>

#include "models/linear/hybrid/flops.hpp"

namespace quartic::detail {

PartialRegression::PartialRegression(const Data& data, std::span<const Index> named, Intercept intercept)
    : named_(named.begin(), named.end()), intercept_(intercept), basis_(unpenalised_columns(data)) {
  const Index d = data.columns();
  const Matrix all = projected(data);
  x_ = all.leftCols(d);
  y_ = all.col(d);
  for (const Index j : named_) x_.col(j).setZero();
  flops_ = basis_.flops() + hybrid_flops::project(static_cast<double>(data.rows()), static_cast<double>(d),
                                                  static_cast<double>(rank()));
}

Matrix PartialRegression::unpenalised_columns(const Data& data) const {
  Matrix columns(data.rows(), unpenalised());
  columns.leftCols(ones()).setOnes();
  for (Index k = 0; k < std::ssize(named_); ++k)
    columns.col(ones() + k) = data.block({0, data.rows()}, {named_[static_cast<std::size_t>(k)], 1});
  return columns;
}

// M[X y].
Matrix PartialRegression::projected(const Data& data) {
  const Index d = data.columns();
  Matrix all(data.rows(), d + 1);
  all.leftCols(d) = data.block({0, data.rows()}, {0, d});
  all.col(d) = data.y();
  const Eigen::RowVectorXd before = all.colwise().squaredNorm();
  coordinates_ = basis_.coordinates(all);
  all = basis_.without(std::move(all), coordinates_);
  const Eigen::RowVectorXd after = all.colwise().squaredNorm();
  for (Index j = 0; j <= d; ++j)
    if (after[j] <= least_share_left * least_share_left * before[j]) all.col(j).setZero();
  return all;
}

LinearRule PartialRegression::rule(const LassoPoint& point) const {
  LinearRule rule{Vector::Zero(x_.cols())};
  Vector z = coordinates_.col(x_.cols());
  for (std::size_t k = 0; k < point.columns.size(); ++k) {
    rule.coefficients[point.columns[k]] = point.coefficients[k];
    z -= point.coefficients[k] * coordinates_.col(point.columns[k]);
  }
  const Vector a = basis_.solve(z);
  if (ones() == 1) rule.intercept = a[0];
  for (Index k = 0; k < std::ssize(named_); ++k)
    rule.coefficients[named_[static_cast<std::size_t>(k)]] = a[ones() + k];
  return rule;
}

double PartialRegression::rule_flops(const LassoPoint& point) const {
  return hybrid_flops::coefficients(static_cast<double>(rank()), static_cast<double>(unpenalised()),
                                    static_cast<double>(point.columns.size()));
}

}  // namespace quartic::detail
