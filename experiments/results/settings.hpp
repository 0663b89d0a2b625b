#pragma once
/// The settings of the cells of a sweep as files show them: numbers as numbers, words and formulas as text.
/// Settings of a study without a sweep have no place in its files.
#include <string>
#include <string_view>
#include <vector>

#include "experiments/study/cells.hpp"

namespace quartic {

/// 0.5, 100 (whole numbers without a point), true, "cv": JSON.
std::string setting_json(std::string_view value);
/// {"world.noise":0.5,"arm.lasso.penalty":"cv"}.
std::string settings_json(const CellSettings& settings);
/// {"world.noise":[0.5,1,2]}: of every swept key what each cell has, null where a cell has no such setting.
std::string settings_by_cell_json(const CellGrid& cells);

/// A column of a CSV file for every swept key; none for a study without a sweep.
class SettingColumns {
 public:
  SettingColumns() = default;
  explicit SettingColumns(const CellGrid& cells);

  /// ",world.noise", or "".
  std::string header() const;
  /// ",0.5" for the cell with this number; an empty field where it has no such setting.
  std::string fields(Index cell) const;

 private:
  CellGrid cells_;
  std::vector<std::string> keys_;
};

}  // namespace quartic
