#pragma once
/// Named flop formulas of the logistic models. Scaling by powers of two is a multiplication a number; maxima,
/// comparisons and the movement of data cost nothing. `intercepts` and `penalties` are 1 where there is one, else 0.
#include "core/types.hpp"
#include "models/linear/flops.hpp"

namespace quartic::detail::logistic_flops {

/// Residual, weight and loss of every row from its score s: e = exp(-|s|), 1 + e, q = 1/(1 + e), e q, e q^2, the
/// logarithm, its sum with the larger of 0 and the wrong side's score, the sum over rows; the mean.
constexpr double rows(double n) {
  return 8 * n + 1;
}
/// Residuals, weights and losses times the case weights of the rows.
constexpr double case_weights(double n) {
  return 3 * n;
}
/// Case weights over their largest, then over the mean of these.
constexpr double mean_case_weight(double n) {
  return 3 * n + 1;
}
/// s + t (change of s).
constexpr double trial_scores(double n) {
  return 2 * n;
}
/// The means of p columns, and their subtraction.
constexpr double means(double n, double p) {
  return (2 * n + 1) * p;
}
/// Columns scaled, and with an intercept less their means.
constexpr double design(double n, double p, double intercepts) {
  return n * p + intercepts * means(n, p);
}
/// Coefficients of the columns as they were, and with an intercept the part of the means in it.
constexpr double rule(double p, double intercepts) {
  return p + intercepts * 2 * p;
}

/// By columns: X'r/n (+ penalty b) and its length relative to |X| |r| / n (+ |penalty b|); the length of X is billed
/// apart, norm_flops(n q).
constexpr double gradient(double n, double q, double penalties) {
  return product_flops(q, n, 1) + q + norm_flops(n) + norm_flops(q) + 3 +
         penalties * (2 * q + norm_flops(q) + 1);
}
/// By columns: X'WX/n (+ penalty) and its factor.
constexpr double hessian(double n, double q, double penalties) {
  return 2 * n + n * q + gram_flops(n, q) + penalties * q + cholesky_flops(q);
}
/// By columns: the step by a factor, the change of the scores, the slope.
constexpr double direction(double n, double q) {
  return 2 * triangular_solve_flops(q) + product_flops(n, q, 1) + 2 * q;
}
/// By columns: how far a step takes each residual, and how far it may.
constexpr double proof(double n) {
  return 2 * n;
}
/// By columns: how parameters and gradient changed in a step, and the product of these.
constexpr double secant_pair(double q) {
  return 4 * q;
}
/// What such a pair adds to a step: two inner products and two vectors times numbers.
constexpr double secant(double q) {
  return 8 * q + 3;
}
/// By columns: the objective's penalty, 1/2 sum_j penalty_j b_j^2, and the sum.
constexpr double penalty(double q) {
  return 3 * q + 2;
}
/// b + t (change of b).
constexpr double move(double q) {
  return 2 * q;
}

/// By rows: r + n penalty a and its length relative to |r| + |n penalty a|.
constexpr double dual_gradient(double n) {
  return 2 * n + 3 * norm_flops(n) + 3;
}
/// By rows: n penalty I + W^(1/2) XX' W^(1/2) and its factor; the working response and the solution (with an
/// intercept two); the changes of coefficients and scores; the slope.
constexpr double dual_direction(double n, double intercepts) {
  const double system = n + n * (n + 1) + n + 1 + cholesky_flops(n);
  const double solution = 2 * triangular_solve_flops(n) + n;
  const double shift = intercepts * (solution + 5 * n + 2);
  return system + 3 * n + solution + shift + n + product_flops(n, n, 1) + 4 * n + 3;
}
/// By rows: the objective's penalty, 1/2 penalty a'XX'a, and the sum; with an intercept XX'a is made of the scores.
constexpr double dual_penalty(double n, double intercepts) {
  return 2 * n + 3 + intercepts * n;
}
/// X'a.
constexpr double dual_coefficients(double n, double p) {
  return product_flops(p, n, 1);
}

/// The first `rank` columns of the orthogonal factor of n rows: as many reflections on as many columns.
constexpr double basis(double n, double rank) {
  return rank * (4 * (n * rank - rank * (rank - 1) / 2) + rank);
}

/// A search for a separating direction: rows to unit length and their sum.
constexpr double unit_rows(double n, double q) {
  return n * (norm_flops(q) + q) + n * q;
}
/// Inner products of all rows with the direction.
constexpr double margins(double n, double q) {
  return product_flops(n, q, 1);
}
/// A row enters beside a others: inner products with them, itself and the sum, and the factor's new row.
constexpr double enter(double q, double a) {
  return product_flops(a + 2, q, 1) + a * a + 2 * a + 1;
}
/// Row `behind` places from the end of the factor leaves.
constexpr double leave(double behind) {
  return 3 * behind * behind + 3 * behind;
}
/// Weights of a rows and the direction that remains, once more refined.
constexpr double weigh(double q, double a) {
  return 2 * (2 * triangular_solve_flops(a) + product_flops(q, a, 1)) + product_flops(a, q, 1) + a;
}

// The logistic lasso.

/// A pass over all columns: their inner products with the residuals of N training rows.
constexpr double pass(double training, double d) {
  return product_flops(1, training, d);
}
/// Inner products of the working set with the residuals, over N.
constexpr double working_gradient(double training, double size) {
  return product_flops(size, training, 1) + size;
}
/// How far they are from what `size` penalised coefficients allow: |g| - absolute, or g + square b + absolute.
constexpr double violations(double size, double nonzero) {
  return size + 2 * nonzero;
}
/// The sum of differences of two sets of weights, and a tenth of the sum of one.
constexpr double drift(double training) {
  return 3 * training + 1;
}
/// Roots of weights over N.
constexpr double roots(double training) {
  return 2 * training;
}
/// A column scaled by these, and its inner products with `before` others and itself.
constexpr double inner_column(double training, double before) {
  return training + product_flops(before + 1, training, 1);
}
/// A coordinate looked at, penalised: (curvature b - slope, less the threshold) / (curvature + square), less b. Or not:
/// slope / curvature, taken off.
constexpr double visit() {
  return 6;
}
constexpr double free_visit() {
  return 3;
}
/// A coordinate moved: the slopes of `size`, and the violation.
constexpr double coordinate_move(double size) {
  return 2 * size + 1;
}
/// absolute |b|_1 + square/2 |b|^2 of `penalised` coefficients.
constexpr double sparse_penalty(double penalised) {
  return 3 * penalised + 4;
}
/// Changes of `size` coefficients, their slope, the penalty at both ends; the objective here.
constexpr double sparse_slope(double size, double penalised) {
  return 3 * size + 2 * sparse_penalty(penalised) + 3;
}
/// A trial of a step: coefficients, the objective (its rows apart) and what it is held to.
constexpr double sparse_trial(double size, double penalised) {
  return 2 * size + sparse_penalty(penalised) + 6;
}
/// Scores of n rows to which some columns are added by their weights.
constexpr double working_scores(double n, double columns) {
  return 2 * n * columns;
}
/// Residuals of the two classes summed, and one of them scaled so that the sum is zero (with an intercept).
constexpr double balance(double training) {
  return 2 * training + 1;
}
/// Primal and dual value and the relative gap: 8 a row, the penalty of the coefficients, and 7.
constexpr double duality_gap(double training, double coefficients) {
  return 8 * training + sparse_penalty(coefficients) + 7;
}
/// What d columns add to the dual value where squares are penalised, `exceeding` of them something.
constexpr double conjugate(double d, double exceeding) {
  return 3 * d + 2 * exceeding + 2;
}
/// The mean loss of held-out rows.
constexpr double validation_loss(double held_out) {
  return 5 * held_out + 1;
}
/// With an intercept the share of class 1, its log odds and the loss there; then the residuals.
constexpr double null_model(double training, double intercepts) {
  return intercepts * (training + 8) + training;
}

}  // namespace quartic::detail::logistic_flops
