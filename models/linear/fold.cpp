#include "models/linear/fold.hpp"

#include <vector>

namespace quartic {

namespace {

Data rows_of(const Data& data, const Matrix& x, const std::vector<Index>& rows) {
  return {Matrix(x(rows, Eigen::all)), Vector(data.y()(rows)), data.task()};
}

}  // namespace

Fold divide(const Data& data, Index fold, Index folds) {
  std::vector<Index> training, held_out;
  for (Index i = 0; i < data.rows(); ++i) (i % folds == fold ? held_out : training).push_back(i);
  const Matrix x = data.block({0, data.rows()}, {0, data.columns()});
  return {rows_of(data, x, training), rows_of(data, x, held_out)};
}

Vector residuals_of(const LinearRule& rule, std::span<const Index> columns, const Data& rows) {
  Vector residuals = rows.y();
  residuals.array() -= rule.intercept;
  const MatrixView x = rows.dense();
  for (const Index j : columns) residuals -= rule.coefficients[j] * x.col(j);
  return residuals;
}

double held_out_error(const LinearRule& rule, std::span<const Index> columns, const Data& rows) {
  return residuals_of(rule, columns, rows).squaredNorm() / static_cast<double>(rows.rows());
}

}  // namespace quartic
