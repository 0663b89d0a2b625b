#include "experiments/results/settings.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/number_text.hpp"
#include "experiments/platform/csv.hpp"

namespace quartic {

namespace {

using Json = nlohmann::ordered_json;

Json as_json(std::string_view value) {
  if (value == "true" || value == "false") return value == "true";
  const std::optional<double> number = read_number(value);
  if (!number || !std::isfinite(*number)) return value;
  constexpr double most_exact = 9007199254740992;  // 2^53
  const bool whole = *number == std::rint(*number) && std::abs(*number) < most_exact;
  return whole ? Json(static_cast<Index>(*number)) : Json(*number);
}

std::string text_of(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

const std::string* find_setting(const Cell& cell, const std::string& key) {
  const auto found = std::find_if(cell.settings.begin(), cell.settings.end(),
                                  [&](const auto& setting) { return setting.first == key; });
  return found == cell.settings.end() ? nullptr : &found->second;
}

std::string field_of(const std::string& value) {
  const std::optional<double> number = read_number(value);
  return number ? csv_field(*number) : csv_field(value);
}

}  // namespace

std::string setting_json(std::string_view value) {
  return text_of(as_json(value));
}

std::string settings_json(const CellSettings& settings) {
  Json json = Json::object();
  for (const auto& [key, value] : settings) json[key] = as_json(value);
  return text_of(json);
}

std::string settings_by_cell_json(const CellGrid& cells) {
  Json columns = Json::object();
  for (const CellAxis& axis : cells.axes()) columns[axis.key] = Json::array();
  for (const Cell& cell : cells)
    for (auto& [key, column] : columns.items()) {
      const std::string* value = find_setting(cell, key);
      column.push_back(value ? as_json(*value) : Json());
    }
  return text_of(columns);
}

SettingColumns::SettingColumns(const CellGrid& cells) : cells_(cells) {
  for (const CellAxis& axis : cells.axes()) keys_.push_back(axis.key);
}

std::string SettingColumns::header() const {
  std::string names;
  for (const std::string& key : keys_) names += "," + csv_field(key);
  return names;
}

std::string SettingColumns::fields(Index cell) const {
  if (keys_.empty()) return "";
  const Cell described = cells_[static_cast<std::size_t>(cell)];
  std::string fields;
  for (const std::string& key : keys_) {
    const std::string* value = find_setting(described, key);
    fields += "," + (value ? field_of(*value) : "");
  }
  return fields;
}

}  // namespace quartic
