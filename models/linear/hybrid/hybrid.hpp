#pragma once
/// What an expert names, believed as far as one trusts him, and a lasso over everything else.
#include <numbers>
#include <vector>

#include "core/model.hpp"
#include "core/options.hpp"

namespace quartic {

/// b = argmin 1/(2n) |y - Xb|^2 + penalty (sum over columns that nobody named |b_j| + (1 - trust) sum over the named |b_j|)
/// for loss = "squared"; for "logistic", which reads classes, the mean logistic loss in place of the square. X: n x d, all
/// candidates, columns as they are. A lasso with penalty factors (Zou 2006), whose factors an expert sets. It sees every
/// column, and an expert of the arm tells it which of them he names (advised). trust = a number, or
///   "cv"   0, 0.5, 0.9 or 1 by cross-validation, together with the penalty and over the same folds; of equal errors the
///          least trust. Billed as tuning.
/// trust = 0, or an arm without an expert, is the lasso (logistic_lasso), to the bit. Words for the penalty are those of
/// the lasso; the grid of "cv" goes down to ratio (1 - trust) times its largest penalty (trust = 1: ratio times).
///
/// Named columns are given to the lasso in units of 1 - trust. trust = 1 (above 1 - 1e-6) and loss = "squared": they are
/// not penalised at all, but projected out exactly (partial_regression.hpp); where they depend on one another, so always
/// where they are as many as rows, their coefficients are those of least length. With loss = "logistic" they bear a
/// hundredth of the penalty at least, so that a finite solution exists where they separate the classes.
///
/// Certificate: the relative duality gap of the lasso's models; with trust = 1 relative to the error of the named columns
/// alone. parameters = coefficients that are not zero, or that are free, and the intercept.
/// Flops: those of the lassos as executed, and models/linear/hybrid/flops.hpp. Throws InvalidInput as they do, for named
/// columns that do not exist, and for trust = "cv" beside a penalty that is not validated.
struct Hybrid {
  NumberOrWord trust = "cv";
  std::string loss = "squared";
  NumberOrWord penalty = "cv";
  double constant = std::numbers::sqrt2;
  Index folds = 5;
  Index penalties = 100;
  double ratio = 0.01;
  double tolerance = 1e-6;
  Index iterations = 100000;
  bool intercept = false;
  std::vector<Index> named = {};  ///< no option: advised() sets it

  static std::span<const Option<Hybrid>> options();
  std::string name() const { return "hybrid"; }
  std::string fingerprint() const;
  bool reads_classes() const { return loss == "logistic"; }
  bool is_linear() const { return true; }
  Hybrid advised(std::span<const Index> columns) const;

  void require_consistent() const;
  void require_data(Index n, Index d, Task task) const;
  Fit fit(const Data& data, Stream stream) const;

  /// Those of the lasso, and copies of the rows: one in other units, or with trust = 1 one a fold and three.
  double working_bytes(Index n, Index d) const;
};
static_assert(Estimator<Hybrid> && TakesAdvice<Hybrid> && ReadsClasses<Hybrid> && RequiresData<Hybrid> &&
              HasFingerprint<Hybrid> && HasWorkingBytes<Hybrid> && HasRules<Hybrid>);

}  // namespace quartic
