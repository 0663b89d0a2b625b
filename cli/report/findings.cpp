#include <fmt/format.h>

#include <cmath>

#include "cli/report/report.hpp"
#include "cli/report/sweep_findings.hpp"
#include "cli/terminal/text.hpp"
#include "experiments/findings/in_words.hpp"

namespace quartic {

namespace {

/// By which law: of exponents the one taken, or all that stand; of crossings that of the curves.
std::string law_text(const Finding& finding) {
  const LawEstimate& law = finding.law;
  if (finding.claim.law == LawKind::error_multiple) return ", on geometric average over the sizes";
  if (finding.claim.law == LawKind::ratio) return ", by the law through each curve";
  if (claim_law(finding.claim.law).arms == ArmsOfLaw::compared)
    return finding.claim.against_n > 0 ? ", where the offset law through its curve takes that error"
                                       : ", where the offset laws through both curves meet";
  if (std::isnan(law.fit.law.exponent)) return "";
  if (!std::isnan(law.by_law().low) && !(law.value == law.by_law())) return ", by whichever law";
  return ", by the " + spaced(to_string(law.fit.law.form), '-') + " law";
}

/// "By the law: power 2 [1.9, 2.1]; floor 1.9 [1.8, 2]; offset excluded (p = 0.001).", where there are
/// several.
std::string list_readings(const LawEstimate& law) {
  if (law.readings.size() < 2) return "";
  std::string out;
  for (const Reading& reading : law.readings)
    out += (out.empty() ? "By the law: " : "; ") + spaced(to_string(reading.form)) + " " +
           short_number(reading.value.estimate) + " " + interval_text(reading.value) +
           (reading.excluded ? ", excluded (p = " + short_number(reading.p) + ")" : "");
  return out + ".";
}

std::string measured(const Study& study, const Finding& finding) {
  return fmt::format("{}{}: {} {}, {}", quantity_text(study, finding.claim), law_text(finding),
                     estimate_text(finding), range_text(finding), expectation_text(finding.claim));
}

std::string finding_text(const Study& study, const Finding& finding, const Console& console) {
  constexpr std::size_t indent = 18;
  const CellSettings settings = settings_of_claim(finding);
  const std::string cell = settings.empty() ? "" : " (" + settings_text(settings) + ")";
  std::vector<std::string> lines = {finding.claim.says + cell, measured(study, finding),
                                    finding.judgement.reason, list_readings(finding.law),
                                    in_words(finding, study.observations)};
  for (const LawWarning& warning : finding.law.warnings) lines.push_back("Warning: " + warning.text);
  std::string out = "  " + painted_verdict(finding.judgement.verdict, console.paint) + "  ";
  for (const std::string& line : lines)
    if (!line.empty())
      out += (&line == &lines.front() ? "" : std::string(indent, ' ')) +
             wrapped(line, console.width, indent) + "\n";
  return out;
}

}  // namespace

std::string painted_verdict(Verdict verdict, const Paint& paint) {
  const std::string text =
      pad_right(verdict == Verdict::not_identified ? "not identified" : to_string(verdict), 14);
  if (verdict == Verdict::supported) return paint.green(text);
  return verdict == Verdict::rejected ? paint.red(text) : paint.yellow(text);
}

std::string findings_text(const ReportInput& input, const Console& console) {
  if (input.findings.empty()) return "";
  std::string out = console.paint.bold("Findings") + "\n";
  for (const std::vector<const Finding*>& claim : findings_by_claim(input))
    out += claim.size() == 1 ? finding_text(input.study, *claim.front(), console)
                             : sweep_findings_text(input.study, claim, console);
  return out + "\n";
}

}  // namespace quartic
