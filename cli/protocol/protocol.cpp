#include "cli/protocol/protocol.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "cli/protocol/markdown.hpp"
#include "cli/report/report.hpp"
#include "cli/report/sweep_findings.hpp"
#include "cli/terminal/text.hpp"
#include "core/number_text.hpp"
#include "core/words.hpp"
#include "experiments/findings/causes.hpp"
#include "experiments/platform/build_info.hpp"
#include "experiments/platform/digest.hpp"
#include "experiments/study/arm.hpp"
#include "experiments/study/expert_keys.hpp"
#include "sim/worlds/test_shift.hpp"

namespace quartic {

namespace {

std::string section(const std::string& heading, const std::string& body) {
  return "\n## " + heading + "\n\n" + body;
}

std::string value_text(const OptionValue& value) {
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
  if (const auto* count = std::get_if<Index>(&value)) return with_thousands(*count);
  if (const auto* number = std::get_if<double>(&value)) return short_number(*number);
  return std::get<std::string>(value);
}

/// "candidates 200, noise 1", of all options or of those that the study sets.
std::string options_text(const OptionValues& options) {
  std::string text;
  for (const auto& [name, value] : options)
    text += (text.empty() ? "" : ", ") + name + " " + value_text(value);
  return text.empty() ? "as they are by default" : text;
}

std::string sizes_text(const std::vector<Index>& sizes) {
  std::string text;
  for (const Index n : sizes) text += (text.empty() ? "" : ", ") + with_thousands(n);
  return text;
}

/// The claim with the margin that it has where it names none.
Claim settled(Claim claim) {
  claim.margin = claim.margin.value_or(usual_margin(claim.law, claim.value));
  return claim;
}

std::string expectation(const Claim& claim) {
  const std::string text = expectation_text(settled(claim));
  return claim.formula.empty() ? text : "expected " + claim.formula + ", worked out in each cell";
}

std::string range_of_sizes(const Claim& claim) {
  if (claim.from <= 0 && std::isinf(claim.to)) return "all sizes";
  std::string text = claim.from > 0 ? "from " + short_number(claim.from) : "";
  if (std::isfinite(claim.to)) text += (text.empty() ? "to " : " to ") + short_number(claim.to);
  return text;
}

/// What the study's tables [remedies] and [causes] claim, beside its claims.
std::string muted_claim(const Remedies& remedies) {
  return fmt::format(
      "The effects on training are muted: with no remedy does it cost less than 1/{} of what it costs {}.",
      shortest(remedies.saving), remedies.against);
}
std::string base_claim(const Causes& causes) {
  return fmt::format("Without any cause the exponent of computing of {} is {} ± {}.", causes.arm,
                     shortest(causes.expect), shortest(causes.margin));
}

/// "world.distance = 0 or 0.6".
std::string cells_text(const Claim& claim) {
  std::string text;
  for (const auto& [key, values] : claim.cells)
    text += (text.empty() ? "" : ", ") + key + " = " + joined(values, " or ");
  return text.empty() ? "all" : text;
}

std::string aims(const Study& study) {
  std::string body = markdown_text(study.question) + "\n";
  if (!study.source.empty()) body += "\nSource: " + markdown_text(study.source) + "\n";
  std::vector<std::string> claims;
  for (const Claim& claim : study.claims) claims.push_back(claim.says);
  if (study.remedies) claims.push_back(muted_claim(*study.remedies));
  if (study.causes) claims.push_back(base_claim(*study.causes));
  if (claims.empty()) return body + "\nThe study claims nothing: it describes.\n";
  body += "\nWhat is claimed, each answered with supported, rejected or not identified:\n\n";
  for (std::size_t k = 0; k < claims.size(); ++k)
    body += fmt::format("{}. {}\n", k + 1, markdown_text(claims[k]));
  return body;
}

std::string data_of(const Study& study) {
  const Cell first = study.cells.front();
  std::string body = "World: " + markdown_text(first.world.kind) + "; " +
                     markdown_text(options_text(first.world.options)) + ".\n";
  if (const std::vector<CellAxis> axes = study.cells.axes(); !axes.empty()) {
    std::vector<std::vector<std::string>> rows;
    for (const CellAxis& axis : axes) rows.push_back({axis.key, joined(axis.values)});
    body += fmt::format("\nVaried, {} cells in all; the world above is that of the first:\n\n",
                        with_thousands(static_cast<Index>(study.cells.size()))) +
            markdown_table({"option", "values"}, rows);
  }
  body += fmt::format("\nSizes, in {}: {}.\n\n", markdown_text(study.observations),
                      sizes_text(given_sizes(study)));
  body += study.truth_seed ? fmt::format("All replicates have one truth, that of seed {}.", *study.truth_seed)
                           : std::string("Each replicate draws its own truth.");
  return body +
         " A sample of size n is the first n rows of it, and all arms of a replicate see the same rows, so that "
         "arms and sizes are compared in pairs.\n";
}

/// In which cells a claim holds is told where some are not about all.
std::string estimands_of_claims(const Study& study) {
  std::vector<std::string> header = {"claim", "estimand", "sizes", "claimed", "interval"};
  std::vector<std::vector<std::string>> rows;
  std::set<LawKind> laws;
  const bool some = std::any_of(study.claims.begin(), study.claims.end(),
                                [](const Claim& claim) { return !claim.cells.empty(); });
  if (some) header.insert(header.begin() + 3, "cells");
  for (const Claim& claim : study.claims) {
    rows.push_back({with_thousands(std::ssize(rows) + 1), quantity_text(study, claim), range_of_sizes(claim),
                    expectation(claim), short_number(100 * claim.confidence) + " %"});
    if (some) rows.back().insert(rows.back().begin() + 3, cells_text(claim));
    laws.insert(claim.law);
  }
  std::string body = "\n" + markdown_table(header, rows) + "\n";
  for (const LawKind law : laws)
    body += "- " + spaced(to_string(law)) + ": " + markdown_text(claim_law(law).meaning) + "\n";
  return body;
}

std::string estimands_of_remedies(const Remedies& remedies) {
  std::string uses;
  for (const double count : remedies.uses) uses += (uses.empty() ? "" : ", ") + uses_in_words(count);
  return fmt::format(
      "\nRemedies - {} - are held against {}, replicate by replicate, with {} % intervals: the exponent q of fitting and "
      "tuning, over that of the other (it counts as the same where the ratio is 1 ± {}), and what it costs to reach a "
      "normalised error of {}, in training - fitting, tuning and its share of pre-training -, in a prediction, and in "
      "all at {}, as multiples of what it costs the other. Training is cheaper where its multiple is "
      "surely below 1/{}; that some of all {} remedies make it so takes intervals that fail in that part of the cases "
      "(Bonferroni).\n",
      markdown_text(joined(remedies.arms)), markdown_text(remedies.against),
      shortest(100 * remedies.confidence), shortest(remedies.margin), shortest(remedies.at_error), uses,
      shortest(remedies.saving), remedies.arms.size());
}

std::string estimands_of_causes(const Causes& causes) {
  const std::vector<std::string> names(cause_names.begin(), cause_names.end());
  return fmt::format(
      "\nCauses - {} - are switched on in all combinations; replicates, {} at a time, are fields that publish one figure "
      "a size, and the exponent of {} is read off these, with {} % intervals over fields. The share of a cause is its "
      "Shapley mean over all orders. Without any cause the exponent is expected to be {} ± {}.\n",
      joined(names), causes.systems, markdown_text(causes.arm), shortest(100 * causes.confidence),
      shortest(causes.expect), shortest(causes.margin));
}

std::string estimands(const Study& study) {
  std::string body = fmt::format(
      "The normalised error of a fit is its excess risk over fresh observations ({}), so that 1 is the error of who "
      "learned nothing; label noise does not count. Performance k is {}.\n",
      has_classes(study)
          ? "the error rate above that of the Bayes rule, over that of the best constant answer above it"
          : "E\\[(f(x) - f\\*(x))²\\], over the variance of f\\*",
      in_words(study.performance));
  if (has_test_shift(study.cells.front().world.options))
    body +=
        "Those observations are recorded otherwise than the ones that are trained on (test_shift); f\\* is that of "
        "the case, however it is recorded.\n";
  if (!study.claims.empty()) body += estimands_of_claims(study);
  if (study.remedies) body += estimands_of_remedies(*study.remedies);
  if (study.causes) body += estimands_of_causes(*study.causes);
  return body;
}

std::string methods(const Study& study) {
  std::vector<std::vector<std::string>> rows;
  bool marked = false;
  for (const ArmSpec& arm : study.cells.front().arms) {
    const std::string marks = list_marks(arm, study.catalogues.model(arm.model.kind));
    marked = marked || !marks.empty();
    rows.push_back({starred(study, arm.name), arm.model.kind, options_text(arm.model.options),
                    arm.expert ? describe_expert(*arm.expert) : "every column", marks.empty() ? "" : marks});
  }
  std::string body = markdown_table({"arm", "model", "options", "sees", "mark"}, rows);
  if (marked)
    body +=
        "\n\\* informed: its options quote what only the truth knows; unattainable: its penalty is picked by true "
        "risk.\n";
  return body;
}

std::string performance() {
  return "Errors are averaged over replicates, as the claim says by mean or geometric mean; the Monte Carlo standard "
         "error of a mean is the deviation over replicates by the root of their number, and stands beside it. "
         "Intervals of claims come from leaving out replicates one at a time, whole, with all their sizes and arms. A "
         "claim is supported where the interval lies within its margin, rejected where it lies outside, and not "
         "identified otherwise. Operations are counted, not timed: add, subtract, multiply, divide, sqrt, exp, log, tanh "
         "and erf are one each; tuning is billed. Fits that fail or diverge are counted, shown, and left out of "
         "averages.\n";
}

std::string power_table(const std::vector<ClaimPower>& planned, double spread) {
  std::vector<std::vector<std::string>> rows;
  for (const ClaimPower& one : planned)
    rows.push_back({one.quantity, short_number(one.expect) + " ± " + short_number(one.margin),
                    short_number(one.against), replicates_text(one.replicates),
                    replicates_text(one.with_one_size_more)});
  return fmt::format(
             "\nReplicates with which a claim, read by the power law, is supported nine times in ten where it is true "
             "and rejected nine times in ten where the exponent is the other one, if errors scatter by {} in "
             "logarithms (\\-: no number is enough, or the margin holds both):\n\n",
             short_number(spread)) +
         markdown_table({"claim", "claimed", "other", "replicates", "with one size more"}, rows);
}

std::string replicates(const Study& study, const PowerOptions& power) {
  std::string body;
  if (study.adaptive) {
    body = fmt::format("{} to {}, as many as the study's targets take.\n",
                       with_thousands(study.adaptive->least), with_thousands(study.adaptive->most));
  } else {
    std::vector<std::vector<std::string>> rows;
    for (const ArmSpec& arm : study.cells.front().arms) {
      const Index count = count_replicates(study, arm);
      const double se = std::sqrt(std::expm1(power.spread * power.spread) / static_cast<double>(count));
      rows.push_back({arm.name, with_thousands(count), short_number(100 * se) + " %"});
    }
    body = markdown_table({"arm", "replicates", "standard error of a mean error, of it"}, rows);
    body += fmt::format("\nThe last column is for errors that scatter by {} in logarithms.\n",
                        short_number(power.spread));
  }
  const std::vector<ClaimPower> planned = plan_power(study, power);
  return planned.empty() ? body : body + power_table(planned, power.spread);
}

std::string conduct(const Study& study) {
  return fmt::format(
      "quartic {}, seed {}. The study below, as a file study.toml, is run by\n\n{}\nResults do not depend on threads, "
      "order, shards or interruptions. SHA-256 of the study below: {}.\n\nWhat was done otherwise, and why:\n",
      markdown_text(version()), study.seed, markdown_code("quartic run study.toml --out study", "sh"),
      sha256(study.text));
}

}  // namespace

std::string protocol(const Study& study, const PowerOptions& power) {
  return "# Protocol: " + markdown_text(study.title) + "\n" + section("Aims", aims(study)) +
         section("Data-generating mechanisms", data_of(study)) + section("Estimands", estimands(study)) +
         section("Methods", methods(study)) + section("Performance measures", performance()) +
         section("Number of replicates", replicates(study, power)) + section("Conduct", conduct(study)) +
         section("The study", markdown_code(study.text, "toml"));
}

}  // namespace quartic
