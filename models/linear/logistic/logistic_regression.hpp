#pragma once
/// Logistic regression: classes by maximum likelihood, with a ridge penalty where one is given.
#include "core/model.hpp"
#include "core/options.hpp"

namespace quartic {

/// b = argmin (1/n) sum log(1 + e^s_i) - y_i s_i + penalty/2 |b|^2, s = Xb (+ intercept, not penalised); y in {0, 1}.
/// The score of a row is its log odds: P(y = 1 | x) = 1/(1 + e^-score). X: n x p, columns as they are.
///
/// Newton's method with halved steps (iteratively reweighted least squares; models/linear/logistic/newton.hpp):
///   n >= p   (X'WX/n + penalty)^-1 by a Cholesky factor of order p;
///   n <  p   b = X'a with a = (XX' + n penalty W^-1)^-1 z by one of order n (Rasmussen & Williams 2006, algorithm
///            3.1).
/// Columns are brought to one size by powers of two first (with an intercept about their means), so that their units
/// do not matter. Where they depend on one another and there is no penalty, the coefficients are those of least length
/// in these units; the message names the rank.
///
/// Without a penalty a finite maximum exists unless some rule b has (2 y_i - 1) x_i'b >= 0 in all rows and > 0 in some
/// (Albert & Anderson 1984): complete or quasi-complete separation, always where n < p with independent rows. This is
/// decided, by a proof either way (newton.hpp, separation.hpp). Separable classes end as FitStatus::separated: the
/// rule is then such a b, scaled so that the largest score of a row is 10. With an intercept, labels that are all equal
/// are separated by it alone, whatever the penalty.
///
/// Certificate: the relative size of the gradient (newton.hpp), at most `tolerance`, else FitStatus::iteration_limit;
/// of a separating rule the largest score on the wrong side relative to the largest of all. Flops:
/// models/linear/logistic/flops.hpp, as executed. Throws InvalidInput for real-valued labels and for no rows.
/// McCullagh & Nelder (1989), chapter 4; with p/n fixed: Sur & Candes (2019), PNAS 116(29), arXiv 1803.06964.
struct LogisticRegression {
  double penalty = 0;
  double tolerance = 1e-8;
  Index iterations = 100;
  bool intercept = false;

  static std::span<const Option<LogisticRegression>> options();
  std::string name() const { return "logistic_regression"; }
  std::string fingerprint() const { return fingerprint_of(*this, options()); }
  bool reads_classes() const { return true; }
  bool is_linear() const { return true; }

  void require_data(Index n, Index p, Task task) const;
  Fit fit(const Data& data, Stream stream) const;
  /// The same of the mean (sum v_i loss_i)/(sum v_i), v the case weights, so that whole numbers say how often a row
  /// occurs. Throws InvalidInput where one is not above 0 and finite.
  Fit fit_weighted(const Data& data, VectorView case_weights) const;

  /// The scaled columns and the Hessian with its factor, or XX' with that of its system. Columns that depend on one
  /// another take three times as much.
  double working_bytes(Index n, Index p) const;
};
static_assert(Estimator<LogisticRegression> && RequiresData<LogisticRegression> &&
              HasFingerprint<LogisticRegression> && HasWorkingBytes<LogisticRegression>);

}  // namespace quartic
