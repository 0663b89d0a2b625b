#include "experiments/findings/readings_json.hpp"

#include <nlohmann/json.hpp>

namespace quartic {

namespace {

using Json = nlohmann::ordered_json;

// The text of a warning may quote a table, whose bytes need not be UTF-8.
std::string written(const Json& list) {
  return list.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

std::string readings_json(const std::vector<Reading>& readings) {
  Json list = Json::array();
  for (const Reading& reading : readings)
    list.push_back({{"form", to_string(reading.form)},
                    {"estimate", reading.value.estimate},
                    {"low", reading.value.low},
                    {"high", reading.value.high},
                    {"p", reading.p},
                    {"excluded", reading.excluded}});
  return written(list);
}

std::string warnings_json(const std::vector<LawWarning>& warnings) {
  Json list = Json::array();
  for (const LawWarning& warning : warnings)
    list.push_back({{"kind", to_string(warning.kind)}, {"text", warning.text}});
  return written(list);
}

}  // namespace quartic
