#pragma once
#include <array>
#include <span>

namespace quartic {

/// |v|^2 with the same bits everywhere: four sums, of every fourth number, added as (s0 + s2) + (s1 + s3);
/// a last pair and a last single number come after. (Eigen's own order depends on the processor that it is
/// compiled for; this is its order for vectors of two.)
inline double sum_of_squares(std::span<const double> v) {
  const std::size_t pairs = v.size() / 2 * 2, fours = v.size() / 4 * 4;
  if (pairs == 0) return v.empty() ? 0 : v[0] * v[0];
  const auto square = [&](std::size_t i) { return v[i] * v[i]; };
  std::array<double, 2> a{square(0), square(1)};
  if (fours > 0) {
    std::array<double, 2> b{square(2), square(3)};
    for (std::size_t i = 4; i < fours; i += 4) {
      for (std::size_t lane = 0; lane < 2; ++lane) {
        a[lane] += square(i + lane);
        b[lane] += square(i + 2 + lane);
      }
    }
    a = {a[0] + b[0], a[1] + b[1]};
    if (pairs > fours) a = {a[0] + square(fours), a[1] + square(fours + 1)};
  }
  double sum = a[0] + a[1];
  if (v.size() > pairs) sum += square(pairs);
  return sum;
}

}  // namespace quartic
