#pragma once
/// Which curve a row of a table belongs to.
#include <string>
#include <string_view>
#include <vector>

#include "experiments/platform/csv.hpp"
#include "experiments/study/cells.hpp"

namespace quartic::detail {

/// The name of a curve is what the column of groups holds. In the records of a sweep it is the arm with the
/// settings that concern it ("lasso, world.noise = 2"), which have columns of their own; an arm that no axis
/// touches has the same fits in several cells, and is told by the first. Where records lack these columns,
/// the number of the cell stands for them.
class CurveNames {
 public:
  /// `group` is a column, or "": then there is one curve, without a name.
  CurveNames(const CsvTable& table, std::string_view group, bool is_records);

  std::string of(Index row) const;
  /// The settings in that name.
  CellSettings settings(Index row) const;
  /// What tells the same fits in another cell from those of the first; "" where there is no sweep.
  const std::string& cell(Index row) const;

 private:
  const CsvTable& table_;
  Index group_ = -1, cell_ = -1;
  std::vector<Index> settings_;  // columns
};

}  // namespace quartic::detail
