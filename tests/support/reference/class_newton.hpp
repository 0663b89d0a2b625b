#pragma once
/// Newton's method with halved steps for the logistic likelihood, by columns, slow and obvious; by rows:
/// class_newton_by_rows.hpp.
#include "tests/support/reference/linear.hpp"

namespace quartic::reference {

using std::abs;
using std::exp;
using std::log;

template <class T>
struct ClassRows {
  Numbers<T> residuals, weights;
  T loss = T(0);
};

template <class T>
ClassRows<T> class_rows(const Numbers<T>& scores, const Numbers<T>& y, const Numbers<T>& case_weights = {}) {
  ClassRows<T> rows;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    const T e = exp(-abs(scores[i])), sum = T(1) + e, q = T(1) / sum, small = e * q;
    const bool one = y[i] == T(1), right = one == (scores[i] > T(0));
    rows.weights.push_back(small * q);
    rows.residuals.push_back(one ? -(right ? small : q) : (right ? small : q));
    const T loss = log(sum) + (right ? T(0) : abs(scores[i]));
    rows.loss += case_weights.empty() ? loss : case_weights[i] * loss;
    if (case_weights.empty()) continue;
    rows.weights[i] *= case_weights[i];
    rows.residuals[i] *= case_weights[i];
  }
  rows.loss /= T(static_cast<double>(scores.size()));
  return rows;
}

template <class T>
Numbers<T> moved(const Numbers<T>& from, double length, const Numbers<T>& by) {
  Numbers<T> to;
  for (std::size_t i = 0; i < from.size(); ++i) to.push_back(from[i] + T(length) * by[i]);
  return to;
}

/// What both forms have in common: the scores, the parameters, what is minimised.
template <class T>
struct ClassPoint {
  Numbers<T> parameters, scores;
  ClassRows<T> rows;
  T objective = T(0);
};

/// A whole step: changes, and the slope of the objective.
template <class T>
struct ClassStep {
  Numbers<T> parameters, scores;
  T slope = T(0);
};

/// Newton's method on `form`, which has objective(scores, parameters, loss), certificate(point) and, called after it,
/// step(point); until the certificate is small and form.exists(step, point).
template <class T, class Form>
ClassPoint<T> newton(Form form, const Numbers<T>& y, std::size_t parameters, double tolerance,
                     const Numbers<T>& case_weights = {}) {
  const auto evaluate = [&](Numbers<T> b, Numbers<T> scores) {
    ClassPoint<T> point{std::move(b), std::move(scores), {}, T(0)};
    point.rows = class_rows(point.scores, y, case_weights);
    point.objective = form.objective(point.scores, point.parameters, point.rows.loss);
    return point;
  };
  ClassPoint<T> point = evaluate(Numbers<T>(parameters, T(0)), Numbers<T>(y.size(), T(0)));
  for (int iteration = 0; iteration < 100; ++iteration) {
    const bool small = static_cast<double>(form.certificate(point)) <= tolerance;
    if (small && form.exists) break;
    const ClassStep<T> step = form.step(point);
    form.prove(step, point);
    if (small && form.exists) break;
    const double slope = static_cast<double>(step.slope);
    const double before = static_cast<double>(point.objective);
    for (double length = 1;; length /= 2) {
      ClassPoint<T> next = evaluate(moved(point.parameters, length, step.parameters),
                                    moved(point.scores, length, step.scores));
      const bool fell = static_cast<double>(next.objective) <= before + 1e-4 * length * slope;
      if (!fell && !(-slope <= 1e-12 * before)) continue;
      point = std::move(next);
      break;
    }
  }
  return point;
}

template <class T>
struct LogisticByColumns {
  const Grid<T>& x;
  Numbers<T> penalties;  // empty: none
  T size;
  bool exists;  // a finite maximum is proven

  LogisticByColumns(const Grid<T>& columns, Numbers<T> weights)
      : x(columns), penalties(std::move(weights)), size(norm(columns.numbers)), exists(!penalties.empty()) {}

