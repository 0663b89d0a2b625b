#include "cli/summary_file.hpp"

#include <charconv>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "core/require.hpp"

namespace quartic {

namespace {

using Columns = std::map<std::string, std::size_t, std::less<>>;

Columns columns_of(const std::string& header, const std::string& path) {
  Columns columns;
  const std::vector<std::string> names = csv_fields(header);
  for (std::size_t k = 0; k < names.size(); ++k) columns[names[k]] = k;
  for (const char* needed : {"cell", "arm", "n", "replicates", "mean_error", "mean_error_se",
                             "geometric_mean_error", "theory_error", "fit_flops", "tuning_flops"})
    require(columns.contains(needed),
            path + " has no column " + needed + " (quartic did not write it). Run the study again.");
  return columns;
}

/// Reads the named fields of one row.
class Fields {
 public:
  Fields(const Columns& columns, std::vector<std::string> values)
      : columns_(columns), values_(std::move(values)) {}

  const std::string& text(std::string_view name) const { return values_.at(columns_.find(name)->second); }
  std::string optional_text(std::string_view name) const { return columns_.contains(name) ? text(name) : ""; }
  double number(std::string_view name) const {
    const std::string& field = text(name);
    if (field.empty()) return SummaryRow::not_measured;
    double value = 0;
    const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), value);
    require(error == std::errc{} && end == field.data() + field.size(),
            "summary.csv has \"" + field + "\" in column " + std::string(name) +
                " (a number is expected there). Run the study again.");
    return value;
  }
  Index count(std::string_view name) const { return static_cast<Index>(number(name)); }

 private:
  const Columns& columns_;
  std::vector<std::string> values_;
};

SummaryRow row_of(const Fields& fields) {
  return {.cell = fields.count("cell"),
          .arm = fields.text("arm"),
          .n = fields.count("n"),
          .replicates = fields.count("replicates"),
          .mean_error = fields.number("mean_error"),
          .mean_error_se = fields.number("mean_error_se"),
          .geometric_mean_error = fields.number("geometric_mean_error"),
          .theory_error = fields.number("theory_error"),
          .fit_flops = fields.number("fit_flops"),
          .tuning_flops = fields.number("tuning_flops"),
          .marks = fields.optional_text("marks")};
}

}  // namespace

std::vector<std::string> csv_fields(const std::string& line) {
  std::vector<std::string> fields(1);
  bool quoted = false;
  for (std::size_t k = 0; k < line.size(); ++k) {
    const char c = line[k];
    const bool doubled = quoted && c == '"' && k + 1 < line.size() && line[k + 1] == '"';
    if (doubled)
      fields.back() += line[++k];
    else if (c == '"')
      quoted = !quoted;
    else if (c == ',' && !quoted)
      fields.emplace_back();
    else if (c != '\r')
      fields.back() += c;
  }
  return fields;
}

std::vector<SummaryRow> read_summary(const std::string& folder) {
  const std::string path = folder + "/summary.csv";
  std::ifstream in(path);
  require(in.good(), "there is no run in " + folder +
                         " (it has no summary.csv). Name the folder that quartic run printed.");
  std::string line;
  std::getline(in, line);
  const Columns columns = columns_of(line, path);
  std::vector<SummaryRow> rows;
  while (std::getline(in, line)) {
    std::vector<std::string> values = csv_fields(line);
    require(values.size() >= columns.size(),
            path + " ends in the middle of a line (it was cut off). Run the study again.");
    rows.push_back(row_of(Fields(columns, std::move(values))));
  }
  require(!rows.empty(), path + " has no rows (no replicate was completed). Run the study for longer.");
  return rows;
}

CellNames read_cell_names(const std::string& folder) {
  std::ifstream in(folder + "/manifest.json");
  const nlohmann::json manifest = nlohmann::json::parse(in, nullptr, false);
  CellNames names;
  if (!manifest.is_object() || !manifest.contains("cells") || !manifest["cells"].is_array()) return names;
  for (const nlohmann::json& cell : manifest["cells"]) {
    std::string name;
    for (const auto& [key, value] : cell.at("settings").items())
      name += (name.empty() ? "" : ", ") + key + " = " +
              (value.is_string() ? value.get<std::string>() : value.dump());
    if (!name.empty()) names[cell.at("cell").get<Index>()] = name;
  }
  return names;
}

}  // namespace quartic
