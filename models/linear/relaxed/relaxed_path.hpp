#pragma once
/// The lasso along a grid of penalties, and least squares on the columns it leaves at each.
#include <vector>

#include "models/linear/centring.hpp"
#include "models/linear/lasso/path.hpp"

namespace quartic::detail {

struct RelaxedPoint {
  std::vector<Index> columns;  ///< where the lasso is not zero, ascending
  Vector lasso, refit;         ///< beside columns
  double gap = 0;              ///< of the lasso: LassoPoint
  bool converged = true;
  double flops = 0;  ///< from the start of the path to here
};

/// Follows the path as far as it is asked. Columns that are those of the penalty before are not fitted again. Flops: those
/// of LassoPath and of LeastSquares, as executed.
class RelaxedPath {
 public:
  RelaxedPath(Centred rows, std::vector<double> penalties, LassoControls controls);
  /// Precondition: penalty is one of the grid.
  const RelaxedPoint& at(std::size_t penalty);
  /// mix times the lasso + (1 - mix) times least squares. relaxed_flops::combine.
  LinearRule rule(const RelaxedPoint& point, double mix) const;
  /// Of all that was followed.
  double flops() const { return path_.flops() + refits_; }
  Index moves() const { return path_.moves(); }

 private:
  void add(const LassoPoint& solved);

  Centred rows_;
  DenseView view_;
  LassoPath path_;
  std::vector<RelaxedPoint> points_;
  double refits_ = 0;
};

}  // namespace quartic::detail
