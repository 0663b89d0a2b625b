#pragma once
/// A lasso some of whose columns are not penalised, as a lasso without them.
#include <span>
#include <vector>

#include "core/data.hpp"
#include "core/fit.hpp"
#include "models/linear/hybrid/column_basis.hpp"
#include "models/linear/lasso/path.hpp"
#include "models/linear/logistic/design.hpp"

namespace quartic::detail {

/// min over a, b of 1/(2n) |y - Ua - Xb|^2 + penalty |b|_1. Whatever b is, the best a leaves My - MXb, M = I - QQ' for an
/// orthonormal basis Q of the columns of U (Frisch & Waugh 1933, Lovell 1963). So b is the lasso's of (MX, My), and the
/// two problems have the same duals, those with U'v = 0: a duality gap of the one is one of the other. Then
/// a = U^+ (y - Xb), of least length where columns of U depend on one another, which they do where there are as many as
/// rows; nothing is left to X there. With an intercept a column of ones comes first in U.
///
/// A column, or y, of which M leaves less than 1e-10 of its length is rounding: it becomes zero.
class PartialRegression {
 public:
  /// Precondition: at least one row. named: columns of data, distinct.
  PartialRegression(const Data& data, std::span<const Index> named, Intercept intercept);

  /// MX, n x d: all columns of the data, those named zero; and My.
  MatrixView x() const { return {x_.data(), x_.rows(), x_.cols()}; }
  VectorView y() const { return {y_.data(), y_.size()}; }
  /// How many of the columns of U are independent, and how many there are.
  Index rank() const { return basis_.rank(); }
  Index unpenalised() const { return std::ssize(named_) + ones(); }

  /// a beside the b of this point, one coefficient a column of the data. rule_flops().
  LinearRule rule(const LassoPoint& point) const;
  double rule_flops(const LassoPoint& point) const;
  /// Of the basis and of M.
  double flops() const { return flops_; }

 private:
  Index ones() const { return intercept_ == Intercept::fitted ? 1 : 0; }
  Matrix unpenalised_columns(const Data& data) const;
  Matrix projected(const Data& data);

  std::vector<Index> named_;
  Intercept intercept_;
  ColumnBasis basis_;
  Matrix coordinates_;  // Q'[X y], rank x (d + 1)
  Matrix x_;
  Vector y_;
  double flops_ = 0;
};

}  // namespace quartic::detail