  T objective(const Numbers<T>&, const Numbers<T>& b, T loss) const {
    if (penalties.empty()) return loss;
    T square = T(0);
    for (std::size_t j = 0; j < b.size(); ++j) square += b[j] * b[j] * penalties[j];
    return loss + T(0.5) * square;
  }
  Numbers<T> pull(const ClassPoint<T>& point) const {
    Numbers<T> pull;
    for (std::size_t j = 0; j < penalties.size(); ++j) pull.push_back(penalties[j] * point.parameters[j]);
    return pull;
  }
  Numbers<T> gradient = {};
  T certificate(const ClassPoint<T>& point) {
    gradient = product(transpose(x), point.rows.residuals);
    for (T& g : gradient) g /= T(static_cast<double>(x.rows));
    T terms = size * norm(point.rows.residuals) / T(static_cast<double>(x.rows));
    if (!penalties.empty()) {
      const Numbers<T> pulled = pull(point);
      for (std::size_t j = 0; j < pulled.size(); ++j) gradient[j] += pulled[j];
      terms += norm(pulled);
    }
    const T ratio = norm(gradient) / terms;
    certified = static_cast<double>(ratio);
    return ratio;
  }
  // The factor of the Hessian of an earlier point `from`, and what was learned since.
  struct Memory {
    ClassPoint<T> from;
    Grid<T> factor{0, 0};
    Numbers<T> parameters, gradient;  // of the last step
    double certified = 0;
    std::vector<Numbers<T>> steps, changes;
    std::vector<T> curvatures;
  };
  Memory memory = {};
  double certified = 0;
  bool corrected = false;

  ClassStep<T> step(const ClassPoint<T>& point) {
    const double fall = 2 * std::max(1.0, 100 / static_cast<double>(x.columns));
    if (memory.factor.rows > 0 && certified * fall <= memory.certified) {
      memory.steps.push_back(difference(point.parameters, memory.parameters));
      memory.changes.push_back(difference(gradient, memory.gradient));
      memory.curvatures.push_back(dot(memory.steps.back(), memory.changes.back()));
    } else {
      memory = {point, cholesky(hessian(point)), {}, {}, 0, {}, {}, {}};
    }
    memory.parameters = point.parameters;
    memory.gradient = gradient;
    memory.certified = certified;
    corrected = !memory.steps.empty() && (exists || certified > 1e-6);
    const Numbers<T> change = corrected ? by_secants() : solve(memory.factor, negative(gradient));
    return {change, product(x, change), dot(gradient, change)};
  }
  void prove(const ClassStep<T>& step, const ClassPoint<T>& point) {
    if (exists || corrected) return;
    exists = true;
    for (std::size_t i = 0; i < x.rows; ++i) {
      const T residual = point.rows.residuals[i], half = T(0.5) * abs(residual);
      const T turned = memory.from.rows.weights[i] * step.scores[i];
      if (residual > T(0) ? -turned > half : turned > half) exists = false;
    }
  }
  static Numbers<T> negative(Numbers<T> numbers) {
    for (T& number : numbers) number = -number;
    return numbers;
  }
  Numbers<T> by_secants() const {
    Numbers<T> right = negative(gradient), parts(memory.steps.size(), T(0));
    for (std::size_t k = parts.size(); k-- > 0;) {
      parts[k] = dot(memory.steps[k], right) / memory.curvatures[k];
      for (std::size_t j = 0; j < right.size(); ++j) right[j] -= parts[k] * memory.changes[k][j];
    }
    Numbers<T> change = solve(memory.factor, right);
    for (std::size_t k = 0; k < parts.size(); ++k) {
      const T part = parts[k] - dot(memory.changes[k], change) / memory.curvatures[k];
      for (std::size_t j = 0; j < change.size(); ++j) change[j] += part * memory.steps[k][j];
    }
    return change;
  }
  Grid<T> hessian(const ClassPoint<T>& point) const {
    Grid<T> scaled = transpose(x);
    for (std::size_t i = 0; i < x.rows; ++i) {
      const T root = sqrt(point.rows.weights[i] / T(static_cast<double>(x.rows)));
      for (std::size_t j = 0; j < x.columns; ++j) scaled(j, i) *= root;
    }
    Grid<T> hessian = gram_of_rows(scaled);
    for (std::size_t j = 0; j < penalties.size(); ++j) hessian(j, j) += penalties[j];
    return hessian;
  }
};

}  // namespace quartic::reference
