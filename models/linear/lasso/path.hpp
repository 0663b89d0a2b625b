#pragma once
/// The lasso along a descending grid of penalties, for one training set or all training sets of a
/// cross-validation.
#include <span>
#include <vector>

#include "core/types.hpp"
#include "models/linear/lasso/working_set.hpp"

namespace quartic::detail {

/// One solution of min 1/(2n)|y - Xb|^2 + penalty |b|_1 on one training set of n rows.
struct LassoPoint {
  std::vector<Index> columns;        ///< of the coefficients that are not zero
  std::vector<double> coefficients;  ///< beside columns
  double intercept = 0;
  double gap = 0;                 ///< (P - D) / (|y|^2 / (2n)), with the dual point of X'r over all columns
  bool converged = true;          ///< gap <= tolerance
  double residual_square = 0;     ///< |y - Xb|^2 on the training rows
  double validation_error = nan;  ///< mean squared error on the held-out fold
};

/// The working set at the start: columns as the optimality conditions ask for them, or all of them.
enum class LassoGram { as_needed, whole };

struct LassoControls {
  double tolerance = 1e-6;  ///< largest relative duality gap
  Index moves = 100000;     ///< active-set moves a solution may take
  TrainingSets sets = {};
  LassoGram gram = LassoGram::as_needed;
};

/// How the path is followed; a change of these changes the bill, not the solutions.
struct LassoSchedule {
  static constexpr std::size_t look_ahead_alone = 8;  ///< penalties of one step: passes over X saved against
  static constexpr std::size_t look_ahead_folds = 5;  ///< solutions thrown away
  static constexpr double near_entry =
      0.85;  ///< while the grid goes on, columns this near to entering come in
  static constexpr Index least_widening = 16;  ///< columns added at once: this many where they are there, ...
  static constexpr Index free_widening = 64;   ///< ... and more up to this or up to twice the working set
  static constexpr double slack_of_tolerance =
      0.01;  ///< violations this far below the tolerance do not matter to it
  static constexpr double least_slack = 1e-12;
};

/// Follows the grid in steps. One step solves the next penalties on the working set (a look-ahead),
/// multiplies all their residuals by X' at once, certifies each by its duality gap over all d columns, keeps
/// those up to the first that fails, and adds to the working set the columns that break, or nearly break, the
/// optimality conditions. All training sets share the passes over X and advance together. X and y are kept by
/// reference; with means fitted, X and y are to be centred over all rows (accuracy asks for it, not the
/// algebra). Flops: the sum of lasso_flops.hpp over what is executed, each training set with its own rows
/// only.
class LassoPath {
 public:
  LassoPath(MatrixView x, VectorView y, std::vector<double> penalties, LassoControls controls);

  bool done() const { return next_ == penalties_.size(); }
  /// The next solutions: one or more penalties, each with one point a training set. Precondition: !done().
  std::vector<std::vector<LassoPoint>> advance();

  /// Spent so far.
  double flops() const { return flops_ + working_.flops(); }
  Index moves() const { return moves_; }

 private:
  struct Trials {         // row t = penalty * folds + training set
    Matrix coefficients;  // on the working set
    Matrix residuals;     // n, zero on held-out rows
    Matrix correlations;  // residuals X: d
    std::vector<LassoPoint> points;
  };
  void add_all_columns();
  Trials solve(std::span<const double> batch);
  void mask(Trials& trials, Index t) const;
  void measure(Trials& trials, std::span<const double> batch);
  double relative_gap(const Trials& trials, Index t, double level) const;
  bool widen(const Matrix& correlations, std::span<const double> batch, double margin);
  std::span<const double> batch() const;
  double level(double penalty, Index t) const { return penalty * training_rows(t); }
  double training_rows(Index t) const { return working_.training_rows(t % controls_.sets.folds); }

  MatrixView x_;
  VectorView y_;
  std::vector<double> penalties_;
  LassoControls controls_;
  LassoWorkingSet working_;
  std::vector<LassoActiveSet> solvers_;  // one a training set
  std::vector<LassoActiveSet> before_;   // as they were before the look-ahead (kept to reuse its memory)
  std::vector<double> label_squares_;    // |y|^2 of the training sets, about the mean where it is fitted
  Matrix labels_;                        // y of the training sets, masked like residuals
  std::size_t next_ = 0;
  double flops_ = 0;
  Index moves_ = 0;
};

/// max_j |x_j'y| / n: from this penalty on all coefficients are zero. lasso_flops::correlations(n, d) flops.
double largest_penalty(MatrixView x, VectorView y);
/// `count` penalties from `largest` down to ratio * largest, equally spaced in the logarithm.
std::vector<double> penalty_grid(double largest, double ratio, Index count);

}  // namespace quartic::detail
