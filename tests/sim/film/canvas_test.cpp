#include "sim/film/canvas.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <utility>

#include "sim/film/shapes.hpp"

namespace quartic::canvas_test {
namespace {

using detail::Canvas;

Canvas waves(Index side) {
  Canvas canvas(side, side);
  for (Index i = 0; i < side; ++i)
    for (Index j = 0; j < side; ++j)
      canvas(i, j) = std::sin(3 * detail::across(j, side)) + std::cos(5 * detail::down(i, side));
  return canvas;
}

TEST(Canvas, PixelsLieInTheMiddleOfTheirSquares) {
  EXPECT_EQ(detail::across(0, 2), -0.5F);
  EXPECT_EQ(detail::across(1, 2), 0.5F);
  EXPECT_EQ(detail::down(1, 2), 0.75F);
}

TEST(Canvas, ConstantsStayWhatTheyAre) {
  const Canvas flat = Canvas::Constant(24, 24, 0.7F);
  EXPECT_TRUE(detail::averaged(flat, 3).isApproxToConstant(0.7F, 1e-5F));
  EXPECT_TRUE(detail::resampled(flat, 31).isApproxToConstant(0.7F, 1e-5F));
  EXPECT_TRUE(detail::resampled(flat, 7).isApproxToConstant(0.7F, 1e-5F));
  EXPECT_TRUE(detail::blurred(flat, 0.1F).isApproxToConstant(0.7F, 1e-5F));
}

TEST(Canvas, AveragesAreMeansOfGroups) {
  const Canvas canvas = waves(12);
  EXPECT_NEAR(detail::averaged(canvas, 4)(1, 2), canvas.block(4, 8, 4, 4).mean(), 1e-6F);
}

TEST(Canvas, ResamplingKeepsWhatIsSmooth) {
  EXPECT_TRUE(detail::resampled(waves(64), 128)
                  .block(8, 8, 112, 112)
                  .isApprox(waves(128).block(8, 8, 112, 112), 0.003F));
  EXPECT_TRUE(
      detail::resampled(waves(64), 32).block(2, 2, 28, 28).isApprox(waves(32).block(2, 2, 28, 28), 0.003F));
}

// The slow way: every pixel a sum over all others.
TEST(Canvas, ABlurIsAConvolutionWithAGaussian) {
  Canvas point = Canvas::Zero(41, 41);
  point(20, 20) = 1;
  const Canvas blurred = detail::blurred(point, 3.0F / 41);
  double sum = 0;
  for (int k = -9; k <= 9; ++k) sum += std::exp(-k * k / 18.0);
  for (const auto& [i, j] : {std::pair{20, 20}, {23, 20}, {17, 26}, {29, 11}})
    EXPECT_NEAR(blurred(i, j), std::exp(-((i - 20) * (i - 20) + (j - 20) * (j - 20)) / 18.0) / (sum * sum),
                1e-7);
  EXPECT_EQ(blurred(20, 30), 0);
}

TEST(Canvas, SpotsAndStrokesAreAsWideAtAnyNumberOfPixels) {
  for (const Index side : {125, 500}) {
    const Canvas spot = detail::with_spot(Canvas::Zero(side, side), {0.1F, 0.4F}, 0.08F, 2);
    const auto at = [&](float u, float v) {
      return spot(static_cast<Index>(v * static_cast<float>(side)),
                  static_cast<Index>((u + 1) / 2 * static_cast<float>(side)));
    };
    EXPECT_NEAR(at(0.1F, 0.4F), 2, 0.1F);
    EXPECT_NEAR(at(0.26F, 0.4F), 2 * detail::soft_spot(1), 0.1F);
    EXPECT_NEAR(at(0.1F, 0.48F), 2 * detail::soft_spot(1), 0.1F);
    EXPECT_EQ(at(0.5F, 0.4F), 0);
  }
}

TEST(Canvas, StrokesThatMeetDoNotAddUp) {
  const detail::Stroke stroke{{-0.5F, 0.5F}, {0.5F, 0.5F}, 0.05F, 0.02F, 1, 0.4F};
  const Canvas once = detail::with_stroke(Canvas::Zero(100, 100), stroke);
  EXPECT_EQ(detail::with_stroke(once, stroke), once);
  EXPECT_NEAR(once.col(26).maxCoeff(), 1, 0.05F);
  EXPECT_NEAR(once.col(73).maxCoeff(), 0.4F, 0.05F);
  EXPECT_EQ(once.col(5).maxCoeff(), 0);
}

TEST(Canvas, PatchesEndAtTheEdges) {
  const detail::Patch patch = detail::patch_around({-1, 0}, {-1, 0}, 0.1F, 100);
  EXPECT_EQ(patch.first_row, 0);
  EXPECT_EQ(patch.first_column, 0);
  EXPECT_GE(patch.last_row, 10);
  EXPECT_LE(patch.last_row, 12);
}

}  // namespace
}  // namespace quartic::canvas_test
