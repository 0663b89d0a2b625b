#pragma once
/// The logistic likelihood with ridge by rows, for the method of class_newton.hpp.
#include "tests/support/reference/class_newton.hpp"

namespace quartic::reference {

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
