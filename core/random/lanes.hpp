#pragma once
/// Vectors of `count` 64-bit lanes in the compiler's own vector extension (GCC and Clang, any processor).
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <utility>

namespace quartic::detail {

/// What core/random/normal_kernel.hpp asks of Lanes, but for multiply_low and square_root.
template <std::size_t count>
struct VectorLanes {
  static constexpr std::size_t width = count;
  using Bits [[gnu::vector_size(8 * count)]] = std::uint64_t;
  using Real [[gnu::vector_size(8 * count)]] = double;

  [[gnu::always_inline]] static Bits iota() { return iota(std::make_index_sequence<count>()); }
  [[gnu::always_inline]] static Bits load(const std::ptrdiff_t* from) {
    std::uint64_t wide[count];  // positions have 4 bytes where pointers have
    for (std::size_t lane = 0; lane < count; ++lane) wide[lane] = static_cast<std::uint64_t>(from[lane]);
    Bits x;
    std::memcpy(&x, wide, sizeof x);
    return x;
  }
  [[gnu::always_inline]] static void store(Real x, double* to) { std::memcpy(to, &x, sizeof x); }
  /// to[4 l .. 4 l + 3] = lane l of a, b, c, d.
  [[gnu::always_inline]] static void store_interleaved(Real a, Real b, Real c, Real d, double* to) {
    constexpr auto lanes = std::make_index_sequence<count>();
    const Real ab[2] = {zip<0>(a, b, lanes), zip<1>(a, b, lanes)};
    const Real cd[2] = {zip<0>(c, d, lanes), zip<1>(c, d, lanes)};
    for (std::size_t half = 0; half < 2; ++half) {
      store(zip_pairs<0>(ab[half], cd[half], lanes), to + 2 * half * count);
      store(zip_pairs<1>(ab[half], cd[half], lanes), to + (2 * half + 1) * count);
    }
  }

 private:
  template <std::size_t... lane>
  [[gnu::always_inline]] static Bits iota(std::index_sequence<lane...>) {
    return Bits{lane...};
  }
  /// One half (0 or 1) of x0 y0 x1 y1 ...
  template <std::size_t half, std::size_t... lane>
  [[gnu::always_inline]] static Real zip(Real x, Real y, std::index_sequence<lane...>) {
    return __builtin_shufflevector(x, y, ((half * count + lane) / 2 + (lane % 2) * count)...);
  }
  /// One half of x0 x1 y0 y1 x2 x3 y2 y3 ...
  template <std::size_t half, std::size_t... lane>
  [[gnu::always_inline]] static Real zip_pairs(Real x, Real y, std::index_sequence<lane...>) {
    return __builtin_shufflevector(
        x, y, ((half * count + lane) / 4 * 2 + lane % 2 + ((half * count + lane) / 2 % 2) * count)...);
  }
};

}  // namespace quartic::detail
