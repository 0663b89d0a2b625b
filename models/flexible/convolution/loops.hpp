#pragma once
/// The loops of stencil.hpp, included by the sources that are compiled for one kind of processor each, with a
/// shape of their own: the bytes of a vector, the channels whose sums stand in registers (tile_rows, two
/// vectors each), those whose nine products with a shifted picture do (correlated), and a vector that is to stay in
/// its register (held).
#include "models/flexible/convolution/pool.hpp"

namespace quartic::detail {

template <class Real, class Shape>
struct ConvolutionLoops {
  static constexpr int lanes = Shape::bytes / static_cast<int>(sizeof(Real));
  static constexpr int tile_rows = Shape::tile_rows, correlated = Shape::correlated;
  using L = Lanes<Real, lanes>;
  using Value = typename L::Value;

  template <int rows, int vectors>
  static void convolve_tile(const Convolution<Real>& p, Index channel, Index at) {
    const Index terms = 9 * p.inputs, width = p.size.width(), numbers = p.size.plane_numbers();
    Value sums[rows][vectors];
    for (int i = 0; i < rows; ++i)
      for (int v = 0; v < vectors; ++v) sums[i][v] = Value{} + (p.start ? p.start[channel + i] : Real(0));
    const Real* w = p.weights + channel * terms;
    for (const Real *plane = p.planes + at, *end = plane + p.inputs * numbers; plane != end; plane += numbers)
      for (int dy = 0; dy < 3; ++dy)
        for (int dx = 0; dx < 3; ++dx, ++w) {
          Value x[vectors];
          for (int v = 0; v < vectors; ++v) x[v] = L::load(plane + dy * width + dx + v * lanes);
          for (int i = 0; i < rows; ++i)
            for (int v = 0; v < vectors; ++v) sums[i][v] += w[i * terms] * x[v];
        }
    for (int i = 0; i < rows; ++i)
      for (int v = 0; v < vectors; ++v)
        L::store(p.sums + (channel + i) * p.size.sum_numbers() + at + v * lanes, sums[i][v]);
  }
  template <int rows>
  static void convolve_rows(const Convolution<Real>& p, Index channel) {
    const Index count = p.size.sums();
    Index at = 0;
    for (; at + lanes < count; at += 2 * lanes) convolve_tile<rows, 2>(p, channel, at);
    if (at < count) convolve_tile<rows, 1>(p, channel, at);
  }
  // The channels from `channel` on, in tiles of `rows` and fewer.
  template <int rows>
  static void convolve_from(const Convolution<Real>& p, Index channel) {
    for (; channel + rows <= p.outputs; channel += rows) convolve_rows<rows>(p, channel);
    if constexpr (rows > 1)
      if (channel < p.outputs) convolve_from<rows / 2>(p, channel);
  }
  static void convolve(const Convolution<Real>& p) { convolve_from<tile_rows>(p, 0); }

  template <int channels>
  static void correlate_tile(const Correlation<Real>& p, Index channel, Index input) {
    const Index numbers = p.size.plane_numbers(), width = p.size.width(), count = p.size.sums();
    const Index step = 9 * lanes * p.inputs;
    Real* parts = p.parts + channel * step + 9 * lanes * input;
    Value sums[channels][9];
    for (int c = 0; c < channels; ++c)
      for (int k = 0; k < 9; ++k) sums[c][k] = L::load(parts + c * step + k * lanes);
    for (Index picture = 0; picture < p.pictures; ++picture) {
      const Real* plane = p.planes + (picture * p.inputs + input) * numbers;
      const Real* delta = p.deltas + (picture * p.outputs + channel) * numbers + p.size.first();
      for (Index j = 0; j < count; j += lanes) {
        Value d[channels];
        for (int c = 0; c < channels; ++c) d[c] = L::load(delta + c * numbers + j);
        for (int k = 0; k < 9; ++k) {
          const Value x = Shape::held(L::load(plane + j + k / 3 * width + k % 3));
          for (int c = 0; c < channels; ++c) sums[c][k] += d[c] * x;
        }
      }
    }
    for (int c = 0; c < channels; ++c)
      for (int k = 0; k < 9; ++k) L::store(parts + c * step + k * lanes, sums[c][k]);
  }
  // Tiles of three, but four as two and two: a single channel costs as much as two.
  static void correlate_one(const Correlation<Real>& p, Index input) {
    for (Index channel = 0; channel < p.outputs;) {
      const Index left = p.outputs - channel;
      const Index some = correlated < 3 ? 1 : left == 2 || left == 4 ? 2 : left < 3 ? 1 : 3;
      if constexpr (correlated >= 3) {
        if (some == 3) correlate_tile<3>(p, channel, input);
        if (some == 2) correlate_tile<2>(p, channel, input);
      }
      if (some == 1) correlate_tile<1>(p, channel, input);
      channel += some;
    }
  }
  static void correlate(const Correlation<Real>& p) {
    for (Index input = 0; input < p.inputs; ++input) correlate_one(p, input);
  }

  template <int width>
  static void pool_row(const Real* sums, Index step, Index count, Real* to, Winner<Real>* winners) {
    Index j = 0;
    for (; j + width <= count; j += width)
      PoolLanes<Real, width>::pool(sums + 2 * j, sums + step + 2 * j, to + j, winners + j);
    if constexpr (width > 1)
      if (j < count) pool_row<width / 2>(sums + 2 * j, step, count - j, to + j, winners + j);
  }
  static void pool(const Pooling<Real>& p) {
    const Index side = p.size.pooled().side, width = p.size.width();
    for (Index y = 0; y < side; ++y)
      pool_row<lanes>(p.sums + 2 * y * width, width, side, p.pooled + y * p.stride, p.winners + y * side);
  }

  template <int width>
  static void unpool_row(const Real* from, const Winner<Real>* winners, Index count, Real* pixels,
                         Index step) {
    Index j = 0;
    for (; j + width <= count; j += width)
      PoolLanes<Real, width>::unpool(from + j, winners + j, pixels + 2 * j, pixels + step + 2 * j);
    if constexpr (width > 1)
      if (j < count) unpool_row<width / 2>(from + j, winners + j, count - j, pixels + 2 * j, step);
  }
  static void unpool(const Unpooling<Real>& p) {
    const Index side = p.size.pooled().side, width = p.size.width();
    for (Index y = 0; y < side; ++y)
      unpool_row<lanes>(p.from + y * p.stride, p.winners + y * side, side,
                        p.plane + p.size.first() + 2 * y * width, width);
  }

  static Real total(const Real* parts) { return L::sum(L::load(parts)); }

  static constexpr ConvolutionKernels<Real> kernels() {
    return {.lanes = lanes,
            .convolve = convolve,
            .correlate = correlate,
            .pool = pool,
            .unpool = unpool,
            .total = total};
  }
};

}  // namespace quartic::detail
