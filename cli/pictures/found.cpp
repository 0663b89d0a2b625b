#include "cli/pictures/found.hpp"

#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "cli/gnuplot/script.hpp"
#include "cli/pictures/run_json.hpp"
#include "experiments/study/words.hpp"

namespace quartic {

namespace {

using Json = nlohmann::json;

LawKind read_law(const std::string& name) {
  for (const ClaimLaw& law : claim_laws)
    if (law.name == name) return law.kind;
  throw Json::other_error::create(501, "there is no law " + name, nullptr);
}

FoundNumber read_number(const Json& finding) {
  FoundNumber number{.cell = finding.at("cell").get<Index>(),
                     .arm = finding.at("arm").get<std::string>(),
                     .law = read_law(finding.at("law").get<std::string>()),
                     .from = json_number(finding.at("from")),
                     .to = json_number(finding.at("to")),
                     .value = {json_number(finding.at("estimate")), json_number(finding.at("low")),
                               json_number(finding.at("high"))}};
  if (std::isnan(number.to)) number.to = INFINITY;
  if (finding.contains("expect")) number.claimed = json_number(finding.at("expect"));
  number.typical = finding.at("average").get<std::string>() == to_string(Average::geometric_mean);
  // Older files do not say it.
  if (finding.contains("over"))
    for (const auto& [over, word] : expense_words)
      if (finding.at("over") == word) number.over = over;
  if (const Json& against = finding.at("against"); !against.is_null()) {
    number.against = against.at("arm").get<std::string>();
    if (against.contains("n")) number.against_n = against.at("n").get<Index>();
  }
  if (const Json& fit = finding.at("fit"); !fit.is_null()) {
    number.best = json_items(fit.at("readings")).size() > 1;
    if (!number.best) number.form = fit.at("form").get<std::string>();
  }
  return number;
}

}  // namespace

std::vector<FoundNumber> read_found(const std::string& folder) {
  if (!std::filesystem::exists(folder + "/findings.json")) return {};
  return read_run_json<Json>(folder, "findings.json", [](const Json& findings) {
    std::vector<FoundNumber> found;
    if (!findings.is_object() || findings.contains("findings"))
      for (const Json& finding : json_items(findings.at("findings"))) found.push_back(read_number(finding));
    return found;
  });
}

const FoundNumber* find_number(const std::vector<FoundNumber>& found, LawKind law, Index cell,
                               const std::string& arm, Expense over) {
  const FoundNumber* first = nullptr;
  for (const FoundNumber& number : found) {
    if (number.law != law || number.over != over || number.cell != cell || number.arm != arm) continue;
    if (number.best) return &number;
    if (!first) first = &number;
  }
  return first;
}

std::string exponent_in_words(const Interval& exponent) {
  if (std::isnan(exponent.low)) return "";
  if (!std::isfinite(exponent.high)) return "above k^{" + picture_number(exponent.low) + "}";
  return "k^{" + picture_number(exponent.estimate) + "} [" + picture_number(exponent.low) + ", " +
         picture_number(exponent.high) + "]";
}

}  // namespace quartic
