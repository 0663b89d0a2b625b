#pragma once
/// How computing grows with performance where several sizes of a model were each given several amounts of
/// data: by the usual parabolas, and without them, by one curve or by a law.
#include <span>

#include "laws/curves/exponent.hpp"

namespace quartic {

/// One model over some numbers of rows, curve.sizes, and how many parameters it has at each.
struct SizedCurve {
  MeasuredCurve curve;
  Vector parameters;
};

/// Computing, as parameters times rows, grows as k^q along the best sizes, k = 1/sqrt(error): q = 2/e, where
/// the least error of a budget falls as its power -e, by parabola_frontier (laws/frontiers/isoflop.hpp) over
/// the budgets that were spent on every curve given. The usual way, here to be seen at work: q depends on
/// which sizes are given, even without noise. The interval is over whole replicates and knows nothing of that
/// bias. NaN, and why, for fewer than two such budgets, three curves or two replicates, and where a parabola
/// has no least error or one that is not positive.
LawEstimate isoflop_exponent(std::span<const SizedCurve> curves, const LawOptions& options = {});

/// The same q by one curve for all budgets, fit_loss_collapse (laws/frontiers/loss_collapse.hpp), over all
/// points.
LawEstimate collapse_exponent(std::span<const SizedCurve> curves, const LawOptions& options = {});

/// The same q by the law in two causes, E = e + A/N^a + B/n^b over parameters N and rows n, fitted to all
/// points at once (laws/frontiers/two_causes.hpp): along its frontier E - e falls as computing to the power
/// -ab/(a+b), so q = 2/a + 2/b, k = 1/sqrt(E - e). A note says where e is not 0. NaN, and why, where a term
/// of the law vanishes or a or b ends at an end of its range: the points do not tell them apart.
LawEstimate two_causes_exponent(std::span<const SizedCurve> curves, const LawOptions& options = {});

}  // namespace quartic
