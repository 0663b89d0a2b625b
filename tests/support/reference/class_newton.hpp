#pragma once
/// Newton's method with halved steps for the logistic likelihood, by columns and by rows, slow and obvious.
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
ClassRows<T> class_rows(const Numbers<T>& scores, const Numbers<T>& y) {
  ClassRows<T> rows;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    const T e = exp(-abs(scores[i])), sum = T(1) + e, q = T(1) / sum, small = e * q;
    const bool one = y[i] == T(1), right = one == (scores[i] > T(0));
    rows.weights.push_back(small * q);
    rows.residuals.push_back(one ? -(right ? small : q) : (right ? small : q));
    rows.loss += log(sum) + (right ? T(0) : abs(scores[i]));
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
ClassPoint<T> newton(Form form, const Numbers<T>& y, std::size_t parameters, double tolerance) {
  const auto evaluate = [&](Numbers<T> b, Numbers<T> scores) {
    ClassPoint<T> point{std::move(b), std::move(scores), {}, T(0)};
    point.rows = class_rows(point.scores, y);
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
    const double fall = std::max(2.0, 200 / static_cast<double>(x.columns));
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
    bool kept = !corrected;
    for (std::size_t i = 0; i < x.rows; ++i) {
      const double residual = static_cast<double>(point.rows.residuals[i]);
      const double turned =
          static_cast<double>(memory.from.rows.weights[i]) * static_cast<double>(step.scores[i]);
      kept = kept && (residual + turned) / residual > 0.5;
    }
    exists = exists || kept;
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

template <class T>
struct LogisticByRows {
  const Grid<T>& gram;
  double penalty;
  bool intercept;

  static constexpr bool exists = true;
  void prove(const ClassStep<T>&, const ClassPoint<T>&) const {}
  std::size_t rows() const { return gram.rows; }
  Numbers<T> weights_of(const ClassPoint<T>& point) const {
    return {point.parameters.begin(), point.parameters.begin() + static_cast<long>(rows())};
  }
  T objective(const Numbers<T>& scores, const Numbers<T>& a, T loss) const {
    T square = T(0);
    for (std::size_t i = 0; i < rows(); ++i) square += a[i] * (intercept ? scores[i] - a[rows()] : scores[i]);
    return loss + T(0.5) * T(penalty) * square;
  }
  T certificate(const ClassPoint<T>& point) const {
    const T strength = T(static_cast<double>(rows())) * T(penalty);
    Numbers<T> pull, sum;
    for (std::size_t i = 0; i < rows(); ++i) {
      pull.push_back(strength * point.parameters[i]);
      sum.push_back(pull[i] + point.rows.residuals[i]);
    }
    return norm(sum) / (norm(pull) + norm(point.rows.residuals));
  }
  static Numbers<T> times(Numbers<T> a, const Numbers<T>& b) {
    for (std::size_t i = 0; i < a.size(); ++i) a[i] *= b[i];
    return a;
  }
  static T sum(const Numbers<T>& a) {
    T total = T(0);
    for (const T& number : a) total += number;
    return total;
  }
  ClassStep<T> step(const ClassPoint<T>& point) const {
    const double n = static_cast<double>(rows());
    const T strength = T(n) * T(penalty);
    Numbers<T> roots, response;
    for (const T& weight : point.rows.weights) roots.push_back(sqrt(weight));
    Grid<T> system(rows(), rows());
    for (std::size_t i = 0; i < rows(); ++i)
      for (std::size_t k = 0; k <= i; ++k) system(i, k) = gram(i, k) * roots[i] * roots[k];
    for (std::size_t i = 0; i < rows(); ++i) system(i, i) += strength;
    const Grid<T> factor = cholesky(system);
    for (std::size_t i = 0; i < rows(); ++i)
      response.push_back(roots[i] * point.scores[i] - point.rows.residuals[i] / roots[i]);
    Numbers<T> next = times(solve(factor, response), roots);
    T shift = T(0);
    if (intercept) {
      const Numbers<T> ones = times(solve(factor, roots), roots);
      shift = sum(next) / sum(ones);
      for (std::size_t i = 0; i < rows(); ++i) next[i] -= shift * ones[i];
    }
    Numbers<T> change = difference(next, weights_of(point));
    const Numbers<T> pulled = product(gram, change);
    const T slope = dot(point.rows.residuals, pulled) / T(n) + T(penalty) * dot(weights_of(point), pulled);
    if (!intercept) return {change, pulled, slope};
    change.push_back(shift - point.parameters[rows()]);
    Numbers<T> scores = pulled;
    for (T& score : scores) score += change[rows()];
    return {change, scores, slope};
  }
};

}  // namespace quartic::reference
