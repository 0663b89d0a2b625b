#include "models/flexible/network/parametrisation.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "models/flexible/mlp/training.hpp"
#include "models/flexible/network/initialisation.hpp"
#include "tests/support/linear_problem.hpp"

namespace quartic::detail::parametrisation_test {
namespace {

const NetworkShape shape{10, {40, 20}, ActivationKind::relu};

Scaling scaling_of(Parametrisation parametrisation, bool adaptive, double base_width = 10) {
  return {.parametrisation = parametrisation,
          .initialisation = Initialisation::lecun,
          .base_width = base_width,
          .adaptive = adaptive};
}

void expect_rates(const std::vector<LayerScale>& scales, const std::vector<double>& weights,
                  const std::vector<double>& biases) {
  ASSERT_EQ(scales.size(), weights.size());
  for (std::size_t l = 0; l < scales.size(); ++l) {
    EXPECT_NEAR(scales[l].weights_rate, weights[l], 1e-15) << l;
    EXPECT_NEAR(scales[l].biases_rate, biases[l], 1e-15) << l;
  }
}

TEST(Parametrisation, StandardHasOneRate) {
  for (const bool adaptive : {false, true})
    expect_rates(layer_scales(shape, scaling_of(Parametrisation::standard, adaptive)), {1, 1, 1}, {1, 1, 1});
}

TEST(Parametrisation, NtkMovesWeightsByTheInverseOfTheirNumber) {
  expect_rates(layer_scales(shape, scaling_of(Parametrisation::ntk, false)), {1.0 / 10, 1.0 / 40, 1.0 / 20},
               {1, 1, 1});
  expect_rates(layer_scales(shape, scaling_of(Parametrisation::ntk, true)),
               {1 / std::sqrt(10.0), 1 / std::sqrt(40.0), 1 / std::sqrt(20.0)}, {1, 1, 1});
}

// Table 3 of Yang et al. (2022), widths in units of ten.
TEST(Parametrisation, MupHasTheRatesOfItsTable) {
  const auto sgd = layer_scales(shape, scaling_of(Parametrisation::mup, false));
  const auto adam = layer_scales(shape, scaling_of(Parametrisation::mup, true));
  expect_rates(sgd, {4, 1, 1.0 / 2}, {4, 2, 1});
  expect_rates(adam, {1, 1.0 / 4, 1.0 / 2}, {1, 1, 1});
  for (const auto& scales : {sgd, adam}) {
    EXPECT_NEAR(scales[0].deviation, std::sqrt(1.0 / 10), 1e-15);
    EXPECT_NEAR(scales[1].deviation, std::sqrt(1.0 / 40), 1e-15);
    EXPECT_NEAR(scales[2].deviation, std::sqrt(1.0 / 20) / std::sqrt(2.0), 1e-15);
  }
}

TEST(Parametrisation, MupIsStandardAtTheBaseWidthAndWithoutHiddenLayers) {
  for (const NetworkShape& plain : {NetworkShape{10, {25, 25}}, NetworkShape{10, {}}})
    for (const bool adaptive : {false, true}) {
      const auto mup = layer_scales(plain, scaling_of(Parametrisation::mup, adaptive, 25));
      const auto standard = layer_scales(plain, scaling_of(Parametrisation::standard, adaptive, 25));
      for (std::size_t l = 0; l < mup.size(); ++l) {
        EXPECT_EQ(mup[l].weights_rate, 1);
        EXPECT_EQ(mup[l].biases_rate, 1);
        EXPECT_EQ(mup[l].deviation, standard[l].deviation);
      }
    }
}

TEST(Initialisation, DrawsTheDeviationsThatAreNamed) {
  const NetworkShape wide{50, {400}, ActivationKind::relu};
  const std::vector<std::pair<Initialisation, double>> named = {
      {Initialisation::he, std::sqrt(2.0 / 50)},
      {Initialisation::lecun, std::sqrt(1.0 / 50)},
      {Initialisation::glorot, std::sqrt(2.0 / 450)},
      {Initialisation::zero_output, std::sqrt(2.0 / 50)}};
  for (const auto& [initialisation, deviation] : named) {
    const auto scales = layer_scales(wide, {.initialisation = initialisation, .initial_scale = 3});
    const auto w = initial_parameters<double>(wide, scales, Stream(5));
    double squares = 0;
    for (std::size_t k = 0; k < 20000; ++k) squares += w[k] * w[k];
    // The mean square of 20,000 normals: five standard errors of relative size sqrt(2/20000).
    EXPECT_NEAR(squares / 20000 / (9 * deviation * deviation), 1, 5 * std::sqrt(2.0 / 20000));
    for (std::size_t k = 20000; k < 20400; ++k) EXPECT_EQ(w[k], 0);
    EXPECT_EQ(initialisation == Initialisation::zero_output, w[20400] == 0);
    EXPECT_EQ(w.back(), 0);
  }
}

TEST(Initialisation, DiffersByRoundingAloneBetweenPrecisions) {
  const auto scales = layer_scales(shape, Scaling{});
  const auto single = initial_parameters<float>(shape, scales, Stream(6));
  const auto twice = initial_parameters<double>(shape, scales, Stream(6));
  for (std::size_t k = 0; k < single.size(); ++k) EXPECT_EQ(single[k], static_cast<float>(twice[k]));
}

TEST(Parametrisation, GroupsCoverTheParametersOnce) {
  for (const bool biases : {false, true}) {
    const NetworkShape some{10, {40, 20}, ActivationKind::relu, biases};
    Index next = 0;
    for (const ParameterGroup& group : parameter_groups(some, layer_scales(some, Scaling{}))) {
      EXPECT_EQ(group.place.first, next);
      next += group.place.count;
    }
    EXPECT_EQ(next, parameter_count(some));
  }
}

// Root mean square change of the function by eight steps at one rate for all widths, averaged over draws.
double movement(Index width, Parametrisation parametrisation, const OptimiserRule& rule, double rate) {
  const Data data = gaussian_problem(64, 10, 21);
  std::vector<double> x(data.dense().data(), data.dense().data() + 640), y(data.y().begin(), data.y().end());
  const LabelledRows<double> rows{{x.data(), 64, 10}, y.data()};
  TrainingPlan plan;
  plan.shape = {10, {width, width}, ActivationKind::tanh};
  plan.rule = rule;
  plan.scaling = scaling_of(parametrisation, rule.adaptive(), 16);
  plan.learning_rate = rate;
  plan.batch = 16;
  plan.epochs = 2;
  double squares = 0;
  for (std::uint64_t draw = 0; draw < 3; ++draw) {
    const Stream stream = Stream(7).child(draw);
    const auto before = initial_parameters<double>(plan.shape, layer_scales(plan.shape, plan.scaling),
                                                   stream.child("initial"));
    const auto after = train<double>(plan, rows, Stream(7).child(draw)).parameters;
    Network<double> network(plan.shape, 64);
    std::vector<double> f(64), g(64);
    network.forward(before, rows.x, f);
    network.forward(after, rows.x, g);
    for (std::size_t i = 0; i < 64; ++i) squares += (g[i] - f[i]) * (g[i] - f[i]);
  }
  return std::sqrt(squares / 3 / 64);
}

// One rate, widths 16 to 128: under mup the function moves as far at every width; in the standard
// parametrisation it moves ever further.
TEST(Parametrisation, MupMovesTheFunctionAlikeAtEveryWidth) {
  const std::vector<std::pair<OptimiserRule, double>> optimisers = {
      {{.kind = OptimiserKind::sgd}, 0.02},
      {{.kind = OptimiserKind::momentum}, 0.004},
      {{.kind = OptimiserKind::adam}, 0.003}};
  for (const auto& [rule, rate] : optimisers) {
    const double mup_small = movement(16, Parametrisation::mup, rule, rate);
    const double mup_large = movement(128, Parametrisation::mup, rule, rate);
    const double small = movement(16, Parametrisation::standard, rule, rate);
    const double large = movement(128, Parametrisation::standard, rule, rate);
    EXPECT_NEAR(mup_large / mup_small, 1, 0.25) << static_cast<int>(rule.kind);
    EXPECT_GT(large / small, 1.8) << static_cast<int>(rule.kind);
  }
}

}  // namespace
}  // namespace quartic::detail::parametrisation_test
