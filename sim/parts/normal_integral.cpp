#include "sim/parts/normal_integral.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "sim/parts/elementary.hpp"

namespace quartic::detail {

namespace {

constexpr double reach = 9, widest = 0.5;
constexpr double jump = 1e-15;  // a bend that is no longer than this is as good as one

}  // namespace

std::vector<double> cuts_at(std::span<const Bend> bends) {
  std::vector<double> cuts;
  const auto add = [&](double z) {
    if (std::abs(z) < reach) cuts.push_back(z);
  };
  for (double z = -reach; z <= reach; z += widest) cuts.push_back(z);
  for (const Bend& bend : bends) {
    add(bend.place);
    if (!(bend.length > jump)) continue;
    for (double distance = bend.length; distance < 2 * reach; distance *= 2)
      for (const double at : {distance, 1.5 * distance}) {
        if (at > widest && distance > 8 * bend.length) break;
        add(bend.place - at);
        add(bend.place + at);
      }
  }
  std::sort(cuts.begin(), cuts.end());
  cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
  return cuts;
}

double normal_density(double z) {
  return exponential(-z * z / 2) / std::sqrt(2 * std::numbers::pi);
}

}  // namespace quartic::detail
