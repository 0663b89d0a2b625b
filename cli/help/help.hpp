#pragma once
/// The description of the program as help texts, as a manual page and as a shell completion script.
#include <span>
#include <string>

#include "cli/help/description.hpp"
#include "cli/terminal/console.hpp"
#include "experiments/study/catalogues.hpp"

namespace quartic {

/// What `quartic --help` prints.
std::string program_help(std::span<const VerbText> verbs, const Console& console);
/// What `quartic VERB --help` prints.
std::string verb_help(const VerbText& verb, const Console& console);
/// quartic(1) as roff.
std::string manual_page(std::span<const VerbText> verbs);
/// What a program of this name understands.
struct Vocabulary {
  std::string program;
  std::span<const VerbText> verbs;
  const Catalogues& catalogues;
};
/// A bash script that completes verbs, options, experiments, efforts and keys.
std::string bash_completion(const Vocabulary& vocabulary);

}  // namespace quartic
