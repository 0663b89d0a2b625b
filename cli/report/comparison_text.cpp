#include "cli/report/comparison_text.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "cli/report/report.hpp"
#include "cli/report/sweep_findings.hpp"
#include "cli/terminal/text.hpp"

namespace quartic {

namespace {

std::string run_text(const char* letter, const NamedRun& run) {
  return std::string(letter) + "  " + run.folder + ": " + run.study.title + ", seed " +
         std::to_string(run.study.seed) + "\n";
}

/// Whether the interval holds no 0.
std::string sign_of(const Interval& difference) {
  if (std::isnan(difference.low) || (difference.low <= 0 && difference.high >= 0)) return "";
  return difference.low > 0 ? "B is worse" : "B is better";
}

std::vector<std::string> error_row(const Study& study, const ErrorDifference& error) {
  return {starred(study, error.arm),        with_thousands(error.n),
          with_thousands(error.replicates), short_number(error.mean_a),
          short_number(error.mean_b),       short_number(error.difference.estimate),
          interval_text(error.difference),  sign_of(error.difference)};
}

std::string rows_table(const std::vector<std::vector<std::string>>& rows) {
  return aligned_table({"arm", "n", "replicates", "A", "B", "B - A", "95 % interval", ""}, rows) + "\n";
}

std::string errors_text(const Study& study, const std::vector<ErrorDifference>& errors) {
  constexpr std::size_t most_cells = 4;
  std::map<CellSettings, std::vector<const ErrorDifference*>> cells;
  for (const ErrorDifference& error : errors) cells[error.settings].push_back(&error);
  const Index largest =
      std::max_element(errors.begin(), errors.end(), [](const auto& one, const auto& other) {
        return one.n < other.n;
      })->n;
  std::string out;
  for (const auto& [settings, shared] : cells) {
    std::vector<std::vector<std::string>> rows;
    for (const ErrorDifference* error : shared)
      if (cells.size() <= most_cells || error->n == largest) rows.push_back(error_row(study, *error));
    if (rows.empty()) continue;
    out += (settings.empty() ? "" : settings_text(settings) + "\n") + rows_table(rows);
  }
  return out;
}

std::string answer_text(const char* letter, const std::optional<Finding>& finding, const Console& console) {
  const std::string line = "    " + std::string(letter) + "  ";
  if (!finding) return line + "does not claim it\n";
  return line + painted_verdict(finding->judgement.verdict, console.paint) + "  " + estimate_text(*finding) +
         " " + range_text(*finding) + ", " + expectation_text(finding->claim) + "\n";
}

std::string claim_text(const Study& study, const ComparedClaim& claim, const Console& console) {
  const Finding& finding = claim.a ? *claim.a : *claim.b;
  const CellSettings settings = settings_of_claim(finding);
  const std::string cell = settings.empty() ? "" : " (" + settings_text(settings) + ")";
  return "  " + wrapped(finding.claim.says + cell, console.width, 2) + "\n    " +
         wrapped(quantity_text(study, finding.claim), console.width, 4) + "\n" +
         answer_text("A", claim.a, console) + answer_text("B", claim.b, console);
}

}  // namespace

std::string comparison_text(const NamedRun& a, const NamedRun& b, const RunComparison& comparison,
                            const Console& console) {
  const bool paired = a.study.seed == b.study.seed;
  std::string out =
      run_text("A", a) + run_text("B", b) + "\n" +
      console.paint.bold("Normalised errors of the replicates that both have, means") + "\n" +
      wrapped(paired ? "Replicates of one seed share their random numbers where their worlds allow "
                       "it: intervals are over the differences of pairs."
                     : "The seeds differ, so that replicates share nothing: intervals are wider "
                       "than those of runs with one seed.",
              console.width) +
      "\n" + errors_text(a.study, comparison.errors);
  if (comparison.claims.empty()) return out;
  out += console.paint.bold("Claims") + "\n";
  for (const ComparedClaim& claim : comparison.claims)
    out += claim_text(claim.a ? a.study : b.study, claim, console);
  return out;
}

}  // namespace quartic
