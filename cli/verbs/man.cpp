#include "cli/help/help.hpp"
#include "cli/verbs/verb.hpp"

namespace quartic {

namespace {

int man(const Request&, const Program& program) {
  program.console.out << called(manual_page(verb_texts()), program.name, verb_texts());
  return exit_status::done;
}

}  // namespace

Verb man_verb() {
  return {.text = {.name = "man",
                   .summary = "print the manual page",
                   .description = "Prints the manual page quartic(1) as roff source.",
                   .examples = {{"quartic man | man -l -", "read the manual"}},
                   .hidden = true},
          .run = man};
}

}  // namespace quartic
