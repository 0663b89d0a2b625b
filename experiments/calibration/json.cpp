#include <nlohmann/json.hpp>

#include "core/words.hpp"
#include "experiments/calibration/calibration.hpp"

namespace quartic {

namespace {

using Json = nlohmann::ordered_json;

using Kind = CalibrationDesign::Kind;
constexpr Words<Kind, 4> kind_words = {{{Kind::coverage, "coverage"},
                                        {Kind::verdict, "verdict"},
                                        {Kind::plain, "plain"},
                                        {Kind::two_causes, "two_causes"}}};

constexpr Words<ErrorNoise, 3> noise_words = {
    {{ErrorNoise::log_normal, "log_normal"}, {ErrorNoise::heavy, "heavy"}, {ErrorNoise::skewed, "skewed"}}};

}  // namespace

std::string calibration_json(const std::vector<CalibrationRow>& rows, const CalibrationPlan& plan,
                             std::uint64_t seed) {
  Json list = Json::array();
  for (const CalibrationRow& row : rows) {
    const CalibrationDesign& design = row.design;
    list.push_back({{"kind", word_for(kind_words, design.kind)},
                    {"name", design.name},
                    {"form", design.kind == Kind::two_causes ? "two_causes" : to_string(design.law.form)},
                    {"noise", word_for(noise_words, design.noise)},
                    {"spread", design.spread},
                    {"last_spread", design.spread * design.change},
                    {"replicates", design.replicates},
                    {"sizes", design.sizes},
                    {"from", design.from},
                    {"to", design.to},
                    {"method", to_string(design.method)},
                    {"studies", row.studies},
                    {"covered", row.covered},
                    {"covered_se", row.covered_error()},
                    {"without", row.without},
                    {"bias", row.bias},
                    {"width", row.width},
                    {"width_of_known", row.width_of_known},
                    {"supported", row.supported},
                    {"rejected", row.rejected},
                    {"not_identified", row.not_identified}});
  }
  const Json json{{"schema_version", 1},
                  {"seed", seed},
                  {"rows_missing", plan.designs.size() - rows.size()},
                  {"rows", list}};
  return json.dump(2) + "\n";
}

}  // namespace quartic
