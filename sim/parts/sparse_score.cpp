#include "sim/parts/sparse_score.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace quartic {

namespace {

// Positions 0 .. size-1 so that keys ascend; equal keys keep their order.
template <class Key>
std::vector<std::size_t> order_by(std::size_t size, const Key& key) {
  std::vector<std::size_t> order(size);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return key(a) < key(b); });
  return order;
}

SparseVector by_column(const Coefficients& beta) {
  SparseVector sorted;
  for (const std::size_t k : order_by(beta.support.size(), [&](std::size_t a) { return beta.support[a]; })) {
    sorted.columns.push_back(beta.support[k]);
    sorted.values.push_back(beta.values[k]);
  }
  return sorted;
}

std::vector<Index> by_importance(const Coefficients& beta, const Covariance& covariance) {
  const auto importance = [&](std::size_t k) {
    return std::visit(
        [&](const auto& law) { return beta.values[k] * beta.values[k] * law.variance(beta.support[k]); },
        covariance);
  };
  std::vector<Index> columns;
  for (const std::size_t k : order_by(beta.support.size(), [&](std::size_t a) { return -importance(a); }))
    columns.push_back(beta.support[k]);
  return columns;
}

// Each sum in the order of the columns, so that its bits do not depend on the processor.
Vector linear_answer(const std::vector<double>& beta, const Matrix& z) {
  Vector sums(z.rows());
  for (Index i = 0; i < z.rows(); ++i) {
    double sum = 0;
    for (Index k = 0; k < z.cols(); ++k) sum += z(i, k) * beta[static_cast<std::size_t>(k)];
    sums[i] = sum;
  }
  return sums;
}

double quadratic_form_of(const Covariance& covariance, const auto& v) {
  return std::visit([&](const auto& law) { return law.quadratic_form(v); }, covariance);
}

}  // namespace

PoolTruth make_sparse_score(Index candidates, const Covariance& covariance, const Coefficients& beta) {
  const SparseVector sorted = by_column(beta);
  return {.candidates = candidates,
          .covariance = covariance,
          .relevant = by_importance(beta, covariance),
          .columns = sorted.columns,
          .answer = [values = sorted.values](const Matrix& z) { return linear_answer(values, z); },
          .slopes = sorted.values,
          .quadratic_form = [covariance](const Vector& v) { return quadratic_form_of(covariance, v); },
          .signal = quadratic_form_of(covariance, sorted),
          .nonlinear = {},
          .noise = Noise("gaussian", 0)};
}

PoolTruth draw_sparse_score(const Pool& pool, const ScoreForm& form, const Stream& truth) {
  Coefficients beta{draw_support(pool.support, pool.candidates, pool.relevant, truth.child("support")),
                    draw_coefficients(form.coefficients, pool.relevant, truth.child("coefficients"))};
  const Covariance covariance = make_covariance(form.covariance, pool.candidates);
  PoolTruth natural = make_sparse_score(pool.candidates, covariance, beta);
  if (pool.signal == 0) return natural;
  const double factor = std::sqrt(pool.signal / natural.signal);
  for (double& b : beta.values) b *= factor;
  PoolTruth scaled = make_sparse_score(pool.candidates, covariance, beta);
  scaled.relevant = std::move(natural.relevant);
  scaled.signal = pool.signal;
  return scaled;
}

}  // namespace quartic
