#pragma once
/// Proximal Newton steps of reference for the logistic lasso, on a working set of all columns: slow and obvious.
#include "tests/support/reference/class_newton.hpp"

namespace quartic::reference {

template <class T>
struct SparseNewton {
  const Grid<T>& columns;  // row k: column k over all rows; the first `free` are not penalised
  const Numbers<T>& y;
  std::size_t free = 0;
  double absolute = 0, square = 0;

  Numbers<T> b = {}, scores = {};
  std::vector<std::size_t> inner = {};
  Numbers<T> weights = {};
  Grid<T> hessian = {0, 0};
  std::vector<Numbers<T>> weighted = {};
  bool stale = true;
  ClassRows<T> here = {};
  Numbers<T> gradient = {};

  double rows() const { return static_cast<double>(columns.columns); }
  Numbers<T> column(std::size_t k) const {
    const auto first = columns.numbers.begin() + static_cast<long>(k * columns.columns);
    return {first, first + static_cast<long>(columns.columns)};
  }
  bool is_inner(std::size_t k) const { return std::find(inner.begin(), inner.end(), k) != inner.end(); }

  void solve(double slack) {
    b.resize(columns.rows, T(0));
    scores.resize(columns.columns, T(0));
    if (gradient.empty()) look();
    for (int steps = 0; steps < 100; ++steps) {
      const double worst = violation();
      if (worst <= slack * absolute) return;
      const bool fresh = stale || drifted();
      if (fresh) renew();
      append(entering(absolute * (1 + slack)));
      step(std::max(0.05 * worst, 0.5 * slack * absolute));
      stale = false;
    }
  }

  void look() {
    here = class_rows(scores, y);
    gradient = product(columns, here.residuals);
    for (T& g : gradient) g /= T(rows());
  }

  double violation() const {
    double worst = 0;
    for (std::size_t k = 0; k < b.size(); ++k) {
      T violation = abs(gradient[k]);
      if (k >= free && b[k] == T(0)) violation = abs(gradient[k]) - T(absolute);
      if (k >= free && b[k] != T(0))
        violation = abs(gradient[k] + T(square) * b[k] + T(b[k] < T(0) ? -absolute : absolute));
      worst = std::max(worst, static_cast<double>(violation));
    }
    return worst;
  }

  static T bounded(T weight) { return weight < T(1e-6) ? T(1e-6) : weight; }
  bool drifted() const {
    T differences = T(0), sum = T(0);
    for (std::size_t i = 0; i < weights.size(); ++i) {
      differences += abs(bounded(here.weights[i]) - weights[i]);
      sum += weights[i];
    }
    return differences > T(0.1) * sum;
  }

  Numbers<T> roots = {};
  void renew() {
    weights.clear();
    roots.clear();
    for (const T& weight : here.weights) {
      weights.push_back(bounded(weight));
      roots.push_back(sqrt(weights.back() / T(rows())));
    }
    inner.clear();
    weighted.clear();
    hessian = Grid<T>(columns.rows, columns.rows);
  }

  std::vector<std::size_t> entering(double threshold) const {
    std::vector<std::size_t> found;
    for (std::size_t k = 0; k < b.size(); ++k)
      if (!is_inner(k) && (k < free || abs(gradient[k]) > T(threshold) || b[k] != T(0))) found.push_back(k);
    return found;
  }

  void append(const std::vector<std::size_t>& places) {
    for (std::size_t k : places) {
      Numbers<T> scaled = column(k);
      for (std::size_t i = 0; i < scaled.size(); ++i) scaled[i] *= roots[i];
      inner.push_back(k);
      weighted.push_back(scaled);
      const std::size_t at = inner.size() - 1;
      for (std::size_t l = 0; l <= at; ++l) hessian(at, l) = hessian(l, at) = dot(weighted[l], scaled);
    }
  }

  T next_coefficient(std::size_t k, T now, T slope) const {
    if (k < free) return now - slope / hessian(k, k);
    const T value = hessian(k, k) * now - slope, size = abs(value) - T(absolute);
    const T shrunk = size > T(0) ? (value < T(0) ? -size : size) : T(0);
    return shrunk / (hessian(k, k) + T(square));
  }

  T penalty(const Numbers<T>& coefficients) const {
    T sum = T(0), squares = T(0);
    for (std::size_t k = free; k < coefficients.size(); ++k) {
      sum += abs(coefficients[k]);
      squares += coefficients[k] * coefficients[k];
    }
    return T(absolute) * sum + T(0.5) * T(square) * squares;
  }

  Numbers<T> minimum(double accuracy) const {
    Numbers<T> now, slopes;
    for (std::size_t k : inner) now.push_back(b[k]), slopes.push_back(gradient[k]);
    for (int sweep = 0; sweep < 2000; ++sweep) {
      double worst = 0;
      for (std::size_t k = 0; k < inner.size(); ++k) {
        const T next = next_coefficient(k, now[k], slopes[k]), move = next - now[k];
        if (k >= free && move == T(0)) continue;
        worst = std::max(worst, static_cast<double>(abs(move) * hessian(k, k)));
        for (std::size_t l = 0; l < inner.size(); ++l) slopes[l] += move * hessian(k, l);
        now[k] = next;
      }
      if (worst <= accuracy) break;
    }
    return now;
  }

  void step(double accuracy) {
    Numbers<T> start, slopes;
    for (std::size_t k : inner) start.push_back(b[k]), slopes.push_back(gradient[k]);
    const Numbers<T> end = minimum(accuracy), change = difference(end, start);
    const T before = penalty(start), slope = dot(slopes, change) + (penalty(end) - before);
    const T objective = here.loss + before;
    const Numbers<T> from = scores;
    for (double length = 1;; length /= 2) {
      Numbers<T> trial = start;
      scores = from;
      for (std::size_t k = 0; k < inner.size(); ++k) {
        const T by = T(length) * change[k];
        trial[k] += by;
        for (std::size_t i = 0; by != T(0) && i < scores.size(); ++i) scores[i] += by * columns(inner[k], i);
      }
      look();
      for (std::size_t k = 0; k < inner.size(); ++k) b[inner[k]] = trial[k];
      const T next = here.loss + penalty(trial);
      if (next <= objective + T(1e-4) * T(length) * slope + T(1e-15) * objective) return;
    }
  }
};

}  // namespace quartic::reference
