#pragma once
/// Best subset selection: least squares on the set of columns that leaves least, of all sets of its size.
#include "core/model.hpp"
#include "core/options.hpp"

namespace quartic {

/// b = argmin |y - Xb| over rules of `size` columns (Hocking & Leslie 1967, Technometrics 9), found by trying every set
/// (subset_search.hpp); X: n x d, columns as they are. size = how many columns, or
///   "cv"      smallest mean error over `folds` folds (row i is in fold i mod folds), each with sets of its own;
///   "cv_1se"  the fewest columns within one standard error of it.
/// Of d columns there are 2^d sets. Sizes up to `most` are tried; 0 is the largest with no more than 100,000 sets: all
/// of up to 16 columns, 2 of 400. More than 100 million sets are refused: forward_selection is the model for that.
///
/// A size that no set of independent columns has gives the largest there is, and the message says so. Status:
/// converged. Certificate: that of least squares on the set. parameters: the columns of the set and the intercept.
///
/// Flops (models/linear/subset/flops.hpp): exact; 10 2^d of all sets and the inner products, n d^2, beside least squares
/// on the set. Choosing the size is tuning: the folds with their searches. Failed where squares of the data overflow.
/// Throws InvalidInput for classes, no rows, cross-validation of one row, sizes that are no whole number, too many sets.
struct BestSubset {
  NumberOrWord size = "cv";
  Index most = 0;  ///< 0: as many as 100,000 sets allow
  Index folds = 5;
  bool intercept = false;

  static std::span<const Option<BestSubset>> options();
  std::string name() const { return "best_subset"; }
  std::string fingerprint() const { return fingerprint_of(*this, options()); }
  bool is_linear() const { return true; }

  void require_consistent() const;
  void require_data(Index n, Index d, Task task) const;
  Fit fit(const Data& data, Stream stream) const;
  /// One fit a size, none first, up to `most`, whatever `size` is. A fit is billed the search up to its size.
  std::vector<Fit> fit_path(const Data& data, Stream stream) const;

  /// Inner products of what each set on the way leaves, and copies of the rows.
  double working_bytes(Index n, Index d) const;
};
static_assert(Estimator<BestSubset> && FitsPath<BestSubset> && RequiresData<BestSubset> &&
              HasRules<BestSubset> && HasFingerprint<BestSubset> && HasWorkingBytes<BestSubset>);

}  // namespace quartic
