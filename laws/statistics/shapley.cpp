#include "laws/statistics/shapley.hpp"

#include <bit>
#include <cassert>
#include <vector>

namespace quartic {
namespace {

/// Of all orders of `causes` causes, the share in which exactly a given set of `before` stands before a given
/// cause.
std::vector<double> order_weights(int causes) {
  std::vector<double> weights = {1. / causes};
  for (int before = 1; before < causes; ++before)
    weights.push_back(weights.back() * before / (causes - before));
  return weights;
}

}  // namespace

Vector shapley_shares(const Vector& values) {
  const auto designs = static_cast<std::size_t>(values.size());
  assert(designs >= 2 && std::has_single_bit(designs));
  const int causes = std::countr_zero(designs);
  const std::vector<double> weights = order_weights(causes);
  Vector shares = Vector::Zero(causes);
  for (std::size_t design = 0; design < designs; ++design)
    for (int cause = 0; cause < causes; ++cause) {
      const std::size_t with = design | (std::size_t{1} << cause);
      if (with == design) continue;
      const double change = values[static_cast<Index>(with)] - values[static_cast<Index>(design)];
      shares[cause] += weights[static_cast<std::size_t>(std::popcount(design))] * change;
    }
  return shares;
}

}  // namespace quartic
