#include "laws/theory/online_integrals.hpp"

#include <cmath>
#include <numbers>

namespace quartic {
namespace {

constexpr double two_over_pi = 2 * std::numbers::inv_pi;

}  // namespace

double mean_of_units(const Eigen::Matrix2d& C) {
  return two_over_pi * std::asin(C(0, 1) / std::sqrt((1 + C(0, 0)) * (1 + C(1, 1))));
}

double mean_of_slopes(const Eigen::Matrix2d& C) {
  return two_over_pi / std::sqrt((1 + C(0, 0)) * (1 + C(1, 1)) - C(0, 1) * C(0, 1));
}

double mean_of_slope_field_unit(const Eigen::Matrix3d& C) {
  const double one = 1 + C(0, 0), L3 = one * (1 + C(2, 2)) - C(0, 2) * C(0, 2);
  return two_over_pi * (C(1, 2) * one - C(0, 1) * C(0, 2)) / (one * std::sqrt(L3));
}

double mean_of_two_slopes_two_units(const Eigen::Matrix4d& C) {
  const double one = 1 + C(0, 0), two = 1 + C(1, 1), C12 = C(0, 1);
  const double L4 = one * two - C12 * C12;
  // L1, L2 and L0 are the products of fields 3 and 4 given what the slopes of fields 1 and 2 do to them.
  const auto product = [&](int a, int b, double C_ab) {
    return L4 * C_ab - C(1, a) * C(1, b) * one - C(0, a) * C(0, b) * two +
           C12 * (C(0, a) * C(1, b) + C(0, b) * C(1, a));
  };
  const double L0 = product(2, 3, C(2, 3)), L1 = product(2, 2, 1 + C(2, 2)), L2 = product(3, 3, 1 + C(3, 3));
  return two_over_pi * two_over_pi * std::asin(L0 / std::sqrt(L1 * L2)) / std::sqrt(L4);
}

}  // namespace quartic
