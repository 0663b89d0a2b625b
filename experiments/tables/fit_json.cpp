#include <nlohmann/json.hpp>

#include "experiments/findings/readings_json.hpp"
#include "experiments/results/settings.hpp"
#include "experiments/study/words.hpp"
#include "experiments/tables/fit.hpp"

namespace quartic {

namespace {

using Json = nlohmann::ordered_json;

Json interval_json(const Interval& value) {
  return {{"estimate", value.estimate}, {"low", value.low}, {"high", value.high}};
}

Json two_causes_json(const std::optional<TwoCauseNumbers>& numbers) {
  if (!numbers) return nullptr;
  Json law = Json::object(), frontier = Json::object();
  for (const LawNumber& number : numbers->law) law[number.key] = interval_json(number.value);
  for (const LawNumber& number : numbers->frontier) frontier[number.key] = interval_json(number.value);
  law["frontier"] = frontier;
  law["computing"] = {
      {"unit", numbers->cost.unit}, {"parameters", numbers->cost.first}, {"data", numbers->cost.second}};
  return law;
}

Json fit_json(const TableFit& fit) {
  const bool judged = fit.judgement.has_value();
  return {{"group", fit.group},
          {"settings", Json::parse(settings_json(fit.settings))},
          {"quantity", to_string(fit.quantity)},
          {"law", has_exponent(fit) ? Json(law_name(fit)) : Json(nullptr)},
          {"estimate", fit.value.estimate},
          {"low", fit.value.low},
          {"high", fit.value.high},
          {"readings", Json::parse(readings_json(fit.readings))},
          {"line", fit.line.estimate},
          {"line_low", fit.line.low},
          {"line_high", fit.line.high},
          {"reverse", fit.reverse.estimate},
          {"reverse_low", fit.reverse.low},
          {"reverse_high", fit.reverse.high},
          {"floor", fit.fit.law.floor},
          {"break", fit.break_size.estimate},
          {"break_low", fit.break_size.low},
          {"break_high", fit.break_size.high},
          {"estimate_beyond", fit.beyond.estimate},
          {"beyond_low", fit.beyond.low},
          {"beyond_high", fit.beyond.high},
          {"two_causes", two_causes_json(fit.two_causes)},
          {"r_squared", fit.fit.r_squared},
          {"verdict", judged ? Json(to_string(fit.judgement->verdict)) : Json(nullptr)},
          {"reason", judged ? Json(fit.judgement->reason) : Json(nullptr)},
          {"note", fit.note},
          {"warnings", Json::parse(warnings_json(fit.warnings))},
          {"rows", fit.rows},
          {"replicates", fit.replicates},
          {"clusters", fit.clusters}};
}

}  // namespace

std::string fits_json(const CsvTable& table, const TableFits& fits) {
  Json list = Json::array();
  for (const TableFit& fit : fits.fits) list.push_back(fit_json(fit));
  const Json document{{"schema_version", 1},
                      {"file", table.file},
                      {"performance", word_for(fit_performance_words, fits.performance)},
                      {"confidence", fits.question.confidence},
                      {"even", fits.question.even},
                      {"average", word_for(average_words, fits.question.average)},
                      {"by", word_for(fitted_by_words, fits.question.by)},
                      {"cluster", fits.question.cluster},
                      {"rows_left_out", fits.left_out},
                      {"notes", fits.notes},
                      {"fits", list}};
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace quartic
