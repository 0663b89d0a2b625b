#pragma once
/// The first layer of a network, left as it was drawn.
#include <optional>
#include <string>

#include "core/fit.hpp"
#include "core/random/stream.hpp"
#include "core/types.hpp"

namespace quartic::detail {

enum class FeatureMap { relu, erf, fourier };
enum class WeightLaw { sphere, gaussian };

struct RandomLayerShape {
  Index features = 0;
  Index columns = 0;
  FeatureMap map = FeatureMap::relu;
  WeightLaw weights = WeightLaw::sphere;
};

/// x -> s(x W' + b), an immutable value. Row i of W is w_i/sqrt d: of length 1 ("sphere"), or normals of
/// variance 1/d.
class RandomLayer {
 public:
  /// Feature i from stream.child(i). feature_flops::draw.
  RandomLayer(const RandomLayerShape& shape, Stream stream);

  Index features() const { return weights_.rows(); }
  Index columns() const { return weights_.cols(); }
  FeatureMap map() const { return map_; }
  /// features x columns.
  const Matrix& weights() const { return weights_; }
  /// Of Fourier features; else empty.
  const Vector& phases() const { return phases_; }
  /// rows of x by `which` features. feature_flops::evaluate.
  Matrix compute_features(const MatrixView& x, Range which) const;

 private:
  FeatureMap map_;
  Matrix weights_;  // features x columns
  Vector phases_;   // b; empty but for Fourier features
};

/// A linear rule of the features of a layer. Works on blocks of rows and of features, so that memory is
/// bounded whatever is scored.
struct RandomLayerRule {
  RandomLayer layer;
  Vector coefficients;

  Vector score(const Matrix& x) const;
  /// A prediction: the features of a row (feature_flops::evaluate), each times its coefficient, and their sum.
  double score_flops() const;
  /// normal_error.hpp.
  std::optional<double> error_under(const NormalLaw& law) const;
};
static_assert(Scorer<RandomLayerRule> && BillsScores<RandomLayerRule> && HasNormalError<RandomLayerRule>);

}  // namespace quartic::detail
