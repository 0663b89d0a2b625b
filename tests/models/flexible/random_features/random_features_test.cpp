#include "models/flexible/random_features/random_features.hpp"

#include <gtest/gtest.h>

#include <numbers>

#include "core/require.hpp"
#include "models/flexible/random_features/flops.hpp"
#include "models/flexible/random_features/layer.hpp"
#include "tests/support/linear_problem.hpp"
#include "tests/support/reference/random_features.hpp"
#include "tests/support/thrown_message.hpp"

namespace quartic::random_features_test {
namespace {

using detail::FeatureMap;
using detail::RandomLayer;
using detail::RandomLayerRule;
using detail::WeightLaw;

constexpr const char* activations[] = {"relu", "erf", "fourier"};
constexpr const char* laws[] = {"sphere", "gaussian"};

// The numbers that a fit of this stream draws.
template <class T>
reference::DrawnFeatures<T> drawn_by(const RandomFeatures& model, Index columns, const Stream& stream) {
  const auto features = static_cast<std::size_t>(model.features);
  reference::DrawnFeatures<T> drawn{
      model.activation, model.weights, Grid<T>(features, static_cast<std::size_t>(columns)), {}};
  for (std::size_t i = 0; i < features; ++i) {
    Stream own = stream.child("feature").child(i);
    for (std::size_t j = 0; j < drawn.normals.columns; ++j) drawn.normals(i, j) = T(own.normal());
    if (model.activation == "fourier") drawn.uniforms.push_back(T(own.uniform()));
  }
  return drawn;
}

// As support's fit() does.
Stream fit_stream() {
  return Stream(1).child("fit");
}

Vector slow_scores(const RandomFeatures& model, const Data& data, const Matrix& fresh) {
  const auto drawn = drawn_by<double>(model, data.columns(), fit_stream());
  const auto rule = reference::random_features_fit(grid_of<double>(data.dense()),
                                                   numbers_of<double>(data.y()), drawn, model.penalty);
  const auto scores =
      reference::product(reference::random_features(grid_of<double>(fresh), drawn), rule.coefficients);
  return Eigen::Map<const Vector>(scores.data(), std::ssize(scores));
}

struct Situation {
  Index features;
  double penalty;
};
// More rows than features (40), fewer, as many; with and without a penalty.
constexpr Situation situations[] = {{15, 0}, {90, 0}, {15, 0.02}, {40, 0.02}, {90, 0.02}};

TEST(RandomFeatures, PredictAsTheObviousAlgorithmDoes) {
  const Data data = gaussian_problem(40, 7, 1);
  const Matrix fresh = gaussian_matrix(30, 7, Stream(2));
  for (const char* activation : activations)
    for (const char* weights : laws)
      for (const auto& [features, penalty] : situations) {
        const RandomFeatures model{features, activation, weights, penalty};
        const Vector expected = slow_scores(model, data, fresh);
        const Fit fast = fit(model, data);
        EXPECT_LE((fast.predict.score(fresh) - expected).norm(), 1e-6 * expected.norm())
            << activation << " " << weights << " " << features << " " << penalty;
        EXPECT_EQ(fast.report.parameters, features);
        EXPECT_EQ(fast.report.status, FitStatus::converged);
        EXPECT_LE(fast.report.certificate, 1e-8);
      }
}

TEST(RandomFeatures, BillWhatTheObviousAlgorithmCosts) {
  using Counted = CountingScalar;
  const Data data = gaussian_problem(40, 7, 1);
  const auto x = grid_of<Counted>(data.dense());
  const auto y = numbers_of<Counted>(data.y());
  for (const char* activation : activations)
    for (const char* weights : laws)
      for (const auto& [features, penalty] : situations) {
        const RandomFeatures model{features, activation, weights, penalty};
        const auto drawn = drawn_by<Counted>(model, 7, fit_stream());
        const double counted =
            count_flops([&] { reference::random_features_fit(x, y, drawn, model.penalty); });
        EXPECT_EQ(model.fit_flops(40, 7), counted) << activation << weights << features;
        EXPECT_EQ(fit(model, data).report.cost.fit_flops, counted) << activation << weights << features;
        EXPECT_EQ(fit(model, data).report.cost.tuning_flops, 0);
      }
}

// Seven products and sums a feature, its activation, its coefficient and the sum of all.
TEST(RandomFeatures, BillAPredictionByItsFeatures) {
  const Data data = gaussian_problem(40, 7, 1);
  for (const auto& [activation, flops] : {std::pair{"relu", 0}, {"erf", 2}, {"fourier", 2}})
    EXPECT_EQ(fit(RandomFeatures{.features = 15, .activation = activation}, data).predict.score_flops(),
              15 * (2 * 7 + flops + 2))
        << activation;
}

// The gradient of (1/n) |y - Fa|^2 + (N l/d) |a|^2 written out: the penalty has the units it is documented
// in.
TEST(RandomFeatures, MinimiseTheDocumentedObjective) {
  const Index n = 40, d = 7;
  const Data data = gaussian_problem(n, d, 3);
  for (Index N : {15, 90}) {
    const RandomLayer layer({.features = N, .columns = d}, fit_stream().child("feature"));
    const Matrix F = layer.compute_features(data.dense(), {0, N});
    const double l = 0.05, weight = static_cast<double>(N) * l / static_cast<double>(d);
    const Vector fitted = fit(RandomFeatures{.features = N, .penalty = l}, data).predict.score(data.dense());
    // F' (y - F a) / n = weight a and fitted = F a, so F F' (y - fitted) / n = weight fitted.
    const Vector residual = data.y() - fitted;
    EXPECT_LE((F * (F.transpose() * residual) / n - weight * fitted).norm(), 1e-10 * fitted.norm()) << N;
  }
}

TEST(RandomFeatures, RidgelessInterpolateFromAsManyFeaturesAsRows) {
  const Data data = gaussian_problem(40, 7, 4);
  for (const char* activation : activations)
    for (Index N : {60, 400}) {
      const Fit fitted = fit(RandomFeatures{.features = N, .activation = activation}, data);
      EXPECT_LE((fitted.predict.score(data.dense()) - data.y()).norm(), 1e-6 * data.y().norm()) << N;
    }
  EXPECT_GE((fit(RandomFeatures{.features = 20}, data).predict.score(data.dense()) - data.y()).norm(),
            0.1 * data.y().norm());
}

TEST(RandomFeatures, AreSafeWhereTheirGramMatrixIsSingular) {
  for (Index n : {1, 2, 30})  // one column has two directions only, hence two features on the sphere
    for (Index N : {1, 2, 3, 30, 50})
      for (double penalty : {0.0, 1e-30, 1.0}) {
        const Data data = gaussian_problem(n, 1, 5);
        const Fit fitted = fit(RandomFeatures{.features = N, .penalty = penalty}, data);
        EXPECT_EQ(fitted.report.status, FitStatus::converged);
        EXPECT_LE(fitted.report.certificate, 1e-6) << n << " " << N << " " << penalty;
        EXPECT_LE(fitted.predict.score(data.dense()).norm(), 2 * data.y().norm()) << n << " " << N;
        if (N >= 30 && n >= 30 && penalty < 1) {
          EXPECT_NE(fitted.report.message.find("rank 2"), std::string::npos);
        }
      }
}

TEST(RandomFeatures, FailAsAStatusWhereTheDataOverflow) {
  const Data data = gaussian_problem(20, 4, 6);
  const Fit fitted = fit(RandomFeatures{.features = 30}, data_of(1e200 * data.dense(), data.y()));
  EXPECT_TRUE(fitted.report.status == FitStatus::failed ||
              fitted.predict.score(1e200 * data.dense()).allFinite());
  Matrix broken = data.dense();
  broken(3, 2) = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(fit(RandomFeatures{.features = 30}, data_of(broken, data.y())).report.status, FitStatus::failed);
}

TEST(RandomFeatures, OfOneStreamNest) {
  const Matrix x = gaussian_matrix(20, 5, Stream(7));
  const MatrixView view(x.data(), 20, 5);
  for (FeatureMap map : {FeatureMap::relu, FeatureMap::erf, FeatureMap::fourier}) {
    const RandomLayer few({.features = 6, .columns = 5, .map = map}, Stream(8));
    const RandomLayer many({.features = 50, .columns = 5, .map = map}, Stream(8));
    EXPECT_LE((few.compute_features(view, {0, 6}) - many.compute_features(view, {0, 50}).leftCols(6)).norm(),
              1e-14);
  }
}

TEST(RandomFeatures, SeeDifferentFeaturesFromOneStreamToAnother) {
  const Data data = gaussian_problem(40, 7, 9);
  const Model model = RandomFeatures{.features = 20};
  const Vector one = model.fit(data, Stream(1)).predict.score(data.dense());
  EXPECT_GT((one - model.fit(data, Stream(2)).predict.score(data.dense())).norm(), 0.1);
}

TEST(RandomFeatures, ScoreBlocksAsTheWhole) {
  const Index N = 5000, d = 3, rows = 600;  // more than a block of each
  const RandomLayer layer({.features = N, .columns = d, .map = FeatureMap::erf}, Stream(10));
  const Vector a = gaussian_matrix(N, 1, Stream(11));
  const Matrix x = gaussian_matrix(rows, d, Stream(12));
  const Vector whole = layer.compute_features({x.data(), rows, d}, {0, N}) * a;
  EXPECT_LE((RandomLayerRule{layer, a}.score(x) - whole).norm(), 1e-12 * whole.norm());
  EXPECT_EQ(RandomLayerRule({layer, a}).score(Matrix(0, d)).size(), 0);
}

// 2 f f' over many Fourier features of Gaussian weights is exp(-|x - x'|^2/(2 d)) up to 1/sqrt N: each
// product is at most 2 and has variance below 2.
TEST(RandomFeatures, OfFourierApproachTheGaussianKernel) {
  const Index N = 20000, d = 4;
  const RandomLayer layer(
      {.features = N, .columns = d, .map = FeatureMap::fourier, .weights = WeightLaw::gaussian}, Stream(13));
  const Matrix x = gaussian_matrix(6, d, Stream(14));
  const Matrix F = layer.compute_features({x.data(), 6, d}, {0, N});
  for (Index i = 0; i < 6; ++i)
    for (Index j = 0; j < i; ++j) {
      const Vector products = 2 * F.row(i).cwiseProduct(F.row(j));
      const double error = std::sqrt((products.array() - products.mean()).square().mean() / N);
      EXPECT_NEAR(products.mean(), std::exp(-(x.row(i) - x.row(j)).squaredNorm() / (2.0 * d)), 5 * error);
    }
}

void expect_refused(const RandomFeatures& model, const std::string& word) {
  const Data data = gaussian_problem(10, 3, 15);
  const std::string message = support::thrown_message([&] { static_cast<void>(fit(model, data)); });
  EXPECT_NE(message.find(word), std::string::npos) << message;
  EXPECT_NE(message.find("). "), std::string::npos) << message;
}

TEST(RandomFeatures, RefuseWhatCannotBe) {
  expect_refused({.features = 0}, "features = 0 (a model needs one at least)");
  expect_refused({.features = -3}, "-3");
  expect_refused({.features = Index{1} << 40}, "memory");
  expect_refused({.activation = "sine"}, "\"sine\"");
  expect_refused({.weights = "cube"}, "\"cube\"");
  expect_refused({.penalty = -1}, "-1");
  expect_refused({.penalty = 1e308}, "the penalty of random_features is 1e+308 (times rows and features");
  expect_refused({.penalty = std::numeric_limits<double>::quiet_NaN()}, "nan");
  const Data classes(Matrix(Matrix::Ones(4, 2)), Vector::Ones(4), Task::classification);
  EXPECT_NE(support::thrown_message([&] {
              static_cast<void>(RandomFeatures{}.fit(classes, Stream(1)));
            }).find("random_features"),
            std::string::npos);
}

}  // namespace
}  // namespace quartic::random_features_test
