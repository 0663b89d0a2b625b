#pragma once
/// Parts of description.cpp that stand in files of their own.
#include <vector>

#include "cli/help/description.hpp"

namespace quartic {

/// Of every verb that runs fits.
inline const OptionText threads_option{
    .name = "--threads",
    .letter = "-j",
    .value = "NUMBER",
    .help = "Processor cores to use; all of them unless told otherwise. Results do not depend on it."};
inline const OptionText memory_option{
    .name = "--memory",
    .letter = "-m",
    .value = "SIZE",
    .help =
        "Memory the run may use, such as 4G or 500M; three quarters of the machine unless told otherwise."};

/// resume, status, export, merge, verify and replay: what is done with the folder of a run.
std::vector<VerbText> store_verbs();
/// fit, calibrate and project.
std::vector<VerbText> law_verbs();

}  // namespace quartic
