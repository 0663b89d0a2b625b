#pragma once
/// The compute-optimal frontier without a formula for the loss: losses of all budgets lie on one curve.
#include <limits>

#include "laws/frontiers/isoflop.hpp"

namespace quartic {

/// L - floor = C^-e G(N/C^s), G any smooth function: what follows wherever loss is a power of the size times
/// a function of t/N^B for some B, as it is for gradient descent under power laws
/// (laws/theory/power_law_limits.hpp), whose steps stop to help beyond N^B at once and not as a power; a sum
/// of two powers is of this form too, but for its floor.
struct LossCollapse {
  double size_exponent = std::numeric_limits<double>::quiet_NaN();  ///< s: N* ~ C^s
  double loss_exponent = std::numeric_limits<double>::quiet_NaN();  ///< e: L* - floor ~ C^-e
};

struct CollapseOptions {
  double floor = 0;
  Index degree = 6;  ///< of log G as a polynomial: even
  double within =
      2;  ///< points above this many times the least L - floor that as much computing gave are left out
};

/// Least squares of log(L - floor) = -e log C + log G(log N - s log C): linear but for s, which is searched
/// over [0, 1] on a grid and then by golden sections. Like a parabola for each budget it is a polynomial in
/// log N, but one for all budgets, of a degree that follows the curve, wherever a budget's sizes lie. Points
/// far above the least loss, which teach the ends of G only, and points without weight are left out. NaN
/// where fewer than degree + 4 are left, or a loss is not above the floor. 200 points: milliseconds.
/// Finite-size scaling as in statistical physics; for losses: Bahri et al. 2024, arXiv 2102.06701.
LossCollapse fit_loss_collapse(const LossGrid& grid, const CollapseOptions& options = {});

}  // namespace quartic
