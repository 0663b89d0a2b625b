#pragma once
/// Least squares on columns that are added one at a time, by orthogonal directions.
#include <vector>

#include "core/data.hpp"
#include "core/fit.hpp"

namespace quartic::detail {

enum class FirstDirection { column, constant };

/// folds = 1: one path, of all rows. Else path f leaves out the rows i with i mod folds = f.
struct ForwardControls {
  Index folds = 1;
  FirstDirection first = FirstDirection::column;
};

/// After so many columns. The error is the mean square of held-out rows' residuals; NaN where none are held out.
struct ForwardPoint {
  double residual_square = 0;
  double validation_error = nan;
  double flops = 0;  ///< from the start of the path to here
};

/// Directions q_1, q_2, ... of length 1, orthogonal on the n rows of training, the first k of which span the first k
/// columns (orthogonal least squares: Chen, Billings & Luo 1989, Int. J. Control 50). A step takes the column x_j whose
/// part e_j outside the directions has the largest (e_j'r)^2 / |e_j|^2, by which |r|^2 falls; of equal ones the first.
/// |e_j|^2 and e_j'r are kept up to date for all columns at 2 n + 4 flops a column and step. Columns of which less than
/// 1e-10 of |x_j|^2 is left count as combinations of others. Each new direction is orthogonalised twice, and held-out
/// rows go through the same combinations, so that their residuals are at hand.
///
/// Memory: as many numbers as rows for every direction, and five a column.
class ForwardPath {
 public:
  ForwardPath(const Data& data, const ForwardControls& controls, Index fold);

  /// No column lowers the residual any more, beyond rounding.
  bool ended() const { return ended_; }
  Index steps() const { return static_cast<Index>(used_.size()); }
  /// After 0, 1, ..., steps() columns.
  const std::vector<ForwardPoint>& points() const { return points_; }
  /// In the order in which they came.
  const std::vector<Index>& used() const { return used_; }
  /// Of all its steps.
  double flops() const { return flops_; }
  /// The rule of the first so many columns. selection_flops::solve. Precondition: at most steps().
  LinearRule rule(Index steps) const;
  /// False where squares of the data overflow, or are no numbers: then there is no path.
  bool is_finite() const;

 private:
  friend class ForwardPaths;
  bool awaits_sweep() const { return !ended_ && !directions_.empty(); }
  void see_row(Index row, Range columns, const double* x);
  void begin();
  void sweep_row(Index row, Range columns, const double* x);
  void end_sweep();
  void add_best(const Data& data);
  Index find_best() const;
  void join(Index column, Vector x);
  void project(Vector direction);
  void push_point();
  Index directions() const { return static_cast<Index>(directions_.size()); }

  Index rows_ = 0, held_out_ = 0, columns_ = 0, constants_ = 0;
  std::vector<Index> order_;     // rows of training, then those held out
  std::vector<Index> position_;  // of a row in that order
  Vector residual_;
  Vector squares_, left_, correlations_, products_;  // |x_j|^2, |e_j|^2, e_j'r, q'x_j
  std::vector<Vector> directions_;                   // in that order of rows
  std::vector<Vector> triangle_;                     // column k: x_k in terms of the directions
  std::vector<double> projections_;
  std::vector<Index> used_;
  std::vector<bool> taken_;
  std::vector<ForwardPoint> points_;
  double y_square_ = 0, flops_ = 0;
  bool ended_ = false;
};

/// The paths of all folds, which read the rows together, once a step.
class ForwardPaths {
 public:
  ForwardPaths(Data data, const ForwardControls& controls);
  /// One column more on every path that has not ended; false where all have.
  bool advance();
  const std::vector<ForwardPath>& paths() const { return paths_; }

 private:
  Data data_;
  std::vector<ForwardPath> paths_;
};

}  // namespace quartic::detail
