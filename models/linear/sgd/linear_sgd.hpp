#pragma once
/// Stochastic gradient descent on squared error, one row at a time: the cheapest way to fit a line to n rows.
#include "core/model.hpp"
#include "core/options.hpp"

namespace quartic {

/// b_0 = 0, b_k = b_k-1 + h (y_k - x_k'b_k-1) x_k, and the fit is b_T or a mean of the b_k (T = passes n):
///   "last"  b_T;   "all"  the mean of b_1 .. b_T;   "tail"  the mean over the last half, k > floor(T/2).
/// The first pass takes the rows as they come, so that a curve over n is one pass; each further pass takes
/// them in a new random order. With one pass the rows may be drawn on demand (fit_stream): memory O(p)
/// whatever n.
///
/// The step h is a number or "auto": 1/(4 R^2), R^2 the mean squared length of the first min(n, 256) rows,
/// which estimates trace Sigma. Gaussian rows are stable in mean square for h < 2/(trace Sigma + 2 max
/// eigenvalue). Fits whose residuals exceed 1000 times the largest label have diverged.
///
/// Certificate: none (NaN) for one pass, which solves no system; for more the relative gradient of the
/// training error, |X'(y - Xb)| / (|X|_F |y|). Flops (models/linear/sgd/flops.hpp): 4 p + 2 a
/// step and p an iterate averaged; finding the step is tuning. Robbins & Monro (1951); Polyak & Juditsky
/// (1992); constant step with averaging: Bach & Moulines (2013), arXiv 1306.2119; tail averaging: Jain et al.
/// (2018), arXiv 1610.03774.
struct LinearSgd {
  NumberOrWord step = "auto";
  Index passes = 1;
  std::string average = "tail";

  static std::span<const Option<LinearSgd>> options();
  std::string name() const { return "linear_sgd"; }
  std::string fingerprint() const { return fingerprint_of(*this, options()); }
  bool is_linear() const { return true; }

  Fit fit(const Data& data, Stream stream) const;
  std::vector<Fit> fit_prefixes(const Prefixes& prefixes, Stream stream) const;
  /// Throws InvalidInput unless passes = 1.
  std::vector<Fit> fit_stream(const RowSource& source, std::span<const Index> sizes, Stream stream) const;

  /// What fits of n rows and p columns cost that do not diverge, but for the choice of the step.
  double fit_flops(Index n, Index p) const;
};
static_assert(Estimator<LinearSgd> && FitsPrefixes<LinearSgd> && FitsStream<LinearSgd>);

}  // namespace quartic
