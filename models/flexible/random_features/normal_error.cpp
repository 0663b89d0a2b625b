#include "models/flexible/random_features/normal_error.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <numbers>
#include <vector>

#include "core/interruption.hpp"
#include "core/machine/processor.hpp"
#include "models/flexible/dense/kernel.hpp"
#include "models/linear/blas.hpp"

namespace quartic::detail {

namespace {

using std::numbers::inv_pi;
using std::numbers::pi;

constexpr Index lanes = 16;
constexpr Index tile_order = 256;  // of products of features with one another, in whole lanes

// With half = (1 - |t|)/2 = sin^2(theta/2), g(t) - pi |t|/2 = sin theta - theta cos theta = half^(3/2) Q(half); Q by
// Chebyshev points of [0, 1/2], error of g 2e-9. Its leading coefficients are near 8/3, 4/15, 3/35.
constexpr std::array arc_series = {2.666666662864241F,     0.26666766703183927F, 0.08567418180822117F,
                                   0.04030446149980953F,   0.01745561194438718F, 0.03197484780780656F,
                                   -0.027997588411071684F, 0.04061521876440821F};

// g(t) - 1; where rounding has |t| above 1, half is as good as zero.
[[gnu::always_inline]] inline float arc_product(float t) {
  const float size = std::abs(t), half = std::abs(1 - size) / 2;
  float series = arc_series.back();
  for (std::size_t k = arc_series.size() - 1; k-- > 0;) series = series * half + arc_series[k];
  return (static_cast<float>(pi / 2) * size - 1) + half * std::sqrt(half) * series;
}
[[gnu::always_inline]] inline float arc_beyond_sine(float r) {
  return std::asin(r) - r;
}
[[gnu::always_inline]] inline float hyperbolic_cosine(float c) {
  return std::cosh(c);
}
[[gnu::always_inline]] inline float hyperbolic_sine_beyond_linear(float c) {
  return std::sinh(c) - c;
}

/// Products of `rows` features with `columns` others, whole lanes of them, and what those weigh.
struct Tile {
  const float* products;
  const float* weights;
  Index rows, columns;
};

// sums_i = sum_j p_j h(t_ij), a lane apiece.
template <float (*h)(float)>
[[gnu::always_inline]] inline void sum_rows(Tile tile, double* sums) {
  for (Index i = 0; i < tile.rows; ++i) {
    const float* t = tile.products + i * tile.columns;
    float parts[lanes] = {};
    for (Index j = 0; j < tile.columns; j += lanes)
      for (Index lane = 0; lane < lanes; ++lane) parts[lane] += tile.weights[j + lane] * h(t[j + lane]);
    sums[i] = 0;
    for (const float part : parts) sums[i] += part;
  }
}

using SumRows = void (*)(Tile, double*);

/// Features q_i, padded with zeros to whole lanes.
class Pairs {
 public:
  explicit Pairs(const Matrix& directions)
      : rows_(MatrixF::Zero((directions.rows() + lanes - 1) / lanes * lanes, directions.cols())),
        panels_(static_cast<std::size_t>((tile_order + kernels_.panel) * rows_.cols())),
        work_(static_cast<std::size_t>(kernels_.work)),
        tile_(tile_order, tile_order) {
    rows_.topRows(directions.rows()) = directions.cast<float>();
  }

  // sum_ij p_i p_j h(<q_i, q_j>).
  double sum(const Vector& weights, SumRows sum_rows) {
    const double largest = weights.cwiseAbs().maxCoeff();
    if (largest == 0) return 0;
    Eigen::VectorXf p = Eigen::VectorXf::Zero(rows_.rows());
    p.head(weights.size()) = (weights / largest).cast<float>();
    double total = 0;
    for (Index column = 0; column < rows_.rows(); column += tile_order) {
      const Range columns = from(column);
      kernels_.pack({rows_.row(column).data(), rows_.cols(), columns.count, rows_.cols(), Layout::columns},
                    panels_.data());
      for (Index row = column; row < rows_.rows(); row += tile_order) {
        interruption_point();
        const Range rows = from(row);
        multiply(rows, columns);
        Vector sums(rows.count);
        sum_rows({tile_.data(), p.data() + column, rows.count, columns.count}, sums.data());
        const double part = p.segment(row, rows.count).cast<double>().dot(sums);
        total += row == column ? part : 2 * part;
      }
    }
    return total * largest * largest;
  }

