#pragma once
/// Pooling in vectors, inlined where it is called: no instance is shared between processors.
#include <cstring>

#include "models/flexible/convolution/stencil.hpp"
#include "models/flexible/dense/lanes.hpp"

namespace quartic::detail {

/// What pooling does with 2 x width pixels at a time.
template <class Real, int width>
struct PoolLanes {
  using L = Lanes<Real, width>;
  using Value = typename L::Value;
  using Mask = decltype(Value{} < Value{});

  // Every second number of a and b, from `odd` on.
  template <int odd, int... l>
  [[gnu::always_inline]] static Value half(Value a, Value b, std::integer_sequence<int, l...>) {
    return __builtin_shufflevector(a, b, (2 * l + odd)...);
  }
  // a and b by turns: the first or (upper) the second `width` of them.
  template <int upper, int... l>
  [[gnu::always_inline]] static Value by_turns(Value a, Value b, std::integer_sequence<int, l...>) {
    return __builtin_shufflevector(a, b, (l / 2 + upper * width / 2 + (l % 2) * width)...);
  }
  static constexpr auto all = std::make_integer_sequence<int, width>();

  [[gnu::always_inline]] static void pool(const Real* top, const Real* below, Real* to,
                                          Winner<Real>* winners) {
    const Value a = L::load(top), b = L::load(top + width), c = L::load(below), d = L::load(below + width);
    const Value pixels[4] = {half<0>(a, b, all), half<1>(a, b, all), half<0>(c, d, all), half<1>(c, d, all)};
    Value most = pixels[0];
    Mask winner = {};
    for (int k = 1; k < 4; ++k) {
      const Mask more = pixels[k] > most;
      winner = more ? Mask{} + k : winner;
      most = more ? pixels[k] : most;
    }
    winner = most > Value{} ? winner : Mask{} + 4;
    L::store(to, most < Value{} ? Value{} : most);  // what is not a number stays so
    std::memcpy(winners, &winner, sizeof(winner));
  }

  [[gnu::always_inline]] static void unpool(const Real* from, const Winner<Real>* winners, Real* top,
                                            Real* below) {
    const Value g = L::load(from);
    Mask winner;
    std::memcpy(&winner, winners, sizeof(winner));
    Value pixels[4];
    for (int k = 0; k < 4; ++k) pixels[k] = winner == Mask{} + k ? g : Value{};
    L::store(top, by_turns<0>(pixels[0], pixels[1], all));
    L::store(top + width, by_turns<1>(pixels[0], pixels[1], all));
    L::store(below, by_turns<0>(pixels[2], pixels[3], all));
    L::store(below + width, by_turns<1>(pixels[2], pixels[3], all));
  }
};

template <class Real>
struct PoolLanes<Real, 1> {
  [[gnu::always_inline]] static void pool(const Real* top, const Real* below, Real* to,
                                          Winner<Real>* winner) {
    const Real pixels[4] = {top[0], top[1], below[0], below[1]};
    int most = 0;
    for (int k = 1; k < 4; ++k)
      if (pixels[k] > pixels[most]) most = k;
    *to = pixels[most] < 0 ? Real(0) : pixels[most];
    *winner = static_cast<Winner<Real>>(pixels[most] > 0 ? most : 4);
  }
  [[gnu::always_inline]] static void unpool(const Real* from, const Winner<Real>* winner, Real* top,
                                            Real* below) {
    top[0] = *winner == 0 ? *from : Real(0);
    top[1] = *winner == 1 ? *from : Real(0);
    below[0] = *winner == 2 ? *from : Real(0);
    below[1] = *winner == 3 ? *from : Real(0);
  }
};

}  // namespace quartic::detail
