#include "models/flexible/mlp/loss.hpp"

#include <algorithm>
#include <cmath>

namespace quartic::detail {

namespace {

template <class Real>
struct Judged {
  Real error, slope;  // d(loss)/df
};

template <class Real>
Judged<Real> judged(const Loss& loss, Real score, Real label) {
  if (loss.kind == LossKind::logistic) {
    // e^-|f| never overflows.
    const Real e = std::exp(-std::abs(score)), denominator = 1 + e;
    const Real error = std::log(denominator) + (std::max(score, Real(0)) - label * score);
    return {error, (score > 0 ? Real(1) : e) / denominator - label};
  }
  const Real r = score - label;
  if (loss.kind == LossKind::squared) return {r * r, r};
  const Real delta = static_cast<Real>(loss.delta), clamped = std::clamp(r, -delta, delta);
  return {clamped * (r + (r - clamped)), clamped};
}

}  // namespace

template <class Real>
void add_errors_and_slopes(const Loss& loss, std::span<const Real> scores, std::span<const Real> labels,
                           std::span<Real> slopes, std::span<double> sums) {
  const std::size_t members = sums.size(), count = scores.size() / members;
  const Real rows = static_cast<Real>(count);
  for (std::size_t i = 0; i < scores.size(); i += members)
    for (std::size_t m = 0; m < members; ++m) {
      const Judged<Real> one = judged(loss, scores[i + m], labels[i + m]);
      sums[m] += static_cast<double>(one.error);
      slopes[i + m] = one.slope / rows;
    }
}

template <class Real>
double errors_and_slopes(const Loss& loss, std::span<const Real> scores, std::span<const Real> labels,
                         std::span<Real> slopes) {
  double sum = 0;
  add_errors_and_slopes(loss, scores, labels, slopes, {&sum, 1});
  return sum;
}

template <class Real>
double add_errors(const Loss& loss, std::span<const Real> scores, std::span<const Real> labels, double sum) {
  for (std::size_t i = 0; i < scores.size(); ++i)
    sum += static_cast<double>(judged(loss, scores[i], labels[i]).error);
  return sum;
}

template <class Real>
double error_of_constant(const Loss& loss, std::span<const Real> labels) {
  const double rows = static_cast<double>(labels.size());
  double sum = 0;
  for (const Real label : labels) sum += static_cast<double>(label);
  const double mean = sum / rows;
  double error = 0;
  if (loss.kind == LossKind::logistic) {
    if (mean > 0 && mean < 1) error = -mean * std::log(mean) - (1 - mean) * std::log(1 - mean);
  } else {
    for (const Real label : labels)
      error += (static_cast<double>(label) - mean) * (static_cast<double>(label) - mean);
    error /= rows;
  }
  return error > 0 ? error : 1;
}

template void add_errors_and_slopes(const Loss&, std::span<const float>, std::span<const float>,
                                    std::span<float>, std::span<double>);
template double errors_and_slopes(const Loss&, std::span<const float>, std::span<const float>,
                                  std::span<float>);
template void add_errors_and_slopes(const Loss&, std::span<const double>, std::span<const double>,
                                    std::span<double>, std::span<double>);
template double errors_and_slopes(const Loss&, std::span<const double>, std::span<const double>,
                                  std::span<double>);
template double add_errors(const Loss&, std::span<const float>, std::span<const float>, double);
template double add_errors(const Loss&, std::span<const double>, std::span<const double>, double);
template double error_of_constant(const Loss&, std::span<const float>);
template double error_of_constant(const Loss&, std::span<const double>);

double slope_row_flops(const Loss& loss) {
  switch (loss.kind) {
    case LossKind::squared:
      return 4;
    case LossKind::huber:
      return 6;
    case LossKind::logistic:
      return 10;
  }
  return 0;
}

double error_row_flops(const Loss& loss) {
  switch (loss.kind) {
    case LossKind::squared:
      return 3;
    case LossKind::huber:
      return 5;
    case LossKind::logistic:
      return 7;
  }
  return 0;
}

double constant_flops(const Loss& loss, double rows) {
  return loss.kind == LossKind::logistic ? rows + 7 : 4 * rows + 2;
}

}  // namespace quartic::detail
