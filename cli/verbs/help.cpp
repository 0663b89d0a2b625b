#include "cli/help/help.hpp"
#include "cli/verbs/verb.hpp"

namespace quartic {

namespace {

int help(const Request& request, const Program& program) {
  const auto verb = request.value("COMMAND");
  const std::string text = verb && !verb->empty() ? verb_help(verb_named(*verb).text, program.console)
                                                  : program_help(verb_texts(), program.console);
  program.console.out << called(text, program.name, verb_texts());
  return exit_status::done;
}

}  // namespace

Verb help_verb() {
  return {.text = {.name = "help",
                   .summary = "explain a command",
                   .description = "Explains a command; without one, lists them all.",
                   .arguments = {{.name = "COMMAND",
                                  .help = "One of the commands.",
                                  .completes = Completes::verbs,
                                  .optional = true}},
                   .examples = {{"quartic help run", "the same as quartic run --help"}}},
          .run = help};
}

}  // namespace quartic
