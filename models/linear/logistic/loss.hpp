#pragma once
/// The log likelihood of classes at given scores, row by row.
#include <cmath>
#include <span>

#include "core/types.hpp"

namespace quartic::detail {

/// For scores s and classes y in {0, 1}, P = 1/(1 + e^-s). All entries keep their relative accuracy however far
/// a score is from zero.
struct LogisticRows {
  Vector residuals;  ///< P - y, the derivative of the loss
  Vector weights;    ///< P (1 - P), the second derivative
  double loss = 0;   ///< the mean of log(1 + e^s) - y s
};

/// The same of some rows, into places given; returns the sum of the losses.
struct RowPlaces {
  double *residuals, *weights;
};
inline double put_logistic_rows(std::span<const double> scores, const double* y, RowPlaces to) {
  double sum = 0;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    const double s = scores[i], e = std::exp(-std::abs(s)), q = 1 / (1 + e), small = e * q;
    const bool one = y[i] > 0, right = one == (s > 0);
    to.weights[i] = small * q;
    to.residuals[i] = (one ? -1 : 1) * (right ? small : q);
    sum += std::log1p(e) + (right ? 0 : std::abs(s));
  }
  return sum;
}

/// logistic_flops::rows(n).
inline LogisticRows logistic_rows(const Eigen::Ref<const Vector>& scores, VectorView y) {
  const Index n = scores.size();
  LogisticRows rows{Vector(n), Vector(n), 0};
  const double sum = put_logistic_rows({scores.data(), static_cast<std::size_t>(n)}, y.data(),
                                       {rows.residuals.data(), rows.weights.data()});
  rows.loss = sum / static_cast<double>(n);
  return rows;
}

/// Whether every row is on its side, by more than the rounding of its score.
inline bool all_on_their_side(const Vector& scores, VectorView y) {
  const double rounding = 1e-9 * scores.cwiseAbs().maxCoeff();
  for (Index i = 0; i < scores.size(); ++i)
    if (!((y[i] > 0 ? scores[i] : -scores[i]) > rounding)) return false;
  return true;
}

}  // namespace quartic::detail
