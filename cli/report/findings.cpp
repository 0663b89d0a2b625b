#include <fmt/format.h>

#include <cmath>

#include "cli/report/report.hpp"
#include "cli/terminal/text.hpp"

namespace quartic {

namespace {

std::string expectation(const Claim& claim) {
  const std::string value = short_number(claim.value), margin = short_number(*claim.margin);
  switch (claim.test) {
    case Claim::Test::about:
      return "expected " + value + " +- " + margin;
    case Claim::Test::at_least:
      return "expected at least " + value + ", less " + margin + " of grace";
    case Claim::Test::at_most:
      return "expected at most " + value + ", plus " + margin + " of grace";
  }
  return "";
}

/// " by the offset law", or " by whichever law", for exponents.
std::string form_name(const LawEstimate& law) {
  if (std::isnan(law.fit.law.exponent)) return "";
  if (!std::isnan(law.by_law().low) && !(law.value == law.by_law())) return " by whichever law";
  return " by the " + spaced(to_string(law.fit.law.form), '-') + " law";
}

/// "By the law: power 2 [1.9, 2.1]; floor 1.9 [1.8, 2]; offset excluded (p = 0.001).", where there are several.
std::string list_readings(const LawEstimate& law) {
  if (law.readings.size() < 2) return "";
  std::string out;
  for (const Reading& reading : law.readings)
    out += (out.empty() ? "By the law: " : "; ") + spaced(to_string(reading.form)) + " " +
           short_number(reading.value.estimate) + " " + interval_text(reading.value) +
           (reading.excluded ? ", excluded (p = " + short_number(reading.p) + ")" : "");
  return out + ".";
}

std::string measured(const Finding& finding) {
  const Interval& interval = finding.law.value;
  return fmt::format("{} of {}{}: {} [{}, {}], {}", spaced(to_string(finding.claim.law)), finding.claim.arm,
                     form_name(finding.law), short_number(interval.estimate), short_number(interval.low),
                     short_number(interval.high), expectation(finding.claim));
}

std::string list_warnings(const Finding& finding, const Console& console, std::size_t indent) {
  std::string out;
  for (const LawWarning& warning : finding.law.warnings)
    out += std::string(indent, ' ') + wrapped("Warning: " + warning.text, console.width, indent) + "\n";
  return out;
}

std::string finding_text(const Finding& finding, const Console& console) {
  constexpr std::size_t indent = 18;
  const std::string margin(indent, ' ');
  const std::string readings = list_readings(finding.law);
  const std::string cell = finding.settings.empty() ? "" : " (" + settings_text(finding.settings) + ")";
  return "  " + painted_verdict(finding.judgement.verdict, console.paint) + "  " +
         wrapped(finding.claim.says + cell, console.width, indent) + "\n" + margin +
         wrapped(measured(finding), console.width, indent) + "\n" + margin +
         wrapped(finding.judgement.reason, console.width, indent) + "\n" +
         (readings.empty() ? "" : margin + wrapped(readings, console.width, indent) + "\n") +
         list_warnings(finding, console, indent);
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
  for (const Finding& finding : input.findings) out += finding_text(finding, console);
  return out + "\n";
}

}  // namespace quartic
