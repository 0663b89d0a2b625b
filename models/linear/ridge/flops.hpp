#pragma once
/// What ridge regression costs (see flops.hpp), n rows, p columns, k = min(n, p). The algorithm counted is
/// tests/support/reference/ridge.hpp.
#include "core/types.hpp"

namespace quartic {

struct RidgeOptionsCounted {
  Index penalties = 100;
  Index folds = 5;
  bool intercept = false;
};

/// The fit at one number: Gram matrix of order k, n l added to its diagonal, Cholesky, two solves, products.
double ridge_flops(Index n, Index p);
/// trace, upper end and the steps of the grid.
double ridge_grid_flops(Index k, Index count);
/// Eigendecomposition of a Gram matrix that is at hand, as is X'y, and w.
double spectrum_flops(Index n, Index p);
/// Coefficients at `count` penalties.
double spectrum_path_flops(Index n, Index p, Index count);
/// Leave-one-out errors at `count` penalties.
double leave_one_out_flops(Index n, Index p, Index count);
/// Everything "loo" spends on the choice, with the Gram matrix of the fit at hand: grid, spectrum, errors.
double leave_one_out_tuning_flops(Index n, Index p, Index count);
/// Everything "cv" spends on the choice: grid, and for each fold its Gram matrix, spectrum, path, scores and
/// errors.
double fold_tuning_flops(Index n, Index p, const RidgeOptionsCounted& options);

}  // namespace quartic
