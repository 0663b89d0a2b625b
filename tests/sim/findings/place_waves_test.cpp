#include "sim/findings/place_waves.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <complex>

#include "sim/findings/marginals.hpp"
#include "sim/parts/normal_integral.hpp"

namespace quartic::place_waves_test {
namespace {

using namespace quartic::detail;

using Complex = std::complex<double>;

// E f(Z) by nodes far closer than any wave here is long.
Complex slow_mean(auto f) {
  Complex sum = 0;
  for (int i = -9000; i <= 9000; ++i) sum += 0.001 * normal_density(0.001 * i) * f(0.001 * i);
  return sum;
}

void expect_wave(const Wave& wave, const Times& times, auto exact) {
  ASSERT_EQ(wave.size(), times.count);
  for (std::size_t m = 0; m < wave.size(); ++m) {
    const Complex expected = exact(times.at(m));
    EXPECT_NEAR(wave.real[m], expected.real(), 1e-10) << times.at(m);
    EXPECT_NEAR(wave.imaginary[m], expected.imag(), 1e-10) << times.at(m);
  }
}

TEST(PlaceWaves, FollowASizeUntilItHasDiedAway) {
  AtomTables tables(0.3);
  const Times times{0.9, 60, 5};  // t b from 54 on
  const Wave wave = PlaceWaves(tables, times).mean({{0, 1}});
  expect_wave(wave, times, [](double t) {
    return slow_mean([&](double z) { return std::polar(1., t * standardised(FindingKind::size, z)); });
  });
}

TEST(PlaceWaves, OfASignAndADensityRestOnTheirFactor) {
  AtomTables tables(0.6);
  const Times times{0.4, 3, 20};
  const Steps sign = steps_of(FindingKind::present);
  expect_wave(PlaceWaves(tables, times).mean({{1, 0.8}, {3, 1.3}}), times, [&](double t) {
    return slow_mean([&](double factor) {
      const Complex density =
          std::polar(std::exp(-t * t * 0.64 * 0.4 / 2), t * 0.8 * std::sqrt(0.6) * factor);
      Complex both = 0;
      for (std::size_t k = 0; k < 2; ++k)
        both += chance_of_step(sign, k, factor, 0.6) * std::polar(1., t * 1.3 * sign.values[k]);
      return density * both;
    });
  });
}

TEST(PlaceWaves, ThatBeginLateGoOnWhereOthersEnd) {
  AtomTables tables(0.3);
  const Joint joint{{0, 1}, {9, 0.5}, 0.7};
  const Wave whole = PlaceWaves(tables, {0.1, 0, 60}).mean({{0, 1}, {3, 1}}, {{9, 0.5}}, joint);
  Wave parts = PlaceWaves(tables, {0.1, 0, 25}).mean({{0, 1}, {3, 1}}, {{9, 0.5}}, joint);
  parts.append(PlaceWaves(tables, {0.1, 25, 35}).mean({{0, 1}, {3, 1}}, {{9, 0.5}}, joint));
  for (std::size_t m = 0; m < 60; ++m) {
    EXPECT_NEAR(parts.real[m], whole.real[m], 1e-10);
    EXPECT_NEAR(parts.imaginary[m], whole.imaginary[m], 1e-10);
  }
}

}  // namespace
}  // namespace quartic::place_waves_test
