#pragma once
/// Columns cut into bins at their quantiles, once, so that a search reads a byte in place of a number.
#include <cstdint>
#include <span>
#include <vector>

#include "core/data.hpp"

namespace quartic::detail {

/// Of the first `training` rows of a column, sorted: places after every n/bins rows, moved behind rows of equal value;
/// a threshold is the half of the sum of the neighbours there. A row's code is the number of thresholds below its
/// value. Rows that follow are coded too. One byte a number.
class BinnedColumns {
 public:
  /// Precondition: finite numbers, 2 to 256 bins, 1 <= training <= rows.
  BinnedColumns(const Data& data, Index training, Index bins);

  Index rows() const { return rows_; }
  Index training() const { return training_; }
  Index columns() const { return static_cast<Index>(thresholds_.size()); }
  /// Ascending; row i is right of threshold s where its code is above s.
  std::span<const double> thresholds(Index column) const { return thresholds_[at(column)]; }
  /// Rows of training left of each threshold.
  std::span<const double> left_counts(Index column) const { return left_counts_[at(column)]; }
  std::span<const std::uint8_t> codes(Index column) const {
    return {codes_.data() + column * rows_, at(rows_)};
  }
  /// Thresholds of all columns.
  Index splits() const { return splits_; }

  static double bytes(Index rows, Index columns, Index bins);

 private:
  static std::size_t at(Index index) { return static_cast<std::size_t>(index); }
  void add_column(const Vector& numbers, Index bins);

  Index rows_, training_, splits_ = 0;
  std::vector<std::uint8_t> codes_;  // by columns
  std::vector<std::vector<double>> thresholds_, left_counts_;
};

}  // namespace quartic::detail
