#pragma once
/// A factored Hessian that is kept while the gradient tells how it changes.
#include <vector>

#include "core/types.hpp"

namespace quartic::detail {

/// The inverse of a Hessian LL' made at an earlier point, corrected by the steps s since then and the changes d of the
/// gradient over them, so that it maps each d to its s: the limited-memory BFGS with (LL')^-1 as initial matrix (Nocedal
/// & Wright 2006, Numerical Optimization, algorithm 7.4). Positive definite, for only pairs with s'd > 0 are taken.
class SecantFactor {
 public:
  bool empty() const { return factor_.size() == 0; }
  bool corrected() const { return !steps_.empty(); }
  /// A new factor (lower triangle) without corrections; forgets all before.
  void renew(Matrix factor);
  /// logistic_flops::secant_pair.
  void add(Vector step, Vector change);
  /// (LL')^-1 right: two triangular solves.
  Vector solve_with_factor(Vector right) const;
  /// The corrected inverse times `right`: beyond that logistic_flops::secant a pair.
  Vector solve(Vector right) const;
  double pairs() const { return static_cast<double>(steps_.size()); }

 private:
  Matrix factor_;
  std::vector<Vector> steps_, changes_;
  std::vector<double> curvatures_;  // s'd
};

}  // namespace quartic::detail
