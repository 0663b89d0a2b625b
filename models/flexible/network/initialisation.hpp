#pragma once
/// The first parameters of a network.
#include <vector>

#include "core/random/stream.hpp"
#include "models/flexible/network/parametrisation.hpp"

namespace quartic::detail {

/// Normal weights with the deviations of their layers, layer l from stream.child(l), and biases of zero.
/// Single and double precision differ by rounding alone.
template <class Real>
std::vector<Real> initial_parameters(const NetworkShape& shape, const std::vector<LayerScale>& scales,
                                     Stream stream);

}  // namespace quartic::detail
