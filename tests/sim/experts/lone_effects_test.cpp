#include "sim/experts/lone_effects.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "sim/worlds/additive.hpp"
#include "sim/worlds/power_law.hpp"
#include "sim/worlds/sparse_linear.hpp"
#include "tests/support/thrown_message.hpp"

namespace quartic::lone_effects_test {
namespace {

using support::thrown_message;

const SparseLinear decaying{.candidates = 30, .relevant = 4, .coefficients = "decay(1)", .noise = 3};

TEST(LoneEffects, AreThoseOfTheCoefficients) {
  SparseLinear world = decaying;
  world.covariance = "spectrum(1)";
  const Truth truth = world.draw(Stream(1));
  LoneEffects effects(truth);
  ASSERT_TRUE(effects.are_known());
  EXPECT_DOUBLE_EQ(effects.signal(), truth.facts().at("signal"));
  for (const Index column : truth.relevant())
    EXPECT_NEAR(effects.of(column).variance, *truth.variance(column), 1e-12);
}

TEST(SignalShares, OfIndependentColumnsAreTheirSquares) {
  const std::vector<double> shares = signal_shares(decaying.draw(Stream(1)));
  const double all = 1 + 1. / 4 + 1. / 9 + 1. / 16;
  for (std::size_t k = 0; k < 4; ++k)
    EXPECT_NEAR(shares[k], 1 / static_cast<double>((k + 1) * (k + 1)) / all, 1e-12);
}

TEST(SignalShares, AreOfWhatTheColumnsShownHold) {
  const std::vector<double> shares = signal_shares(PowerLawWorld{.candidates = 50}.draw(Stream(1)));
  EXPECT_NEAR(std::accumulate(shares.begin(), shares.end(), 0.0), 1, 1e-12);
  EXPECT_NEAR(shares[3] / shares[0], std::pow(4, -PowerLawWorld{}.target), 1e-9);
}

TEST(SignalShares, AreRefusedWherePartsDoNotAddUp) {
  SparseLinear correlated = decaying;
  correlated.covariance = "blocks(30, 0.5)";
  for (const Truth& truth : {correlated.draw(Stream(1)), Additive{}.draw(Stream(1))})
    EXPECT_NE(thrown_message([&] { signal_shares(truth); }).find("Use weight = \"count\""),
              std::string::npos);
}

TEST(EffectSign, IsThatOfTheCoefficientAndNoneElsewhere) {
  const Truth truth = SparseLinear{.candidates = 8, .relevant = 7, .coefficients = "signs"}.draw(Stream(3));
  LoneEffects effects(truth);
  int falling = 0;
  for (Index j = 0; j < 8; ++j) {
    const int sign = effect_sign(truth, j);
    EXPECT_NEAR(effects.of(j).covariance, sign, 1e-12);
    falling += sign < 0;
  }
  EXPECT_GT(falling, 0);
}

}  // namespace
}  // namespace quartic::lone_effects_test
