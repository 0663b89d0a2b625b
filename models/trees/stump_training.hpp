#pragma once
/// Gradient boosting with stumps, round by round.
#include <vector>

#include "core/fit.hpp"
#include "models/trees/binned_columns.hpp"

namespace quartic::detail {

enum class StumpLoss { squared, logistic };

struct StumpControls {
  StumpLoss loss = StumpLoss::squared;
  double rate = 0.1;
};

/// A jump where a column passes a threshold.
struct Jump {
  Index column;
  double threshold, height;
};

/// base + sum of the heights of jumps whose threshold is below the column's value.
struct StumpRule {
  double base = 0;
  std::vector<Jump> jumps;  ///< by column, then threshold, each pair once

  Vector score(const Matrix& x) const;
  /// A prediction: an addition a jump.
  double score_flops() const { return static_cast<double>(jumps.size()); }
};
static_assert(Scorer<StumpRule> && BillsScores<StumpRule>);

/// State after some rounds: scores of all rows, and on the rows of training what remains to be learned.
class StumpTraining {
 public:
  /// Labels of all rows of `columns`, which must outlive it.
  StumpTraining(const BinnedColumns& columns, Vector labels, const StumpControls& controls);

  /// A round; false, and nothing is changed, where no split lowers the loss.
  bool step();
  Index rounds() const { return rounds_; }
  /// Mean loss over the rows behind those of training, of which there are some. Billed.
  double held_out_error();
  StumpRule rule() const;
  double flops() const { return flops_; }

 private:
  struct Split {
    Index column = -1, place = 0;
    double left_sum = 0, gain = 0;
  };
  void start();
  void refresh_slopes();
  Split find_split(double sum) const;
  void search_column(Index column, double sum, Split& best) const;
  double leaf(double sum, double weight) const;
  void move(const Split& split, double left, double right);

  const BinnedColumns& columns_;
  StumpControls controls_;
  Vector labels_, scores_;       // scores of classes; unused for squares
  Vector slopes_, weights_;      // y - mean (all rows), or y - p; p (1 - p)
  std::vector<Vector> heights_;  // by column and place
  double base_ = 0, flops_ = 0;
  Index rounds_ = 0;
  bool one_class_ = false;
};

}  // namespace quartic::detail
