#include "models/linear/ridge/flops.hpp"

#include <algorithm>

#include "models/linear/flops.hpp"

namespace quartic {

namespace {

double of(Index count) {
  return static_cast<double>(count);
}

// X'y once (the columns' Gram comes with it) is part of the system, not of the spectrum.
double system_flops(Index n, Index p) {
  if (n < p) return gram_flops(of(p), of(n));
  return gram_flops(of(n), of(p)) + product_flops(of(p), of(n), 1);
}

// n l, l + D, and the inverse, for each of k eigenvalues; n l once.
double shrinkage_flops(Index k, Index count) {
  return of(count) * (1 + 2 * of(k));
}

double weights_flops(Index k, Index count) {
  return of(count) * of(k) + product_flops(of(k), of(k), of(count));
}

double one_fold_flops(Index train, Index validation, Index p, const RidgeOptionsCounted& options) {
  const double m = of(options.penalties), v = of(validation);
  double flops =
      system_flops(train, p) + spectrum_flops(train, p) + spectrum_path_flops(train, p, options.penalties);
  flops += product_flops(v, of(p), m) + 3 * v * m;
  if (options.intercept) flops += (2 * of(train) + 1) * (of(p) + 1) + m * (2 * of(p) + v);
  return flops;
}

}  // namespace

double ridge_flops(Index n, Index p) {
  const double rows = of(n), columns = of(p), k = of(std::min(n, p));
  const double solved = system_flops(n, p) + 1 + k + cholesky_flops(k) + 2 * triangular_solve_flops(k);
  return n < p ? solved + product_flops(columns, rows, 1) : solved;
}

double ridge_grid_flops(Index k, Index count) {
  return of(k) + 2 + of(count - 1);
}

double spectrum_flops(Index n, Index p) {
  const Index k = std::min(n, p);
  return eigensystem_flops(k) + product_flops(of(k), of(k), 1);
}

double spectrum_path_flops(Index n, Index p, Index count) {
  const Index k = std::min(n, p);
  const double solved = shrinkage_flops(k, count) + weights_flops(k, count);
  return n < p ? solved + product_flops(of(p), of(n), of(count)) : solved;
}

double leave_one_out_flops(Index n, Index p, Index count) {
  const double rows = of(n), columns = of(p), m = of(count);
  const Index k = std::min(n, p);
  const double errors =
      shrinkage_flops(k, count) + m * (4 * rows + 1);  // subtract the leverage, divide, square and add
  if (n < p)
    return errors + weights_flops(k, count) + rows * rows + product_flops(rows, rows, m) + 2 * rows * m;
  return errors + product_flops(rows, columns, columns) + m * columns + rows * columns +
         2 * product_flops(rows, columns, m) + 2 * rows * m;
}

double leave_one_out_tuning_flops(Index n, Index p, Index count) {
  return ridge_grid_flops(std::min(n, p), count) + spectrum_flops(n, p) + leave_one_out_flops(n, p, count);
}

double fold_tuning_flops(Index n, Index p, const RidgeOptionsCounted& options) {
  double flops = ridge_grid_flops(std::min(n, p), options.penalties);
  if (n < 2) return flops;
  const Index folds = std::min(options.folds, n);
  for (Index fold = 0; fold < folds; ++fold) {
    const Index validation = (n - fold + folds - 1) / folds;
    flops += one_fold_flops(n - validation, validation, p, options);
  }
  return flops + of(options.penalties);
}

}  // namespace quartic
