#include "models/flexible/convolution/stencil.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "core/random/stream.hpp"

namespace quartic::detail::stencil_test {
namespace {

template <class Real>
class ConvolutionKernel : public testing::Test {};
using Reals = testing::Types<float, double>;
TYPED_TEST_SUITE(ConvolutionKernel, Reals);

template <class Real>
std::vector<Real> normals(Index count, std::uint64_t seed) {
  std::vector<double> numbers(static_cast<std::size_t>(count));
  Stream(seed).fill_normal(numbers);
  return {numbers.begin(), numbers.end()};
}

struct Sizes {
  Index side, inputs, outputs;
};
// Rows on both sides of vectors, of 4, 8 and 16 numbers, and channels on both sides of tiles.
const std::vector<Sizes> sizes = {{2, 1, 1},  {3, 2, 3},  {5, 3, 4},  {7, 1, 8},
                                  {8, 2, 11}, {16, 4, 5}, {17, 1, 2}, {33, 2, 7}};

// Pictures with numbers in their pixels, and zeros around.
template <class Real>
std::vector<Real> planes_of(PictureSize size, Index count, std::uint64_t seed) {
  const std::vector<Real> pixels = normals<Real>(count * size.pixels(), seed);
  std::vector<Real> planes(static_cast<std::size_t>(count * size.plane_numbers()));
  for (Index i = 0; i < count; ++i)
    for (Index y = 0; y < size.side; ++y)
      for (Index x = 0; x < size.side; ++x)
        planes[i * size.plane_numbers() + size.first() + y * size.width() + x] =
            pixels[(i * size.side + y) * size.side + x];
  return planes;
}
template <class Real>
double pixel(const std::vector<Real>& planes, PictureSize size, Index i, Index y, Index x) {
  return static_cast<double>(planes[i * size.plane_numbers() + (y + 1) * size.width() + x + 1]);
}

TYPED_TEST(ConvolutionKernel, ConvolvesAsTheTextbookSays) {
  for (const auto& kernels : convolution_kernels<TypeParam>())
    for (const Sizes& s : sizes)
      for (const bool starts : {true, false}) {
        const PictureSize size{s.side};
        const auto planes = planes_of<TypeParam>(size, s.inputs, 1);
        const auto weights = normals<TypeParam>(9 * s.inputs * s.outputs, 2),
                   start = normals<TypeParam>(s.outputs, 3);
        std::vector<TypeParam> sums(static_cast<std::size_t>(s.outputs * size.sum_numbers()));
        kernels.convolve({size, planes.data(), s.inputs, weights.data(), starts ? start.data() : nullptr,
                          sums.data(), s.outputs});
        for (Index c = 0; c < s.outputs; ++c)
          for (Index y = 0; y < s.side; ++y)
            for (Index x = 0; x < s.side; ++x) {
              double expected = starts ? static_cast<double>(start[c]) : 0;
              for (Index k = 0; k < 9 * s.inputs; ++k)
                expected += static_cast<double>(weights[c * 9 * s.inputs + k]) *
                            pixel(planes, size, k / 9, y + k % 9 / 3 - 1, x + k % 3 - 1);
              EXPECT_NEAR(sums[c * size.sum_numbers() + y * size.width() + x], expected,
                          200 * static_cast<double>(std::numeric_limits<TypeParam>::epsilon()))
                  << s.side << " " << c << " " << y << " " << x;
            }
      }
}

TYPED_TEST(ConvolutionKernel, CorrelatesAsTheTextbookSays) {
  constexpr Index pictures = 3;
  for (const auto& kernels : convolution_kernels<TypeParam>())
    for (const Sizes& s : sizes) {
      const PictureSize size{s.side};
      const auto planes = planes_of<TypeParam>(size, pictures * s.inputs, 1),
                 deltas = planes_of<TypeParam>(size, pictures * s.outputs, 2);
      std::vector<TypeParam> parts(static_cast<std::size_t>(9 * s.inputs * s.outputs * kernels.lanes), 0);
      kernels.correlate({size, pictures, planes.data(), s.inputs, deltas.data(), s.outputs, parts.data()});
      for (Index w = 0; w < 9 * s.inputs * s.outputs; ++w) {
        const Index c = w / (9 * s.inputs), input = w / 9 % s.inputs, k = w % 9;
        double expected = 0;
        for (Index i = 0; i < pictures; ++i)
          for (Index y = 0; y < s.side; ++y)
            for (Index x = 0; x < s.side; ++x)
              expected += pixel(deltas, size, i * s.outputs + c, y, x) *
                          pixel(planes, size, i * s.inputs + input, y + k / 3 - 1, x + k % 3 - 1);
        EXPECT_NEAR(kernels.total(parts.data() + w * kernels.lanes), expected,
                    3e3 * static_cast<double>(std::numeric_limits<TypeParam>::epsilon()))
            << s.side << " " << w;
      }
    }
}

// Sums of which many are equal, so that the first of them must win, and squares without a positive one.
template <class Real>
std::vector<Real> rounded_sums(PictureSize size) {
  std::vector<Real> sums = normals<Real>(size.sum_numbers(), 5);
  for (Real& sum : sums) sum = std::round(sum);
  return sums;
}

TYPED_TEST(ConvolutionKernel, PoolsTheFirstOfTheLargest) {
  for (const auto& kernels : convolution_kernels<TypeParam>())
    for (const Index side : {2, 3, 4, 9, 16, 31, 32, 66}) {
      const PictureSize size{side};
      const Index half = side / 2, stride = half + 3;
      const auto sums = rounded_sums<TypeParam>(size);
      std::vector<TypeParam> pooled(static_cast<std::size_t>(half * stride), -7);
      std::vector<Winner<TypeParam>> winners(static_cast<std::size_t>(half * half), -7);
      kernels.pool({size, sums.data(), pooled.data(), stride, winners.data()});
      for (Index y = 0; y < half; ++y)
        for (Index x = 0; x < half; ++x) {
          int most = 0;
          const auto at = [&](int k) { return sums[(2 * y + k / 2) * size.width() + 2 * x + k % 2]; };
          for (int k = 1; k < 4; ++k)
            if (at(k) > at(most)) most = k;
          EXPECT_EQ(pooled[y * stride + x], std::max(at(most), TypeParam(0)));
          EXPECT_EQ(winners[y * half + x], at(most) > 0 ? most : 4);
        }
      for (Index y = 0; y < half; ++y) EXPECT_EQ(pooled[y * stride + half], -7);
    }
}

TYPED_TEST(ConvolutionKernel, GivesDerivativesToTheWinners) {
  for (const auto& kernels : convolution_kernels<TypeParam>())
    for (const Index side : {2, 3, 4, 9, 16, 31, 32, 66}) {
      const PictureSize size{side};
      const Index half = side / 2, stride = half + 3;
      std::vector<Winner<TypeParam>> winners;
      for (Index k = 0; k < half * half; ++k) winners.push_back(static_cast<Winner<TypeParam>>(k * 7 % 5));
      const auto from = normals<TypeParam>(half * stride, 6);
      std::vector<TypeParam> plane(static_cast<std::size_t>(size.plane_numbers()), 0);
      kernels.unpool({size, from.data(), stride, winners.data(), plane.data()});
      double all = 0;
      for (const TypeParam number : plane) all += static_cast<double>(number * number);
      for (Index y = 0; y < half; ++y)
        for (Index x = 0; x < half; ++x)
          for (int k = 0; k < 4; ++k) {
            const double expected =
                winners[y * half + x] == k ? static_cast<double>(from[y * stride + x]) : 0;
            EXPECT_EQ(pixel(plane, size, 0, 2 * y + k / 2, 2 * x + k % 2), expected);
            all -= static_cast<double>(static_cast<TypeParam>(expected) * static_cast<TypeParam>(expected));
          }
      EXPECT_NEAR(all, 0, 1e-3) << "the border";
    }
}

TYPED_TEST(ConvolutionKernel, LetsWhatIsNotANumberThrough) {
  for (const auto& kernels : convolution_kernels<TypeParam>())
    for (const Index side : {2, 8, 40}) {
      const PictureSize size{side};
      const std::vector<TypeParam> sums(static_cast<std::size_t>(size.sum_numbers()), std::nan(""));
      std::vector<TypeParam> pooled(static_cast<std::size_t>(side * side / 4));
      std::vector<Winner<TypeParam>> winners(pooled.size());
      kernels.pool({size, sums.data(), pooled.data(), side / 2, winners.data()});
      for (const TypeParam number : pooled) EXPECT_TRUE(std::isnan(number));
    }
}

}  // namespace
}  // namespace quartic::detail::stencil_test
