#include "models/flexible/network/initialisation.hpp"

#include <algorithm>
#include <array>

#include "core/machine/large_pages.hpp"

namespace quartic::detail {

namespace {

template <class Real>
void fill_scaled_normal(std::span<Real> out, double deviation, Stream stream) {
  std::array<double, 1024> normals{};
  for (std::size_t first = 0; first < out.size(); first += normals.size()) {
    const std::size_t count = std::min(normals.size(), out.size() - first);
    stream.fill_normal({normals.data(), count});
    for (std::size_t i = 0; i < count; ++i) out[first + i] = static_cast<Real>(deviation * normals[i]);
  }
}

}  // namespace

template <class Real>
std::vector<Real> initial_parameters(const NetworkShape& shape, const std::vector<LayerScale>& scales,
                                     Stream stream) {
  auto parameters =
      filled_in_large_pages<std::vector<Real>>(static_cast<std::size_t>(parameter_count(shape)));
  const std::vector<LayerPlace> layers = layer_places(shape);
  for (std::size_t l = 0; l < layers.size(); ++l)
    fill_scaled_normal(std::span(parameters)
                           .subspan(static_cast<std::size_t>(layers[l].weights),
                                    static_cast<std::size_t>(layers[l].inputs * layers[l].outputs)),
                       scales[l].deviation, stream.child(static_cast<std::uint64_t>(l)));
  return parameters;
}

template std::vector<float> initial_parameters(const NetworkShape&, const std::vector<LayerScale>&, Stream);
template std::vector<double> initial_parameters(const NetworkShape&, const std::vector<LayerScale>&, Stream);

}  // namespace quartic::detail
