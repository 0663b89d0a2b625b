#include "sim/findings/marginals.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace quartic::marginals_test {
namespace {

using namespace quartic::detail;

constexpr FindingKind kinds[] = {FindingKind::size, FindingKind::density, FindingKind::margin,
                                 FindingKind::present, FindingKind::count};

double below(double z) {
  return std::erfc(-z / std::sqrt(2.)) / 2;
}

// E f(Z): the plain sum over a fine grid, for functions without steps.
double slow_mean(auto f) {
  constexpr double step = 1e-3;
  double sum = 0;
  for (int i = -12'000; i <= 12'000; ++i) sum += std::exp(-i * step * i * step / 2) * f(i * step);
  return sum * step / std::sqrt(2 * std::acos(-1.));
}

// E value^power, exactly.
double moment_of_steps(const Steps& steps, int power) {
  double sum = 0;
  for (std::size_t k = 0; k < steps.values.size(); ++k) {
    const double upper = k < steps.thresholds.size() ? below(steps.thresholds[k]) : 1;
    const double lower = k > 0 ? below(steps.thresholds[k - 1]) : 0;
    sum += (upper - lower) * std::pow(steps.values[k], power);
  }
  return sum;
}

TEST(Marginals, HaveMeanZeroAndVarianceOne) {
  for (const FindingKind kind : kinds) {
    const auto moment = [&](int power) {
      if (has_steps(kind)) return moment_of_steps(steps_of(kind), power);
      return slow_mean([&](double z) { return std::pow(standardised(kind, z), power); });
    };
    EXPECT_NEAR(moment(1), 0, 2e-15) << static_cast<int>(kind);
    EXPECT_NEAR(moment(2), 1, 2e-14) << static_cast<int>(kind);
  }
}

TEST(Marginals, NeverFall) {
  for (const FindingKind kind : kinds)
    for (double z = -7; z < 7; z += 0.01) EXPECT_LE(standardised(kind, z), standardised(kind, z + 0.01));
}

TEST(Marginals, AreTheSameForRowsAndOneByOne) {
  std::vector<double> z;
  for (int k = 0; k < 40; ++k) z.push_back(std::sin(k * 1.7) * 4);
  for (Index first = 0; first < 7; ++first) {
    std::vector<double> row = z;
    standardise(first, row);
    for (std::size_t k = 0; k < row.size(); ++k)
      EXPECT_EQ(row[k], standardised(kind_of(first + static_cast<Index>(k)), z[k])) << first << " " << k;
  }
}

TEST(Marginals, SizesAreExponentials) {
  for (double z = -9; z < 9; z += 0.03)
    EXPECT_NEAR(standardised(FindingKind::size, z), std::expm1(z / 2 - 0.125) / std::sqrt(std::expm1(0.25)),
                1e-15 * std::exp(z / 2) + 1e-15)
        << z;
}

TEST(Marginals, ConspicuousFindingsHaveTheirChance) {
  for (const FindingKind kind : kinds) {
    const Conspicuousness h(kind);
    EXPECT_NEAR(1 - below(conspicuous_from(kind)), h.chance, 1e-15);
    EXPECT_NEAR(h.chance * h.conspicuous + (1 - h.chance) * h.usual, 0, 1e-15);
    EXPECT_NEAR(h.chance * h.conspicuous * h.conspicuous + (1 - h.chance) * h.usual * h.usual, 1, 2e-15);
  }
}

TEST(Marginals, SizesAreSkewedToTheRight) {
  const double cubes = slow_mean([](double z) { return std::pow(standardised(FindingKind::size, z), 3); });
  EXPECT_NEAR(cubes, (std::exp(0.25) + 2) * std::sqrt(std::exp(0.25) - 1), 1e-12);
}

// Poisson with mean 1, from 6 on as one.
TEST(Marginals, CountsHaveTheirChances) {
  const Steps steps = steps_of(FindingKind::count);
  ASSERT_EQ(steps.values.size(), 7U);
  double factorial = 1;
  for (std::size_t k = 0; k < 6; ++k) {
    if (k > 0) factorial *= static_cast<double>(k);
    EXPECT_NEAR(chance_of_step(steps, k, 0.3, 0), std::exp(-1) / factorial, 1e-15) << k;
  }
}

TEST(Marginals, ChancesAndMeansGivenTheFactorAverageToThoseWithout) {
  for (const double c : {0., 0.3, 0.9})
    for (const FindingKind kind : kinds) {
      EXPECT_NEAR(slow_mean([&](double f) { return mean_given_factor(kind, f, c); }), 0, 1e-13);
      if (!has_steps(kind)) continue;
      const Steps steps = steps_of(kind);
      for (std::size_t k = 0; k < steps.values.size(); ++k)
        EXPECT_NEAR(slow_mean([&](double f) { return chance_of_step(steps, k, f, c); }),
                    chance_of_step(steps, k, 0, 0), 1e-13);
    }
}

TEST(Marginals, MeansGivenTheFactorAreThoseOverTheRest) {
  for (const double f : {-1.5, 0.2})
    for (const FindingKind kind : {FindingKind::size, FindingKind::density})
      EXPECT_NEAR(mean_given_factor(kind, f, 0.4), slow_mean([&](double e) {
                    return standardised(kind, std::sqrt(0.4) * f + std::sqrt(0.6) * e);
                  }),
                  1e-13);
}

}  // namespace
}  // namespace quartic::marginals_test
