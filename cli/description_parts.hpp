#pragma once
/// Parts of description.cpp that stand in files of their own.
#include <vector>

#include "cli/description.hpp"

namespace quartic {

/// resume, status, export, merge, verify and replay: what is done with the folder of a run.
std::vector<VerbText> store_verbs();

}  // namespace quartic
