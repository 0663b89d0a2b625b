/// findings.json. What is not finite has no place in JSON: dump() writes null for it.
#include <cmath>
#include <nlohmann/json.hpp>

#include "experiments/findings/findings.hpp"
#include "experiments/findings/in_words.hpp"
#include "experiments/findings/readings_json.hpp"
#include "experiments/results/settings.hpp"
#include "experiments/study/claim_laws.hpp"

namespace quartic {
namespace {

using Json = nlohmann::ordered_json;

Json against_json(const Claim& claim) {
  if (claim.against_arm.empty()) return nullptr;
  Json against{{"arm", claim.against_arm}};
  if (claim.against_n > 0) against["n"] = claim.against_n;
  return against;
}

/// What an exponent was read off; null for other laws.
Json law_json(const Finding& finding) {
  const LawEstimate& law = finding.law;
  if (!std::isfinite(law.fit.law.exponent)) return nullptr;
  return {{"form", to_string(law.fit.law.form)},
          {"floor", law.fit.law.floor},
          {"offset", law.fit.law.offset},
          {"r_squared", law.fit.r_squared},
          {"interval", to_string(finding.claim.interval)},
          {"readings", Json::parse(readings_json(law.readings))},
          {"warnings", Json::parse(warnings_json(law.warnings))}};
}

Json interval_json(const Interval& interval) {
  return {{"estimate", interval.estimate}, {"low", interval.low}, {"high", interval.high}};
}

/// {"estimate": ..., "low": ..., "high": ...} after this key.
Json labelled(const char* key, Json label, const Interval& interval) {
  Json json{{key, std::move(label)}};
  json.update(interval_json(interval));
  return json;
}

Json causes_json(const Causes& causes, const CausesFinding& finding) {
  Json base = interval_json(finding.exponents.front());
  base.update({{"expect", causes.expect},
               {"margin", causes.margin},
               {"verdict", to_string(finding.base.verdict)},
               {"reason", finding.base.reason}});
  Json shares = Json::array(), combinations = Json::array();
  for (std::size_t k = 0; k < cause_names.size(); ++k)
    shares.push_back(labelled("cause", cause_names[k], finding.shares[k]));
  for (std::size_t m = 0; m < finding.exponents.size(); ++m)
    combinations.push_back(labelled("causes", combination_name(m), finding.exponents[m]));
  return {{"base", base},
          {"shares", shares},
          {"total", interval_json(finding.total)},
          {"largest", combination_name(finding.largest)},
          {"combinations", combinations}};
}

/// Beside the interval what must be known of it, or stands in its way.
Json estimate_json(const LawEstimate& law) {
  Json json = interval_json(law.value);
  json["note"] = law.note;
  return json;
}
Json costs_json(const Remedies& asked, const RemedyCosts& costs) {
  Json totals = Json::array();
  for (std::size_t k = 0; k < costs.totals.size(); ++k) {
    Json total{{"uses", asked.uses[k]}};
    total.update(estimate_json(costs.totals[k]));
    totals.push_back(total);
  }
  return {{"training", estimate_json(costs.training)},
          {"running", estimate_json(costs.running)},
          {"totals", totals}};
}
Json judgement_json(const Judgement& judgement) {
  return {{"verdict", to_string(judgement.verdict)}, {"reason", judgement.reason}};
}

Json remedies_json(const Remedies& asked, const RemediesFinding& finding) {
  Json list = Json::array();
  for (const Remedy& remedy : finding.remedies)
    list.push_back({{"arm", remedy.arm},
                    {"exponent", estimate_json(remedy.exponent)},
                    {"exponent_ratio", estimate_json(remedy.exponent_ratio)},
                    {"leaves_exponent", judgement_json(remedy.leaves_exponent)},
                    {"multiples", costs_json(asked, remedy.multiples)},
                    {"muted", judgement_json(remedy.muted)}});
  return {{"against", asked.against},
          {"at_error", asked.at_error},
          {"saving", asked.saving},
          {"confidence", asked.confidence},
          {"exponent", estimate_json(finding.exponent)},
          {"costs", costs_json(asked, finding.costs)},
          {"remedies", list},
          {"muted", judgement_json(finding.muted)}};
}

/// What a law is over, and of what it is the ratio; null where it is neither.
Json over_json(const Claim& claim) {
  if (claim_law(claim.law).over == OverOfLaw::fixed) return nullptr;
  return to_string(claim.over);
}
Json ratio_json(const Claim& claim) {
  if (claim.law != LawKind::ratio) return nullptr;
  Json of{{"of", word_for(ratio_words, claim.of)}};
  if (claim.of == RatioOf::cost) of["at_error"] = claim.at_error;
  return of;
}

Json finding_json(const Finding& finding, const std::string& observations) {
  const Claim& claim = finding.claim;
  return {{"says", claim.says},
          {"cell", finding.cell},
          {"settings", Json::parse(settings_json(finding.settings))},
          {"arm", claim.arm},
          {"law", to_string(claim.law)},
          {"average", to_string(claim.average)},
          {"from", claim.from},
          {"to", claim.to},
          {"near", claim.near},
          {"against", against_json(claim)},
          {"over", over_json(claim)},
          {"ratio", ratio_json(claim)},
          {std::string(to_string(claim.test)), claim.value},
          {"margin", *claim.margin},
          {"confidence", claim.confidence},
          {"estimate", finding.law.value.estimate},
          {"low", finding.law.value.low},
          {"high", finding.law.value.high},
          {"fit", law_json(finding)},
          {"verdict", to_string(finding.judgement.verdict)},
          {"reason", finding.judgement.reason},
          {"in_words", in_words(finding, observations)}};
}

}  // namespace

std::string findings_json(const Study& study, const std::vector<Finding>& findings,
                          const BesideFindings& beside) {
  Json list = Json::array();
  for (const Finding& finding : findings) list.push_back(finding_json(finding, study.observations));
  Json document{{"schema_version", 1}, {"study", study.name}, {"findings", list}};
  if (beside.causes) document["causes"] = causes_json(*study.causes, *beside.causes);
  if (beside.remedies) document["remedies"] = remedies_json(*study.remedies, *beside.remedies);
  if (!beside.adaptive.empty()) document["adaptive"] = Json::parse(beside.adaptive);
  return document.dump(2) + "\n";
}

}  // namespace quartic
