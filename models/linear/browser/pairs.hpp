#pragma once
/// Two numbers at a time, anywhere in memory: the vectors of WebAssembly.

namespace quartic::detail {

using Pair [[gnu::vector_size(16)]] = double;

[[gnu::always_inline]] inline Pair load(const double* p) {
  using Stored [[gnu::vector_size(16), gnu::aligned(8), gnu::may_alias]] = const double;
  return *reinterpret_cast<Stored*>(p);
}
[[gnu::always_inline]] inline void store(double* p, Pair x) {
  using Stored [[gnu::vector_size(16), gnu::aligned(8), gnu::may_alias]] = double;
  *reinterpret_cast<Stored*>(p) = x;
}

}  // namespace quartic::detail
