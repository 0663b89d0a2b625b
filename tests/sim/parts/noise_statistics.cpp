#include <gtest/gtest.h>

#include <cmath>

#include "sim/parts/noise.hpp"

namespace quartic::noise_statistics {
namespace {

constexpr std::uint64_t draws = 1'000'000;

template <class Function>
double average(const Noise& noise, const Function& of) {
  const Stream stream(9);
  double sum = 0;
  for (std::uint64_t i = 0; i < draws; ++i) sum += of(noise.draw(stream.child(i)));
  return sum / draws;
}

// Kurtosis 3 + 6/(df - 4).
TEST(NoiseStatistics, StudentHasTheVarianceAskedFor) {
  for (const double df : {9.0, 12.0, 50.0}) {
    const Noise noise("student(" + std::to_string(df) + ")", 2);
    const double kurtosis = 3 + 6 / (df - 4);
    EXPECT_NEAR(average(noise, [](double e) { return e; }), 0, 5 * 2 / std::sqrt(draws));
    EXPECT_NEAR(average(noise, [](double e) { return e * e; }), 4, 5 * 4 * std::sqrt((kurtosis - 1) / draws))
        << df;
  }
}

// Two-sided 5 % and 0.1 % points of Student's t (any table): 3.182446 and 12.92398 for 3 degrees of
// freedom, 2.570582 and 6.868827 for 5.
TEST(NoiseStatistics, StudentHasItsTabulatedTails) {
  const auto expect_share = [](double df, double point, double share) {
    const Noise noise("student(" + std::to_string(df) + ")", 1);
    const double limit = point * std::sqrt((df - 2) / df);
    EXPECT_NEAR(average(noise, [&](double e) { return std::abs(e) > limit ? 1.0 : 0.0; }), share,
                5 * std::sqrt(share * (1 - share) / draws))
        << df;
  };
  expect_share(3, 3.182446, 0.05);
  expect_share(3, 12.92398, 0.001);
  expect_share(5, 2.570582, 0.05);
  expect_share(5, 6.868827, 0.001);
}

TEST(NoiseStatistics, GaussianHasTheVarianceAskedFor) {
  const double variance = average(Noise("gaussian", 3), [](double e) { return e * e; });
  EXPECT_NEAR(variance, 9, 5 * 9 * std::sqrt(2.0 / draws));
}

}  // namespace
}  // namespace quartic::noise_statistics
