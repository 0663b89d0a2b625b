#pragma once
/// One run of stochastic gradient descent on a linear model, read off at several lengths.
#include <deque>
#include <span>
#include <vector>

#include "core/fit.hpp"
#include "core/types.hpp"

namespace quartic::detail {

/// Which iterates the rule is the mean of: the last one alone, all of them, or those of the last half.
enum class IterateAverage { last, all, tail };

/// b_0 = 0, b_k = b_k-1 + step (y_k - x_k'b_k-1) x_k for the rows taken so far.
///
/// The fit of length T is b_T, or the mean of b_k over k = 1 .. T (all) or floor(T/2)+1 .. T (tail). A run of
/// many lengths gives each the bits of a run of its own: every length has its own sum of iterates, and memory
/// is O(p) a length that is being averaged. Where |y_k - x_k'b_k-1| exceeds 1000 times the largest |y| so far
/// the run has diverged: it stops there, and b_k-1 is the fit of every length from k on.
class SgdRun {
 public:
  struct Plan {
    double step = 0;
    IterateAverage average = IterateAverage::tail;
    std::vector<Index> lengths;  ///< ascending, distinct, from 1 on
  };
  SgdRun(Index columns, Plan plan);

  /// One step. Precondition: not done(); x has `columns` numbers.
  void take(std::span<const double> x, double y);
  /// True once every length has its fit.
  bool done() const { return fits_.size() == plan_.lengths.size(); }
  /// One a length, in order; converged or diverged. Precondition: done().
  std::vector<Fit> fits() && { return std::move(fits_); }

 private:
  Index first_of(std::size_t length) const;
  void add_up();
  Vector average();
  double flops() const;
  Fit fit_with(Vector coefficients, double flops) const;
  Fit converged();
  void diverge();

  Plan plan_;
  Vector b_;
  Index steps_ = 0;
  double largest_label_ = 0;
  std::size_t opened_ = 0;   // lengths whose sum has begun
  std::deque<Vector> sums_;  // of the lengths that have begun and not ended
  std::vector<Fit> fits_;    // of the lengths that have ended
};

}  // namespace quartic::detail
