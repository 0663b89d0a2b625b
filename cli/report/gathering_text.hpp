#pragma once
/// What several groups found with one study, in words.
#include <span>
#include <string>

#include "cli/terminal/console.hpp"
#include "experiments/findings/gathering.hpp"

namespace quartic {

/// Every claim: what each group found, with its interval and verdict, and what all of them found together, unless it is
/// about an arm of the groups' own; at most console.width columns, ended by LF.
std::string gathering_text(std::span<const GroupRun> groups, const Gathering& gathering,
                           const Console& console);

}  // namespace quartic
