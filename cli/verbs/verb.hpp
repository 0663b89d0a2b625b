#pragma once
/// A verb of the program: what it says of itself, and what it does. Each stands in a file of its own,
/// NAME.cpp, as `Verb NAME_verb()`; cli/CMakeLists.txt lists their names in the order of the overview.
#include <string>
#include <vector>

#include "cli/help/description.hpp"
#include "cli/help/parse.hpp"
#include "cli/terminal/console.hpp"
#include "experiments/study/catalogues.hpp"

namespace quartic {

/// What every verb is given: how the program was called, the worlds and models that studies may name, and
/// where to write.
struct Program {
  std::string name;  ///< "quartic", or that of another project's program
  const Catalogues& catalogues;
  const Console& console;
};

struct Verb {
  VerbText text;
  /// Does what was asked for and returns the exit status. Throws InvalidInput or MachineFailure.
  int (*run)(const Request& request, const Program& program);
};

/// The verbs as their files define them. Descriptions may be broken into lines anywhere; none has --help.
std::vector<Verb> listed_verbs();

/// The same with --help, descriptions unfolded.
const std::vector<Verb>& verbs();
const std::vector<VerbText>& verb_texts();
/// Throws InvalidInput, with the nearest name, where there is none of that name.
const Verb& verb_named(const std::string& name);

}  // namespace quartic
