#pragma once
/// What training makes small, and how errors are told.
#include <span>

#include "core/types.hpp"

namespace quartic::detail {

/// Of a score f and a label y, r = f - y: the loss l, and the error in which it is reported:
///   squared   l = r^2 / 2,                                 error r^2
///   huber     l = r^2 / 2, beyond delta delta (|r| - delta/2), error 2 l       (Huber 1964)
///   logistic  l = log(1 + e^f) - y f  for y in {0, 1},     error l
enum class LossKind { squared, huber, logistic };
struct Loss {
  LossKind kind = LossKind::squared;
  double delta = 1;
  bool operator==(const Loss&) const = default;
};

/// The sum of the errors; slopes_i = dl/df (f_i, y_i) / the number of rows. Sizes agree.
template <class Real>
double errors_and_slopes(const Loss& loss, std::span<const Real> scores, std::span<const Real> labels,
                         std::span<Real> slopes);
/// The same for sums.size() networks at once, to the bit: number i of network m stands at i sums.size() + m. Their sums
/// are added to `sums`.
template <class Real>
void add_errors_and_slopes(const Loss& loss, std::span<const Real> scores, std::span<const Real> labels,
                           std::span<Real> slopes, std::span<double> sums);
/// The sum of the errors alone, added to `sum`.
template <class Real>
double add_errors(const Loss& loss, std::span<const Real> scores, std::span<const Real> labels, double sum);

/// The mean error of the best constant: the variance of the labels (squared, huber), or the entropy of their
/// shares (logistic). 1 where that is zero, so that errors can be told in it.
template <class Real>
double error_of_constant(const Loss& loss, std::span<const Real> labels);

/// Flops a row of the three.
double slope_row_flops(const Loss& loss);
double error_row_flops(const Loss& loss);
double constant_flops(const Loss& loss, double rows);

}  // namespace quartic::detail
