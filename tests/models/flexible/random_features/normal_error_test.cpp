#include "models/flexible/random_features/normal_error.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "tests/support/linear_problem.hpp"

namespace quartic::normal_error_test {
namespace {

using detail::FeatureMap;
using detail::normal_error;
using detail::RandomLayer;
using detail::RandomLayerRule;
using detail::WeightLaw;
using std::numbers::pi;

constexpr FeatureMap maps[] = {FeatureMap::relu, FeatureMap::erf, FeatureMap::fourier};

Vector normals(Index count, std::uint64_t seed) {
  return gaussian_matrix(count, 1, Stream(seed));
}

NormalLaw unequal_law(Index d) {
  return {Vector::LinSpaced(d, 1.5, 0.4), normals(d, 1)};
}

// Errors of 40,000 rows drawn from the law.
void expect_as_drawn(const RandomLayerRule& rule, const NormalLaw& law, const std::string& what) {
  const Index rows = 40'000;
  const Matrix x = gaussian_matrix(rows, law.deviations.size(), Stream(2)) * law.deviations.asDiagonal();
  const Vector losses = (rule.score(x) - x * law.coefficients).array().square();
  const double mean = losses.mean();
  const double error = std::sqrt((losses.array() - mean).square().mean() / rows);
  EXPECT_NEAR(*rule.error_under(law), mean, 5 * error) << what;
  EXPECT_LT(error, 0.02 * mean) << "else the comparison would say little";
}

TEST(NormalError, IsThatOfRowsDrawn) {
  const Index d = 6;
  for (FeatureMap map : maps)
    for (WeightLaw weights : {WeightLaw::sphere, WeightLaw::gaussian})
      for (Index features : {1, 3, 300}) {  // within a tile, and beyond
        const RandomLayer layer({features, d, map, weights}, Stream(3));
        const Vector a = normals(features, 4) / std::sqrt(static_cast<double>(features));
        expect_as_drawn({layer, a}, unequal_law(d), std::to_string(static_cast<int>(map)));
      }
}

// Cho & Saul's kernel by its arc cosine, pair by pair.
double slow_relu_error(const RandomLayer& layer, const Vector& a, const NormalLaw& law) {
  const Matrix w = layer.weights() * law.deviations.asDiagonal();
  const Vector b = law.coefficients.cwiseProduct(law.deviations);
  double error = b.squaredNorm();
  for (Index i = 0; i < a.size(); ++i) {
    error -= a[i] * w.row(i).dot(b);
    for (Index j = 0; j < a.size(); ++j) {
      const double sizes = w.row(i).norm() * w.row(j).norm();
      const double angle = i == j ? 0 : std::acos(w.row(i).dot(w.row(j)) / sizes);
      error += a[i] * a[j] * sizes * (std::sin(angle) + (pi - angle) * std::cos(angle)) / (2 * pi);
    }
  }
  return error;
}

TEST(NormalError, OfRectifiersIsTheArcCosineKernels) {
  for (Index d : {1, 2, 40})  // angles of 0 and pi only, of all sizes, and near pi/2
    for (Index features : {2, 50, 600}) {
      const RandomLayer layer({.features = features, .columns = d, .weights = WeightLaw::gaussian},
                              Stream(5));
      const Vector a = normals(features, 6);
      const double slow = slow_relu_error(layer, a, unequal_law(d));
      EXPECT_NEAR(*normal_error(layer, a, unequal_law(d)), slow, 1e-5 * slow) << d << " " << features;
    }
}

// cos(u + b)^2 = (1 + cos 2(u + b))/2, and u is normal; at a law without a column that matters.
TEST(NormalError, OfOneFourierFeatureIsItsMeanSquare) {
  const RandomLayer layer({.features = 1, .columns = 3, .map = FeatureMap::fourier}, Stream(7));
  const NormalLaw law{Vector::Ones(3), Vector::Zero(3)};
  const double v = layer.weights().squaredNorm();
  const double expected = (1 + std::cos(2 * layer.phases()[0]) * std::exp(-2 * v)) / 2;
  EXPECT_NEAR(*normal_error(layer, Vector::Ones(1), law), expected, 1e-6);
}

// In one column features are w and -w: max(u, 0) - max(-u, 0) = u leaves nothing, which cancels to rounding, and no less.
TEST(NormalError, OfAnExactRuleIsNothing) {
  const RandomLayer layer({.features = 40, .columns = 1}, Stream(8));
  Vector a = Vector::Zero(40);
  a[0] = layer.weights()(0, 0);
  Index opposite = 1;
  while (layer.weights()(opposite, 0) == a[0]) ++opposite;
  a[opposite] = -a[0];
  const double error = *normal_error(layer, a, {Vector::Ones(1), Vector::Ones(1)});
  EXPECT_GE(error, 0);
  EXPECT_LE(error, 1e-6);
}

TEST(NormalError, SaysNothingOfTooManyFeaturesAndOfWhatIsNotFinite) {
  const NormalLaw law{Vector::Ones(1), Vector::Ones(1)};
  const Index many = detail::most_paired_features + 1;
  const RandomLayer layer({.features = many, .columns = 1}, Stream(9));
  EXPECT_FALSE(normal_error(layer, Vector::Ones(many), law));
  const RandomLayer few({.features = 2, .columns = 1}, Stream(9));
  EXPECT_TRUE(normal_error(few, Vector::Ones(2), law));
  EXPECT_FALSE(normal_error(few, Vector::Constant(2, nan), law));
  EXPECT_FALSE(normal_error(few, Vector::Constant(2, 1e300), law));
}

}  // namespace
}  // namespace quartic::normal_error_test
