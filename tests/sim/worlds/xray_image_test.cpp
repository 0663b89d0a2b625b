#include "sim/worlds/xray_image.hpp"

#include <gtest/gtest.h>

#include "sim/film/film.hpp"
#include "sim/worlds/xray.hpp"
#include "tests/support/thrown_message.hpp"

namespace quartic::xray_image_test {
namespace {

const XrayImage small = {.candidates = 30, .relevant = 6, .side = 16};

Truth drawn() {
  return small.draw(Stream(1));
}
Truth findings() {
  return Xray{.candidates = 30, .relevant = 6}.draw(Stream(1));
}

TEST(XrayImage, PatientsAreThoseOfXray) {
  const Range rows = {3, 20};
  EXPECT_EQ(drawn().y(rows, Stream(2)), findings().y(rows, Stream(2)));
  EXPECT_EQ(drawn().mean(rows, Stream(2)), findings().mean(rows, Stream(2)));
  EXPECT_EQ(drawn().findings()->x(rows, {0, 30}, Stream(2)), findings().x(rows, {0, 30}, Stream(2)));
  EXPECT_EQ(drawn().findings()->relevant(), findings().relevant());
}

TEST(XrayImage, ColumnsAreTheStandardisedPixelsOfAFilmOfItsFindings) {
  const Matrix x = drawn().x({4, 1}, {0, 256}, Stream(2));
  const Matrix film =
      draw_film(findings().x({4, 1}, {0, 30}, Stream(2)).row(0), Stream(2).child(4).child("film"), 16);
  for (Index i = 0; i < 16; ++i)
    for (Index j = 0; j < 16; ++j) EXPECT_EQ(x(0, 16 * i + j), (film(i, j) - film_mean) / film_deviation);
}

TEST(XrayImage, WanderMovesLesionsAndLeavesPatientsAsTheyAre) {
  XrayImage wandering = small;
  wandering.wander = 1;
  const Truth moved = wandering.draw(Stream(1));
  EXPECT_EQ(moved.y({0, 20}, Stream(2)), drawn().y({0, 20}, Stream(2)));
  EXPECT_EQ(moved.facts(), drawn().facts());
  EXPECT_NE(moved.x({0, 1}, {0, 256}, Stream(2)), drawn().x({0, 1}, {0, 256}, Stream(2)));
}

TEST(XrayImage, FactsAreThoseOfXrayButForColumns) {
  Facts expected = findings().facts();
  expected["candidates"] = 256;
  expected["relevant"] = 0;
  expected["side"] = 16;
  EXPECT_EQ(drawn().facts(), expected);
  EXPECT_TRUE(drawn().relevant().empty());
}

TEST(XrayImage, PixelsHaveMeanZeroAndVarianceOneOverThePicture) {
  const Matrix x = XrayImage{}.draw(Stream(1)).x({0, 200}, {0, 1024}, Stream(2));
  EXPECT_NEAR(x.mean(), 0, 0.1);
  EXPECT_NEAR(x.squaredNorm() / static_cast<double>(x.size()), 1, 0.1);
}

TEST(XrayImage, RefusesWhatXrayRefusesAndFilmsThatAreTooSmallOrTooLarge) {
  const auto message = [](XrayImage world) {
    return support::thrown_message([&] { world.draw(Stream(1)); });
  };
  EXPECT_NE(message({.candidates = 5, .relevant = 6}).find("relevant"), std::string::npos);
  EXPECT_NE(message({.side = 15}).find("side"), std::string::npos);
  EXPECT_NE(message({.side = 257}).find("side"), std::string::npos);
  EXPECT_NE(message({.candidates = 1001}).find("200 places"), std::string::npos);
  EXPECT_NE(message({.wander = 1.5}).find("wander"), std::string::npos);
  EXPECT_NE(message({.signal = -1}).find("signal"), std::string::npos);
}

}  // namespace
}  // namespace quartic::xray_image_test
