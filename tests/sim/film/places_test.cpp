#include "sim/film/places.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>

#include "sim/film/chest.hpp"

namespace quartic::places_test {
namespace {

using detail::Canvas;
using detail::Spot;

std::vector<Spot> placed(std::uint64_t patient, Index count, float wander) {
  return detail::place_lesions({}, Stream(patient), count, wander);
}
bool is_left(Spot spot) {
  return spot.u > 0;
}
double distance(Spot one, Spot other) {
  return std::hypot((one.u - other.u) / 2, one.v - other.v);
}

TEST(Places, WithoutWanderingLesionsAreAtHome) {
  for (Index k = 0; k < 30; ++k) {
    const Spot spot = placed(1, 30, 0)[static_cast<std::size_t>(k)], home = detail::home_of({}, Stream(1), k);
    EXPECT_EQ(spot.u, home.u);
    EXPECT_EQ(spot.v, home.v);
    EXPECT_EQ(is_left(spot), k % 2 == 1);
  }
}

TEST(Places, LieInTheLungsOfAnyBody) {
  for (std::uint64_t patient = 0; patient < 50; ++patient) {
    const Stream stream(patient);
    const detail::Body body = detail::draw_body(stream);
    const Canvas air = detail::draw_chest(body, 128).air;
    for (const float wander : {0.0F, 0.5F, 1.0F}) {
      const std::vector<Spot> spots = detail::place_lesions(body, stream, wander == 0 ? 200 : 20, wander);
      for (std::size_t k = 0; k < spots.size(); ++k) {
        const auto row = static_cast<Index>(spots[k].v * 128),
                   column = static_cast<Index>((spots[k].u + 1) * 64);
        EXPECT_GT(air(row, column), wander == 0 && k < 10 ? 0.9F : 0.2F)
            << patient << " " << wander << " " << k;
      }
    }
  }
}

TEST(Places, TheFirstTenHomesAreApart) {
  const std::vector<Spot> spots = placed(1, 10, 0);
  for (std::size_t a = 0; a < 10; ++a)
    for (std::size_t b = 0; b < a; ++b) EXPECT_GT(distance(spots[a], spots[b]), 0.06) << a << " " << b;
}

TEST(Places, AFewThatWanderKeepApart) {
  for (std::uint64_t patient = 0; patient < 200; ++patient) {
    const std::vector<Spot> spots = placed(patient, 6, 1);
    for (std::size_t a = 0; a < spots.size(); ++a)
      for (std::size_t b = 0; b < a; ++b)
        EXPECT_GE(distance(spots[a], spots[b]), detail::room_of_a_lesion - 1e-6)
            << patient << " " << a << " " << b;
  }
}

TEST(Places, TheFirstLieTheSameWhateverTheirNumber) {
  const std::vector<Spot> few = placed(3, 2, 1), many = placed(3, 40, 1);
  for (std::size_t k = 0; k < few.size(); ++k) {
    EXPECT_EQ(few[k].u, many[k].u);
    EXPECT_EQ(few[k].v, many[k].v);
  }
}

/// Over patients, of one place.
struct Spread {
  double left = 0, u = 0, v = 0;  ///< the share in the left lung; standard deviations
  double mean_v = 0;
};
constexpr std::uint64_t patients = 2000;
Spread spread_of(std::size_t k, float wander) {
  double left = 0, u = 0, uu = 0, v = 0, vv = 0;
  for (std::uint64_t patient = 0; patient < patients; ++patient) {
    const Spot spot = placed(patient, static_cast<Index>(k) + 1, wander)[k];
    left += is_left(spot);
    u += spot.u;
    uu += spot.u * spot.u;
    v += spot.v;
    vv += spot.v * spot.v;
  }
  const double n = patients;
  return {left / n, std::sqrt(uu / n - u / n * (u / n)), std::sqrt(vv / n - v / n * (v / n)), v / n};
}

// Between 0.22 and 0.66 the right lung is 0.271 wide on average and the left one 0.198: integrals of the two extents.
constexpr double left_area = 0.198 / (0.198 + 0.2713);
double share_error(double share) {
  return std::sqrt(share * (1 - share) / static_cast<double>(patients));
}

// Numbers of a place are told by nothing but chance: 5 standard errors of a share and of a mean.
TEST(Places, AnywhereIsTheSameForAllPlaces) {
  const Spread first = spread_of(0, 1), second = spread_of(1, 1);
  for (const Spread& spread : {first, second}) {
    EXPECT_NEAR(spread.left, left_area, 5 * share_error(left_area));
    EXPECT_GT(spread.u, 0.35);  // of two lungs, 0.4 from the spine
    EXPECT_GT(spread.v, 0.11);  // evenly over 0.44 sides: 0.127
  }
  EXPECT_NEAR(first.mean_v, second.mean_v,
              5 * std::hypot(first.v, second.v) / std::sqrt(static_cast<double>(patients)));
}

TEST(Places, HalfOfTheWayIsHalfAsFar) {
  const Spread half = spread_of(0, 0.5F), whole = spread_of(0, 1), home = spread_of(0, 0);
  const double left = 0.25 * left_area / (0.25 * left_area + 0.75 * (1 - left_area));
  EXPECT_NEAR(half.left, left, 5 * share_error(left));
  EXPECT_LT(half.v, 0.7 * whole.v);
  EXPECT_LT(home.v, 0.01);
  EXPECT_EQ(home.left, 0);
}

TEST(Places, MoreThanTheLungsHaveRoomForOverlapAndStayInside) {
  const std::vector<Spot> spots = placed(5, 200, 1);
  double nearest = std::numeric_limits<double>::infinity();
  for (std::size_t a = 0; a < spots.size(); ++a)
    for (std::size_t b = 0; b < a; ++b) nearest = std::min(nearest, distance(spots[a], spots[b]));
  EXPECT_LT(nearest, 0.03);
  EXPECT_GT(nearest, 0);
}

}  // namespace
}  // namespace quartic::places_test
