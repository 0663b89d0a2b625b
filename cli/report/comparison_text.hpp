#pragma once
/// Two runs side by side, in words.
#include <string>

#include "cli/terminal/console.hpp"
#include "experiments/findings/comparison.hpp"

namespace quartic {

/// A run by its folder.
struct NamedRun {
  std::string folder;
  const Study& study;
};

/// What the two are, a table of errors and their differences (of more than four cells at the largest size
/// that both have), and every claim with both answers; at most console.width columns, ended by LF.
std::string comparison_text(const NamedRun& a, const NamedRun& b, const RunComparison& comparison,
                            const Console& console);

}  // namespace quartic
