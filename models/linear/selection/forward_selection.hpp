#pragma once
/// Forward selection: least squares on columns that are added one at a time.
#include "core/model.hpp"
#include "core/options.hpp"

namespace quartic {

/// Starts from no column and adds, step by step, the one with which least squares leaves the least sum of squared
/// residuals (of equal ones the first), as statisticians did by hand; b is least squares on those chosen. X: n x d,
/// columns as they are. steps = how many columns, or
///   "cv"            smallest mean error over `folds` folds (row i is in fold i mod folds), each with a path;
///   "cv_1se"        the fewest columns within one standard error of it;
///   "bic"           least n log(|y - Xb|^2/n) + p log n, p the parameters (Schwarz 1978), which forgets that the
///                   columns were sought: with more columns than rows it takes too many;
///   "extended_bic"  the same + 2 log of the number of ways to choose so many of d columns (Chen & Chen 2008).
/// These walk until the error or criterion has risen at ten steps running (the error by more than its standard error:
/// cross_validation.hpp), or `most` columns are there, by default half the rows of training.
///
/// A path ends earlier where it has as many columns as rows, where no column lowers the residual any more, or where it
/// is below 1e-12 |y|; a fit of fewer columns than asked for says so. Status: converged. Certificate:
/// |X_S'(y - Xb)| / (|X_S|_F |y|) over the columns chosen. parameters: those chosen and the intercept.
///
/// Flops (models/linear/selection/flops.hpp): of order n d a step, exact. Choosing how many is tuning: the folds, or
/// the steps beyond the choice, and the criteria. Failed where squares of the data overflow. Throws InvalidInput for
/// classes, no rows, cross-validation of one row, steps that are no whole number. Efroymson (1960); orthogonal
/// directions: forward_path.hpp.
struct ForwardSelection {
  NumberOrWord steps = "cv";
  Index most = 0;  ///< 0: half the rows
  Index folds = 5;
  bool intercept = false;

  static std::span<const Option<ForwardSelection>> options();
  std::string name() const { return "forward_selection"; }
  std::string fingerprint() const { return fingerprint_of(*this, options()); }
  bool is_linear() const { return true; }
  bool copies_rows() const { return false; }

  void require_consistent() const;
  void require_data(Index n, Index d, Task task) const;
  Fit fit(const Data& data, Stream stream) const;
  /// One fit a number of columns, none first, up to `most`, whatever `steps` is. A fit is billed the path to it.
  std::vector<Fit> fit_path(const Data& data, Stream stream) const;

  /// Directions of every path to its end, and five numbers a column.
  double working_bytes(Index n, Index d) const;
};
static_assert(Estimator<ForwardSelection> && FitsPath<ForwardSelection> && RequiresData<ForwardSelection> &&
              HasFingerprint<ForwardSelection> && HasWorkingBytes<ForwardSelection>);

}  // namespace quartic
