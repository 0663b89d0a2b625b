#pragma once
/// Rows of a table that an interval leaves out together.
#include <string>
#include <vector>

#include "core/types.hpp"
#include "laws/statistics/jackknife.hpp"

namespace quartic {

/// Rows of one unit - a laboratory, a family of models, a replicate - err together, so that a jackknife over
/// single rows would trust them too much: whole units are left out (delete-a-group jackknife, Kott 2001; a
/// cluster jackknife, MacKinnon, Nielsen & Webb 2023). Where every row stands for itself it is a unit.
struct RowUnits {
  std::vector<Index> of_row;  ///< the unit of each row
  Index count = 0;            ///< of units
  Index blocks = 0;           ///< of units, left out together: unit u lies in block u mod blocks

  /// Ones, and 0 for the rows that sample k is without: k = 0 all rows, k = b + 1 without block b.
  Vector weights(Index sample) const;
  /// Places of the rows of weight 1.
  std::vector<Index> rows(Index sample) const;
  bool are_rows() const { return count == static_cast<Index>(of_row.size()); }
  /// Over the blocks, with a degree of freedom less than there are.
  JackknifeOptions jackknife(double confidence) const;
};

/// Every row for itself.
RowUnits single_rows(Index rows);
/// Rows of one name together.
RowUnits units_named(const std::vector<std::string>& names);
/// So many units of single rows, dealt out at random by a fixed stream, so that no pattern of the table is a
/// unit.
RowUnits dealt_rows(Index rows, Index units);

}  // namespace quartic
