#pragma once
/// The relaxed lasso: the columns of the lasso, with coefficients less shrunk than its own.
#include "core/model.hpp"
#include "core/options.hpp"

namespace quartic {

/// b = mix b_lasso + (1 - mix) b_ls: the lasso at `penalty`, and least squares on the columns where it is not zero
/// (Meinshausen 2007, Comput. Stat. Data Anal. 52, in the simplified form of Hastie, Tibshirani & Tibshirani 2020,
/// Statistical Science 35(4)). X: n x d, columns as they are. mix = 1 is the lasso, 0 least squares on its columns.
///
/// penalty = a number > 0, or "cv": smallest mean error over `folds` folds (row i is in fold i mod folds) on a grid of
/// `penalties` values from max_j |x_j'y|/n down to ratio times that, until the least error over mixes has risen for good
/// (cross_validation.hpp). mix = a number from 0 to 1, or "cv": beside penalty = "cv", one of `mixes` values from 1 down to
/// 0, by the same folds; of equal errors the largest penalty, then the largest mix.
///
/// Where the lasso keeps as many columns as rows, least squares on them is the interpolator of least norm. Certificate:
/// the lasso's relative duality gap; a gap above `tolerance` is FitStatus::iteration_limit. parameters = coefficients
/// that are not zero, and the intercept. Flops: those of the lasso and of least squares as executed, and
/// models/linear/relaxed/flops.hpp; choosing is tuning. Failed where numbers are not finite. Throws InvalidInput for data
/// without rows, classes, options out of range, cv of one row, mix = "cv" beside a penalty that is a number.
struct RelaxedLasso {
  NumberOrWord penalty = "cv";
  NumberOrWord mix = "cv";
  Index mixes = 10;
  Index folds = 5;
  Index penalties = 50;
  double ratio = 0.01;
  double tolerance = 1e-6;
  Index iterations = 100000;
  bool intercept = false;

  static std::span<const Option<RelaxedLasso>> options();
  std::string name() const { return "relaxed_lasso"; }
  std::string fingerprint() const { return fingerprint_of(*this, options()); }
  bool is_linear() const { return true; }

  void require_consistent() const;
  void require_data(Index n, Index d, Task task) const;
  Fit fit(const Data& data, Stream stream) const;
  /// One fit a penalty of the grid and mix, largest first, whatever `penalty` is; of the mix that is set, or of all that
  /// "cv" tries. A fit is billed the path down to its penalty.
  std::vector<Fit> fit_path(const Data& data, Stream stream) const;

  /// Those of the lasso alone, once a fold, copies of the rows, and least squares on half of them.
  double working_bytes(Index n, Index d) const;
};
static_assert(Estimator<RelaxedLasso> && FitsPath<RelaxedLasso> && RequiresData<RelaxedLasso> &&
              HasRules<RelaxedLasso> && HasFingerprint<RelaxedLasso> && HasWorkingBytes<RelaxedLasso>);

}  // namespace quartic
