#pragma once
/// The usual way to find the size that is best for each budget of computing, and how the least loss falls
/// with the budget.
///
/// Losses L are measured over sizes N and steps (or rows) t, at a cost C = N t. A parabola in log N goes
/// through the losses of each budget, and its vertex is called the best size. It is wrong even without
/// noise: the loss along a budget is not a parabola but, say, e + a N^-q + b (N/C)^r, steeper on one side
/// than on the other unless q = r, and more so the wider the range; and where the range of sizes does not
/// move with the budget, the error changes with the budget and so enters the exponents. One joint fit of
/// all losses by the law itself (laws/frontiers/two_causes.hpp) has no such error, if it is the law
/// (laws/frontiers/loss_collapse.hpp asks for less). Hoffmann et al. 2022, arXiv 2203.15556, approach 2;
/// Czech et al. 2026, arXiv 2603.22339.
#include <limits>
#include <span>
#include <vector>

#include "core/types.hpp"

namespace quartic {

/// One loss a pair of size and steps; all of one length.
struct LossGrid {
  Vector sizes;    ///< N > 0
  Vector steps;    ///< t > 0
  Vector losses;   ///< L > 0
  Vector weights;  ///< inverse variances of log L, or ones
};

/// Losses of one budget.
struct IsoflopSlice {
  double flops = 0;
  Vector sizes, losses;
};
/// The points of a grid by their budget N t, ascending: points within 1 % of the first of a slice belong to
/// it. Slices of fewer than `least` points are left out.
std::vector<IsoflopSlice> isoflop_slices(const LossGrid& grid, Index least);

struct ParabolaOptimum {
  double flops = 0;
  double size = 0;  ///< NaN where there is none
  double loss = 0;
};
/// Vertex of the parabola of the loss in log N through a slice, by least squares. NaN where fewer than three
/// points, or no minimum.
ParabolaOptimum parabola_optimum(const IsoflopSlice& slice);

/// A straight line through the logarithms of the optima of slices.
struct ParabolaFrontier {
  std::vector<ParabolaOptimum> optima;                              ///< those that are not NaN
  double loss_exponent = std::numeric_limits<double>::quiet_NaN();  ///< L ~ C^-this
};
ParabolaFrontier parabola_frontier(std::span<const IsoflopSlice> slices);

}  // namespace quartic
