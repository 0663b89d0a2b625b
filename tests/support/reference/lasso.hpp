#pragma once
/// The lasso in its slow, obvious form, as the oracle of the fast one.
#include <algorithm>
#include <cmath>

#include "core/random/stream.hpp"
#include "core/types.hpp"

namespace quartic::reference {

struct LassoProblem {
  Matrix x;
  Vector y;
};

/// Gaussian columns; the first `relevant` coefficients are 1, -1, 1, ...
inline LassoProblem sparse_problem(Index n, Index d, Index relevant, double noise, std::uint64_t seed) {
  Stream stream(seed);
  LassoProblem problem{Matrix(n, d), Vector(n)};
  for (Index i = 0; i < n; ++i) {
    problem.y[i] = noise * stream.normal();
    for (Index j = 0; j < d; ++j) {
      problem.x(i, j) = stream.normal();
      if (j < relevant) problem.y[i] += (j % 2 == 0 ? 1 : -1) * problem.x(i, j);
    }
  }
  return problem;
}

/// (P - D) / (|y|^2 / (2n)) of 1/(2n)|y - Xb|^2 + penalty |b|_1, the dual point being the best multiple of
/// the residual.
inline double relative_gap(const LassoProblem& problem, const Vector& b, double penalty) {
  const double n = static_cast<double>(problem.y.size());
  const Vector r = problem.y - problem.x * b;
  const double bound = n * penalty / (problem.x.transpose() * r).cwiseAbs().maxCoeff();
  const double scale = std::clamp(problem.y.dot(r) / r.squaredNorm(), -bound, bound);
  const double primal = r.squaredNorm() / (2 * n) + penalty * b.cwiseAbs().sum();
  const double dual = (problem.y.squaredNorm() - (problem.y - scale * r).squaredNorm()) / (2 * n);
  return (primal - dual) / (problem.y.squaredNorm() / (2 * n));
}

/// Cyclic coordinate descent from zero until the gap is at most `gap` (or 10^5 sweeps).
inline Vector coordinate_descent(const LassoProblem& problem, double penalty, double gap) {
  const double n = static_cast<double>(problem.y.size());
  Vector b = Vector::Zero(problem.x.cols()), r = problem.y;
  const Vector squares = problem.x.colwise().squaredNorm();
  for (int sweep = 0; sweep < 100000; ++sweep) {
    for (Index j = 0; j < b.size(); ++j) {
      const double z = problem.x.col(j).dot(r) + squares[j] * b[j];
      const double shrunk = std::copysign(std::max(std::abs(z) - n * penalty, 0.0), z) / squares[j];
      r -= problem.x.col(j) * (shrunk - b[j]);
      b[j] = shrunk;
    }
    if (sweep % 20 == 0 && relative_gap(problem, b, penalty) <= gap) break;
  }
  return b;
}

}  // namespace quartic::reference
