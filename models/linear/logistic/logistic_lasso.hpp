#pragma once
/// Sparse logistic regression: classes by likelihood with a penalty on the absolute coefficients.
#include "core/model.hpp"
#include "core/options.hpp"

namespace quartic {

struct PenaltyChoice;  // models/linear/cross_validation.hpp

/// b = argmin (1/n) sum log(1 + e^s_i) - y_i s_i + penalty (l1_ratio |b|_1 + (1 - l1_ratio)/2 |b|^2), s = Xb (+ intercept,
/// not penalised); y in {0, 1}. The score is the log odds: P(y = 1 | x) = 1/(1 + e^-score). X: n x d, columns as they are
/// (not standardised). l1_ratio = 1 is the lasso, below it the elastic net (Zou & Hastie 2005).
///
/// penalty = a number > 0, or
///   "cv"      smallest mean loss over `folds` folds (row i is in fold i mod folds) on a grid of `penalties` values from
///             the smallest penalty without columns, max_j |x_j'(y - P_0)| / (n l1_ratio), down to ratio times that; the
///             folds advance together and stop when the mean loss has risen for good (cross_validation.hpp);
///   "cv_1se"  the largest penalty within one standard error of the smallest mean loss.
///
/// Algorithm: proximal Newton steps on a working set of columns, which the optimality conditions on all columns widen
/// until the relative duality gap, (P - D) / (loss of the best constant), is at most `tolerance` (sparse_path.hpp,
/// sparse_solver.hpp). Penalties of a path are taken largest first, each from the solution before it. The gap reached is
/// the report's certificate; a gap above the tolerance is FitStatus::iteration_limit. parameters = coefficients that are
/// not zero, and the intercept. X is read in passes and never copied whole. Every penalty has a finite solution; with an
/// intercept, labels that are all equal are separated by it alone (FitStatus::separated, every score 10 on their side).
///
/// Flops: as executed, by the formulas of flops.hpp; choosing the penalty is tuning, the fit at it is not. Billed too are
/// the gaps, by which the path goes on or stops. Throws InvalidInput for real-valued labels, data without rows or
/// columns, options out of range, cv of one row.
struct LogisticLasso {
  NumberOrWord penalty = "cv";
  double l1_ratio = 1;
  Index folds = 5;
  Index penalties = 100;
  double ratio = 0.01;
  double tolerance = 1e-6;
  Index iterations = 1000;
  bool intercept = false;

  static std::span<const Option<LogisticLasso>> options();
  std::string name() const { return "logistic_lasso"; }
  std::string fingerprint() const { return fingerprint_of(*this, options()); }
  bool reads_classes() const { return true; }
  bool is_linear() const { return true; }
  bool copies_rows() const { return false; }

  void require_data(Index n, Index d, Task task) const;
  Fit fit(const Data& data, Stream stream) const;
  /// The penalty at which fit takes these data.
  PenaltyChoice choose_penalty(const Data& data) const;
  /// One fit a penalty of the grid, largest first, whatever `penalty` is. A fit is billed the path down to it.
  std::vector<Fit> fit_path(const Data& data, Stream stream) const;

  /// The working set, one a fold, and the inner products of a pass. How many columns come into question the data decide:
  /// this is for a path that is followed to its end; validation mostly stops it earlier.
  double working_bytes(Index n, Index d) const;
};
static_assert(Estimator<LogisticLasso> && FitsPath<LogisticLasso> && RequiresData<LogisticLasso> &&
              HasFingerprint<LogisticLasso> && HasWorkingBytes<LogisticLasso>);

}  // namespace quartic
