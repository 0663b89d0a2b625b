#include "sim/film/canvas.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>
#include <vector>

#include "sim/film/shapes.hpp"
#include "sim/parts/elementary.hpp"

namespace quartic::detail {

namespace {

Index pixel(double share, Index side) {
  return static_cast<Index>(std::floor(share * static_cast<double>(side)));
}

/// The integral of the quadratic spline around 0 from the left end to t.
double spline_integral(double t) {
  const double from_end = 1.5 - std::abs(t);
  if (from_end <= 0) return t < 0 ? 0 : 1;
  if (std::abs(t) <= 0.5) return 0.5 + 0.75 * t - t * t * t / 3;
  const double tail = from_end * from_end * from_end / 6;
  return t < 0 ? tail : 1 - tail;
}

/// What each of the old pixels first, first + 1, ... counts for in a new one.
struct Mixture {
  Index first = 0;
  std::vector<float> weights;
};

Mixture mixture_of(Index pixel, Index to, Index from) {
  const double scale = static_cast<double>(from) / static_cast<double>(to);
  const double low = static_cast<double>(pixel) * scale - 0.5, high = low + scale;
  const auto begin = static_cast<Index>(std::ceil(low - 1.5)),
             end = static_cast<Index>(std::floor(high + 1.5));
  const auto held = [&](Index j) { return std::clamp(j, Index{0}, from - 1); };
  Mixture mixture{held(begin), std::vector<float>(static_cast<std::size_t>(held(end) - held(begin) + 1))};
  for (Index j = begin; j <= end; ++j) {
    const auto at = static_cast<double>(j);
    const double weight = (spline_integral(high - at) - spline_integral(low - at)) / scale;
    mixture.weights[static_cast<std::size_t>(held(j) - mixture.first)] += static_cast<float>(weight);
  }
  return mixture;
}

std::vector<Mixture> mixtures(Index to, Index from) {
  std::vector<Mixture> all;
  for (Index i = 0; i < to; ++i) all.push_back(mixture_of(i, to, from));
  return all;
}

/// out row i = the mixture of rows.
Canvas mix_rows(const Canvas& canvas, const std::vector<Mixture>& mixtures) {
  Canvas out = Canvas::Zero(std::ssize(mixtures), canvas.cols());
  for (Index i = 0; i < out.rows(); ++i) {
    const Mixture& mixture = mixtures[static_cast<std::size_t>(i)];
    float* to = out.row(i).data();
    for (std::size_t k = 0; k < mixture.weights.size(); ++k) {
      const float weight = mixture.weights[k];
      const float* from = canvas.row(mixture.first + static_cast<Index>(k)).data();
      for (Index j = 0; j < out.cols(); ++j) to[j] += weight * from[j];
    }
  }
  return out;
}

/// The weights of a Gaussian from its middle outwards, which add up to 1 with both sides.
std::vector<float> gaussian_weights(double deviation) {
  std::vector<double> weights = {1};
  double sum = 1;
  for (int k = 1; k <= std::ceil(3 * deviation); ++k) {
    weights.push_back(exponential(-k * k / (2 * deviation * deviation)));
    sum += 2 * weights.back();
  }
  std::vector<float> shares;
  for (const double weight : weights) shares.push_back(static_cast<float>(weight / sum));
  return shares;
}

Canvas blur_rows(const Canvas& canvas, const std::vector<float>& weights) {
  Canvas out = weights[0] * canvas;
  const Index last = canvas.rows() - 1, columns = canvas.cols();
  for (Index i = 0; i <= last; ++i) {
    float* to = out.row(i).data();
    for (std::size_t k = 1; k < weights.size(); ++k) {
      const auto away = static_cast<Index>(k);
      const float* above = canvas.row(std::max(i - away, Index{0})).data();
      const float* below = canvas.row(std::min(i + away, last)).data();
      for (Index j = 0; j < columns; ++j) to[j] += weights[k] * (above[j] + below[j]);
    }
  }
  return out;
}

/// Distance, in sides, from the middle of a pixel to a stroke, and how far along it the nearest point lies.
struct Nearest {
  float distance = 0, share = 0;
};
Nearest nearest_on(const Stroke& stroke, float u, float v) {
  const float du = (stroke.to.u - stroke.from.u) / 2, dv = stroke.to.v - stroke.from.v;
  const float x = (u - stroke.from.u) / 2, y = v - stroke.from.v;
  const float length = du * du + dv * dv;
  const float share = length > 0 ? std::clamp((x * du + y * dv) / length, 0.0F, 1.0F) : 0.0F;
  const float away_u = x - share * du, away_v = y - share * dv;
  return {std::sqrt(away_u * away_u + away_v * away_v), share};
}

}  // namespace

Patch patch_around(Spot one, Spot other, float reach, Index side) {
  const auto held = [&](Index k) { return std::clamp(k, Index{0}, side); };
  const double left = std::min(one.u, other.u), right = std::max(one.u, other.u);
  const double top = std::min(one.v, other.v), bottom = std::max(one.v, other.v);
  return {held(pixel(top - reach, side)), held(pixel(bottom + reach, side) + 1),
          held(pixel((left + 1) / 2 - reach, side)), held(pixel((right + 1) / 2 + reach, side) + 1)};
}

Canvas with_stroke(Canvas canvas, const Stroke& stroke) {
  const Index side = canvas.rows();
  const float reach = 2 * std::max(stroke.width_from, stroke.width_to);
  const Patch patch = patch_around(stroke.from, stroke.to, reach, side);
  for (Index i = patch.first_row; i < patch.last_row; ++i)
    for (Index j = patch.first_column; j < patch.last_column; ++j) {
      const Nearest near = nearest_on(stroke, across(j, side), down(i, side));
      const float width = stroke.width_from + near.share * (stroke.width_to - stroke.width_from);
      const float ink = stroke.ink_from + near.share * (stroke.ink_to - stroke.ink_from);
      canvas(i, j) = std::max(canvas(i, j), ink * soft_spot(near.distance / width));
    }
  return canvas;
}

Canvas with_spot(Canvas canvas, Spot at, float width, float ink) {
  const Index side = canvas.rows();
  const Patch patch = patch_around(at, at, 2 * width, side);
  for (Index i = patch.first_row; i < patch.last_row; ++i)
    for (Index j = patch.first_column; j < patch.last_column; ++j) {
      const float x = (across(j, side) - at.u) / 2, y = down(i, side) - at.v;
      canvas(i, j) += ink * soft_spot(std::sqrt(x * x + y * y) / width);
    }
  return canvas;
}

Canvas averaged(const Canvas& canvas, Index group) {
  assert(group > 0 && canvas.rows() % group == 0);
  Canvas out = Canvas::Zero(canvas.rows() / group, canvas.cols() / group);
  const float share = 1 / static_cast<float>(group * group);
  for (Index i = 0; i < canvas.rows(); ++i)
    for (Index j = 0; j < out.cols(); ++j)
      for (Index k = 0; k < group; ++k) out(i / group, j) += share * canvas(i, j * group + k);
  return out;
}

Canvas resampled(const Canvas& canvas, Index side) {
  const std::vector<Mixture> all = mixtures(side, canvas.rows());
  const Canvas once = mix_rows(canvas, all).transpose();
  return mix_rows(once, all).transpose();
}

Canvas blurred(const Canvas& canvas, float deviation) {
  const std::vector<float> weights = gaussian_weights(double{deviation} * static_cast<double>(canvas.rows()));
  const Canvas once = blur_rows(canvas, weights).transpose();
  return blur_rows(once, weights).transpose();
}

}  // namespace quartic::detail
