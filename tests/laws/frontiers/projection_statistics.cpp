#include <gtest/gtest.h>

#include <cmath>

#include "core/random/stream.hpp"
#include "laws/frontiers/projection.hpp"

namespace quartic::projection_statistics {
namespace {

/// log10 1/error = .1 log10 C - 1 + noise over so many decades from 1e15, 13 systems.
ProjectionFit drawn_fit(double decades, Stream stream) {
  Vector flops(13), errors(13);
  for (Index i = 0; i < 13; ++i) {
    const double x = 15 + decades * stream.uniform();
    flops[i] = std::pow(10, x);
    errors[i] = std::pow(10, 1 - 0.1 * x + 0.1 * stream.normal());
  }
  return fit_projection(ProjectionForm::power, flops, errors);
}

/// Steep and informative (bounded intervals), and short (many unbounded ones).
TEST(ProjectionStatistics, CoversTheTruthAsPromised) {
  constexpr int tables = 2000;
  const double truth = 25, target = std::pow(10, 1 - 0.1 * truth);
  for (const double decades : {6., 2.}) {
    int covered = 0, fitted = 0;
    for (int t = 0; t < tables; ++t) {
      const Interval interval =
          project(drawn_fit(decades, Stream(11).child(static_cast<std::uint64_t>(t))), target).log10_flops;
      if (std::isnan(interval.estimate)) continue;
      ++fitted;
      covered += interval.low <= truth && truth <= interval.high;
    }
    const double tolerance = 5 * std::sqrt(0.95 * 0.05 / fitted);
    EXPECT_GT(fitted, tables * 0.9) << decades;
    EXPECT_NEAR(covered / static_cast<double>(fitted), 0.95, tolerance) << decades;
  }
}

}  // namespace
}  // namespace quartic::projection_statistics
