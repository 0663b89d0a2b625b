#include <fmt/format.h>

#include <cmath>

#include "cli/help/common_options.hpp"
#include "cli/terminal/interrupt.hpp"
#include "cli/terminal/progress.hpp"
#include "cli/terminal/text.hpp"
#include "cli/verbs/verb.hpp"
#include "experiments/calibration/calibration.hpp"

namespace quartic {

namespace {

std::string percent(double share) {
  return std::isnan(share) ? "-" : fmt::format("{:.1f} %", 100 * share);
}

std::string covered(const CalibrationRow& row) {
  return fmt::format("{:.1f} +- {:.1f} %", 100 * row.covered, 100 * row.covered_error());
}

std::string spread_text(const CalibrationDesign& design) {
  const double last = design.spread * design.change;
  return design.change == 1 ? fmt::format("{:g}", design.spread)
                            : fmt::format("{:g} to {:.2g}", design.spread, last);
}

using Lines = std::vector<std::vector<std::string>>;

Lines coverage_lines(const std::vector<CalibrationRow>& rows) {
  Lines lines;
  for (const CalibrationRow& row : rows) {
    const CalibrationDesign& design = row.design;
    if (design.kind != CalibrationDesign::Kind::coverage &&
        design.kind != CalibrationDesign::Kind::two_causes)
      continue;
    lines.push_back({design.name, spread_text(design), with_thousands(design.replicates),
                     std::string(to_string(design.method)), with_thousands(row.studies), covered(row),
                     percent(row.without), percent(row.bias), short_number(row.width)});
  }
  return lines;
}

Lines verdict_lines(const std::vector<CalibrationRow>& rows) {
  Lines lines;
  for (const CalibrationRow& row : rows)
    if (row.design.kind == CalibrationDesign::Kind::verdict)
      lines.push_back({row.design.name, with_thousands(row.design.replicates),
                       with_thousands(row.design.sizes), with_thousands(row.studies), covered(row),
                       percent(row.supported), percent(row.rejected), percent(row.not_identified),
                       short_number(row.width / row.width_of_known)});
  return lines;
}

Lines plain_lines(const std::vector<CalibrationRow>& rows) {
  Lines lines;
  for (const CalibrationRow& row : rows)
    if (row.design.kind == CalibrationDesign::Kind::plain)
      lines.push_back({row.design.name, with_thousands(row.studies), covered(row), percent(row.bias),
                       short_number(row.width)});
  return lines;
}

std::string render_calibration(const std::vector<CalibrationRow>& rows, const Console& console) {
  const auto section = [&](const char* title, const std::vector<std::string>& header, const Lines& lines) {
    if (lines.empty()) return std::string();
    return console.paint.bold(wrapped(title, console.width)) + "\n" + aligned_table(header, lines) + "\n";
  };
  return section(
             "Intervals of the exponent q (2 over the slope), read by the planted law; ten sizes from 100 to "
             "10,000 (a break: twenty to 100,000), errors with this spread, correlation .3 "
             "between sizes",
             {"law", "spread", "replicates", "interval", "studies", "95 % cover", "none", "bias", "width"},
             coverage_lines(rows)) +
         section(
             "Verdicts, by whichever law the data do not exclude (width: median, over that of a fit that knows the "
             "law)",
             {"claim", "replicates", "sizes", "studies", "95 % cover", "supported", "rejected",
              "not identified", "width"},
             verdict_lines(rows)) +
         section("Tables of single rows, the forward line with its interval over rows",
                 {"table", "studies", "95 % cover", "bias", "width"}, plain_lines(rows));
}

std::vector<CalibrationRow> calibrate_and_tell(const CalibrationPlan& plan, CalibrationOptions options,
                                               const Console& console) {
  ProgressMeter meter(console, "rows");
  options.progress = [&](const CalibrationProgress& now) { meter.update(now.done, now.total, now.share); };
  return calibrate(plan, options);
}

int calibrate_intervals(const Request& request, const Program& program) {
  const CalibrationPlan plan = calibration_plan(request.value("--effort").value_or("classroom"));
  const InterruptGuard guard;
  const CalibrationOptions options{
      .seed = read_seed(request).value_or(1), .threads = read_threads(request), .stop = &guard.stop()};
  const std::vector<CalibrationRow> rows = calibrate_and_tell(plan, options, program.console);
  const Index missing = std::ssize(plan.designs) - std::ssize(rows);
  program.console.out << (request.has("--json") ? calibration_json(rows, plan, options.seed)
                                                : render_calibration(rows, program.console));
  if (missing == 0) return exit_status::done;
  program.console.err << "quartic: the calibration was interrupted: " << with_thousands(missing) << " of "
                      << with_thousands(std::ssize(plan.designs)) << " rows are missing" << std::endl;
  return exit_status::signalled + guard.signal();
}

}  // namespace

Verb calibrate_verb() {
  return {
      .text =
          {.name = "calibrate",
           .summary = "how often intervals hold the truth, and verdicts are right",
           .description = R"(
Draws thousands of synthetic studies whose law is known, reads each as any study is read, and counts: how
often the 95 % interval holds the truth, how wide it is, how far estimates are off, and how often true and
false claims are supported, rejected or not identified. Ctrl-C ends it early,
and prints the rows that are whole.
)",
           .options =
               {{.name = "--effort",
                 .letter = "-e",
                 .value = "EFFORT",
                 .help =
                     "classroom (seconds), standard (minutes) or paper (2,000 studies a design); classroom "
                     "unless told otherwise.",
                 .completes = Completes::efforts},
                {.name = "--seed",
                 .value = "SEED",
                 .help = "Of all random numbers; 1 unless told otherwise."},
                {.name = "--threads",
                 .value = "COUNT",
                 .help = "Threads; all cores unless told otherwise. Results do not depend on it."},
                {.name = "--json", .help = "Print JSON instead of tables."}},
           .examples = {{"quartic calibrate", "a first look"},
                        {"quartic calibrate --effort standard --json > calibration.json", "for a script"}}},
      .run = calibrate_intervals};
}

}  // namespace quartic
