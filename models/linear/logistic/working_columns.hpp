#pragma once
/// The columns that a sparse logistic path works on, gathered and contiguous.
#include <span>
#include <vector>

#include "core/data.hpp"
#include "models/linear/logistic/design.hpp"

namespace quartic::detail {

/// Rows to train on and rows held out: fold of row i is i mod folds, held out are those of `fold`; with one fold none
/// is. The training rows come first.
struct TrainingRows {
  std::vector<Index> order;  ///< of all rows of the data
  Index count = 0;           ///< rows to train on

  static TrainingRows all(Index rows);
  static TrainingRows without(Index fold, Index folds, Index rows);
};

/// Columns of a working set by their places, and a number beside each.
struct WeightedColumns {
  std::vector<Index> places;
  std::vector<double> weights;
};
/// Those of the numbers that are not zero.
WeightedColumns not_zero(const Vector& weights);

/// Row k is column k of the working set over all rows in the order of TrainingRows; with an intercept row 0 is ones, and
/// the columns are about their means over the training rows. data is kept by reference.
class WorkingColumns {
 public:
  WorkingColumns(const Data& data, TrainingRows rows, Intercept intercept);

  Index size() const { return static_cast<Index>(columns_.size()); }
  /// 1 where there is an intercept: as many of the first places are not columns of the data.
  Index unpenalised() const { return intercept_ == Intercept::fitted ? 1 : 0; }
  const TrainingRows& rows() const { return rows_; }
  bool contains(Index column) const { return present_[column] != 0; }
  /// Appends columns that are not yet present. (2 n + 1) flops a column for its mean where there is an intercept.
  void add(std::span<const Index> columns);

  /// n numbers.
  const double* column(Index place) const { return gathered_.data() + place * gathered_.cols(); }
  /// scores += these columns by their weights over `rows`, of as many scores; 2 flops a number.
  void add_to(std::span<double> scores, Range rows, const WeightedColumns& by) const;
  /// The columns over the training rows: size() x rows().count numbers, n apart.
  MatrixView all() const { return {gathered_.data(), size(), gathered_.cols()}; }
  Index column_of(Index place) const { return columns_[place]; }
  double mean(Index place) const { return means_[place]; }

 private:
  void reserve(Index size);
  void gather(std::span<const Index> columns);

  const Data& data_;
  TrainingRows rows_;
  Intercept intercept_;
  std::vector<Index> columns_;  // -1 for the intercept
  std::vector<double> means_;
  std::vector<char> present_;
  Matrix gathered_;
};

}  // namespace quartic::detail
