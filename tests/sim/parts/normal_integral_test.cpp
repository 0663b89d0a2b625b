#include "sim/parts/normal_integral.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace quartic::normal_integral_test {
namespace {

TEST(NormalIntegral, CutsAscendAndHoldTheBendsThatLieInside) {
  const std::array bends = {detail::Bend{1.25, 0.01}, detail::Bend{-2.3, 0}, detail::Bend{40, 1}};
  const std::vector<double> cuts = detail::cuts_at(bends);
  EXPECT_TRUE(std::is_sorted(cuts.begin(), cuts.end()));
  EXPECT_EQ(cuts.front(), -9);
  EXPECT_EQ(cuts.back(), 9);
  for (const double place : {1.25, -2.3}) EXPECT_TRUE(std::binary_search(cuts.begin(), cuts.end(), place));
  for (std::size_t i = 0; i + 1 < cuts.size(); ++i) EXPECT_LE(cuts[i + 1] - cuts[i], 0.5);
}

TEST(NormalIntegral, MomentsAreThoseOfANormal) {
  const auto moment = [](int k) { return detail::normal_mean({}, [k](double z) { return std::pow(z, k); }); };
  EXPECT_NEAR(moment(0), 1, 1e-14);
  EXPECT_NEAR(moment(1), 0, 1e-14);
  EXPECT_NEAR(moment(2), 1, 1e-13);
  EXPECT_NEAR(moment(4), 3, 1e-12);
  EXPECT_NEAR(moment(8), 105, 1e-9);
}

TEST(NormalIntegral, JumpsAndKinksAreMetExactly) {
  for (const double place : {-3.1, 0., 0.77}) {
    const std::array bends = {detail::Bend{place, 0}};
    const double above = detail::normal_mean(bends, [&](double z) { return z > place ? 1. : 0.; });
    EXPECT_NEAR(above, std::erfc(place / std::sqrt(2.)) / 2, 1e-14);
    const double kink = detail::normal_mean(bends, [&](double z) { return std::max(0., z - place); });
    EXPECT_NEAR(kink, detail::normal_density(place) - place * above, 1e-13);
  }
}

// E Phi((a + b Z)/r) = Phi(a/sqrt(r^2 + b^2)), however steep.
TEST(NormalIntegral, BendsOfAnyLengthAreMet) {
  for (const double width : {3., 1., 0.1, 1e-3, 1e-6, 1e-12, 1e-14})
    for (const double offset : {-2.3, 0., 0.4, 1.7}) {
      const std::array bends = {detail::Bend{-offset, width}};
      const double mean = detail::normal_mean(
          bends, [&](double z) { return std::erfc(-(offset + z) / width / std::sqrt(2.)) / 2; });
      EXPECT_NEAR(mean, std::erfc(-offset / std::hypot(1, width) / std::sqrt(2.)) / 2, 1e-12)
          << width << " " << offset;
    }
}

}  // namespace
}  // namespace quartic::normal_integral_test
