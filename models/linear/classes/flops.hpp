#pragma once
/// What the closed forms and the perceptron for two classes cost, in flops (core/fit.hpp says what counts as one): n
/// rows, p columns, k = min(n, p). Exact, but for eigensystems (models/linear/flops.hpp): counts of the code in
/// tests/support/reference/{two_classes,discriminant,naive_bayes,perceptron}.hpp.
#include "core/types.hpp"
#include "models/linear/flops.hpp"

namespace quartic::detail::class_flops {

/// Rows less the first of their class, their sums, both means and the difference of these.
constexpr double means(double n, double p) {
  return 2 * n * p + 5 * p;
}
/// Rows less their means, times a power of two.
constexpr double deviations(double n, double p) {
  return 2 * n * p;
}
/// log(n1 / n0) - (m0 + m1)'w / 2.
constexpr double rule(double p) {
  return 3 * p + 4;
}
/// log(n + 1).
constexpr double constant() {
  return 1;
}

/// Discriminant: means, the smaller of Z'Z and ZZ', the difference and w in their units, the rule.
constexpr double discriminant_frame(double n, double p) {
  const double gram = n < p ? gram_flops(p, n) : gram_flops(n, p);
  return means(n, p) + deviations(n, p) + gram + 2 * p + rule(p);
}
/// (1 - l)/(n - 2) and l trace/((n - 2) p), one triangle of the system with them, its factor and two solves.
constexpr double system(double k) {
  return k + 4 + k * (k + 1) / 2 + k + cholesky_flops(k) + 2 * triangular_solve_flops(k);
}
/// S_l^-1 d.
constexpr double regular(double n, double p) {
  return n < p ? system(n) + 2 * product_flops(n, p, 1) + 3 * p : system(p);
}
/// S^+ d of this rank, but for the eigensystem of order k.
constexpr double pseudo_inverse(double n, double p, double rank) {
  return p + (n < p ? 2 * product_flops(n, p, 1) + 2 * product_flops(n, n, 1) + 2 * rank
                    : 2 * product_flops(p, p, 1) + rank);
}
/// The shrinkage of Ledoit & Wolf: squared lengths of rows (at hand in ZZ'), trace and |.|_F^2 of the Gram matrix.
constexpr double automatic_shrinkage(double n, double p) {
  const double k = n < p ? n : p;
  return (n < p ? 0 : product_flops(n, p, 1)) + 2 * n + k + (k * k + k + 2) + 6;
}

/// Naive Bayes with variances in common.
constexpr double common_variances(double n, double p) {
  return means(n, p) + deviations(n, p) + 2 * n * p + 5 * p + rule(p);
}
/// And by class: two variances, their roots, units and logarithm of ratio, the constant of the rule.
constexpr double variances_by_class(double n, double p) {
  return means(n, p) + deviations(n, p) + 2 * n * p + 9 * p + 4;
}
/// A prediction then: ((x - m)/s)^2 of every column and class, half their difference, and the constant.
constexpr double quadratic_score(double p) {
  return 8 * p + 3;
}

/// Perceptron: the score of a row, x'b + intercept.
constexpr double score(double p) {
  return product_flops(1, p, 1) + 1;
}
/// b += (y / c^2) x, intercept += y.
constexpr double update(double p) {
  return 2 * p + 2;
}
/// What the mean of iterates lags behind by: as much times the number of steps before.
constexpr double lag(double p) {
  return 2 * p + 3;
}
/// b - lag / steps.
constexpr double mean(double p) {
  return 2 * (p + 1);
}

}  // namespace quartic::detail::class_flops
