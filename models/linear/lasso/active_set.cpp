#include "models/linear/lasso/active_set.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/interruption.hpp"
#include "core/machine/processor.hpp"
#include "models/linear/lasso/flops.hpp"

namespace quartic::detail {
namespace {

double sign(double value) {
  return value < 0 ? -1 : 1;
}

// out -= sum_k coefficients_k columns_k, four columns to one sweep over out.
[[gnu::always_inline]] inline void subtract_four(double* __restrict out, Index size,
                                                 const double* const* columns, const double* coefficients) {
  const double *a = columns[0], *b = columns[1], *c = columns[2], *d = columns[3];
  for (Index i = 0; i < size; ++i)
    out[i] -=
        (coefficients[0] * a[i] + coefficients[1] * b[i]) + (coefficients[2] * c[i] + coefficients[3] * d[i]);
}

}  // namespace

LassoActiveSet::Effort LassoActiveSet::solve(const QuadraticView& quadratic, double level, double slack,
                                             Index limit) {
  flops_ = 0;
  moves_ = 0;
  barred_.assign(quadratic.size, 0);
  for (Index j : support_) barred_[j] = 1;
  update_gradient(quadratic);
  for (double stage = std::numeric_limits<double>::infinity(); stage > level;) {
    const double largest = quadratic.size > 0 ? gradient_.cwiseAbs().maxCoeff() : 0;
    const double next = lasso_stage_ratio * largest;
    stage = next > level && next < stage ? next : level;  // a barred column must not hold the stages up
    if (!solve_stage(quadratic, stage, slack, limit)) return {false, moves_, flops_};
  }
  return {true, moves_, flops_};
}

bool LassoActiveSet::solve_stage(const QuadraticView& quadratic, double level, double slack, Index limit) {
  for (bool settled = false;; settled = true) {
    const std::vector<Index> entering = violators(level * (1 + slack));
    if (entering.empty() && (settled || support_.empty())) return true;
    enter(quadratic, entering);
    if (!move_to_minimum(quadratic, level, limit)) return false;
    update_gradient(quadratic);
  }
}

void LassoActiveSet::update_gradient(const QuadraticView& quadratic) {
  gradient_ = Eigen::Map<const Vector>(quadratic.target, quadratic.size);
  const Index active = coefficients_.size();
  const double* columns[4];
  double weights[4];
  for (Index first = 0; first < active; first += 4) {
    for (Index k = 0; k < 4; ++k) {
      const Index at = std::min(first + k, active - 1);
      columns[k] = quadratic.column(support_[at]);
      weights[k] = first + k < active ? coefficients_[at] : 0;
    }
    OnProcessor<subtract_four>::run(gradient_.data(), quadratic.size, columns, weights);
  }
  flops_ += lasso_flops::gradient(quadratic.size, active);
}

std::vector<Index> LassoActiveSet::violators(double threshold) const {
  std::vector<Index> found;
  for (Index j = 0; j < gradient_.size(); ++j)
    if (std::abs(gradient_[j]) > threshold && !barred_[j]) found.push_back(j);
  std::stable_sort(found.begin(), found.end(),
                   [&](Index a, Index b) { return std::abs(gradient_[a]) > std::abs(gradient_[b]); });
  return found;
}

void LassoActiveSet::enter(const QuadraticView& quadratic, std::span<const Index> columns) {
  if (columns.empty() || append(quadratic, columns) > 0) return;
  exchange(quadratic, columns.front());
}

// Appends what does not depend on the rest, with coefficients of zero; returns how many.
Index LassoActiveSet::append(const QuadraticView& quadratic, std::span<const Index> columns) {
  const Index count = static_cast<Index>(columns.size()), before = coefficients_.size();
  Eigen::MatrixXd products(count, before), among(count, count);
  for (Index e = 0; e < count; ++e) {
    products.row(e) = support_products(quadratic, columns[e]).transpose();
    for (Index f = 0; f <= e; ++f) among(e, f) = quadratic.column(columns[e])[columns[f]];
  }
  const std::vector<bool> appended = factor_.append(std::move(products), std::move(among));
  for (Index e = 0; e < count; ++e) {
    flops_ += lasso_flops::factor_append(static_cast<Index>(support_.size()));
    if (!appended[e]) continue;
    ++flops_;
    support_.push_back(columns[e]);
    signs_.push_back(sign(gradient_[columns[e]]));
    barred_[columns[e]] = 1;
  }
  const Index added = static_cast<Index>(support_.size()) - before;
  coefficients_.conservativeResize(before + added);
  coefficients_.tail(added).setZero();
  return added;
}

// x_j = X_A u, so b_j = t s_j, b_A - t s_j u fits the same and has a smaller norm until a coefficient reaches
// zero.
void LassoActiveSet::exchange(const QuadraticView& quadratic, Index column) {
  barred_[column] = 1;
  if (support_.empty()) return;
  const double entering = sign(gradient_[column]);
  const Vector u = factor_.solve(support_products(quadratic, column)) * entering;
  flops_ += lasso_flops::factor_solve(u.size());
  const double noise = lasso_noise_of_null_direction * u.cwiseAbs().maxCoeff();
  Index leaving = -1;
  double step = 0;
  for (Index i = 0; i < u.size(); ++i) {
    if (u[i] * signs_[i] <= noise) continue;
    const double reach = coefficients_[i] / u[i];
    ++flops_;
    if (leaving >= 0 && reach >= step) continue;
    leaving = i;
    step = reach;
  }
  if (leaving < 0) return;
  coefficients_ -= step * u;
  flops_ += 2.0 * u.size();
  remove(leaving);
  if (append(quadratic, std::span(&column, 1)) > 0) coefficients_[coefficients_.size() - 1] = step * entering;
}

bool LassoActiveSet::move_to_minimum(const QuadraticView& quadratic, double level, Index limit) {
  while (!support_.empty()) {
    if (moves_ >= limit) return false;
    interruption_point();
    ++moves_;
    const Vector target = minimum_of_orthant(quadratic, level);
    if (remove_wrong_signs(target)) continue;
    if (step_towards(target)) return true;
  }
  return true;
}

Vector LassoActiveSet::minimum_of_orthant(const QuadraticView& quadratic, double level) {
  Vector target(coefficients_.size());
  for (Index i = 0; i < target.size(); ++i) target[i] = quadratic.target[support_[i]] - level * signs_[i];
  flops_ += static_cast<double>(target.size()) + lasso_flops::factor_solve(target.size());
  return factor_.solve(std::move(target));
}

// As far as no coefficient changes its sign; the first to reach zero leaves. Returns true where the target is
// reached.
bool LassoActiveSet::step_towards(const Vector& target) {
  Index leaving = -1;
  double step = 1;
  for (Index i = 0; i < target.size(); ++i) {
    if (target[i] * signs_[i] > 0) continue;
    const double reach = coefficients_[i] / (coefficients_[i] - target[i]);
    flops_ += 2;
    if (leaving >= 0 && reach >= step) continue;
    leaving = i;
    step = reach;
  }
  if (leaving < 0) {
    coefficients_ = target;
    return true;
  }
  coefficients_ += step * (target - coefficients_);
  flops_ += 3.0 * static_cast<double>(target.size());
  remove(leaving);
  return false;
}

// Columns that have just entered and would move against their sign.
bool LassoActiveSet::remove_wrong_signs(const Vector& target) {
  bool any = false;
  for (Index i = target.size() - 1; i >= 0; --i) {
    if (coefficients_[i] != 0 || target[i] * signs_[i] > 0) continue;
    remove(i);
    any = true;
  }
  return any;
}

void LassoActiveSet::remove(Index position) {
  flops_ += lasso_flops::factor_remove(factor_.size() - position - 1);
  factor_.remove(position);
  barred_[support_[position]] = 0;
  support_.erase(support_.begin() + position);
  signs_.erase(signs_.begin() + position);
  const Index behind = coefficients_.size() - position - 1;
  const Vector moved = coefficients_.tail(behind);
  coefficients_.conservativeResize(position + behind);
  coefficients_.tail(behind) = moved;
}

Vector LassoActiveSet::support_products(const QuadraticView& quadratic, Index column) const {
  Vector products(static_cast<Index>(support_.size()));
  const double* from = quadratic.column(column);
  for (Index i = 0; i < products.size(); ++i) products[i] = from[support_[i]];
  return products;
}

}  // namespace quartic::detail
