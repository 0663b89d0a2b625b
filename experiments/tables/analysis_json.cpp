#include <nlohmann/json.hpp>

#include "experiments/platform/csv.hpp"
#include "experiments/tables/analysis.hpp"

namespace quartic {

namespace {

using Json = nlohmann::ordered_json;

Json finding_json(const TableStudy& study, const TableFinding& finding) {
  const TableClaim& claim = finding.claim;
  return {{"says", claim.says},
          {"law", "compute_exponent"},
          {"regression", claim.regression ? std::string(to_string(*claim.regression)) : "any"},
          {"floor", claim.floor ? Json(*claim.floor) : Json("any")},
          {std::string(to_string(claim.expectation.kind)), claim.expectation.value},
          {"margin", claim.expectation.margin},
          {"confidence", study.confidence},
          {"estimate", finding.measured.estimate},
          {"low", finding.measured.low},
          {"high", finding.measured.high},
          {"verdict", to_string(finding.judgement.verdict)},
          {"reason", finding.judgement.reason}};
}

Json exponent_json(const TableExponent& exponent) {
  return {{"regression", to_string(exponent.regression)},
          {"floor", exponent.floor},
          {"intercept", exponent.line.intercept},
          {"slope", exponent.line.slope},
          {"estimate", exponent.value.estimate},
          {"low", exponent.value.low},
          {"high", exponent.value.high},
          {"r_squared", exponent.r_squared}};
}

Json comparison_json(const Comparison& comparison) {
  const Growth& growth = comparison.growth;
  return {{"from", comparison.from},
          {"to", comparison.to},
          {"computing", growth.computing},
          {"processors", growth.processors},
          {"rate", growth.rate},
          {"hours", growth.hours},
          {"hardware_share", growth.hardware_share()},
          {"improvement", comparison.improvement},
          {"two_point_exponent", growth.two_point_exponent(comparison.improvement)}};
}

template <class Items, class ToJson>
Json render_list(const Items& items, ToJson to_json) {
  Json list = Json::array();
  for (const auto& item : items) list.push_back(to_json(item));
  return list;
}

}  // namespace

std::string findings_json(const TableStudy& study, const TableResult& result) {
  const auto finding = [&](const TableFinding& item) { return finding_json(study, item); };
  const auto warning = [](const TableWarning& item) -> Json {
    return {{"kind", to_string(item.kind)}, {"text", item.text}};
  };
  const auto projections = [](const ProjectionTable& item) { return Json::parse(projections_json(item)); };
  const Json document{{"schema_version", 1},
                      {"study", study.name},
                      {"table", study.table.name},
                      {"rows", result.flops.size()},
                      {"findings", render_list(result.findings, finding)},
                      {"exponents", render_list(result.exponents, exponent_json)},
                      {"floor_profile", render_list(result.profile, exponent_json)},
                      {"comparisons", render_list(result.comparisons, comparison_json)},
                      {"projections", render_list(result.projections, projections)},
                      {"warnings", render_list(result.warnings, warning)},
                      {"verdict", result.verdict}};
  return document.dump(2) + "\n";
}

std::string points_csv(const TableResult& result) {
  std::string csv = "label,flops,error\n";
  for (Index row = 0; row < result.flops.size(); ++row)
    csv += csv_field(result.labels[static_cast<std::size_t>(row)]) + "," + csv_field(result.flops[row]) +
           "," + csv_field(result.errors[row]) + "\n";
  return csv;
}

}  // namespace quartic
