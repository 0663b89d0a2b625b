#include "sim/parts/directions.hpp"

#include <gtest/gtest.h>

#include <string>

#include "tests/support/thrown_message.hpp"

namespace quartic::directions_test {
namespace {

using support::thrown_message;

TEST(Directions, AreUnitVectors) {
  for (const char* word : {"gaussian", "orthonormal"}) {
    const Matrix w = draw_directions(word, {.inputs = 7, .directions = 5}, Stream(1));
    EXPECT_LT((w.colwise().norm().array() - 1).abs().maxCoeff(), 1e-15) << word;
  }
}

TEST(Directions, OrthonormalOnesAreAtRightAngles) {
  const Matrix w = draw_directions("orthonormal", {.inputs = 40, .directions = 40}, Stream(2));
  EXPECT_LT((w.transpose() * w - Matrix::Identity(40, 40)).cwiseAbs().maxCoeff(), 1e-14);
  const Matrix free = draw_directions("gaussian", {.inputs = 40, .directions = 40}, Stream(2));
  EXPECT_GT((free.transpose() * free - Matrix::Identity(40, 40)).cwiseAbs().maxCoeff(), 0.1);
}

TEST(Directions, CoordinatesAreTheIdentity) {
  EXPECT_EQ(draw_directions("coordinates", {.inputs = 3, .directions = 3}, Stream(1)),
            Matrix::Identity(3, 3));
}

TEST(Directions, MoreOfThemKeepTheFirst) {
  for (const char* word : {"gaussian", "orthonormal"})
    EXPECT_EQ(draw_directions(word, {.inputs = 9, .directions = 3}, Stream(3)),
              draw_directions(word, {.inputs = 9, .directions = 8}, Stream(3)).leftCols(3));
}

TEST(Directions, ProjectionsAreSumsInTheOrderOfTheInputs) {
  Matrix z(3, 20);
  Stream(4).fill_normal({z.data(), 60});
  const Matrix w = draw_directions("gaussian", {.inputs = 20, .directions = 13}, Stream(5));
  const Matrix u = projections(z, w);
  for (Index i = 0; i < 3; ++i)
    for (Index m = 0; m < 13; ++m) {
      double sum = 0;
      for (Index k = 0; k < 20; ++k) sum += z(i, k) * w(k, m);
      EXPECT_EQ(u(i, m), sum);
    }
}

TEST(Directions, RefuseCountsThatCannotBe) {
  EXPECT_EQ(
      thrown_message([] { require_directions("orthonormal", "hidden", {.inputs = 3, .directions = 4}); }),
      "hidden = 4 (no more directions than relevant columns, here 3, can be orthonormal). Raise relevant, "
      "or lower hidden.");
  EXPECT_EQ(
      thrown_message([] { require_directions("coordinates", "hidden", {.inputs = 3, .directions = 2}); }),
      "hidden = 2 (with weights = \"coordinates\" each is one of the relevant columns, and there are 3). Set "
      "relevant = 2.");
  EXPECT_EQ(
      thrown_message(
          [] { require_directions("gaussian", "hidden", {.inputs = 1'000'000, .directions = 11}); }),
      "hidden = 11 (with relevant = 1000000 they have more than 10000000 weights). Lower one of the two.");
}

}  // namespace
}  // namespace quartic::directions_test
