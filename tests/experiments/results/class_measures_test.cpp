#include "experiments/results/class_measures.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "core/random/stream.hpp"

namespace quartic::class_measures_test {
namespace {

using detail::ClassMeasures;
using detail::measure_classes;
using detail::ScoredRows;

// Over all ordered pairs of different rows.
double slow_auc(const ScoredRows& rows) {
  double above = 0, pairs = 0;
  for (Index i = 0; i < rows.scores.size(); ++i)
    for (Index j = 0; j < rows.scores.size(); ++j) {
      if (i == j) continue;
      const double weight = rows.chances[i] * (1 - rows.chances[j]);
      const double gap = rows.scores[i] - rows.scores[j];
      above += weight * (gap > 0 ? 1 : gap == 0 ? 0.5 : 0);
      pairs += weight;
    }
  return above / pairs;
}

ScoredRows drawn_rows(Index count, double rounding) {
  ScoredRows rows{Vector(count), Vector(count)};
  Stream stream(5);
  for (Index i = 0; i < count; ++i) {
    const double u = stream.normal();
    rows.chances[i] = 1 / (1 + std::exp(-u));
    rows.scores[i] = std::round((u + stream.normal()) / rounding) * rounding;
  }
  return rows;
}

TEST(ClassMeasures, TheAreaCountsPairsOfDifferentRows) {
  for (const double rounding : {1e-9, 0.5, 2., 100.}) {
    const ScoredRows rows = drawn_rows(150, rounding);
    EXPECT_NEAR(measure_classes(rows).auc, slow_auc(rows), 1e-12) << rounding;
  }
}

TEST(ClassMeasures, LossesAreAveragesOverBothLabels) {
  const ScoredRows rows{Vector{{2, -1}}, Vector{{0.9, 0.4}}};
  const auto chance = [](double s) { return 1 / (1 + std::exp(-s)); };
  const double a = chance(2), b = chance(-1);
  const ClassMeasures told = measure_classes(rows);
  EXPECT_NEAR(told.log_loss,
              -(0.9 * std::log(a) + 0.1 * std::log(1 - a) + 0.4 * std::log(b) + 0.6 * std::log(1 - b)) / 2,
              1e-15);
  EXPECT_NEAR(told.brier, (0.9 * (1 - a) * (1 - a) + 0.1 * a * a + 0.4 * (1 - b) * (1 - b) + 0.6 * b * b) / 2,
              1e-15);
}

TEST(ClassMeasures, TheTrueChanceHasTheLeastLosses) {
  ScoredRows rows = drawn_rows(200, 1e-9);
  rows.scores = (rows.chances.array() / (1 - rows.chances.array())).log();
  const ClassMeasures best = measure_classes(rows);
  for (const double factor : {0.8, 0.95, 1.05, 1.3}) {
    const ClassMeasures other = measure_classes({factor * rows.scores, rows.chances});
    EXPECT_GT(other.log_loss, best.log_loss);
    EXPECT_GT(other.brier, best.brier);
    EXPECT_EQ(other.auc, best.auc);
  }
}

TEST(ClassMeasures, LinearScoresAreLabelsLessOneHalfCutOffAtTheEnds) {
  const ClassMeasures told = measure_classes({Vector{{0.25, -0.1}}, Vector{{0.5, 0.5}}, false});
  EXPECT_NEAR(told.brier, (0.5 * 0.0625 + 0.5 * 0.5625 + 0.5 * 0.36 + 0.5 * 0.16) / 2, 1e-15);
  const ClassMeasures sure = measure_classes({Vector{{3, -3}}, Vector{{0.5, 0.5}}, false});
  EXPECT_EQ(sure.brier, 0.5);
  EXPECT_EQ(sure.log_loss, infinity);
  EXPECT_EQ(measure_classes({Vector{{3, -3}}, Vector{{1, 0}}, false}).log_loss, 0) << "sure, and right";
}

TEST(ClassMeasures, AnyNumberIsAnAnswer) {
  const ClassMeasures sure = measure_classes({Vector{{infinity, -infinity}}, Vector{{1, 0}}});
  EXPECT_EQ(sure.log_loss, 0);
  EXPECT_EQ(sure.brier, 0);
  EXPECT_EQ(sure.auc, 1);
  EXPECT_EQ(measure_classes({Vector{{-infinity, infinity}}, Vector{{0.5, 0}}}).log_loss, infinity);
  const ClassMeasures large = measure_classes({Vector{{1e300, -1e300}}, Vector{{0.75, 0.5}}});
  EXPECT_TRUE(std::isfinite(large.log_loss) && std::isfinite(large.brier));
  const ClassMeasures none = measure_classes({Vector{{nan, 1}}, Vector{{0.5, 0.5}}});
  EXPECT_TRUE(std::isnan(none.auc) && std::isnan(none.log_loss) && std::isnan(none.brier));
}

}  // namespace
}  // namespace quartic::class_measures_test
