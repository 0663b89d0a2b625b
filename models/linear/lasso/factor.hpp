#pragma once
/// The Cholesky factor of a Gram matrix whose rows come and go.
#include <vector>

#include "core/types.hpp"

namespace quartic::detail {

/// G = LL' for the inner products G of `size()` columns, in the order in which they were appended.
/// Flops of each operation: lasso_flops.hpp.
class LassoFactor {
 public:
  Index size() const { return size_; }

  /// Appends, in this order, those of m columns that do not depend on the present ones and the appended
  /// before them (pivot^2 > 1e-10 times the diagonal). products: m x size(), with the present ones; among: m
  /// x m, with each other (lower triangle). Returns which were appended.
  std::vector<bool> append(Eigen::MatrixXd products, Eigen::MatrixXd among);

  /// Removes the column at a position; those behind it move up.
  /// L22 L22' + l l' is refactored by one sweep of Givens rotations (Golub & Van Loan 2013, 6.5.4).
  void remove(Index position);

  /// G^-1 rhs.
  Vector solve(Vector rhs) const;

 private:
  void reserve(Index size);
  std::vector<bool> eliminate(const Eigen::MatrixXd& rows, Eigen::MatrixXd schur, const Vector& diagonal);

  Eigen::MatrixXd lower_;  // L in its leading corner; only the lower triangle is read
  Index size_ = 0;
};

}  // namespace quartic::detail
