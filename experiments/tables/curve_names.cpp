#include "experiments/tables/curve_names.hpp"

namespace quartic::detail {

namespace {

bool is_setting(const std::string& column) {
  return column.starts_with("world.") || column.starts_with("arm.");
}

/// Those of the world concern every arm.
bool concerns(const std::string& setting, const std::string& arm) {
  return setting.starts_with("world.") || setting.starts_with("arm." + arm + ".");
}

}  // namespace

CurveNames::CurveNames(const CsvTable& table, std::string_view group, bool is_records) : table_(table) {
  if (group.empty()) return;
  group_ = table.column(group);
  const std::string& name = table.header[static_cast<std::size_t>(group_)];
  if (!is_records || !table.has("cell") || !table.has("arm") || (name != "arm" && !is_setting(name))) return;
  group_ = table.column("arm");
  cell_ = table.column("cell");
  for (Index column = 0; column < table.columns(); ++column)
    if (is_setting(table.header[static_cast<std::size_t>(column)])) settings_.push_back(column);
}

CellSettings CurveNames::settings(Index row) const {
  CellSettings settings;
  for (const Index column : settings_) {
    const std::string& key = table_.header[static_cast<std::size_t>(column)];
    if (concerns(key, table_.at(row, group_)) && !table_.at(row, column).empty())
      settings.emplace_back(key, table_.at(row, column));
  }
  return settings;
}

std::string CurveNames::of(Index row) const {
  if (group_ < 0) return "";
  std::string name = table_.at(row, group_);
  const std::string own = "arm." + name + ".";
  for (const auto& [key, value] : settings(row))
    name += ", " + (key.starts_with(own) ? key.substr(own.size()) : key) + " = " + value;
  const bool told_by_number = settings_.empty() && cell_ >= 0 && cell(row) != "0";
  return told_by_number ? name + ", cell " + cell(row) : name;
}

const std::string& CurveNames::cell(Index row) const {
  static const std::string none;
  return cell_ < 0 ? none : table_.at(row, cell_);
}

}  // namespace quartic::detail
