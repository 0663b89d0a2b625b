#include "models/flexible/network/initialisation.hpp"

#include <gtest/gtest.h>

namespace quartic::detail::initialisation_test {
namespace {

TEST(InitialParameters, AreNormalsOfTheLayersOwnStreamsAndBiasesOfZero) {
  const NetworkShape shape{.inputs = 2, .hidden = {3}};
  const std::vector<LayerScale> scales = {{.deviation = 2}, {.deviation = 0.5}};
  const std::vector<double> parameters = initial_parameters<double>(shape, scales, Stream(1));
  const std::vector<float> single = initial_parameters<float>(shape, scales, Stream(1));
  std::vector<double> expected(parameters.size(), 0.0);
  const std::vector<LayerPlace> layers = layer_places(shape);
  for (std::size_t l = 0; l < layers.size(); ++l) {
    Stream stream = Stream(1).child(std::uint64_t{l});
    std::vector<double> normals(static_cast<std::size_t>(layers[l].inputs * layers[l].outputs));
    stream.fill_normal(normals);
    for (std::size_t i = 0; i < normals.size(); ++i)
      expected[static_cast<std::size_t>(layers[l].weights) + i] = scales[l].deviation * normals[i];
  }
  EXPECT_EQ(parameters, expected);
  EXPECT_EQ(single, std::vector<float>(expected.begin(), expected.end()));
}

}  // namespace
}  // namespace quartic::detail::initialisation_test
