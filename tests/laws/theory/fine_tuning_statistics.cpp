/// Learning from where another task ended, against plain simulations.
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "laws/theory/fine_tuning.hpp"
#include "tests/support/task_simulation.hpp"

namespace quartic::fine_tuning_statistics {
namespace {

using testing::draw_rows;
using testing::least_squares;
using testing::random_vector;
using testing::RunningMean;
using testing::TaskRows;

struct Means {
  RunningMean distance2, interpolated, ridge;
};

Index whole(double count) {
  return static_cast<Index>(count);
}

Means simulate(const FineTuningDesign& design, double penalty, int replicates) {
  const Index d = whole(design.columns), n = whole(design.rows);
  Means means;
  for (int r = 0; r < replicates; ++r) {
    const Stream stream = Stream(16).child(static_cast<std::uint64_t>(r));
    const Vector target = random_vector(d, std::sqrt(design.signal), stream.child("target"));
    const Vector source = target + random_vector(d, std::sqrt(design.distance2), stream.child("delta"));
    const TaskRows first = draw_rows(source, whole(design.source_rows),
                                     std::sqrt(design.source_noise_variance), stream.child("source"));
    const Vector start = least_squares(first.x, first.y);
    const TaskRows rows = draw_rows(target, n, std::sqrt(design.noise_variance), stream.child("rows"));
    const Vector rest = rows.y - rows.x * start;
    const Vector moved = start + least_squares(rows.x, rest);
    const Matrix penalised = rows.x.transpose() * rows.x / design.rows + penalty * Matrix::Identity(d, d);
    const Vector shrunk = start + penalised.ldlt().solve(rows.x.transpose() * rest / design.rows);
    means.distance2.add((start - target).squaredNorm());
    means.interpolated.add((moved - target).squaredNorm());
    means.ridge.add((shrunk - target).squaredNorm());
  }
  return means;
}

void expect_agreement(const RunningMean& found, double expected, const std::string& what) {
  EXPECT_NEAR(found.errors_above(expected), 0, 5) << what << ": " << found.mean() << " where " << expected;
  EXPECT_LT(found.standard_error(), 0.03 * expected) << what;  // else the comparison would say little
}

TEST(FineTuningTheory, HasTheRisksOfSimulation) {
  const std::vector<std::pair<FineTuningDesign, int>> designs = {
      {{50, 100, 1, 0.25, 0.09, 300, 0.25}, 1000},  // the golden setting
      {{20, 60, 1, 1, 0, 62 + 18, 1}, 1000},        // nothing but what the source's noise adds
      {{10, 40, 2, 0.04, 1.5, 200, 1}, 1000},       // another task
      {{30, 50, 1, 0.25, 0.3, 20, 0.25}, 1000},     // few rows of the source
      {{90, 60, 1, 1, 0.5, 100, 4}, 1000},          // of the target enough to forget
      {{30, 40, 0.5, 0.5, 0.2, 30, 0}, 1500}};      // a source without noise
  for (std::size_t k = 0; k < designs.size(); ++k) {
    const auto& [design, replicates] = designs[k];
    const Means means = simulate(design, 0.4, replicates);
    const std::string where = "design " + std::to_string(k);
    expect_agreement(means.interpolated, fine_tuning_risk(design), where);
    EXPECT_NEAR(means.distance2.mean(), fine_tuning_distance2(design),
                5 * means.distance2.standard_error() + 1e-12)
        << where;
    const double ridge = fine_tuning_ridge_risk(design, 0.4);  // of many rows and columns
    EXPECT_NEAR(means.ridge.mean(), ridge, std::max(5 * means.ridge.standard_error(), 0.05 * ridge)) << where;
  }
}

// Whatever the target's rows and noise: better from the source where that is nearer than 0, worse where not.
TEST(FineTuningTheory, TellsWhenASourceHelps) {
  for (const double distance2 : {0.2, 0.6, 1.4}) {
    const FineTuningDesign design{20, 40, 1, 0.5, distance2, 120, 0.5};
    const FineTuningDesign alone{20, 40, 1, 0.5, 1, 0, 0.5};
    EXPECT_DOUBLE_EQ(fine_tuning_distance2(alone), 1);
    const RunningMean from_source = simulate(design, 0.4, 1500).interpolated;
    const RunningMean from_zero = simulate(alone, 0.4, 1500).interpolated;
    EXPECT_EQ(from_source.mean() < from_zero.mean(), fine_tuning_distance2(design) < 1) << distance2;
  }
}

}  // namespace
}  // namespace quartic::fine_tuning_statistics
