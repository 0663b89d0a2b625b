#pragma once
/// The program without its process: words in, exit status out.
#include <span>
#include <string>

#include "cli/terminal/console.hpp"

namespace quartic {

/// Runs `quartic words...`; every error becomes a line "quartic: <message>" on console.err and an exit
/// status.
int run_program(std::span<const std::string> words, const Console& console);

}  // namespace quartic
