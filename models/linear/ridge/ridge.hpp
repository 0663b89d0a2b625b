#pragma once
/// Ridge regression with a given or a chosen penalty.
#include "core/model.hpp"
#include "core/options.hpp"

namespace quartic {

/// b = argmin 1/(2n) |y - Xb|^2 + penalty/2 |b|^2 = (X'X/n + l I)^-1 X'y/n:
///   n >= p   (X'X + n l I)^-1 X'y      n < p   X'(XX' + n l I)^-1 y      each by a Cholesky factor.
/// An intercept, where asked for, is not penalised: the columns and y are centred first. Penalty 0 is the
/// least squares fit of least norm (the limit l -> 0); so is a penalty below rounding of a singular Gram
/// matrix, and the message says so.
///
/// The penalty is a number or chosen from a grid of `penalties` values, evenly spaced in the logarithm from
/// 100 down to 1e-4 times the mean nonzero eigenvalue of X'X/n, trace(X'X) / (n min(n, p)):
///   "loo"  least mean squared leave-one-out error, exact: sum of (r_i / (1 - h_ii))^2 from one
///          eigendecomposition; the refits it stands for keep the term n l of all n rows (Golub, Heath &
///          Wahba 1979);
///   "cv"   least mean squared error over `folds` folds (row i is in fold i modulo folds), one
///          eigendecomposition a fold; m training rows enter with the term m l. Fewer rows than folds:
///          leave-one-out; one row: the largest penalty.
/// Ties go to the larger penalty. The final fit is bit for bit the fit of that number.
///
/// Certificate: the relative residual of the system solved: n >= p |X'y - (X'X + n l I) b| / (|X|_F |y|),
/// n < p |y - (XX' + n l I) a| / |y|. Flops: models/linear/ridge/flops.hpp; everything spent on the choice is
/// tuning. Hoerl & Kennard (1970); risk for Gaussian designs: Dobriban & Wager (2018).
struct Ridge {
  NumberOrWord penalty = "loo";  ///< a number, "loo" or "cv" ("theory" is replaced by a number in the study)
  Index penalties = 100;         ///< of the grid
  Index folds = 5;               ///< of "cv"
  bool intercept = false;

  static std::span<const Option<Ridge>> options();
  std::string name() const { return "ridge"; }
  std::string fingerprint() const { return fingerprint_of(*this, options()); }
  bool is_linear() const { return true; }
  Needs needs() const;

  Fit fit(const Data& data, Stream stream) const;
  std::vector<Fit> fit_prefixes(const Prefixes& prefixes, Stream stream) const;
  /// The whole grid, largest penalty first; each is billed as a fit of that number, nothing as tuning. No
  /// certificate (NaN).
  std::vector<Fit> fit_path(const Data& data, Stream stream) const;

  /// The system, and what solving it or choosing the penalty holds beside it, whichever is more.
  double working_bytes(Index n, Index p) const;
};
static_assert(Estimator<Ridge> && FitsPrefixes<Ridge> && FitsPath<Ridge> && HasNeeds<Ridge> &&
              HasWorkingBytes<Ridge>);

}  // namespace quartic
