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

SparseVector by_column(const std::vector<Index>& support, const std::vector<double>& beta) {
  SparseVector sorted;
  for (const std::size_t k : order_by(support.size(), [&](std::size_t a) { return support[a]; })) {
    sorted.columns.push_back(support[k]);
    sorted.values.push_back(beta[k]);
  }
  return sorted;
}

std::vector<Index> by_importance(const std::vector<Index>& support, const std::vector<double>& beta,
                                 const Covariance& covariance) {
  const auto importance = [&](std::size_t k) {
    return std::visit([&](const auto& law) { return beta[k] * beta[k] * law.variance(support[k]); },
                      covariance);
  };
  std::vector<Index> columns;
  for (const std::size_t k : order_by(support.size(), [&](std::size_t a) { return -importance(a); }))
    columns.push_back(support[k]);
  return columns;
}

// Scales beta to the signal asked for, and returns the signal.
double scale_to_signal(SparseVector& beta, double natural, double wanted) {
  if (wanted == 0) return natural;
  const double factor = std::sqrt(wanted / natural);
  for (double& b : beta.values) b *= factor;
  return wanted;
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

PoolTruth draw_sparse_score(const Pool& pool, const ScoreForm& form, const Stream& truth) {
  const std::vector<Index> support =
      draw_support(pool.support, pool.candidates, pool.relevant, truth.child("support"));
  const std::vector<double> natural =
      draw_coefficients(form.coefficients, pool.relevant, truth.child("coefficients"));
  Covariance covariance = make_covariance(form.covariance, pool.candidates);
  SparseVector beta = by_column(support, natural);
  const double signal = scale_to_signal(beta, quadratic_form_of(covariance, beta), pool.signal);
  std::vector<Index> relevant = by_importance(support, natural, covariance);
  return {.candidates = pool.candidates,
          .covariance = covariance,
          .relevant = std::move(relevant),
          .columns = beta.columns,
          .answer = [values = beta.values](const Matrix& z) { return linear_answer(values, z); },
          .slopes = beta.values,
          .quadratic_form = [covariance](const Vector& v) { return quadratic_form_of(covariance, v); },
          .signal = signal,
          .nonlinear = {},
          .noise = Noise("gaussian", 0)};
}

}  // namespace quartic
