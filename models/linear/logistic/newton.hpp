#pragma once
/// Newton's method for the logistic likelihood, by columns or by rows.
#include <string>

#include "core/fit.hpp"

namespace quartic::detail {

/// min (1/n) sum v_i (log(1 + e^s_i) - y_i s_i) + 1/2 sum_j penalties_j b_j^2, s = Xb. X: n x q with n >= q, its
/// columns of like size; kept by reference.
struct ByColumns {
  const Matrix& x;
  VectorView y;
  Vector penalties;                        ///< q, zero for an intercept; empty: none at all
  VectorView case_weights = {nullptr, 0};  ///< v: n, positive, of mean 1; empty: all 1
};

/// The same with b = X'a, from G = XX' alone (lower triangle): s = Ga (+ intercept), penalty/2 a'Ga. Penalty > 0.
struct ByRows {
  const Matrix& gram;
  VectorView y;
  double penalty;
  bool intercept;  ///< the last of the parameters, not penalised; the columns of X are then about their means
  VectorView case_weights = {nullptr, 0};
};

struct NewtonControls {
  double tolerance = 1e-8;
  Index iterations = 100;
};

/// Where a descent ended. `collinear`: the columns depend on one another up to rounding, nothing was done.
enum class NewtonEnd { converged, limit, separated, collinear };

struct NewtonResult {
  NewtonEnd end = NewtonEnd::limit;
  Vector parameters;  ///< b, or a (and the intercept); separated: a separating direction
  double certificate = nan;
  Index iterations = 0;
  double flops = 0;
  std::string message;  ///< where there is something to say
};

/// Steps b - H^-1 g, halved until the objective falls by 1e-4 of what the slope promises, until the gradient is at
/// most `tolerance` of its own terms: by columns |X'r/n + penalty b| of |X|_F |r|/n + |penalty b|, r = P - y; by rows
/// |r + n penalty a| of |r| + |n penalty a|, which bounds it. By columns H is that of an earlier step, corrected by
/// secants, while the certificate falls to a half (with q < 100 columns to q/200) in each step. Without a penalty the
/// maximum may lie at infinity. Then
///   all rows on their side at some step: the coefficients separate the classes;
///   a step c of the scores with X'WXc = -X'r under which no r_i + W_i c_i is less than half of r_i proves a finite
///     maximum: these are, in absolute value, positive weights under which the signed rows cancel;
///   neither after ten steps, or a singular Hessian: find_separation decides.
/// Flops: logistic_flops, as executed.
NewtonResult newton(const ByColumns& problem, const NewtonControls& controls);
NewtonResult newton(const ByRows& problem, const NewtonControls& controls);

}  // namespace quartic::detail
