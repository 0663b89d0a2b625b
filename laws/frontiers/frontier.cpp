#include "laws/frontiers/frontier.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "laws/curves/curve_problem.hpp"
#include "laws/curves/power_law.hpp"
#include "laws/curves/readings.hpp"

namespace quartic {
namespace {

/// Tables 2c and 2c + 1 are errors and flops of curve c.
std::vector<ReplicateTable> list_tables(std::span<const MeasuredCurve> curves, Average average) {
  std::vector<ReplicateTable> tables;
  for (const MeasuredCurve& curve : curves) {
    tables.push_back({curve.errors, average});
    tables.push_back({curve.flops, Average::mean});
  }
  return tables;
}

std::vector<FrontierPoint> find_frontier(std::span<const Averages> tables) {
  std::vector<FrontierPoint> points;
  for (std::size_t c = 0; 2 * c + 1 < tables.size(); ++c)
    for (Index k = 0; k < tables[2 * c].values.size(); ++k) {
      const double error = tables[2 * c].values[k], flops = tables[2 * c + 1].values[k];
      if (error > 0 && flops > 0 && std::isfinite(error) && std::isfinite(flops))
        points.push_back({c, k, flops, error});
    }
  std::stable_sort(points.begin(), points.end(), [](const FrontierPoint& a, const FrontierPoint& b) {
    return a.flops != b.flops ? a.flops < b.flops : a.error < b.error;
  });
  double least = std::numeric_limits<double>::infinity();
  std::erase_if(points, [&](const FrontierPoint& point) {
    if (point.error >= least) return true;
    least = point.error;
    return false;
  });
  return points;
}

LawFit fit_points(const std::vector<FrontierPoint>& points) {
  const Index count = static_cast<Index>(points.size());
  LawPoints line{Vector(count), Vector(count), Vector::Ones(count)};
  for (Index i = 0; i < count; ++i) {
    line.sizes[i] = points[static_cast<std::size_t>(i)].flops;
    line.values[i] = points[static_cast<std::size_t>(i)].error;
  }
  return fit_law(LawForm::power, line, {.floor = 0});
}

std::string find_problem(std::span<const MeasuredCurve> curves) {
  for (const MeasuredCurve& curve : curves) {
    if (curve.errors.rows() < 2) return "One replicate has no interval: run at least two.";
    if (curve.flops.rows() != curve.errors.rows() || curve.flops.cols() != curve.errors.cols())
      return "The flops were not measured at every size: use arms that bill them.";
    if (curve.errors.rows() != curves.front().errors.rows())
      return "The arms have different numbers of replicates: give them the same.";
  }
  return "";
}

}  // namespace

std::vector<FrontierPoint> frontier(std::span<const MeasuredCurve> curves, Average average) {
  std::vector<Averages> tables;
  for (const ReplicateTable& table : list_tables(curves, average))
    tables.push_back(average_columns(table.values, table.average));
  return find_frontier(tables);
}

LawEstimate frontier_exponent(std::span<const MeasuredCurve> curves, const LawOptions& options) {
  const std::string problem = find_problem(curves);
  if (!problem.empty()) return {{}, problem};
  const std::vector<FrontierPoint> points = frontier(curves, options.average);
  const bool grows = std::any_of(curves.begin(), curves.end(), [](const MeasuredCurve& curve) {
    return detail::growth_problem(curve).empty();
  });
  if (!grows) return {{}, detail::growth_problem(curves.front())};
  if (points.size() < 3) return {{}, "Fewer than three points undercut all others: add sizes, or arms."};
  const Interval slope = replicate_interval(
      list_tables(curves, options.average),
      [](std::span<const Averages> tables) { return fit_points(find_frontier(tables)).law.exponent; },
      {.method = options.interval, .confidence = options.confidence, .resamples = options.resamples});
  LawEstimate estimate{.value = exponent_of(slope, options.root)};
  estimate.fit = fit_points(points);
  if (std::isnan(slope.low) || slope.high <= 0)
    return {{}, "The frontier has too few points in some resample: run more replicates, or more sizes."};
  if (points.back().flops < 100 * points.front().flops) {
    LawWarning& warning = estimate.warnings.emplace_back();
    warning.kind = WarningKind::narrow_range;
    warning.text = "The frontier spans fewer than two decades of computing.";
  }
  return estimate;
}

}  // namespace quartic
