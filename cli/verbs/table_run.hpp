#pragma once
/// quartic run, for a study of a table.
#include "cli/verbs/verbs.hpp"
#include "experiments/tables/table_study.hpp"

namespace quartic {

/// Reads the table, analyses it, leaves a folder and prints a report. Threads and memory do not matter.
int run_table_study(const TableStudy& study, const RunOptions& options, const Console& console);

}  // namespace quartic
