#pragma once
/// Ridge at many penalties from one eigendecomposition.
#include <vector>

#include "models/linear/gram.hpp"

namespace quartic {

/// The smaller Gram matrix of data, n x n (XX', where n < p) or p x p (X'X): lower triangle.
Matrix smaller_gram(const Data& data);

/// Penalties evenly spaced in the logarithm, largest first (see ridge.hpp): upper = 100 trace / (n min(n,
/// p)), then each 10^(-6/(count-1)) times the one before. All 1 where the trace is 0. ridge_grid_flops.
std::vector<double> ridge_grid(const Matrix& gram, Index rows, Index count);

/// X'X = V'DV (rows of V are eigenvectors) with w = V X'y, or, where n < p, XX' = V'DV with w = V y.
class RidgeSpectrum {
 public:
  /// gram: smaller_gram(data). All results are NaN where the eigendecomposition fails. spectrum_flops.
  RidgeSpectrum(const Data& data, Matrix gram);
  /// How many numbers it holds while it is made: the eigenvectors, and what LAPACK works in.
  static double numbers(double n, double p);

  /// b at every penalty: p x penalties. spectrum_path_flops.
  Matrix coefficients(const std::vector<double>& penalties) const;
  /// Mean squared leave-one-out error at every penalty. `leverage` is that of the intercept: 1/n where X and
  /// y were centred, else 0. leave_one_out_flops.
  Vector leave_one_out_errors(const std::vector<double>& penalties, double leverage) const;

 private:
  Matrix weights(const std::vector<double>& penalties) const;
  Matrix shrinkage(const std::vector<double>& penalties) const;
  Data data_;
  bool by_rows_;
  Vector values_;   // D, not below 0
  Matrix vectors_;  // V
  Vector rotated_;  // w
};

struct FoldOptions {
  Index folds = 5;
  bool intercept = false;
};
/// Mean squared error over folds (row i is in fold i modulo folds) at every penalty, each fold centred on its
/// own where an intercept is fitted; all 0 for a single row. NaN where an eigendecomposition failed. With the
/// grid: fold_tuning_flops.
Vector fold_errors(const Data& data, const std::vector<double>& penalties, FoldOptions options);

/// The first index of least error, what is no number left aside; 0 where the first is none.
Index least(const Vector& errors);

}  // namespace quartic
