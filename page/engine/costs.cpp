#include <cmath>

#include "core/number_text.hpp"
#include "core/require.hpp"
#include "experiments/tables/analysis.hpp"
#include "experiments/tables/built_in.hpp"
#include "experiments/tables/table_study.hpp"
#include "page/engine/questions.hpp"

namespace quartic::page {

namespace {

std::vector<Machine> machines() {
  return read_machines(built_in_tables().at("conversions"), "conversions");
}

Json line_json(const TableExponent& one) {
  return {{"exponent", one.value.estimate},
          {"low", one.value.low},
          {"high", one.value.high},
          {"slope", one.line.slope},
          {"intercept", one.line.intercept}};
}

Json points_json(const CsvTable& table, const TableResult& result) {
  const Vector years = read_numbers(table, table.column("year"));
  const Index names = table.column("name");
  Json points = Json::array();
  for (Index k = 0; k < std::ssize(result.labels); ++k) {
    const std::string& label = result.labels[static_cast<std::size_t>(k)];
    double year = nan;
    for (Index row = 0; row < table.rows(); ++row)
      if (table.at(row, names) == label) year = years[row];
    points.push_back(
        {{"name", label}, {"year", year}, {"error", result.errors[k]}, {"gflop", result.flops[k] / 1e9}});
  }
  return points;
}

Json targets_json(const ProjectionTable& table) {
  Json targets = Json::array();
  for (const Projection& one : table.projections)
    targets.push_back({{"error", one.target},
                       {"log10_flops", one.log10_flops.estimate},
                       {"low", one.log10_flops.low},
                       {"high", one.log10_flops.high},
                       {"reverse", one.reverse},
                       {"decades_beyond", one.decades_beyond}});
  return targets;
}

Json growth_json(const Growth& growth) {
  return {{"computing", growth.computing},
          {"processors", growth.processors},
          {"rate", growth.rate},
          {"hours", growth.hours},
          {"hardware_share", growth.hardware_share()}};
}

}  // namespace

Answer bill(const Question& question) {
  const double flops = question.asked.at("flops").get<double>();
  require(flops >= 0,
          "a job has " + shortest(flops) + " operations (they are counted from 0 on). Give a number.");
  Json list = Json::array();
  double pounds = nan;
  for (const Machine& machine : machines()) {
    const GflopRates rates = gflop_rates(machine);
    if (std::isnan(pounds)) pounds = rates.pounds * flops / 1e9;
    list.push_back({{"name", machine.name},
                    {"year", machine.year},
                    {"kwh", rates.kwh * flops / 1e9},
                    {"pounds_co2", rates.pounds * flops / 1e9},
                    {"dollars", rates.dollars * flops / 1e9},
                    {"source", machine.source}});
  }
  return told({{"machines", std::move(list)},
               {"months_of_new_york", pounds * tonnes_per_pound / (new_york_tonnes_a_year / 12)}});
}

Answer recorded(const Question& question) {
  const double floor = question.asked.at("floor").get<double>();
  const TableStudy study =
      parse_table_study(built_in_table_studies().at("recorded"), "recorded.toml",
                        {.effort = "classroom", .overrides = {{"floors", "[" + shortest(floor) + "]"}}});
  const CsvTable table = parse_csv(built_in_tables().at(study.table.name), study.table.name);
  const TableResult result = analyse(study, table, machines());
  Json json{{"points", points_json(table, result)}, {"targets", targets_json(result.projections.front())}};
  for (const TableExponent& one : result.profile)
    json[std::string(to_string(one.regression))] = line_json(one);
  if (!result.comparisons.empty()) json["growth"] = growth_json(result.comparisons.front().growth);
  return told(std::move(json));
}

}  // namespace quartic::page
