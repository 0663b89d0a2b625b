#include "laws/frontiers/size_frontier.hpp"

#include <cmath>
#include <functional>

#include "core/options.hpp"
#include "laws/curves/readings.hpp"
#include "laws/frontiers/loss_collapse.hpp"
#include "laws/frontiers/two_causes.hpp"

namespace quartic {
namespace {

/// e of the whole grid.
using GridExponent = std::function<double(const LossGrid&)>;

std::vector<ReplicateTable> make_replicate_tables(std::span<const SizedCurve> curves, Average average) {
  std::vector<ReplicateTable> tables;
  for (const SizedCurve& sized : curves) tables.push_back({sized.curve.errors, average});
  return tables;
}

LossGrid make_grid(std::span<const SizedCurve> curves, std::span<const Averages> errors) {
  Index count = 0;
  for (const SizedCurve& sized : curves) count += sized.parameters.size();
  LossGrid grid{Vector(count), Vector(count), Vector(count), Vector::Ones(count)};
  Index first = 0;
  for (std::size_t c = 0; c < curves.size(); ++c) {
    const Index size = curves[c].parameters.size();
    grid.sizes.segment(first, size) = curves[c].parameters;
    grid.steps.segment(first, size) = curves[c].curve.sizes;
    grid.losses.segment(first, size) = errors[c].values;
    first += size;
  }
  return grid;
}

/// NaN where a budget has no vertex above zero: the line through the others is one of other budgets.
double parabola_exponent(const LossGrid& grid, std::size_t curves) {
  const std::vector<IsoflopSlice> budgets = isoflop_slices(grid, static_cast<Index>(curves));
  const ParabolaFrontier frontier = parabola_frontier(budgets);
  return frontier.optima.size() == budgets.size() ? frontier.loss_exponent : nan;
}

std::string find_problem(std::span<const SizedCurve> curves) {
  if (curves.size() < 3) return "Fewer than three arms: name the other sizes of the model in `with`.";
  for (const SizedCurve& sized : curves) {
    if (sized.curve.errors.rows() < 2) return "One replicate has no interval: run at least two.";
    if (sized.curve.errors.rows() != curves.front().curve.errors.rows())
      return "The arms have different numbers of replicates: give them the same.";
    if (!(sized.parameters.array() > 0).all())
      return "The number of parameters is not known at every size: use arms that report it.";
  }
  return "";
}

LawEstimate estimate_of(std::span<const SizedCurve> curves, const LawOptions& options,
                        const GridExponent& exponent, const std::string& without) {
  const std::string problem = find_problem(curves);
  if (!problem.empty()) return {{}, problem};
  const Interval slope = replicate_interval(
      make_replicate_tables(curves, options.average),
      [&](std::span<const Averages> errors) { return exponent(make_grid(curves, errors)); },
      {.method = options.interval, .confidence = options.confidence, .resamples = options.resamples});
  if (std::isnan(slope.estimate) || std::isnan(slope.low) || slope.high <= 0) return {{}, without};
  return {.value = exponent_of(slope, options.root)};
}

TwoCauseLaw two_causes_of(const LossGrid& grid) {
  return fit_two_causes({grid.sizes, grid.steps, grid.losses, grid.weights}).law;
}

double two_causes_floor(std::span<const SizedCurve> curves, Average average) {
  std::vector<Averages> errors;
  for (const SizedCurve& sized : curves) errors.push_back(average_columns(sized.curve.errors, average));
  return two_causes_of(make_grid(curves, errors)).floor;
}

}  // namespace

LawEstimate isoflop_exponent(std::span<const SizedCurve> curves, const LawOptions& options) {
  const auto parabolas = [&](const LossGrid& grid) { return parabola_exponent(grid, curves.size()); };
  return estimate_of(curves, options, parabolas,
                     "Fewer than two budgets, of parameters times rows, were spent on every arm, or the "
                     "parabola of one has no least error above zero: name neighbouring arms, with sizes in "
                     "the ratios of their parameters.");
}

LawEstimate collapse_exponent(std::span<const SizedCurve> curves, const LawOptions& options) {
  return estimate_of(
      curves, options, [](const LossGrid& grid) { return fit_loss_collapse(grid).loss_exponent; },
      "Too few points near the frontier for one curve through all budgets, or errors that are not "
      "positive: add sizes, or arms.");
}

LawEstimate two_causes_exponent(std::span<const SizedCurve> curves, const LawOptions& options) {
  LawEstimate estimate = estimate_of(
      curves, options, [](const LossGrid& grid) { return two_causes_of(grid).frontier_slope(); },
      "A term of the law in two causes vanishes in some resample, or its exponent is at an end of its range, "
      "or an error is not positive: "
      "spread sizes and arms wider, so that both few parameters and few rows are seen to cost.");
  if (std::isnan(estimate.value.low)) return estimate;
  const double floor = two_causes_floor(curves, options.average);
  if (floor > 0)
    estimate.note =
        "Performance is that of the error above a floor of " + shortest(std::round(floor * 1e6) / 1e6) + ".";
  return estimate;
}

}  // namespace quartic
