#include "models/flexible/random_features/layer.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/interruption.hpp"
#include "models/flexible/random_features/flops.hpp"
#include "models/flexible/random_features/normal_error.hpp"
#include "models/linear/blas.hpp"

namespace quartic::detail {

namespace {

constexpr Index kBlockRows = 256;
constexpr Index kBlockFeatures = 2048;

void apply(FeatureMap map, Matrix& u) {
  if (map == FeatureMap::relu) u = u.unaryExpr([](double v) { return v < 0 ? 0 : v; });
  if (map == FeatureMap::erf)
    u = (u * (1 / std::numbers::sqrt2)).unaryExpr([](double v) { return std::erf(v); });
  if (map == FeatureMap::fourier) u = u.array().cos();
}

}  // namespace

RandomLayer::RandomLayer(const RandomLayerShape& shape, Stream stream)
    : map_(shape.map),
      weights_(shape.features, shape.columns),
      phases_(shape.map == FeatureMap::fourier ? shape.features : 0) {
  const double root = std::sqrt(static_cast<double>(shape.columns));
  for (Index i = 0; i < shape.features; ++i) {
    interruption_point();
    Stream own = stream.child(static_cast<std::uint64_t>(i));
    own.fill_normal({weights_.row(i).data(), static_cast<std::size_t>(shape.columns)});
    weights_.row(i) /= shape.weights == WeightLaw::sphere ? weights_.row(i).norm() : root;
    if (map_ == FeatureMap::fourier) phases_(i) = 2 * std::numbers::pi * own.uniform();
  }
}

Matrix RandomLayer::compute_features(const MatrixView& x, Range which) const {
  const ConstBlock weights = ConstBlock(weights_).part(which, {0, columns()});
  Matrix u = Matrix::Zero(x.rows(), which.count);
  add_product(u, 1, plain(x), transposed(weights));
  if (map_ == FeatureMap::fourier) u.rowwise() += phases_.segment(which.first, which.count).transpose();
  apply(map_, u);
  return u;
}

Vector RandomLayerRule::score(const Matrix& x) const {
  Vector scores = Vector::Zero(x.rows());
  for (Index row = 0; row < x.rows(); row += kBlockRows) {
    const Index rows = std::min(kBlockRows, x.rows() - row);
    const MatrixView block(x.row(row).data(), rows, x.cols());
    for (Index first = 0; first < layer.features(); first += kBlockFeatures) {
      const Range which{first, std::min(kBlockFeatures, layer.features() - first)};
      const Matrix features = layer.compute_features(block, which);
      add_product({scores.data() + row, static_cast<std::size_t>(rows)}, 1, plain(features),
                  {coefficients.data() + first, static_cast<std::size_t>(which.count)});
    }
  }
  return scores;
}

double RandomLayerRule::score_flops() const {
  const RandomLayerShape shape{.features = layer.features(), .columns = layer.columns(), .map = layer.map()};
  return feature_flops::evaluate(shape, 1) + product_flops(1, static_cast<double>(layer.features()), 1);
}

std::optional<double> RandomLayerRule::error_under(const NormalLaw& law) const {
  return normal_error(layer, coefficients, law);
}

}  // namespace quartic::detail
