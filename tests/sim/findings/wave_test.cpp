#include "sim/findings/wave.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace quartic::wave_test {
namespace {

using namespace quartic::detail;

TEST(Wave, TurnsByAnyAngle) {
  for (double angle = -40; angle < 40; angle += 0.37) {
    EXPECT_NEAR(turn_by(angle).cosine, std::cos(angle), 2e-14) << angle;
    EXPECT_NEAR(turn_by(angle).sine, std::sin(angle), 2e-14) << angle;
  }
}

TEST(Wave, OscillatesWithoutDrift) {
  const Wave wave = Wave::oscillation(1.3, 1000);
  for (std::size_t m = 0; m < 1000; ++m) {
    EXPECT_NEAR(wave.real[m], std::cos(1.3 * static_cast<double>(m)), 4e-13);
    EXPECT_NEAR(wave.imaginary[m], std::sin(1.3 * static_cast<double>(m)), 4e-13);
  }
}

TEST(Wave, OscillatesFromAnyPlaceOn) {
  Wave wave = Wave::oscillation(1.3, 40);
  wave.append(Wave::oscillation(1.3, 60, 40));
  ASSERT_EQ(wave.size(), 100);
  for (std::size_t m = 0; m < 100; ++m) {
    EXPECT_NEAR(wave.real[m], std::cos(1.3 * static_cast<double>(m)), 1e-13);
    EXPECT_NEAR(wave.imaginary[m], std::sin(1.3 * static_cast<double>(m)), 1e-13);
  }
}

TEST(Wave, MultipliesAndAddsComplexNumbers) {
  Wave a{{1, 2}, {3, -1}};
  a *= Wave{{2, 0}, {1, 1}};
  EXPECT_EQ(a.real, (std::vector<double>{-1, 1}));
  EXPECT_EQ(a.imaginary, (std::vector<double>{7, 2}));
  a *= std::vector<double>{2, 3};
  EXPECT_EQ(a.imaginary, (std::vector<double>{14, 6}));
  a.add(0.5, Wave::constant(4, 2));
  EXPECT_EQ(a.real, (std::vector<double>{0, 5}));
  a.add_product(Wave{{0, 1}, {1, 0}}, Wave{{0, 2}, {1, 3}});
  EXPECT_EQ(a.real, (std::vector<double>{-1, 7}));
  EXPECT_EQ(a.imaginary, (std::vector<double>{14, 9}));
}

}  // namespace
}  // namespace quartic::wave_test
