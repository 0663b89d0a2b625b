#pragma once
/// Where to stand between a larger model and more steps: the size that is best for each budget of computing,
/// and how the least loss falls with the budget.
///
/// Losses L are measured over sizes N and steps (or rows) t, at a cost C = c N t. The usual way takes the
/// losses of one budget, fits a parabola in log N, and calls its vertex the best size. It is wrong even
/// without noise: the loss along a budget is not a parabola but, say, e + a N^-q + b (c N/C)^r, steeper on
/// one side than on the other unless q = r, and more so the wider the range; and where the range of sizes
/// does not move with the budget, the error changes with the budget and so enters the exponents. One joint
/// fit of all losses by the law itself has no such error, if it is the law (laws/frontiers/loss_collapse.hpp
/// asks for less). Hoffmann et al. 2022, arXiv 2203.15556, approaches 2 and 3; Czech et al. 2026, arXiv
/// 2603.22339.
#include <span>
#include <vector>

#include "laws/frontiers/two_causes.hpp"

namespace quartic {

/// One loss a pair of size and steps; all of one length.
struct LossGrid {
  Vector sizes;    ///< N > 0
  Vector steps;    ///< t > 0
  Vector losses;   ///< L > 0
  Vector weights;  ///< inverse variances of log L, or ones
};

struct ComputeOptimum {
  double flops = 0;  ///< C
  double size = 0;   ///< NaN where there is none
  double steps = 0;
  double loss = 0;
};

struct ComputeScale {
  double flops_per_product = 1;  ///< c in C = c N t
  /// g in L = e + a N^-q + b (t/N^g)^-r. 0: the two causes do not know of each other. 1: the second counts
  /// steps per parameter, as a variance N/t does (laws/theory/power_law_limits.hpp, phase label_noise).
  double coupling = 0;
};

/// The surface and what follows from it in closed form: with R = r (1 + g), at C/c = N t
///     N* = (q a / (R b))^(1/(q+R)) (C/c)^(r/(q+R)),    L* = e + a N*^-q (1 + q/R).
class ComputeFrontier {
 public:
  ComputeFrontier(const TwoCauseFit& fit, const ComputeScale& scale);

  /// first = size, second = t/N^g. NaN, and no optimum, where the grid has no fit.
  const TwoCauseFit& fit() const { return fit_; }
  ComputeOptimum at(double flops) const;
  double size_exponent() const;   ///< N* ~ C^this
  double steps_exponent() const;  ///< t* ~ C^this: the rest of 1
  double loss_exponent() const;   ///< L* - e ~ C^-this

 private:
  TwoCauseFit fit_;
  ComputeScale scale_;
};

/// Joint fit of the whole grid by fit_two_causes. Consistent wherever the law holds, with any grid, IsoFLOP
/// or not; its residuals show whether it does. fit().at_edge where a term is not identified.
ComputeFrontier fit_compute_frontier(const LossGrid& grid, const ComputeScale& scale = {});

/// Losses of one budget.
struct IsoflopSlice {
  double flops = 0;
  Vector sizes, losses;
};
/// The points of a grid by their budget c N t, ascending: points within 1 % of the first of a slice belong to
/// it. Slices of fewer than `least` points are left out.
std::vector<IsoflopSlice> isoflop_slices(const LossGrid& grid, const ComputeScale& scale = {},
                                         Index least = 4);

/// Vertex of the parabola of the loss in log N through a slice, by least squares: the usual, biased way, to
/// compare with. NaN where fewer than three points, or no minimum.
ComputeOptimum parabola_optimum(const IsoflopSlice& slice, const ComputeScale& scale = {});

/// Straight lines through the logarithms of the optima of slices.
struct ParabolaFrontier {
  std::vector<ComputeOptimum> optima;  ///< those that are not NaN
  double size_exponent = std::numeric_limits<double>::quiet_NaN();
  double loss_exponent = std::numeric_limits<double>::quiet_NaN();  ///< of L - floor
};
ParabolaFrontier parabola_frontier(std::span<const IsoflopSlice> slices, double floor = 0,
                                   const ComputeScale& scale = {});

}  // namespace quartic
