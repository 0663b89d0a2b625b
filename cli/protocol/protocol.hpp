#pragma once
/// What a study will do, written down before it is run.
#include <string>

#include "cli/studies/power.hpp"
#include "experiments/study/study.hpp"

namespace quartic {

/// A protocol in Markdown in the order of ADEMP (Morris, White & Crowther 2019, Using simulation studies to evaluate
/// statistical methods): aims, data, estimands, methods, performance; then the number of replicates and why, how it is
/// run, and the study file. All of it follows from the study and from the version of quartic.
std::string protocol(const Study& study, const PowerOptions& power);

}  // namespace quartic