 private:
  Range from(Index first) const { return {first, std::min(tile_order, rows_.rows() - first)}; }

  // With the columns that were packed.
  void multiply(Range rows, Range columns) {
    kernels_.multiply({.c = {tile_.data(), rows.count, columns.count, columns.count},
                       .alpha = 1,
                       .a = {rows_.row(rows.first).data(), rows.count, rows_.cols(), rows_.cols()},
                       .panels = panels_.data(),
                       .start = zeros_.data(),
                       .work = work_.data()});
  }

  const DenseKernels<float>& kernels_ = dense_kernels<float>().front();
  MatrixF rows_;
  std::vector<float> panels_, work_;
  MatrixF tile_;
  std::array<float, tile_order> zeros_ = {};
};

/// The features in units of z: rows D w_i, and the variances of u.
struct Directions {
  Matrix rows;
  Vector variances;
};

Directions directions_of(const RandomLayer& layer, const NormalLaw& law) {
  Directions found{layer.weights() * law.deviations.asDiagonal(), {}};
  found.variances = found.rows.rowwise().squaredNorm();
  return found;
}

// m of every feature.
Vector mean_slopes(const RandomLayer& layer, const Vector& variances) {
  switch (layer.map()) {
    case FeatureMap::relu:
      return Vector::Constant(variances.size(), 0.5);
    case FeatureMap::erf:
      return (2 * inv_pi / (1 + variances.array())).sqrt();
    case FeatureMap::fourier:
      break;
  }
  return -layer.phases().array().sin() * (-0.5 * variances.array()).exp();
}

// sum_ij a_i a_j k_ij. What is at hand of `from` is used up.
double beyond_linear(const RandomLayer& layer, const Vector& a, Directions from) {
  const auto v = from.variances.array();
  const auto scaled_by = [&](const Vector& factors) { from.rows.array().colwise() *= factors.array(); };
  switch (layer.map()) {
    case FeatureMap::relu: {
      const Vector sizes = a.array() * v.sqrt();
      scaled_by(v.rsqrt());
      const double ones = sizes.sum();
      return inv_pi / 2 *
             (ones * ones + Pairs(from.rows).sum(sizes, OnProcessor<sum_rows<arc_product>>::run));
    }
    case FeatureMap::erf:
      scaled_by((1 + v).rsqrt());
      return 2 * inv_pi * Pairs(from.rows).sum(a, sum_rows<arc_beyond_sine>);
    case FeatureMap::fourier:
      break;
  }
  const Vector damped = a.array() * (-0.5 * v).exp();
  const auto phases = layer.phases().array();
  Pairs pairs(from.rows);
  return pairs.sum(damped.array() * phases.cos(), sum_rows<hyperbolic_cosine>) +
         pairs.sum(damped.array() * phases.sin(), sum_rows<hyperbolic_sine_beyond_linear>);
}

}  // namespace

std::optional<double> normal_error(const RandomLayer& layer, const Vector& coefficients,
                                   const NormalLaw& law) {
  assert(layer.features() == coefficients.size() && layer.columns() == law.coefficients.size());
  if (layer.features() > most_paired_features || !coefficients.allFinite()) return std::nullopt;
  Directions directions = directions_of(layer, law);
  const Vector slopes = coefficients.cwiseProduct(mean_slopes(layer, directions.variances));
  Vector linear = -law.coefficients.cwiseProduct(law.deviations);
  add_product(span_of(linear), 1, transposed(directions.rows), span_of(slopes));
  const double error =
      linear.squaredNorm() + std::max(beyond_linear(layer, coefficients, std::move(directions)), 0.0);
  return std::isfinite(error) ? std::optional(error) : std::nullopt;
}

}  // namespace quartic::detail
