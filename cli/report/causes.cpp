#include <fmt/format.h>

#include "cli/report/report.hpp"
#include "cli/terminal/text.hpp"

namespace quartic {

namespace {

std::string ends(const Interval& interval) {
  return "[" + short_number(interval.low) + ", " + short_number(interval.high) + "]";
}

std::string base_text(const Causes& causes, const CausesFinding& finding, const Console& console) {
  constexpr std::size_t indent = 18;
  const Interval& base = finding.exponents.front();
  return "  " + painted_verdict(finding.base.verdict, console.paint) + "  " +
         wrapped(fmt::format("Without any cause computing grows as k^{} {}, expected {} +- {}",
                             short_number(base.estimate), ends(base), short_number(causes.expect),
                             short_number(causes.margin)),
                 console.width, indent) +
         "\n" + std::string(indent, ' ') + wrapped(finding.base.reason, console.width, indent) + "\n";
}

std::string shares_table(const Causes& causes, const CausesFinding& finding) {
  std::vector<std::vector<std::string>> rows;
  for (std::size_t k = 0; k < cause_names.size(); ++k)
    rows.push_back(
        {std::string(cause_names[k]), short_number(finding.shares[k].estimate), ends(finding.shares[k])});
  rows.push_back({"all six together", short_number(finding.total.estimate), ends(finding.total)});
  return aligned_table({"cause", "adds to q", fmt::format("{:g} % interval", 100 * causes.confidence)}, rows);
}

}  // namespace

std::string causes_text(const ReportInput& input, const Console& console) {
  if (!input.causes) return "";
  const CausesFinding& finding = *input.causes;
  const Interval& largest = finding.exponents[finding.largest];
  return console.paint.bold(
             "From the true exponent of computing to the one that is read off published figures") +
         "\n" + base_text(*input.study.causes, finding, console) + "\n" +
         shares_table(*input.study.causes, finding) +
         wrapped(fmt::format(
                     "Shares are averages over all orders in which the causes may be switched on. All six "
                     "together give {} {}; the largest of the {} combinations gives {} {}: {}.",
                     short_number(finding.exponents.back().estimate), ends(finding.exponents.back()),
                     finding.exponents.size(), short_number(largest.estimate), ends(largest),
                     combination_name(finding.largest)),
                 console.width) +
         "\n\n";
}

}  // namespace quartic
