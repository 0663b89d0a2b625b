#include "models/flexible/random_features/random_features.hpp"

#include <array>
#include <cmath>

#include "core/require.hpp"
#include "models/flexible/random_features/flops.hpp"
#include "models/flexible/random_features/layer.hpp"
#include "models/linear/blas.hpp"
#include "models/linear/least_squares.hpp"
#include "models/linear/linear_fit.hpp"
#include "models/linear/moments.hpp"
#include "models/linear/ridge/flops.hpp"
#include "models/linear/ridge/ridge.hpp"

namespace quartic {

namespace {

using detail::FeatureMap;
using detail::RandomLayer;
using detail::RandomLayerRule;
using detail::RandomLayerShape;
using detail::WeightLaw;
namespace flops = detail::feature_flops;

constexpr double kMostNumbers = 1e11;  // of the weights, and of the matrix of features: 0.7 TiB

constexpr std::array kActivations = {OptionWord{"relu", "max(u, 0)"}, OptionWord{"erf", "erf(u/sqrt 2)"},
                                     OptionWord{"fourier", "cos(u + b), b uniform: random Fourier features"}};
constexpr std::array kWeightLaws = {OptionWord{"sphere", "uniform on the sphere of radius sqrt d"},
                                    OptionWord{"gaussian", "independent standard normals"}};

constexpr std::array option_table = {
    Option<RandomFeatures>{"features", &RandomFeatures::features, "how many random features", no_words,
                           at_least(1, "a model needs one at least")},
    Option<RandomFeatures>{"activation", &RandomFeatures::activation,
                           "what a feature makes of u = <w, x>/sqrt d", kActivations},
    Option<RandomFeatures>{"weights", &RandomFeatures::weights, "how w is drawn", kWeightLaws},
    Option<RandomFeatures>{"penalty", &RandomFeatures::penalty,
                           "l in (1/n)|y-Fa|^2 + (features l/columns)|a|^2; 0: the least norm", no_words,
                           at_least(0, "a penalty is not negative, and finite")}};

RandomLayerShape make_shape(const RandomFeatures& model, Index columns) {
  const FeatureMap map = model.activation == "relu"  ? FeatureMap::relu
                         : model.activation == "erf" ? FeatureMap::erf
                                                     : FeatureMap::fourier;
  return {.features = model.features,
          .columns = columns,
          .map = map,
          .weights = model.weights == "sphere" ? WeightLaw::sphere : WeightLaw::gaussian};
}

// Drawing the features, those of n rows, and the penalty.
double features_flops(const RandomFeatures& model, Index n, Index d) {
  const RandomLayerShape shape = make_shape(model, d);
  return flops::draw(shape) + flops::evaluate(shape, static_cast<double>(n)) +
         (model.penalty > 0 ? flops::penalty() : 0);
}

// That of the linear model on the features.
double ridge_penalty(const RandomFeatures& model, Index d) {
  return static_cast<double>(model.features) * model.penalty / static_cast<double>(d);
}

void require_holdable(const RandomFeatures& model, Index rows, Index columns) {
  const double numbers = static_cast<double>(model.features) * static_cast<double>(std::max(rows, columns));
  require(numbers <= kMostNumbers,
          "the features of random_features are " + shortest(numbers) +
              " numbers (more than any memory here holds). Ask for fewer features.",
          {"features"});
}

}  // namespace

std::span<const Option<RandomFeatures>> RandomFeatures::options() {
  return option_table;
}

void RandomFeatures::require_data(Index n, Index d, Task task) const {
  require_regression(task, name());
  require(n >= 1, "random_features were given no rows (there is nothing to learn from). Give at least one.");
  require(d >= 1,
          "random_features were given no columns (there is nothing to draw from). Give at least one.");
  require_holdable(*this, n, d);
  require(std::isfinite(static_cast<double>(n) * ridge_penalty(*this, d)),
          "the penalty of random_features is " + shortest(penalty) +
              " (times rows and features it is not finite). Give a smaller one.",
          {"penalty"});
}

Fit RandomFeatures::fit(const Data& data, Stream stream) const {
  require_valid(*this);
  require_data(data.rows(), data.columns(), data.task());
  const Index d = data.columns();
  RandomLayer layer(make_shape(*this, d), stream.child("feature"));
  const DenseView x(data);
  const Data features_of_data(layer.compute_features(x.matrix(), {0, features}), data.y());
  const Fit solved = Ridge{.penalty = ridge_penalty(*this, d)}.fit(features_of_data, stream.child("solve"));
  FitReport report = solved.report;
  report.cost.fit_flops += features_flops(*this, data.rows(), d);
  return {RandomLayerRule{std::move(layer), solved.predict.linear()->coefficients}, std::move(report)};
}

double RandomFeatures::fit_flops(Index n, Index d) const {
  const double solving = penalty > 0 ? ridge_flops(n, features) : LeastSquares{}.fit_flops(n, features);
  return features_flops(*this, n, d) + solving;
}

double RandomFeatures::working_bytes(Index n, Index d) const {
  const auto rows = static_cast<double>(n), count = static_cast<double>(features);
  const Ridge solver{.penalty = ridge_penalty(*this, d)};
  return sizeof(double) * (rows + static_cast<double>(d)) * count + detail::packing_bytes(d, features) +
         Moments::bytes_alone(features, std::array{n}, solver.needs()) + solver.working_bytes(n, features);
}

}  // namespace quartic
