#include "cli/films/grey_image.hpp"

#include <gtest/gtest.h>

#include "tests/cli/films/read_png.hpp"

namespace quartic::grey_image_test {
namespace {

TEST(GreyImage, IsReadBackAsItWas) {
  GreyImage image(3, 5);
  for (Index i = 0; i < 3; ++i)
    for (Index j = 0; j < 5; ++j) image(i, j) = static_cast<std::uint8_t>(50 * i + 9 * j);
  EXPECT_EQ(testing::read_png(png_bytes(image)), image);
}

TEST(GreyImage, TheSamePictureIsTheSameBytes) {
  const GreyImage image = GreyImage::Constant(40, 30, 77);
  EXPECT_EQ(png_bytes(image), png_bytes(image));
  EXPECT_NE(png_bytes(image), png_bytes(GreyImage::Constant(40, 30, 78)));
}

}  // namespace
}  // namespace quartic::grey_image_test
