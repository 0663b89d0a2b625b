#include "cli/report/table_report.hpp"

#include <fmt/format.h>

#include "cli/report/projection_text.hpp"
#include "cli/report/report.hpp"
#include "cli/terminal/text.hpp"

namespace quartic {

namespace {

std::string exponents_text(const TableReportInput& input, const Console& console) {
  std::vector<std::vector<std::string>> rows;
  for (const TableExponent& exponent : input.result.exponents)
    rows.push_back({spaced(to_string(exponent.regression)), short_number(exponent.value.estimate),
                    interval_text(exponent.value)});
  return console.paint.bold(fmt::format("Computing grows as k^q, k = 1/error: {} systems, no floor",
                                        input.result.flops.size())) +
         "\n" +
         aligned_table({"line", "q", fmt::format("{:g} % interval", 100 * input.study.confidence)}, rows) +
         "\n";
}

std::string floors_text(const TableReportInput& input, const Console& console) {
  const std::vector<TableExponent>& profile = input.result.profile;
  std::vector<std::vector<std::string>> rows;
  for (std::size_t k = 0; k + 1 < profile.size(); k += 2)
    rows.push_back({fmt::format("{:g} %", 100 * profile[k].floor), short_number(profile[k].value.estimate),
                    interval_text(profile[k].value), short_number(profile[k + 1].value.estimate),
                    interval_text(profile[k + 1].value), short_number(profile[k].r_squared)});
  return console.paint.bold("The same above a floor, k = 1/(error - floor)") + "\n" +
         aligned_table({"floor", "forward q", "interval", "reverse q", "interval", "R^2"}, rows) + "\n";
}

std::string comparison_text(const Comparison& comparison, const Console& console) {
  const Growth& growth = comparison.growth;
  return wrapped(
             fmt::format(
                 "{} to {}: {} times the computing ({} times the processors, {} times their rate, {} times "
                 "the hours) for an error {} times smaller; these two alone give q = {}. Faster processors "
                 "gave {} % of the growth of computing, on the logarithmic scale.",
                 comparison.from, comparison.to, short_number(growth.computing),
                 short_number(growth.processors), short_number(growth.rate), short_number(growth.hours),
                 short_number(comparison.improvement),
                 short_number(growth.two_point_exponent(comparison.improvement)),
                 short_number(100 * growth.hardware_share())),
             console.width) +
         "\n\n";
}

std::string finding_text(const TableFinding& finding, const Console& console) {
  constexpr std::size_t indent = 18;
  const std::string margin(indent, ' ');
  return "  " + painted_verdict(finding.judgement.verdict, console.paint) + "  " +
         wrapped(finding.claim.says, console.width, indent) + "\n" + margin +
         wrapped(finding.judgement.reason, console.width, indent) + "\n";
}

std::string conclusion(const TableReportInput& input, const Console& console) {
  std::string out;
  if (!input.result.findings.empty()) out += console.paint.bold("Findings") + "\n";
  for (const TableFinding& finding : input.result.findings) out += finding_text(finding, console);
  out += "\n";
  for (const TableWarning& warning : input.result.warnings)
    out += wrapped(spaced(to_string(warning.kind)) + ": " + warning.text, console.width, 2) + "\n";
  return out + "\n" + console.paint.bold("Verdict") + "\n" + wrapped(input.result.verdict, console.width) +
         "\n\n";
}

}  // namespace

std::string table_report(const TableReportInput& input, const Console& console) {
  const TableStudy& study = input.study;
  std::string out = study_heading(study.title, study.question, study.source, console) +
                    exponents_text(input, console) + floors_text(input, console);
  for (const Comparison& comparison : input.result.comparisons) out += comparison_text(comparison, console);
  if (!input.study.targets.empty())
    for (const ProjectionTable& table : input.result.projections)
      out += console.paint.bold("Projection, " + std::string(to_string(table.fit.form)) + " law") + "\n" +
             projections_text(table, console) + "\n";
  out += conclusion(input, console) + "Everything is in " + input.folder + ".\n";
  for (const std::string& picture : input.pictures) out += "  " + picture + "\n";
  return out;
}

}  // namespace quartic
