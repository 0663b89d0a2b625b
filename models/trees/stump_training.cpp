#include "models/trees/stump_training.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/interruption.hpp"
#include "models/trees/flops.hpp"

namespace quartic::detail {

namespace {

namespace flops = stump_flops;

constexpr double kLongestStep =
    4;  // of a score of classes, times the rate: Friedman, Hastie & Tibshirani (2000)

double number(Index count) {
  return static_cast<double>(count);
}

}  // namespace

Vector StumpRule::score(const Matrix& x) const {
  Vector scores(x.rows());
  for (Index i = 0; i < x.rows(); ++i) {
    double sum = base;
    for (const Jump& jump : jumps) sum += x(i, jump.column) > jump.threshold ? jump.height : 0;
    scores(i) = sum;
  }
  return scores;
}

StumpTraining::StumpTraining(const BinnedColumns& columns, Vector labels, const StumpControls& controls)
    : columns_(columns), controls_(controls), labels_(std::move(labels)) {
  for (Index j = 0; j < columns_.columns(); ++j)
    heights_.push_back(Vector::Zero(std::ssize(columns_.thresholds(j))));
  flops_ = flops::places(number(columns_.splits()));
  start();
}

void StumpTraining::start() {
  const Index n = columns_.training();
  const auto y = labels_.head(n);
  if (controls_.loss == StumpLoss::squared) {
    double sum = 0;
    for (Index i = 0; i < n; ++i) sum += y(i);
    base_ = y.minCoeff() == y.maxCoeff() ? y(0) : sum / number(n);
    slopes_ = labels_.array() - base_;
    flops_ += flops::squared_start(number(n)) + flops::held_out_move(number(columns_.rows() - n));
    return;
  }
  const Index ones = (y.array() > 0).count();
  one_class_ = ones == 0 || ones == n;
  base_ = std::log((number(ones) + 0.5) / (number(n - ones) + 0.5));
  scores_ = Vector::Constant(columns_.rows(), base_);
  slopes_.resize(n);
  weights_.resize(n);
  refresh_slopes();
  flops_ += flops::logistic_start(number(n));
}

void StumpTraining::refresh_slopes() {
  for (Index i = 0; i < slopes_.size(); ++i) {
    const double e = std::exp(-std::abs(scores_(i)));
    const double p = (scores_(i) > 0 ? 1 : e) / (1 + e);
    slopes_(i) = labels_(i) - p;
    weights_(i) = p * (1 - p);
  }
}

void StumpTraining::search_column(Index column, double sum, Split& best) const {
  const std::span<const double> counts = columns_.left_counts(column);
  const std::uint8_t* codes = columns_.codes(column).data();
  std::array<double, 256> sums{};
  for (Index i = 0; i < columns_.training(); ++i) sums[codes[i]] += slopes_(i);
  double left = 0;
  for (std::size_t s = 0; s < counts.size(); ++s) {
    left += sums[s];
    const double right = sum - left;
    const double gain = left * left / counts[s] + right * right / (number(columns_.training()) - counts[s]);
    if (gain > best.gain) best = {column, static_cast<Index>(s), left, gain};
  }
}

StumpTraining::Split StumpTraining::find_split(double sum) const {
  Split best;
  for (Index j = 0; j < columns_.columns(); ++j) {
    interruption_point();
    search_column(j, sum, best);
  }
  return best;
}

double StumpTraining::leaf(double sum, double weight) const {
  if (controls_.loss == StumpLoss::squared) return controls_.rate * (sum / weight);
  const double step = weight > 0 ? sum / weight : 0;
  return controls_.rate * std::clamp(step, -kLongestStep, kLongestStep);
}

bool StumpTraining::step() {
  const Index n = columns_.training();
  if (one_class_) return false;
  double sum = 0;
  for (Index i = 0; i < n; ++i) sum += slopes_(i);
  const Split split = find_split(sum);
  flops_ +=
      flops::histograms(number(n), number(columns_.columns())) + flops::search(number(columns_.splits()));
  if (split.column < 0) return false;
  double left_weight = columns_.left_counts(split.column)[static_cast<std::size_t>(split.place)];
  double right_weight = number(n) - left_weight;
  if (controls_.loss == StumpLoss::logistic) {
    const std::span<const std::uint8_t> codes = columns_.codes(split.column);
    left_weight = right_weight = 0;
    for (Index i = 0; i < n; ++i)
      (codes[static_cast<std::size_t>(i)] > split.place ? right_weight : left_weight) += weights_(i);
    flops_ += flops::weights(number(n));
  }
  const double left = leaf(split.left_sum, left_weight), right = leaf(sum - split.left_sum, right_weight);
  base_ += left;
  heights_[static_cast<std::size_t>(split.column)](split.place) += right - left;
  flops_ += flops::leaves();
  move(split, left, right);
  ++rounds_;
  return true;
}

void StumpTraining::move(const Split& split, double left, double right) {
  const std::span<const std::uint8_t> codes = columns_.codes(split.column);
  const bool squared = controls_.loss == StumpLoss::squared;
  Vector& moved = squared ? slopes_ : scores_;
  for (Index i = 0; i < columns_.rows(); ++i) {
    const double height = codes[static_cast<std::size_t>(i)] > split.place ? right : left;
    moved(i) += squared ? -height : height;
  }
  if (!squared) refresh_slopes();
  const double n = number(columns_.training());
  flops_ += (squared ? flops::squared_move(n) : flops::logistic_move(n)) +
            flops::held_out_move(number(columns_.rows()) - n);
}

double StumpTraining::held_out_error() {
  const Index n = columns_.training(), rows = columns_.rows() - n;
  const bool squared = controls_.loss == StumpLoss::squared;
  flops_ += squared ? flops::squared_error(number(rows)) : flops::logistic_error(number(rows));
  double sum = 0;
  for (Index i = n; i < columns_.rows(); ++i) {
    if (squared) {
      sum += slopes_(i) * slopes_(i);
      continue;
    }
    const double wrong = labels_(i) > 0 ? -scores_(i) : scores_(i);
    sum += std::log(1 + std::exp(-std::abs(wrong))) + std::max(wrong, 0.0);
  }
  return sum / number(rows);
}

StumpRule StumpTraining::rule() const {
  StumpRule rule{base_, {}};
  for (Index j = 0; j < columns_.columns(); ++j)
    for (Index s = 0; s < std::ssize(columns_.thresholds(j)); ++s) {
      const double height = heights_[static_cast<std::size_t>(j)](s);
      if (height != 0) rule.jumps.push_back({j, columns_.thresholds(j)[static_cast<std::size_t>(s)], height});
    }
  return rule;
}

}  // namespace quartic::detail
