#include "cli/report/sweep_findings.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "cli/terminal/text.hpp"
#include "experiments/study/claim_cells.hpp"

namespace quartic {

namespace {

bool concerns_arm(const std::string& key, const std::string& arm) {
  return !arm.empty() && key.starts_with("arm." + arm + ".");
}

bool concerns_claim(const std::string& key, const Claim& claim) {
  return key.starts_with("world.") || concerns_arm(key, claim.arm) || concerns_arm(key, claim.against_arm) ||
         std::any_of(claim.with.begin(), claim.with.end(),
                     [&](const std::string& arm) { return concerns_arm(key, arm); });
}

/// The cells as columns: keys, and values by finding; "-" where a cell lacks a setting.
struct CellColumns {
  std::vector<std::string> keys;
  std::vector<std::vector<std::string>> values;
};

CellColumns make_columns(const std::vector<const Finding*>& findings) {
  CellColumns columns;
  std::vector<std::map<std::string, std::string>> cells;
  for (const Finding* finding : findings) {
    const CellSettings settings = settings_of_claim(*finding);
    cells.emplace_back(settings.begin(), settings.end());
    for (const auto& [key, value] : settings)
      if (std::find(columns.keys.begin(), columns.keys.end(), key) == columns.keys.end())
        columns.keys.push_back(key);
  }
  for (const auto& cell : cells) {
    columns.values.emplace_back();
    for (const std::string& key : columns.keys)
      columns.values.back().push_back(cell.contains(key) ? cell.at(key) : "-");
  }
  return columns;
}

/// A formula has a value of its own in every cell.
bool expects_the_same(const std::vector<const Finding*>& findings) {
  return std::all_of(findings.begin(), findings.end(), [&](const Finding* finding) {
    return expectation_text(finding->claim) == expectation_text(findings.front()->claim);
  });
}

std::string cells_table(const std::vector<const Finding*>& findings, const Console& console) {
  const CellColumns cells = make_columns(findings);
  const bool same = expects_the_same(findings);
  std::vector<std::string> header = cells.keys;
  header.insert(header.end(), {"estimate", "interval"});
  if (!same) header.emplace_back("");
  header.emplace_back("verdict");
  std::vector<std::vector<std::string>> rows;
  for (std::size_t k = 0; k < findings.size(); ++k) {
    const Finding& finding = *findings[k];
    rows.push_back(cells.values[k]);
    rows.back().push_back(estimate_text(finding));
    rows.back().push_back(range_text(finding));
    if (!same) rows.back().push_back(expectation_text(finding.claim));
    rows.back().push_back(painted_verdict(finding.judgement.verdict, console.paint));
  }
  return aligned_table(header, rows);
}

/// "Supported in 4 cells, not identified in 2."
std::string verdicts_text(const std::vector<const Finding*>& findings) {
  std::vector<std::string> parts;
  for (const Verdict verdict : {Verdict::supported, Verdict::rejected, Verdict::not_identified}) {
    const auto count = std::count_if(findings.begin(), findings.end(), [&](const Finding* finding) {
      return finding->judgement.verdict == verdict;
    });
    if (count > 0) parts.push_back(spaced(to_string(verdict)) + " in " + with_thousands(count));
  }
  return joined(parts) + " of " + with_thousands(std::ssize(findings)) + " cells";
}

/// Kinds of warnings, and why there is no interval, each with the number of its cells.
std::string remarks_text(const std::vector<const Finding*>& findings, const Console& console) {
  std::map<std::string, Index> counts;
  for (const Finding* finding : findings) {
    if (std::isnan(finding->law.value.low)) ++counts[finding->judgement.reason];
    std::map<std::string, bool> kinds;
    for (const LawWarning& warning : finding->law.warnings)
      kinds["Warning: " + spaced(to_string(warning.kind)) + "."] = true;
    for (const auto& kind : kinds) ++counts[kind.first];
  }
  std::string out;
  for (const auto& [text, count] : counts)
    out +=
        "  " + wrapped("In " + with_thousands(count) + " of these cells: " + text, console.width, 4) + "\n";
  return out.empty() ? "" : out + "  findings.json has all that is to be said of each cell.\n";
}

}  // namespace

CellSettings settings_of_claim(const Finding& finding) {
  CellSettings settings;
  for (const auto& setting : finding.settings)
    if (concerns_claim(setting.first, finding.claim)) settings.push_back(setting);
  return settings;
}

std::vector<std::vector<const Finding*>> findings_by_claim(const ReportInput& input) {
  std::vector<std::vector<const Finding*>> claims;
  std::size_t next = 0;
  for (const Claim& claim : input.study.claims) {
    std::vector<const Finding*> distinct;
    std::map<CellSettings, bool> seen;
    for (const Cell& cell : input.study.cells) {
      if (!concerns(claim, cell)) continue;
      const Finding& finding = input.findings.at(next++);
      if (seen.emplace(settings_of_claim(finding), true).second) distinct.push_back(&finding);
    }
    if (!distinct.empty()) claims.push_back(std::move(distinct));
  }
  return claims;
}

std::string sweep_findings_text(const Study& study, const std::vector<const Finding*>& findings,
                                const Console& console) {
  const Claim& claim = findings.front()->claim;
  const std::string expected = expects_the_same(findings) ? ", " + expectation_text(claim) : "";
  return "  " + wrapped(claim.says + ": " + verdicts_text(findings), console.width, 2) + "\n  " +
         wrapped(quantity_text(study, claim) + expected, console.width, 2) + "\n" +
         cells_table(findings, console) + remarks_text(findings, console);
}

namespace {

/// "ratio of exponents", "plateau".
std::string law_in_words(const Claim& claim) {
  if (claim.law != LawKind::ratio) return spaced(to_string(claim.law));
  return claim.of == RatioOf::exponent ? "ratio of exponents"
                                       : "ratio of costs at an error of " + short_number(claim.at_error);
}

}  // namespace

std::string quantity_text(const Study& study, const Claim& claim) {
  std::string text = law_in_words(claim) + " of " + starred(study, claim.arm);
  for (const std::string& arm : claim.with) text += ", " + starred(study, arm);
  if (!claim.against_arm.empty()) text += " against " + starred(study, claim.against_arm);
  if (claim.against_n > 0) text += " at n = " + with_thousands(claim.against_n);
  if (claim.over != Expense::computing) text += " over " + std::string(to_string(claim.over));
  return text + (claim.average == Average::mean ? ", from mean errors" : ", from geometric mean errors");
}

namespace {

bool never_comes(const Finding& finding) {
  const LawKind law = finding.claim.law;
  const bool is_of_a_crossing = law == LawKind::crossing || law == LawKind::compute_multiple;
  return is_of_a_crossing && std::isinf(finding.law.value.estimate);
}

}  // namespace

std::string estimate_text(const Finding& finding) {
  return never_comes(finding) ? "never" : short_number(finding.law.value.estimate);
}

std::string range_text(const Finding& finding) {
  const Interval& value = finding.law.value;
  return never_comes(finding) ? "up to " + short_number(value.low) : interval_text(value);
}

std::string expectation_text(const Claim& claim) {
  if (claim.test == Claim::Test::about && std::isinf(claim.value)) return "expected never";
  const std::string value = short_number(claim.value);
  const std::string margin = *claim.margin > 0 ? ", with a margin of " + short_number(*claim.margin) : "";
  switch (claim.test) {
    case Claim::Test::about:
      return "expected " + value + " +- " + short_number(*claim.margin);
    case Claim::Test::at_least:
      return "expected at least " + value + margin;
    case Claim::Test::at_most:
      return "expected at most " + value + margin;
  }
  return "";
}

}  // namespace quartic
