#pragma once
/// Taylor polynomials of erf and tanh at the multiples of 1/8, as numbers: computed anew, in the long double
/// of another machine, a few of them would differ in their last bit.
#include <array>

namespace quartic::detail {

using SigmoidSeries = std::array<double, 12>;  ///< of h = x - k/8, lowest power first

extern const std::array<SigmoidSeries, 49> error_function_series;       ///< k/8 = 0 .. 6
extern const std::array<SigmoidSeries, 153> hyperbolic_tangent_series;  ///< k/8 = 0 .. 19

}  // namespace quartic::detail
