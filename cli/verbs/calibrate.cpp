#include <fmt/format.h>

#include <cmath>
#include <optional>

#include "cli/terminal/progress.hpp"
#include "cli/terminal/text.hpp"
#include "cli/verbs/common_options.hpp"
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

std::string coverage_table(const std::vector<CalibrationRow>& rows) {
  std::vector<std::vector<std::string>> lines;
  for (const CalibrationRow& row : rows) {
    const CalibrationDesign& design = row.design;
    if (design.kind != CalibrationDesign::Kind::coverage &&
        design.kind != CalibrationDesign::Kind::two_causes)
      continue;
    lines.push_back({design.name, spread_text(design), with_thousands(design.replicates),
                     std::string(to_string(design.method)), with_thousands(row.studies), covered(row),
                     percent(row.without), percent(row.bias), short_number(row.width)});
  }
  return aligned_table(
      {"law", "spread", "replicates", "interval", "studies", "95 % cover", "none", "bias", "width"}, lines);
}

std::string verdict_table(const std::vector<CalibrationRow>& rows) {
  std::vector<std::vector<std::string>> lines;
  for (const CalibrationRow& row : rows)
    if (row.design.kind == CalibrationDesign::Kind::verdict)
      lines.push_back({row.design.name, with_thousands(row.design.replicates),
                       with_thousands(row.design.sizes), with_thousands(row.studies), covered(row),
                       percent(row.supported), percent(row.rejected), percent(row.not_identified),
                       short_number(row.width / row.width_of_known)});
  return aligned_table({"claim", "replicates", "sizes", "studies", "95 % cover", "supported", "rejected",
                        "not identified", "width"},
                       lines);
}

std::string plain_table(const std::vector<CalibrationRow>& rows) {
  std::vector<std::vector<std::string>> lines;
  for (const CalibrationRow& row : rows)
    if (row.design.kind == CalibrationDesign::Kind::plain)
      lines.push_back({row.design.name, with_thousands(row.studies), covered(row), percent(row.bias),
                       short_number(row.width)});
  return aligned_table({"table", "studies", "95 % cover", "bias", "width"}, lines);
}

std::string render_calibration(const std::vector<CalibrationRow>& rows, const Console& console) {
  const auto section = [&](const char* title, const std::string& table) {
    return console.paint.bold(wrapped(title, console.width)) + "\n" + table + "\n";
  };
  return section(
             "Intervals of the exponent q (2 over the slope), read by the planted law; ten sizes from 100 to "
             "10,000 (a break: twenty to 100,000), errors with this spread, correlation .3 "
             "between sizes",
             coverage_table(rows)) +
         section(
             "Verdicts, by whichever law the data do not exclude (width: median, over that of a fit that knows the "
             "law)",
             verdict_table(rows)) +
         section("Tables of single rows, the forward line with its interval over rows", plain_table(rows));
}

int calibrate_intervals(const Request& request, const Program& program) {
  const bool json = request.has("--json");
  const CalibrationPlan plan = calibration_plan(request.value("--effort").value_or("classroom"));
  std::optional<ProgressMeter> meter;
  CalibrationOptions engine{.seed = read_seed(request).value_or(1), .threads = read_threads(request)};
  if (!json) {
    meter.emplace(program.console);
    engine.progress = [&](Index done, Index total) {
      meter->update(done, total, static_cast<double>(done) / static_cast<double>(total));
    };
  }
  const std::vector<CalibrationRow> rows = calibrate(plan, engine);
  meter.reset();
  program.console.out << (json ? calibration_json(rows, engine.seed)
                               : render_calibration(rows, program.console));
  return exit_status::done;
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
false claims are supported, rejected or not identified.
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
