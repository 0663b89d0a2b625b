#pragma once
/// Expectations over a standard normal of functions that bend sharply at known places.
#include <array>
#include <span>
#include <vector>

#include "core/types.hpp"

namespace quartic::detail {

/// Where a function of z has a kink, a step or a bend, and over what length: a step of length 0 is a jump.
struct Bend {
  double place = 0;
  double length = 0;
};

/// Ends of intervals, ascending, from -9 to 9 (beyond it lies 2e-19 of a normal): at the bends, at distances
/// from them that double from their lengths on, and nowhere more than half apart.
std::vector<double> cuts_at(std::span<const Bend> bends);

/// Positive half of the points, and weights, of the Gauss-Legendre rule of twelve points on [-1, 1].
struct LegendrePoint {
  double place, weight;
};
inline constexpr std::array<LegendrePoint, 6> legendre_12 = {
    {{0.1252334085114689155, 0.2491470458134027850},
     {0.3678314989981801938, 0.2334925365383548088},
     {0.5873179542866174473, 0.2031674267230659217},
     {0.7699026741943046870, 0.1600783285433462263},
     {0.9041172563704748567, 0.1069393259953184310},
     {0.9815606342467192507, 0.0471753363865118272}}};

/// phi(z).
double normal_density(double z);

/// E f(Z), Z ~ N(0,1), f analytic between the bends: twelve points an interval, so that f may vary by its own
/// size over a bend's length. Error below 1e-12 of f's size. Same bits everywhere if f has them.
template <class Function>
double normal_mean(std::span<const Bend> bends, Function f) {
  const std::vector<double> cuts = cuts_at(bends);
  double sum = 0;
  for (std::size_t i = 0; i + 1 < cuts.size(); ++i) {
    const double middle = (cuts[i] + cuts[i + 1]) / 2, half = (cuts[i + 1] - cuts[i]) / 2;
    const auto at = [&](double z) { return normal_density(z) * f(z); };
    double part = 0;
    for (const auto& [place, weight] : legendre_12)
      part += weight * (at(middle - half * place) + at(middle + half * place));
    sum += half * part;
  }
  return sum;
}

}  // namespace quartic::detail
