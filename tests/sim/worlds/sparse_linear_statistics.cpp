// Exact risks and facts against draws, within 5 standard errors.
#include <gtest/gtest.h>

#include <cmath>

#include "sim/worlds/sparse_linear.hpp"

namespace quartic::sparse_linear_statistics {
namespace {

// Mean of squares and its standard error.
struct MeanSquare {
  double mean, se;

  explicit MeanSquare(const Vector& values)
      : mean(values.squaredNorm() / static_cast<double>(values.size())),
        se(std::sqrt((values.array().square() - mean).square().sum()) / static_cast<double>(values.size())) {}
};

SparseLinear world(const char* covariance) {
  return {.candidates = 40, .relevant = 12, .covariance = covariance, .coefficients = "gaussian"};
}

class EveryCovariance : public testing::TestWithParam<const char*> {};

TEST_P(EveryCovariance, ExcessRiskIsWhatFreshRowsShow) {
  const Truth truth = world(GetParam()).draw(Stream(1));
  const Range rows = {0, 100'000};
  Vector b(40);
  Stream(2).fill_normal({b.data(), 40});
  const LinearRule rule{0.5 * b, 0.3};
  const MeanSquare shown(rule.score(truth.x(rows, {0, 40}, Stream(3))) - truth.mean(rows, Stream(3)));
  EXPECT_NEAR(*truth.excess_risk(rule), shown.mean, 5 * shown.se);
}

TEST_P(EveryCovariance, SignalIsTheVarianceOfTheMean) {
  const Truth truth = world(GetParam()).draw(Stream(4));
  const MeanSquare shown(truth.mean({0, 200'000}, Stream(5)));
  EXPECT_NEAR(truth.facts().at("signal"), shown.mean, 5 * shown.se);
}

TEST_P(EveryCovariance, NoiseHasItsDeviation) {
  SparseLinear options = world(GetParam());
  options.signal_to_noise = 2;
  options.tails = "student(10)";
  const Truth truth = options.draw(Stream(6));
  const Range rows = {0, 200'000};
  const MeanSquare shown(truth.y(rows, Stream(7)) - truth.mean(rows, Stream(7)));
  EXPECT_NEAR(truth.facts().at("signal") / 2, shown.mean, 5 * shown.se);
}

INSTANTIATE_TEST_SUITE_P(SparseLinearStatistics, EveryCovariance,
                         testing::Values("isotropic", "ar1(0.8)", "ar1(-0.6)", "blocks(9, 0.5)",
                                         "spectrum(1.5)"));

}  // namespace
}  // namespace quartic::sparse_linear_statistics
