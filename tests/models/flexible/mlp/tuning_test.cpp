#include "models/flexible/mlp/tuning.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/counting_scalar.hpp"

namespace quartic::detail::tuning_test {
namespace {

std::vector<RateTrial> trials(const std::vector<double>& errors) {
  std::vector<RateTrial> all;
  const std::vector<double> rates = RateBracket{0.001, 0.1, std::ssize(errors)}.rates();
  for (std::size_t k = 0; k < errors.size(); ++k) all.push_back({rates[k], errors[k], 100});
  return all;
}

TEST(Tuning, RatesAreEvenlySpacedInTheLogarithm) {
  const std::vector<double> rates = RateBracket{0.001, 0.1, 5}.rates();
  ASSERT_EQ(rates.size(), 5u);
  for (std::size_t k = 0; k < 5; ++k)
    EXPECT_NEAR(std::log10(rates[k]), -3 + 0.5 * static_cast<double>(k), 1e-12);
}

TEST(Tuning, FindsTheMinimumOfAParabolaInTheLogarithms) {
  const double least = std::log(0.013);
  std::vector<RateTrial> all = trials({1, 1, 1, 1, 1});
  for (RateTrial& trial : all) trial.error = std::exp(0.3 * std::pow(std::log(trial.rate) - least, 2) - 1);
  const ChosenRate chosen = choose_rate(all);
  EXPECT_TRUE(chosen.interior);
  EXPECT_NEAR(chosen.rate, 0.013, 1e-12);
}

TEST(Tuning, FlagsABestRateAtTheEndOfTheBracket) {
  EXPECT_FALSE(choose_rate(trials({0.1, 0.2, 0.3})).interior);
  EXPECT_FALSE(choose_rate(trials({0.3, 0.2, 0.1})).interior);
  EXPECT_TRUE(choose_rate(trials({0.3, 0.1, 0.2})).interior);
  EXPECT_NEAR(choose_rate(trials({0.3, 0.2, 0.1})).rate, 0.1, 1e-15);
}

TEST(Tuning, TakesTheBestRateItselfBesideOneThatDiverged) {
  const ChosenRate chosen = choose_rate(trials({0.3, 0.1, infinity}));
  EXPECT_TRUE(chosen.interior);
  EXPECT_NEAR(chosen.rate, 0.01, 1e-15);
  EXPECT_FALSE(choose_rate(trials({infinity, infinity, infinity})).interior);
  EXPECT_NEAR(choose_rate(trials({infinity, infinity, infinity})).rate, 0.001, 1e-15);
}

TEST(Tuning, IsBilledAllTrialsAndTheParabola) {
  EXPECT_EQ(choose_rate(trials({0.1, 0.2, 0.3})).flops, 300);
  using T = CountingScalar;
  const double parabola = count_flops([] {
    const T ratio = T(0.1) / T(0.01), step = log(ratio);
    const T l = log(T(0.3)), m = log(T(0.1)), r = log(T(0.2));
    const T shift = T(0.5) * step * (l - r) / ((l - m) + (r - m));
    const T rate = T(0.01) * exp(shift);
    static_cast<void>(rate);
  });
  EXPECT_EQ(choose_rate(trials({0.3, 0.1, 0.2})).flops, 300 + parabola);
}

std::vector<SizedRate> sized(const std::vector<std::pair<Index, double>>& all) {
  std::vector<SizedRate> rates;
  for (const auto& [rows, rate] : all) rates.push_back({rows, {rate, true, 0}});
  return rates;
}

TEST(Tuning, FollowsAStraightLineInTheLogarithms) {
  const RateBracket bracket{1e-6, 10, 5};
  EXPECT_EQ(rate_at(sized({{200, 0.01}}), bracket, 5000), 0.01);
  EXPECT_NEAR(rate_at(sized({{200, 0.01}, {400, 0.02}}), bracket, 800), 0.04, 1e-12);
  EXPECT_NEAR(rate_at(sized({{100, 0.08}, {200, 0.04}, {800, 0.01}}), bracket, 400), 0.02, 1e-12);
  EXPECT_EQ(rate_at(sized({{200, 0.01}, {400, 0.1}}), {1e-3, 0.5, 5}, 1e6), 0.5);
}

TEST(Tuning, IsBilledTheLine) {
  using T = CountingScalar;
  for (const int sizes : {2, 5})
    EXPECT_EQ(rate_line_flops(sizes), count_flops([&] {
                T x_mean = 0, y_mean = 0, xx = 0, xy = 0;
                for (int k = 0; k < sizes; ++k) {
                  x_mean += log(T(k + 2));
                  y_mean += log(T(0.1));
                }
                x_mean /= T(sizes);
                y_mean /= T(sizes);
                for (int k = 0; k < sizes; ++k) {
                  const T x = log(T(k + 2)) - x_mean;
                  xx += x * x;
                  xy += x * (log(T(0.1)) - y_mean);
                }
                exp(y_mean + xy / xx * (log(T(7)) - x_mean));
              }));
  EXPECT_EQ(rate_line_flops(1), 0);
}

TEST(Tuning, ReadsListsOfSizes) {
  EXPECT_EQ(parse_tune_at(""), std::vector<Index>{});
  EXPECT_EQ(parse_tune_at("200"), std::vector<Index>{200});
  EXPECT_EQ(parse_tune_at("200,400, 900"), (std::vector<Index>{200, 400, 900}));
  for (const char* wrong : {"400,200", "200,200", "1", "200,", ",200", "two", "200;400", "2.5", "-3"})
    EXPECT_FALSE(parse_tune_at(wrong).has_value()) << wrong;
}

}  // namespace
}  // namespace quartic::detail::tuning_test
