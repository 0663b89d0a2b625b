#pragma once
/// Sparse linear regression: least squares with a penalty on the absolute coefficients.
#include <numbers>

#include "core/model.hpp"
#include "core/options.hpp"

namespace quartic {

struct PenaltyChoice;  // models/linear/cross_validation.hpp

/// b = argmin 1/(2n) |y - Xb|^2 + penalty |b|_1 (Tibshirani 1996). X: n x d, columns as they are (not
/// standardised).
///
/// penalty = a number > 0, or
///   "cv"            smallest mean error over `folds` folds (row i is in fold i mod folds) on a grid of
///                   `penalties` values from max_j |x_j'y|/n (all data) down to ratio times that; the folds
///                   advance together and stop when the mean error has risen for good (cross_validation.hpp);
///   "cv_1se"        the largest penalty within one standard error of the smallest mean error;
///   "theory"        constant sigma sqrt(2 ln d / n), sigma estimated by the scaled lasso (Sun & Zhang 2012,
///                   arXiv 1104.4595): from sigma = |y| / sqrt(n), fit b at that penalty, then set
///                   sigma = |y - Xb| / sqrt(n), until sigma changes by less than 1e-4 of itself;
///   "theory_known"  the same with the true noise, which only a study knows and puts in its place.
///
/// Algorithm: active-set Newton steps on the Gram matrix of a working set of columns, which the optimality
/// conditions on all columns widen (gram = "as_needed"; n d operations a pass over all columns) or which
/// holds them all from the start (gram = "whole": the normal equations of textbooks, n d^2 operations) until
/// the relative duality gap, (P - D) / (|y|^2 / (2n)), is at most `tolerance` (path.hpp). The gap reached is
/// the report's certificate; a gap above the tolerance is FitStatus::iteration_limit. parameters =
/// coefficients that are not zero, the degrees of freedom (Zou, Hastie & Tibshirani 2007), and the intercept.
/// Flops: as executed, by the formulas of flops.hpp; choosing the penalty is tuning, the fit at it is not.
/// Billed too are the gaps, by which the path goes on or stops. Throws InvalidInput for data without rows,
/// options out of range, "theory_known" outside a study, cv of one row.
struct Lasso {
  NumberOrWord penalty = "cv";
  double constant = std::numbers::sqrt2;
  Index folds = 5;
  Index penalties = 100;
  double ratio = 0.01;
  double tolerance = 1e-6;
  Index iterations = 100000;
  std::string gram = "as_needed";
  bool intercept = false;

  static std::span<const Option<Lasso>> options();
  std::string name() const { return "lasso"; }
  std::string fingerprint() const { return fingerprint_of(*this, options()); }
  bool is_linear() const { return true; }

  Fit fit(const Data& data, Stream stream) const;
  /// The penalty at which fit takes these data.
  PenaltyChoice choose_penalty(const Data& data) const;
  /// One fit a penalty of the grid, largest first, whatever `penalty` is. A fit is billed the path down to
  /// it.
  std::vector<Fit> fit_path(const Data& data, Stream stream) const;

  /// The working set, its Gram matrices and factors, one a fold. How many columns come into question the data
  /// decide: this is for a path that is followed to its end; validation mostly stops it earlier.
  double working_bytes(Index n, Index d) const;
};
static_assert(Estimator<Lasso> && FitsPath<Lasso> && HasFingerprint<Lasso> && HasWorkingBytes<Lasso>);

}  // namespace quartic
