#pragma once
/// The logistic lasso along a descending grid of penalties, on one training set.
#include <span>
#include <vector>

#include "models/linear/logistic/sparse_solver.hpp"

namespace quartic::detail {

/// One solution of min (1/N) sum of losses + penalty (l1_ratio |b|_1 + (1 - l1_ratio)/2 |b|^2).
struct SparsePoint {
  std::vector<Index> columns;        ///< of the coefficients that are not zero
  std::vector<double> coefficients;  ///< beside columns
  double intercept = 0;
  double gap = 0;                 ///< (P - D) / (loss of the best constant), over all columns
  bool converged = true;          ///< gap <= tolerance
  double validation_error = nan;  ///< mean loss of the held-out rows
};

struct SparseControls {
  double l1_ratio = 1;
  double tolerance = 1e-6;  ///< largest relative duality gap
  Index iterations = 1000;  ///< proximal Newton steps a solution may take
  Intercept intercept = Intercept::none;
};

/// How the path is followed; a change of these changes the bill, not the solutions.
struct SparseSchedule {
  static constexpr std::size_t look_ahead = 5;  ///< penalties of one pass over X
  static constexpr double near_entry =
      0.85;  ///< columns this near to entering come in while the grid goes on
  static constexpr Index least_widening = 16;  ///< columns added at once: this many where they are there, ...
  static constexpr Index free_widening = 64;   ///< ... and up to this or as many as there are
  static constexpr double slack_of_tolerance = 1;  ///< violations of solutions, relative to the penalty
  static constexpr double least_slack = 1e-14;
};

/// Scores without columns: the log odds of the share of class 1 where there is an intercept, else zero.
struct NullModel {
  double score = 0, loss = 0;
};
/// logistic_flops::null_model, with the residuals. Precondition: with an intercept both classes.
NullModel null_model(VectorView y, Intercept intercept);

/// Follows the grid in steps, as the path of the lasso does. One step solves the next penalties on the working set (a
/// look-ahead), multiplies all their residuals by X' in one pass, certifies each by its duality gap over all d columns,
/// keeps those up to the first that fails, and adds to the working set the columns that break, or nearly break, the
/// optimality conditions: no column is left out but by that proof. With residuals r = P - y, and with an intercept those
/// of one class scaled so that their sum is zero, v = c r is feasible for
///   D(v) = -(1/N) sum [a log a + (1 - a) log(1 - a)]_{a = |v_i|} - sum_j h*(x_j'v / N),
/// h*(z) = 0 for |z| <= absolute, else (|z| - absolute)^2 / (2 square), infinite without a square, and c = 1 or, without
/// a square, what makes the largest |x_j'v|/N the penalty at most. data is kept by reference.
class SparsePath {
 public:
  SparsePath(const Data& data, TrainingRows training, std::vector<double> penalties, SparseControls controls);

  bool done() const { return next_ == penalties_.size(); }
  /// The next solutions, one a penalty. Precondition: !done().
  std::vector<SparsePoint> advance();

  /// The same in two halves, between which several paths share a pass: the vectors (m x n) whose products with all
  /// columns are asked for, and what these (m x d) show, which may be nothing yet.
  Matrix propose();
  std::vector<SparsePoint> judge(const Matrix& products);

  /// Spent so far.
  double flops() const { return flops_ + solver_.flops(); }
  Index steps() const { return solver_.steps(); }

 private:
  struct Trial {
    SparseSolver::State state;
    SparsePoint point;
    Vector dual;  // v over the training rows, c = 1
    double primal = 0;
  };
  SparsePenalty penalty(double weight) const;
  Trial solve(double weight);
  Vector balanced(const Vector& residuals);
  Matrix duals();
  double relative_gap(const Trial& trial, const Eigen::RowVectorXd& products, double weight);
  double conjugate(const Eigen::RowVectorXd& products, double scale, const SparsePenalty& penalty);
  void validate(Trial& trial);
  bool widen(const Matrix& products, std::span<const double> weights, double margin);
  std::vector<SparsePoint> keep(std::size_t kept);
  std::span<const double> batch() const;
  double rows() const { return static_cast<double>(columns_.rows().count); }
  double all_columns() const { return static_cast<double>(data_.columns()); }

  const Data& data_;
  std::vector<double> penalties_;
  SparseControls controls_;
  WorkingColumns columns_;
  Vector y_;         // of the training rows
  Vector held_out_;  // labels of the others
  NullModel null_;
  SparseSolver solver_;
  double slack_;
  SparseSolver::State before_;  // of the trials
  std::vector<Trial> trials_;
  bool started_ = false;  // the working set was begun
  std::size_t next_ = 0;
  double flops_ = 0;
};

}  // namespace quartic::detail
