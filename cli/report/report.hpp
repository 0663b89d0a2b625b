#pragma once
/// The end of a run in words: errors beside theory, crossings, findings, computing, files. Wherever an arm is
/// named, a star says that it is informed or unattainable; what that is stands below the errors.
#include <string>
#include <utility>
#include <vector>

#include "cli/terminal/console.hpp"
#include "experiments/adaptive/adaptive.hpp"
#include "experiments/engine/engine.hpp"
#include "experiments/findings/findings.hpp"

namespace quartic {

struct ReportInput {
  const Study& study;
  const RunResult& result;
  const std::vector<Finding>& findings;
  std::string folder;
  std::vector<std::string> pictures = {};
  const CausesFinding* causes = nullptr;      ///< null where the study weighs none
  const RemediesFinding* remedies = nullptr;  ///< likewise
  const AdaptiveReport* adaptive = nullptr;   ///< null where the study gives replicates by a number
};

/// The whole report; at most console.width columns, ended by LF.
std::string report(const ReportInput& input, const Console& console);

/// Title, question and source of a study, and an empty line.
std::string study_heading(const std::string& title, const std::string& question, const std::string& source,
                          const Console& console);
/// "world.noise = 2, world.candidates = 100".
std::string settings_text(const CellSettings& settings);
/// "[1.9, 2.1]", or "none" where there is no interval.
std::string interval_text(const Interval& interval);
/// How tables name an arm: "lasso*" where it knows more than a learner can.
std::string starred(const Study& study, const std::string& arm);
/// " (16 of 20)" where fits failed or diverged, so that an average is of fewer than ran; else "".
std::string fits_behind(const Cube& cube, Index cell, Index arm, Index size);
/// "supported" in green, "rejected" in red, "not identified" in yellow, of one width.
std::string painted_verdict(Verdict verdict, const Paint& paint);

/// "1 use", "1e6 uses".
std::string uses_in_words(double uses);
/// What remedies do, of whichever results of the study.
std::string remedies_table(const Study& study, const RemediesFinding& finding, const Console& console);

/// Whether a table of errors has this size: not one that no arm was given in this cell.
bool is_shown(const Cube& cube, Index cell, Index size);

/// Its parts, each "" where there is nothing to say.
std::string error_tables(const ReportInput& input, const Console& console);
std::string crossings_text(const ReportInput& input, const Console& console);
std::string findings_text(const ReportInput& input, const Console& console);
std::string causes_text(const ReportInput& input, const Console& console);
std::string remedies_text(const ReportInput& input, const Console& console);
std::string adaptive_text(const ReportInput& input, const Console& console);
std::string computing_text(const ReportInput& input, const Console& console);
std::string failures_text(const ReportInput& input, const Console& console);

}  // namespace quartic
