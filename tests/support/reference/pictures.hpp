#pragma once
/// The blocks of a network of convolutions in their slow, obvious form, templated on the scalar: the oracle of
/// models/flexible/network/pictures.hpp. Zeros around a picture are multiplied as other numbers are.
#include <array>

#include "tests/support/reference/dense_layer.hpp"

namespace quartic::reference {

/// rows x channels pictures of side x side pixels, row after row.
template <class T>
struct Pictures {
  std::size_t rows, channels, side;
  Numbers<T> numbers = Numbers<T>(rows * channels * side * side, T(0));

  T& operator()(std::size_t i, std::size_t c, std::size_t y, std::size_t x) {
    return numbers[((i * channels + c) * side + y) * side + x];
  }
  /// One pixel up and to the left of (y, x), where coordinates begin in the border; zero there.
  T bordered(std::size_t i, std::size_t c, std::size_t y, std::size_t x) const {
    if (y < 1 || x < 1 || y > side || x > side) return T(0);
    return numbers[((i * channels + c) * side + y - 1) * side + x - 1];
  }
};

/// The inputs of a block, the sums of its convolutions, and what was pooled of them.
template <class T>
struct PictureBlock {
  Pictures<T> inputs, sums, pooled;
};

template <class T>
Pictures<T> convolved(const DenseLayer<T>& layer, const Pictures<T>& z) {
  Pictures<T> sums{z.rows, layer.weights.rows, z.side};
  for (std::size_t i = 0; i < z.rows; ++i)
    for (std::size_t c = 0; c < sums.channels; ++c)
      for (std::size_t y = 0; y < z.side; ++y)
        for (std::size_t x = 0; x < z.side; ++x) {
          T sum = T(0);
          for (std::size_t k = 0; k < layer.weights.columns; ++k)
            sum += layer.weights(c, k) * z.bordered(i, k / 9, y + k % 9 / 3, x + k % 3);
          if (!layer.biases.empty()) sum += layer.biases[c];
          sums(i, c, y, x) = sum;
        }
  return sums;
}

/// The pixel of a square of 2 x 2 that is the largest, the first of equal ones.
template <class T>
std::array<std::size_t, 2> winner_of(Pictures<T>& sums, std::size_t i, std::size_t c, std::size_t y,
                                     std::size_t x) {
  std::array<std::size_t, 2> most = {2 * y, 2 * x};
  for (const auto& pixel : {std::array{2 * y, 2 * x + 1}, {2 * y + 1, 2 * x}, {2 * y + 1, 2 * x + 1}})
    if (sums(i, c, pixel[0], pixel[1]) > sums(i, c, most[0], most[1])) most = pixel;
  return most;
}

template <class T>
Pictures<T> pooled(Pictures<T> sums) {
  Pictures<T> out{sums.rows, sums.channels, sums.side / 2};
  for (std::size_t i = 0; i < out.rows; ++i)
    for (std::size_t c = 0; c < out.channels; ++c)
      for (std::size_t y = 0; y < out.side; ++y)
        for (std::size_t x = 0; x < out.side; ++x) {
          const auto [v, h] = winner_of(sums, i, c, y, x);
          if (sums(i, c, v, h) > T(0)) out(i, c, y, x) = sums(i, c, v, h);
        }
  return out;
}

/// d / d sums from d / d pooled.
template <class T>
Pictures<T> through_pooling(PictureBlock<T> block, Pictures<T> delta) {
  Pictures<T> out{delta.rows, delta.channels, block.sums.side};
  for (std::size_t i = 0; i < out.rows; ++i)
    for (std::size_t c = 0; c < out.channels; ++c)
      for (std::size_t y = 0; y < delta.side; ++y)
        for (std::size_t x = 0; x < delta.side; ++x) {
          const auto [v, h] = winner_of(block.sums, i, c, y, x);
          if (block.sums(i, c, v, h) > T(0)) out(i, c, v, h) = delta(i, c, y, x);
        }
  return out;
}

/// d / d weights and biases from d / d sums.
template <class T>
Numbers<T> kernel_gradient(const DenseLayer<T>& layer, const Pictures<T>& z, Pictures<T> delta) {
  Numbers<T> gradient;
  const auto over_pixels = [&](std::size_t c, auto add) {
    T sum = T(0);
    for (std::size_t i = 0; i < z.rows; ++i)
      for (std::size_t y = 0; y < z.side; ++y)
        for (std::size_t x = 0; x < z.side; ++x) add(sum, delta(i, c, y, x), i, y, x);
    gradient.push_back(sum);
  };
  for (std::size_t c = 0; c < layer.weights.rows; ++c)
    for (std::size_t k = 0; k < layer.weights.columns; ++k)
      over_pixels(c, [&](T& sum, T d, std::size_t i, std::size_t y, std::size_t x) {
        sum += d * z.bordered(i, k / 9, y + k % 9 / 3, x + k % 3);
      });
  for (std::size_t c = 0; c < layer.biases.size(); ++c)
    over_pixels(c, [](T& sum, T d, std::size_t, std::size_t, std::size_t) { sum += d; });
  return gradient;
}

/// d / d inputs from d / d sums: pixel (y, x) stands in the sums at (y + 1 - dy, x + 1 - dx), with weight (dy, dx).
template <class T>
Pictures<T> through_convolution(const DenseLayer<T>& layer, const Pictures<T>& delta) {
  Pictures<T> out{delta.rows, layer.weights.columns / 9, delta.side};
  for (std::size_t i = 0; i < out.rows; ++i)
    for (std::size_t j = 0; j < out.channels; ++j)
      for (std::size_t y = 0; y < out.side; ++y)
        for (std::size_t x = 0; x < out.side; ++x)
          for (std::size_t c = 0; c < delta.channels; ++c)
            for (std::size_t k = 0; k < 9; ++k)
              out(i, j, y, x) +=
                  layer.weights(c, 9 * j + k) * delta.bordered(i, c, y + 2 - k / 3, x + 2 - k % 3);
  return out;
}

}  // namespace quartic::reference
