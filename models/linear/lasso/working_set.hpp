#pragma once
/// The columns a lasso path works on, gathered and contiguous, with their Gram matrix for every training set.
#include <span>
#include <vector>

#include "core/types.hpp"
#include "models/linear/lasso/active_set.hpp"

namespace quartic::detail {

/// Whether every training set is taken about its own means (which fits an intercept, not penalised).
enum class FoldMeans { ignored, fitted };

/// Training sets of k-fold cross-validation: fold of row i is i mod folds, training set f is every row
/// outside fold f. With one fold the training set is all rows.
struct TrainingSets {
  Index folds = 1;
  FoldMeans means = FoldMeans::ignored;
};

/// Gathered columns of X (n x d, kept by reference) and, for each training set, G = X_W'X_W and q = X_W'y.
/// The products of the k training sets are the sum of the k folds' less one of them: one Gram of all rows in
/// total. Flops: lasso_flops.hpp.
class LassoWorkingSet {
 public:
  LassoWorkingSet(MatrixView x, VectorView y, TrainingSets sets);

  Index size() const { return static_cast<Index>(columns_.size()); }
  Index training_rows(Index fold) const;
  /// Columns of X in the order in which they came.
  std::span<const Index> columns() const { return columns_; }
  bool contains(Index column) const { return present_[column] != 0; }
  /// Appends columns that are not yet present.
  void add(std::span<const Index> columns);
  /// Training set `fold` as a quadratic.
  QuadraticView quadratic(Index fold) const;
  /// y - X_W b for every row b of B (m x k): m x n, in the order of X's rows.
  Matrix residuals(const Matrix& coefficients) const;
  double flops() const { return flops_; }

 private:
  Range fold_rows(Index fold) const { return {starts_[fold], starts_[fold + 1] - starts_[fold]}; }
  void reserve(Index size);
  void gather(Index first);
  Matrix fold_products(Index fold, Index first) const;
  Vector fold_sums(Index fold) const;
  void store(Index fold, Index first, const Matrix& products);
  void centre(Index fold, Index first, const Vector& sums);

  MatrixView x_;
  TrainingSets sets_;
  std::vector<Index> order_;   // the rows, fold by fold
  std::vector<Index> starts_;  // of the folds in that order
  std::vector<Index> columns_;
  std::vector<char> present_;    // by column of X
  Matrix gathered_;              // row 0: y, row 1 + w: column w; entries in that order
  std::vector<Matrix> grams_;    // one a training set, k x k (of a larger capacity)
  std::vector<Vector> targets_;  // one a training set: X_W'y
  double flops_ = 0;
};

}  // namespace quartic::detail
