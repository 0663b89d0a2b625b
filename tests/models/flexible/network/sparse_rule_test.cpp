#include "models/flexible/network/sparse_rule.hpp"

#include <gtest/gtest.h>

#include "models/flexible/network/flops.hpp"
#include "models/flexible/network/initialisation.hpp"
#include "tests/support/linear_problem.hpp"
#include "tests/support/reference/network.hpp"

namespace quartic::detail::sparse_rule_test {
namespace {

std::vector<float> random_parameters(const NetworkShape& shape) {
  auto parameters = initial_parameters<float>(shape, layer_scales(shape, {}), Stream(3));
  for (const LayerPlace& layer : layer_places(shape))
    for (Index k = 0; layer.biases >= 0 && k < layer.outputs; ++k)
      parameters[static_cast<std::size_t>(layer.biases + k)] = 0.1F * static_cast<float>(k + 1);
  return parameters;
}

// Weights of layer l, of unit k.
void clear_unit(const NetworkShape& shape, std::vector<float>& parameters, std::size_t l, Index k) {
  const LayerPlace layer = layer_places(shape)[l];
  for (Index j = 0; j < layer.inputs; ++j)
    parameters[static_cast<std::size_t>(layer.weights + k * layer.inputs + j)] = 0;
  if (layer.biases >= 0) parameters[static_cast<std::size_t>(layer.biases + k)] = 0;
}
void clear_reader(const NetworkShape& shape, std::vector<float>& parameters, std::size_t l, Index input) {
  const LayerPlace layer = layer_places(shape)[l];
  for (Index k = 0; k < layer.outputs; ++k)
    parameters[static_cast<std::size_t>(layer.weights + k * layer.inputs + input)] = 0;
}

// Multiply, add and activate where something is not zero.
double slow_flops(const NetworkShape& shape, const std::vector<float>& parameters) {
  const auto layers =
      reference::network_layers(shape, std::vector<CountingScalar>(parameters.begin(), parameters.end()));
  return count_flops([&] {
    std::vector<CountingScalar> z(static_cast<std::size_t>(shape.inputs), 0.5);
    for (std::size_t l = 0; l < layers.size(); ++l) {
      std::vector<CountingScalar> next;
      for (std::size_t k = 0; k < layers[l].weights.rows; ++k) {
        CountingScalar sum = 0;
        for (std::size_t j = 0; j < z.size(); ++j)
          if (layers[l].weights(k, j) != CountingScalar(0)) sum += layers[l].weights(k, j) * z[j];
        if (!layers[l].biases.empty() && layers[l].biases[k] != CountingScalar(0)) sum += layers[l].biases[k];
        next.push_back(l < shape.hidden.size() ? reference::activation(shape.activation, sum) : sum);
      }
      z = next;
    }
    if (layers.size() == shape.hidden.size()) {
      CountingScalar score = 0;
      for (const CountingScalar& unit : z) score += unit;
    }
  });
}

TEST(SparseRule, WithoutIdleUnitsIsTheSameFunction) {
  for (const ActivationKind kind : {ActivationKind::relu, ActivationKind::tanh, ActivationKind::gelu}) {
    const NetworkShape shape{6, {5, 4}, kind};
    std::vector<float> parameters = random_parameters(shape);
    clear_unit(shape, parameters, 0, 1);    // says nothing
    clear_reader(shape, parameters, 1, 3);  // says something to nobody
    clear_reader(shape, parameters, 2, 2);
    const PrunedShape pruned = without_idle_units(shape, parameters);
    EXPECT_EQ(pruned.shape.hidden, (std::vector<Index>{3, 3}));
    const Matrix x = gaussian_matrix(20, 6, Stream(4));
    const auto network = std::make_shared<const std::vector<float>>(parameters);
    const Vector expected = NetworkRule{shape, network}.score(x);
    const SparsePredictor sparse = make_sparse_predictor(shape, parameters);
    EXPECT_LE((sparse.predict.score(x) - expected).norm(), 1e-5 * expected.norm());
    EXPECT_EQ(sparse.parameters, 3 * 6 + 3 + 3 * 3 + 3 + 3 + 1);
    EXPECT_EQ(sparse.predict.score_flops(), slow_flops(pruned.shape, pruned.parameters));
  }
}

TEST(SparseRule, BillsWhatIsNotZero) {
  for (const NetworkShape& shape :
       {NetworkShape{6, {5, 4}, ActivationKind::tanh}, {6, {5}, ActivationKind::erf, false, false}}) {
    std::vector<float> parameters = random_parameters(shape);
    EXPECT_EQ(make_sparse_predictor(shape, parameters).predict.score_flops(),
              network_flops::forward(shape, 1));
    for (std::size_t k = 0; k < 30; k += 2) parameters[k] = 0;
    const SparsePredictor sparse = make_sparse_predictor(shape, parameters);
    EXPECT_EQ(sparse.predict.score_flops(), slow_flops(shape, parameters));
    EXPECT_EQ(sparse.parameters, parameter_count(shape) - 15);
  }
}

TEST(SparseRule, OfALayerWithoutUnitsIsAConstant) {
  const NetworkShape shape{3, {2, 2}, ActivationKind::tanh};
  std::vector<float> parameters = random_parameters(shape);
  for (const Index k : {0, 1}) clear_unit(shape, parameters, 0, k);
  const auto network = std::make_shared<const std::vector<float>>(parameters);
  const Matrix x = gaussian_matrix(4, 3, Stream(5));
  const SparsePredictor biased = make_sparse_predictor(shape, parameters);
  EXPECT_LE((biased.predict.score(x) - NetworkRule{shape, network}.score(x)).norm(), 1e-6);
  for (const Index k : {0, 1}) clear_unit(shape, parameters, 1, k);
  const SparsePredictor none = make_sparse_predictor(shape, parameters);
  ASSERT_NE(none.predict.linear(), nullptr);
  EXPECT_EQ(none.predict.linear()->coefficients, Vector::Zero(3));
  EXPECT_EQ(none.predict.linear()->intercept, static_cast<double>(parameters.back()));
  EXPECT_EQ(none.parameters, 1);
}

}  // namespace
}  // namespace quartic::detail::sparse_rule_test
