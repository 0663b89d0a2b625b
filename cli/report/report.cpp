#include "cli/report/report.hpp"

#include <fmt/format.h>

#include "cli/terminal/text.hpp"
#include "experiments/study/arm.hpp"

namespace quartic {

namespace {

std::string title_text(const Study& study, const Console& console) {
  std::string out = console.paint.bold(wrapped(study.title, console.width)) + "\n";
  if (!study.question.empty()) out += wrapped(study.question, console.width) + "\n";
  if (!study.source.empty()) out += wrapped("Source: " + study.source, console.width) + "\n";
  return out + "\n";
}

/// What must be said of arms that know more than a learner can, once below the tables.
std::string marks_text(const Study& study, const Console& console) {
  std::string out;
  const Cell first = study.cells.front();
  for (const ArmSpec& arm : first.arms)
    for (const CatalogueEntry<Model>& entry : study.catalogues.models()) {
      if (entry.name != arm.model.kind) continue;
      const std::string marks = marks_of(arm, entry);
      if (marks.find("informed") != std::string::npos)
        out += wrapped("* " + arm.name + " is informed: its options quote what only the truth knows.",
                       console.width, 2) +
               "\n";
      if (marks.find("unattainable") != std::string::npos)
        out += wrapped("* " + arm.name + " is unattainable: its penalty is picked by true risk.",
                       console.width, 2) +
               "\n";
    }
  return out.empty() ? "" : out + "\n";
}

std::string failures_text(const RunResult& result) {
  const Cube& cube = result.cube;
  Index unfinished = 0;
  for (Index cell = 0; cell < cube.axes().cells; ++cell)
    for (std::size_t arm = 0; arm < cube.axes().arms.size(); ++arm) {
      const Matrix status = cube.measure(cell, static_cast<Index>(arm), Measure::status);
      unfinished += (status.array() == static_cast<double>(FitStatus::iteration_limit)).count();
    }
  std::string out;
  if (result.failed > 0)
    out += fmt::format("{} fits failed and are left out of every average; records.csv says why.\n",
                       with_thousands(result.failed));
  if (unfinished > 0)
    out += fmt::format("{} fits stopped at their limit of iterations; records.csv marks them.\n",
                       with_thousands(unfinished));
  return out.empty() ? "" : out + "\n";
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

std::string report(const ReportInput& input, const Console& console) {
  return title_text(input.study, console) + interrupted_text(input.result) + error_tables(input, console) +
         marks_text(input.study, console) + crossings_text(input, console) + findings_text(input, console) +
         causes_text(input, console) + adaptive_text(input, console) + computing_text(input, console) +
         failures_text(input.result) + folder_text(input);
}

}  // namespace quartic
