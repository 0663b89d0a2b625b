#pragma once
/// quartic run, for a study of a table.
#include <string>

#include "cli/verbs/folder_run.hpp"
#include "experiments/tables/table_study.hpp"

namespace quartic {

/// Reads the table, analyses it, leaves its results in `out` ("": runs/<experiment>) and prints a report.
/// Threads and memory do not matter.
int run_table_study(const TableStudy& study, const std::string& out, const FolderRun& options,
                    const Console& console);

}  // namespace quartic
