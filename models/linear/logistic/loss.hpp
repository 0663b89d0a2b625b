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

/// The same of one row.
struct LogisticRow {
  double residual, weight, loss;
};
inline LogisticRow logistic_row(double s, bool one) {
  const double e = std::exp(-std::abs(s)), q = 1 / (1 + e), small = e * q;
  const bool right = one == (s > 0);
  return {(one ? -1 : 1) * (right ? small : q), small * q, std::log1p(e) + (right ? 0 : std::abs(s))};
}

/// The same of some rows, into places given; returns the sum of the losses.
struct RowPlaces {
  double *residuals, *weights;
};
inline double put_logistic_rows(std::span<const double> scores, const double* y, RowPlaces to) {
  double sum = 0;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    const LogisticRow row = logistic_row(scores[i], y[i] > 0);
    to.weights[i] = row.weight;
    to.residuals[i] = row.residual;
    sum += row.loss;
  }
  return sum;
}

/// logistic_flops::rows(n). With case weights (n, of mean 1) row i counts case_weights_i times: case_weights(n) more.
inline LogisticRows logistic_rows(const Eigen::Ref<const Vector>& scores, VectorView y,
                                  VectorView case_weights = {nullptr, 0}) {
  const Index n = scores.size();
  LogisticRows rows{Vector(n), Vector(n), 0};
  if (case_weights.size() == 0)
    rows.loss = put_logistic_rows({scores.data(), static_cast<std::size_t>(n)}, y.data(),
                                  {rows.residuals.data(), rows.weights.data()});
  for (Index i = 0; i < case_weights.size(); ++i) {
    const LogisticRow row = logistic_row(scores[i], y[i] > 0);
    rows.residuals[i] = case_weights[i] * row.residual;
    rows.weights[i] = case_weights[i] * row.weight;
    rows.loss += case_weights[i] * row.loss;
  }
  rows.loss /= static_cast<double>(n);
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
