#include "experiments/store/record_json.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

#include "experiments/results/record_columns.hpp"
#include "experiments/store/rows.hpp"

namespace quartic::detail {

namespace {

std::string text_json(std::string_view text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string as_json(FitStatus status) {
  return text_json(to_string(status));
}

std::string as_json(const std::string& text) {
  return text_json(text);
}

std::string as_json(double number) {
  if (std::isnan(number)) return "null";
  if (std::isinf(number)) return number > 0 ? "1e999" : "-1e999";
  return shortest(number);
}

std::string as_json(Index count) {
  return count < 0 ? "null" : std::to_string(count);
}

std::string as_json(const std::vector<TrainingPoint>& history) {
  return history.empty() ? "[]" : history_json(history);
}

}  // namespace

std::string record_json(const FoundRecord& found, const std::string& settings) {
  const Record& record = found.record;
  std::string json = "{\"key\":\"" + to_string(RecordName{found.key, record.n, record.replicate}) +
                     "\",\"cell\":" + std::to_string(record.cell) + ",\"settings\":" + settings +
                     ",\"arm\":" + text_json(record.arm) + ",\"n\":" + std::to_string(record.n) +
                     ",\"replicate\":" + std::to_string(record.replicate);
  const auto append = [&](const auto& column, const auto& value) {
    json += ",\"" + std::string(column.name) + "\":" + as_json(value);
  };
  for_each_column_of<FitStatus>(record, append);
  for_each_column_of<double>(record, append);
  for_each_column_of<Index>(record, append);
  for_each_column_of<std::string>(record, append);
  for_each_column_of<std::vector<TrainingPoint>>(record, append);
  return json + "}";
}

}  // namespace quartic::detail
