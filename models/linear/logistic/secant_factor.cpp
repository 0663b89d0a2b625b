#include "models/linear/logistic/secant_factor.hpp"

#include <utility>

#include "models/linear/blas.hpp"

namespace quartic::detail {

void SecantFactor::renew(Matrix factor) {
  factor_ = std::move(factor);
  steps_.clear();
  changes_.clear();
  curvatures_.clear();
}

void SecantFactor::add(Vector step, Vector change) {
  const double curvature = step.dot(change);
  if (!(curvature > 0)) return;
  steps_.push_back(std::move(step));
  changes_.push_back(std::move(change));
  curvatures_.push_back(curvature);
}

Vector SecantFactor::solve_with_factor(Vector right) const {
  solve_triangle(plain(factor_), span_of(right));
  solve_triangle(transposed(factor_), span_of(right));
  return right;
}

Vector SecantFactor::solve(Vector right) const {
  std::vector<double> parts(steps_.size());
  for (std::size_t k = steps_.size(); k-- > 0;) {
    parts[k] = steps_[k].dot(right) / curvatures_[k];
    right -= parts[k] * changes_[k];
  }
  Vector solved = solve_with_factor(std::move(right));
  for (std::size_t k = 0; k < steps_.size(); ++k)
    solved += (parts[k] - changes_[k].dot(solved) / curvatures_[k]) * steps_[k];
  return solved;
}

}  // namespace quartic::detail
