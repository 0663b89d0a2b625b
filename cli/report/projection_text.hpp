#pragma once
/// Projections as a table for people.
#include <string>

#include "cli/terminal/console.hpp"
#include "experiments/tables/projections.hpp"

namespace quartic {

/// The line, a table of powers of ten (estimate, ends of the interval, reverse regression, for each target),
/// the hardware, and a warning for each projection that needs one.
std::string projections_text(const ProjectionTable& table, const Console& console);

}  // namespace quartic
