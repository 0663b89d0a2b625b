#pragma once
/// Weighted non-linear least squares within bounds.
#include <Eigen/Cholesky>
#include <algorithm>
#include <vector>

#include "core/types.hpp"

namespace quartic {

/// With residuals r, weights W and J the derivatives of the fitted values by the parameters.
template <class Parameters>
struct NormalEquations {
  static constexpr int size = Parameters::RowsAtCompileTime;
  Eigen::Matrix<double, size, size> matrix;  ///< J'WJ
  Parameters gradient;                       ///< J'Wr: minus half that of the squares
};

template <class Parameters>
struct Minimum {
  double squares;  ///< r'Wr; infinite or NaN counts as no minimum
  Parameters parameters;
};

namespace detail {
/// (J'WJ + damping D) step = J'Wr with D = diag J'WJ, within the bounds: a parameter at a bound beyond which
/// the gradient would drive it stays there, so that the others move as they should.
template <class Problem, class Parameters>
Parameters damped_step(const Problem& problem, NormalEquations<Parameters> normal, const Parameters& p,
                       double damping) {
  auto& [matrix, gradient] = normal;
  const double least_ridge = 1e-12 * matrix.diagonal().maxCoeff();
  matrix.diagonal() += damping * (matrix.diagonal().array() + least_ridge).matrix();
  for (Index k = 0; k < p.size(); ++k)
    if ((p[k] <= problem.lowest()[k] && gradient[k] < 0) ||
        (p[k] >= problem.highest()[k] && gradient[k] > 0)) {
      matrix.row(k).setZero();
      matrix.col(k).setZero();
      matrix(k, k) = 1;
      gradient[k] = 0;
    }
  const Parameters next = p + matrix.ldlt().solve(gradient);
  return next.array().max(problem.lowest()).min(problem.highest()).matrix();
}
}  // namespace detail

/// The minimum that a descent from `start` reaches in so many steps (Levenberg 1944, Marquardt 1963). It ends
/// where no damping lowers the squares, or a step gains less than 1e-11 of them or moves no parameter by
/// 1e-12. A problem has
///   squares(p) -> double,  normal_equations(p) -> NormalEquations<Parameters>,
///   lowest(), highest() -> arrays of bounds, which may be infinite.
/// O(parameters^3) a step beside the calls. Precondition: start.squares = squares(start.parameters), and the
/// start lies within the bounds.
template <class Problem, class Parameters>
Minimum<Parameters> minimise_squares(const Problem& problem, Minimum<Parameters> start, int steps) {
  double damping = 1e-3;
  for (int k = 0; k < steps; ++k) {
    const NormalEquations<Parameters> normal = problem.normal_equations(start.parameters);
    Minimum<Parameters> next = start;
    bool better = false;
    for (; damping < 1e8 && !better; damping *= better ? 0.1 : 10) {
      next.parameters = detail::damped_step(problem, normal, start.parameters, damping);
      next.squares = problem.squares(next.parameters);
      better = next.squares < start.squares;
    }
    if (!better) break;
    const double moved = (next.parameters - start.parameters).cwiseAbs().maxCoeff();
    const double gained = start.squares - next.squares;
    start = next;
    damping = std::max(damping, 1e-14);
    if (moved < 1e-12 || gained <= 1e-11 * start.squares) break;
  }
  return start;
}

/// The best of several starts: the best few of them are refined a little, the best of those to the end.
struct MinimiserEffort {
  std::size_t tried;            ///< of the starts
  int first_steps, last_steps;  ///< for each of those; for the best
};
template <class Problem, class Parameters>
Minimum<Parameters> find_least(const Problem& problem, std::vector<Minimum<Parameters>> starts,
                               const MinimiserEffort& effort) {
  const auto by_squares = [](const auto& a, const auto& b) { return a.squares < b.squares; };
  std::stable_sort(starts.begin(), starts.end(), by_squares);
  starts.resize(std::min(starts.size(), effort.tried), starts[0]);
  for (auto& start : starts) start = minimise_squares(problem, start, effort.first_steps);
  return minimise_squares(problem, *std::min_element(starts.begin(), starts.end(), by_squares),
                          effort.last_steps);
}

}  // namespace quartic
