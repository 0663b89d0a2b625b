#include "experiments/store/record_json.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

#include "experiments/store/rows.hpp"

namespace quartic::detail {

namespace {

std::string text_json(std::string_view text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string number_json(double number) {
  if (std::isnan(number)) return "null";
  if (std::isinf(number)) return number > 0 ? "1e999" : "-1e999";
  return shortest(number);
}

std::string count_json(Index count) {
  return count < 0 ? "null" : std::to_string(count);
}

}  // namespace

std::string settings_json(const Cell& cell) {
  std::string json = "{";
  for (const auto& [key, value] : cell.settings)
    json += (json.size() > 1 ? "," : "") + text_json(key) + ":" + text_json(value);
  return json + "}";
}

std::string record_json(const FoundRecord& found, const std::string& settings) {
  const Record& record = found.record;
  const FitReport& report = record.report;
  std::string json = "{\"key\":\"" + to_string(RecordName{found.key, record.n, record.replicate}) +
                     "\",\"cell\":" + std::to_string(record.cell) + ",\"settings\":" + settings +
                     ",\"arm\":" + text_json(record.arm) + ",\"n\":" + std::to_string(record.n) +
                     ",\"replicate\":" + std::to_string(record.replicate) + ",\"status\":\"" +
                     std::string(to_string(report.status)) + "\"";
  const std::pair<const char*, double> numbers[] = {{"excess_risk", record.excess_risk},
                                                    {"normalised_error", record.normalised_error},
                                                    {"error_se", record.error_se},
                                                    {"certificate", report.certificate},
                                                    {"fit_flops", report.cost.fit_flops},
                                                    {"tuning_flops", report.cost.tuning_flops},
                                                    {"theory", record.theory},
                                                    {"cpu_seconds", report.cost.cpu_seconds}};
  for (const auto& [name, number] : numbers) json += ",\"" + std::string(name) + "\":" + number_json(number);
  json += ",\"parameters\":" + count_json(report.parameters) +
          ",\"iterations\":" + count_json(report.iterations) + ",\"message\":" + text_json(report.message);
  const std::string history = history_json(report.history);
  return json + ",\"history\":" + (history.empty() ? "[]" : history) + "}";
}

}  // namespace quartic::detail
