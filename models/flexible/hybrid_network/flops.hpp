#pragma once
/// Named flop formulas of the network beside an expert, beside those of the fits that it calls.
#include "models/linear/flops.hpp"

namespace quartic::detail::hybrid_network_flops {

/// trust (x'b + a) of n rows of m named columns.
constexpr double offsets(double n, double m) {
  return product_flops(n, m, 1) + 2 * n;
}

}  // namespace quartic::detail::hybrid_network_flops
