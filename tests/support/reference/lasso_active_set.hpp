#pragma once
/// The active-set solver of models/linear/lasso/active_set.hpp in its slow, obvious form, on any scalar: with
/// CountingScalar it counts what the bill must say. Control (thresholds, ranks) is done in double and counts
/// nothing.
#include <algorithm>
#include <cmath>
#include <vector>

#include "models/linear/lasso/path.hpp"
#include "tests/support/counting_scalar.hpp"

namespace quartic::reference {

/// Rows of a Cholesky factor that come and go.
template <class S>
struct LassoFactor {
  std::vector<std::vector<S>> rows;

  std::size_t size() const { return rows.size(); }
  std::vector<S> forward(std::vector<S> z) const {
    for (std::size_t i = 0; i < z.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) z[i] -= rows[i][j] * z[j];
      z[i] /= rows[i][i];
    }
    return z;
  }
  std::vector<S> solve(std::vector<S> rhs) const {
    std::vector<S> x = forward(std::move(rhs));
    for (std::size_t i = x.size(); i-- > 0;) {
      for (std::size_t j = i + 1; j < x.size(); ++j) x[i] -= rows[j][i] * x[j];
      x[i] /= rows[i][i];
    }
    return x;
  }
  bool append(const std::vector<S>& products, S diagonal) {
    std::vector<S> row = forward(products);
    S pivot = diagonal;
    for (const S& entry : row) pivot -= entry * entry;
    if (!(double(pivot) > 1e-10 * double(diagonal))) return false;
    row.push_back(sqrt(pivot));
    rows.push_back(std::move(row));
    return true;
  }
  void remove(std::size_t position) {
    rows.erase(rows.begin() + static_cast<long>(position));
    for (std::size_t j = position; j < size(); ++j) {  // row j has one entry too many: rotate it away
      const S a = rows[j][j], b = rows[j][j + 1], norm = sqrt(a * a + b * b), c = a / norm, s = b / norm;
      rows[j][j] = norm;
      rows[j].pop_back();
      for (std::size_t i = j + 1; i < size(); ++i) {
        const S left = rows[i][j], right = rows[i][j + 1];
        rows[i][j] = c * left + s * right;
        rows[i][j + 1] = c * right - s * left;
      }
    }
  }
};

/// 1/2 b'Gb - q'b + level |b|_1 by the active set.
template <class S>
struct LassoActiveSet {
  LassoFactor<S> factor;
  std::vector<std::size_t> support;
  std::vector<double> signs;
  std::vector<S> b, gradient;
  std::vector<bool> barred;

  void solve(const Grid<S>& G, const std::vector<S>& q, double level, double slack) {
    barred.assign(q.size(), false);
    for (std::size_t j : support) barred[j] = true;
    update_gradient(G, q);
    for (double stage = INFINITY; stage > level;) {
      double largest = 0;
      for (const S& c : gradient) largest = std::max(largest, std::abs(double(c)));
      stage = std::max(level, detail::lasso_stage_ratio * largest);
      for (bool settled = false;; settled = true) {
        const std::vector<std::size_t> entering = violators(stage * (1 + slack));
        if (entering.empty() && (settled || support.empty())) break;
        enter(G, entering);
        move_to_minimum(q, stage);
        update_gradient(G, q);
      }
    }
  }
  void update_gradient(const Grid<S>& G, const std::vector<S>& q) {
    gradient = q;
    for (std::size_t j = 0; j < q.size(); ++j)
      for (std::size_t i = 0; i < support.size(); ++i) gradient[j] -= G(support[i], j) * b[i];
  }
  std::vector<std::size_t> violators(double threshold) const {
    std::vector<std::size_t> found;
    for (std::size_t j = 0; j < gradient.size(); ++j)
      if (!barred[j] && std::abs(double(gradient[j])) > threshold) found.push_back(j);
    std::stable_sort(found.begin(), found.end(), [&](std::size_t a, std::size_t c) {
      return std::abs(double(gradient[a])) > std::abs(double(gradient[c]));
    });
    return found;
  }
  std::vector<S> products(const Grid<S>& G, std::size_t column) const {
    std::vector<S> result;
    for (std::size_t i : support) result.push_back(G(column, i));
    return result;
  }
  bool append(const Grid<S>& G, std::size_t column, S coefficient) {
    if (!factor.append(products(G, column), G(column, column))) return false;
    support.push_back(column);
    signs.push_back(double(gradient[column]) < 0 ? -1 : 1);
    b.push_back(coefficient);
    barred[column] = true;
    return true;
  }
  void enter(const Grid<S>& G, const std::vector<std::size_t>& columns) {
    bool entered = columns.empty();
    for (std::size_t j : columns) entered = append(G, j, S(0)) || entered;
    if (!entered) exchange(G, columns.front());
  }
  void exchange(const Grid<S>& G, std::size_t column) {
    const double entering = double(gradient[column]) < 0 ? -1 : 1;
    std::vector<S> u = factor.solve(products(G, column));
    double noise = 0;
    for (const S& entry : u)
      noise = std::max(noise, detail::lasso_noise_of_null_direction * std::abs(double(entry)));
    std::size_t leaving = u.size();
    S step(0);
    for (std::size_t i = 0; i < u.size(); ++i) {
      if (entering < 0) u[i] = -u[i];
      if (double(u[i]) * signs[i] <= noise) continue;
      const S reach = b[i] / u[i];
      if (leaving < u.size() && double(reach) >= double(step)) continue;
      leaving = i;
      step = reach;
    }
    barred[column] = true;
    if (leaving == u.size()) return;
    for (std::size_t i = 0; i < u.size(); ++i) b[i] -= step * u[i];
    remove(leaving);
    append(G, column, entering < 0 ? -step : step);
  }
  void move_to_minimum(const std::vector<S>& q, double level) {
    while (!support.empty()) {
      std::vector<S> target;
      for (std::size_t i = 0; i < support.size(); ++i)
        target.push_back(signs[i] > 0 ? q[support[i]] - S(level) : q[support[i]] + S(level));
      target = factor.solve(target);
      if (remove_wrong_signs(target)) continue;
      if (step_towards(target)) return;
    }
  }
  bool remove_wrong_signs(const std::vector<S>& target) {
    bool any = false;
    for (std::size_t i = target.size(); i-- > 0;) {
      if (double(b[i]) != 0 || double(target[i]) * signs[i] > 0) continue;
      remove(i);
      any = true;
    }
    return any;
  }
  bool step_towards(const std::vector<S>& target) {
    std::size_t leaving = b.size();
    S step(1);
    for (std::size_t i = 0; i < b.size(); ++i) {
      if (double(target[i]) * signs[i] > 0) continue;
      const S reach = b[i] / (b[i] - target[i]);
      if (leaving < b.size() && double(reach) >= double(step)) continue;
      leaving = i;
      step = reach;
    }
    if (leaving == b.size()) {
      b = target;
      return true;
    }
    for (std::size_t i = 0; i < b.size(); ++i) b[i] += step * (target[i] - b[i]);
    remove(leaving);
    return false;
  }
  void remove(std::size_t position) {
    factor.remove(position);
    barred[support[position]] = false;
    const auto at = static_cast<long>(position);
    support.erase(support.begin() + at);
    signs.erase(signs.begin() + at);
    b.erase(b.begin() + at);
  }
};

}  // namespace quartic::reference
