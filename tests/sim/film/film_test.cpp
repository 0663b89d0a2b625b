#include "sim/film/film.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>

#include "sim/film/places.hpp"

namespace quartic::film_test {
namespace {

Vector no_lesion() {
  Vector findings = Vector::Zero(50);
  for (Index k = 3; k < 50; k += 5) findings[k] = -0.65;
  return findings;
}

Vector with_lesion(Index place, double size) {
  Vector findings = no_lesion();
  findings[5 * place] = size;
  findings[5 * place + 3] = 1.5;
  return findings;
}

TEST(Film, IsAPureFunctionOfItsArguments) {
  EXPECT_EQ(draw_film(no_lesion(), Stream(1), 32), draw_film(no_lesion(), Stream(1), 32));
  EXPECT_NE(draw_film(no_lesion(), Stream(1), 32), draw_film(no_lesion(), Stream(2), 32));
}

// Whatever compiler, instruction set or library: these are the bits.
TEST(Film, HasTheSameBitsEverywhere) {
  const Matrix film = draw_film(with_lesion(2, 1), Stream(7), 48);
  std::uint64_t hash = 0xCBF29CE484222325U;
  for (const double grey : film.reshaped<Eigen::RowMajor>())
    hash = (hash ^ __builtin_bit_cast(std::uint32_t, static_cast<float>(grey))) * 0x100000001B3U;
  EXPECT_EQ(hash, 2924704123580512173U);
}

TEST(Film, IsBlackBesideTheBodyAndWhiteInTheMiddle) {
  const Matrix film = draw_film(no_lesion(), Stream(1), 64);
  EXPECT_LT(film(32, 0), 0.1);
  EXPECT_GT(film(45, 32), 0.85);
  EXPECT_GT(film.minCoeff(), -0.15);
  EXPECT_LT(film.maxCoeff(), 1.1);
}

TEST(Film, ShowsTheSamePatientAtAnyNumberOfPixels) {
  const Matrix large = draw_film(with_lesion(2, 2), Stream(1), 256);
  const Matrix small = draw_film(with_lesion(2, 2), Stream(1), 32);
  Matrix shrunk(32, 32);
  for (Index i = 0; i < 32; ++i)
    for (Index j = 0; j < 32; ++j) shrunk(i, j) = large.block(8 * i, 8 * j, 8, 8).mean();
  EXPECT_LT((small - shrunk).norm() / std::sqrt(1024.0), 0.05);  // edges are sharper on the large one
}

TEST(Film, AFindingShowsWhereItsPlaceIsAndNowhereElse) {
  const Matrix without = draw_film(no_lesion(), Stream(1), 128),
               with = draw_film(with_lesion(2, 1), Stream(1), 128);
  const detail::Spot spot = detail::home_of(detail::draw_body(Stream(1)), Stream(1), 2);
  const auto row = static_cast<Index>(spot.v * 128), column = static_cast<Index>((spot.u + 1) * 64);
  EXPECT_GT(with(row, column), without(row, column) + 0.15);
  Matrix away = with - without;
  away.block(row - 20, column - 20, 41, 41).setZero();
  EXPECT_LT(away.cwiseAbs().maxCoeff(), 0.02);  // but for a little more or less scatter
}

TEST(Film, WanderingMovesLesionsAndNothingElse) {
  EXPECT_EQ(draw_film(with_lesion(2, 1), Stream(1), 32, 0), draw_film(with_lesion(2, 1), Stream(1), 32));
  const Vector none(0), one = with_lesion(0, 2).head(5);
  EXPECT_EQ(draw_film(none, Stream(1), 128, 1), draw_film(none, Stream(1), 128));
  const Matrix without = draw_film(none, Stream(1), 128), with = draw_film(one, Stream(1), 128, 1);
  const detail::Spot spot = detail::place_lesions(detail::draw_body(Stream(1)), Stream(1), 1, 1)[0];
  Index row = 0, column = 0;
  (with - without).maxCoeff(&row, &column);
  EXPECT_NEAR(static_cast<double>(row), spot.v * 128, 6);
  EXPECT_NEAR(static_cast<double>(column), (spot.u + 1) * 64, 6);
}

TEST(Film, FindingsOfAPlaceThatIsNotWholeAreLeftOut) {
  EXPECT_EQ(draw_film(Vector::Zero(7), Stream(1), 32), draw_film(Vector::Zero(5), Stream(1), 32));
}

}  // namespace
}  // namespace quartic::film_test
