#include "cli/report/report.hpp"

#include <fmt/format.h>

#include <cmath>

#include "cli/terminal/text.hpp"
#include "experiments/study/arm.hpp"

namespace quartic {

namespace {

/// Of a sweep those of the first cell.
std::string marks_of(const Study& study, const std::string& name) {
  const Cell first = study.cells.front();
  for (const ArmSpec& arm : first.arms)
    if (arm.name == name) return list_marks(arm, study.catalogues.model(arm.model.kind));
  return "";
}

/// What must be said of arms that know more than a learner can, once below the tables.
std::string marks_text(const Study& study, const Console& console) {
  std::string out;
  const Cell first = study.cells.front();
  for (const ArmSpec& arm : first.arms) {
    const std::string marks = marks_of(study, arm.name);
    const auto tell = [&](const char* mark, const std::string& why) {
      if (marks.find(mark) != std::string::npos)
        out += wrapped("* " + arm.name + " is " + mark + ": " + why, console.width, 2) + "\n";
    };
    tell("informed", "its options quote what only the truth knows.");
    tell("unattainable", "its penalty is picked by true risk.");
  }
  return out.empty() ? "" : out + "\n";
}

/// "network 10, deep 3": how many fits of each arm ended so.
std::string arms_that(const Cube& cube, FitStatus status) {
  std::vector<std::string> arms;
  for (std::size_t arm = 0; arm < cube.axes().arms.size(); ++arm)
    if (const Index count = cube.count(static_cast<Index>(arm), status); count > 0)
      arms.push_back(cube.axes().arms[arm] + " " + with_thousands(count));
  return joined(arms);
}

std::string interrupted_text(const RunResult& result) {
  return result.interrupted ? "Interrupted: the averages are over the replicates that were finished.\n\n"
                            : "";
}

std::string folder_text(const ReportInput& input) {
  std::string out =
      "Took " + duration(input.result.wall_seconds) + ". Everything is in " + input.folder + ".\n";
  for (const std::string& picture : input.pictures) out += "  " + picture + "\n";
  return out;
}

}  // namespace

std::string study_heading(const std::string& title, const std::string& question, const std::string& source,
                          const Console& console) {
  std::string out = console.paint.bold(wrapped(title, console.width)) + "\n";
  if (!question.empty()) out += wrapped(question, console.width) + "\n";
  if (!source.empty()) out += wrapped("Source: " + source, console.width) + "\n";
  return out + "\n";
}

std::string settings_text(const CellSettings& settings) {
  std::vector<std::string> lines;
  for (const auto& [key, value] : settings) lines.push_back(key + " = " + value);
  return joined(lines);
}

std::string starred(const Study& study, const std::string& arm) {
  return arm + (marks_of(study, arm).empty() ? "" : "*");
}

std::string interval_text(const Interval& interval) {
  if (std::isnan(interval.low)) return "none";
  return "[" + short_number(interval.low) + ", " + short_number(interval.high) + "]";
}

std::string fits_behind(const Cube& cube, Index cell, Index arm, Index size) {
  const double ran = cube.count(cell, Measure::status)(arm, size),
               measured = cube.count(cell, Measure::normalised_error)(arm, size);
  return measured < ran ? fmt::format(" ({:.0f} of {:.0f})", measured, ran) : "";
}

std::string failures_text(const ReportInput& input, const Console& console) {
  const RunResult& result = input.result;
  const Cube& cube = result.cube;
  const Index unfinished = cube.count(FitStatus::iteration_limit), diverged = cube.count(FitStatus::diverged);
  std::string out;
  if (result.failed > 0)
    out += fmt::format("{} fits failed and are left out of every average; records.csv says why.\n",
                       with_thousands(result.failed));
  if (unfinished > 0)
    out += fmt::format("{} fits stopped at their limit of iterations; records.csv marks them.\n",
                       with_thousands(unfinished));
  if (diverged > 0)
    out += wrapped(fmt::format("{} fits diverged ({}): they are left out of every average, of computing too, "
                               "and records.csv marks them. A smaller learning_rate may help.",
                               with_thousands(diverged), arms_that(cube, FitStatus::diverged)),
                   console.width) +
           "\n";
  return out.empty() ? "" : out + "\n";
}

std::string report(const ReportInput& input, const Console& console) {
  const Study& study = input.study;
  return study_heading(study.title, study.question, study.source, console) + interrupted_text(input.result) +
         error_tables(input, console) + marks_text(input.study, console) + crossings_text(input, console) +
         findings_text(input, console) + causes_text(input, console) + remedies_text(input, console) +
         adaptive_text(input, console) + computing_text(input, console) + failures_text(input, console) +
         folder_text(input);
}

}  // namespace quartic
