#include <nlohmann/json.hpp>

#include "experiments/results/settings.hpp"
#include "experiments/tables/fit.hpp"

namespace quartic {

namespace {

using Json = nlohmann::ordered_json;

Json fit_json(const TableFit& fit) {
  Json readings = Json::array(), warnings = Json::array();
  for (const Reading& reading : fit.readings)
    readings.push_back({{"form", to_string(reading.form)},
                        {"estimate", reading.value.estimate},
                        {"low", reading.value.low},
                        {"high", reading.value.high},
                        {"p", reading.p},
                        {"excluded", reading.excluded}});
  for (const LawWarning& warning : fit.warnings)
    warnings.push_back({{"kind", to_string(warning.kind)}, {"text", warning.text}});
  const bool judged = fit.judgement.has_value();
  return {{"group", fit.group},
          {"settings", Json::parse(settings_json(fit.settings))},
          {"quantity", to_string(fit.quantity)},
          {"law", law_name(fit)},
          {"estimate", fit.value.estimate},
          {"low", fit.value.low},
          {"high", fit.value.high},
          {"readings", readings},
          {"reverse", fit.reverse.estimate},
          {"reverse_low", fit.reverse.low},
          {"reverse_high", fit.reverse.high},
          {"floor", fit.fit.law.floor},
          {"break", fit.fit.law.break_size},
          {"estimate_beyond", fit.beyond},
          {"r_squared", fit.fit.r_squared},
          {"verdict", judged ? Json(to_string(fit.judgement->verdict)) : Json(nullptr)},
          {"reason", judged ? Json(fit.judgement->reason) : Json(nullptr)},
          {"note", fit.note},
          {"warnings", warnings},
          {"rows", fit.rows},
          {"replicates", fit.replicates}};
}

}  // namespace

std::string fits_json(const CsvTable& table, const TableFits& fits) {
  Json list = Json::array();
  for (const TableFit& fit : fits.fits) list.push_back(fit_json(fit));
  const Json document{{"schema_version", 1},
                      {"file", table.file},
                      {"performance", to_string(fits.performance)},
                      {"confidence", fits.question.confidence},
                      {"even", fits.question.even},
                      {"rows_left_out", fits.left_out},
                      {"notes", fits.notes},
                      {"fits", list}};
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace quartic
