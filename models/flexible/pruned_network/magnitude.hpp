#pragma once
/// Which weights are the largest.
#include <span>
#include <vector>

#include "models/flexible/network/network.hpp"

namespace quartic::detail {

/// 1 a parameter that stays, 0 one that is cut; biases stay.
using Kept = std::vector<float>;

/// All of them.
Kept keep_all(const NetworkShape& shape);
/// Of each layer the max(1, ceil(share W)) largest in size of its W weights, of equal ones the first, as far as `kept`
/// has them. Layer by layer, for the weights of a layer with many inputs begin smaller than those of one with few: among all
/// together the last layer would lose every weight first.
Kept keep_largest(const NetworkShape& shape, std::span<const float> parameters, const Kept& kept,
                  double share);
/// Of the weights that `kept` has, those of at least this size.
Kept keep_above(const NetworkShape& shape, std::span<const float> parameters, const Kept& kept,
                double threshold);

/// Whether each layer has a weight that stays.
bool has_weights(const NetworkShape& shape, const Kept& kept);
/// Weights in all layers, and those of them that stay.
Index count_weights(const NetworkShape& shape);
Index count_weights(const NetworkShape& shape, const Kept& kept);

/// Zero where they do not stay. Sizes agree.
void cut(const Kept& kept, std::span<float> parameters);

}  // namespace quartic::detail
