#pragma once
/// The program without its process: words in, exit status out.
#include <span>
#include <string>

#include "cli/verbs/verb.hpp"

namespace quartic {

/// Runs the verb that the first word names; every error becomes a line "quartic: <message>" on console.err
/// and an exit status.
int run_program(std::span<const std::string> words, const Program& program);

}  // namespace quartic
