#pragma once
/// The description of the program as help texts, as a manual page and as a shell completion script.
#include <span>
#include <string>
#include <string_view>

#include "cli/help/description.hpp"
#include "cli/terminal/console.hpp"

namespace quartic {

/// What `quartic --help` prints.
std::string program_help(std::span<const VerbText> verbs, const Console& console);
/// What `quartic VERB --help` prints.
std::string verb_help(const VerbText& verb, const Console& console);
/// quartic(1) as roff.
std::string manual_page(std::span<const VerbText> verbs);
/// A bash script that completes verbs, options, experiments, efforts and keys for a program of this name.
std::string bash_completion(std::span<const VerbText> verbs, std::string_view program);

}  // namespace quartic
