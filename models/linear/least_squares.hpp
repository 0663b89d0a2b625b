#pragma once
/// Ordinary least squares, and beyond the number of observations the interpolator of least norm.
#include "core/model.hpp"
#include "core/options.hpp"

namespace quartic {

/// b = argmin |y - Xb|, of these the shortest:
///   n >= p   b = (X'X)^-1 X'y, by the Cholesky factor of X'X;
///   n <  p   b = X'(XX')^-1 y, by the Cholesky factor of XX': y = Xb exactly (the min-norm interpolator).
/// With an intercept the columns and y are centred first, and the regimes meet at n - 1 = p.
///
/// Where the Gram matrix is singular up to rounding (a pivot lost ten digits), a complete orthogonal
/// decomposition gives the minimum-norm solution instead; the status stays converged and the message names
/// the rank. There is no iterative refinement: at worst, just above that limit, b keeps about six digits.
///
/// Certificate: n >= p |X'y - X'Xb| / (|X|_F |y|), the relative residual of the normal equations; n < p the
/// relative residual |y - Xb| / |y| of the interpolation; both near 1e-16 when all is well. Flops:
/// fit_flops(n, p); of order n p^2 + p^3/3 or n^2 p + n^3/3. Ben-Israel & Greville, Generalized Inverses
/// (2003); the min-norm interpolator as a learner: Hastie, Montanari, Rosset & Tibshirani (2022), arXiv
/// 1903.08560.
struct LeastSquares {
  bool intercept = false;

  static std::span<const Option<LeastSquares>> options();
  std::string name() const { return "least_squares"; }
  std::string fingerprint() const { return fingerprint_of(*this, options()); }
  bool is_linear() const { return true; }
  Needs needs() const;

  Fit fit(const Data& data, Stream stream) const;
  std::vector<Fit> fit_prefixes(const Prefixes& prefixes, Stream stream) const;

  /// What a fit of n rows and p columns costs where the Gram matrix is regular.
  double fit_flops(Index n, Index p) const;
  /// The sums over the columns and their factor; with an intercept the centred rows and all that they need.
  double working_bytes(Index n, Index p) const;
};
static_assert(Estimator<LeastSquares> && FitsPrefixes<LeastSquares> && HasNeeds<LeastSquares> &&
              HasWorkingBytes<LeastSquares>);

}  // namespace quartic
