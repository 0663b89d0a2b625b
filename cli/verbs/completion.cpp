#include "cli/help/help.hpp"
#include "cli/verbs/verb.hpp"
#include "core/require.hpp"

namespace quartic {

namespace {

int completion(const Request& request, const Program& program) {
  const std::string shell = *request.value("SHELL");
  require(shell == "bash",
          "there is no completion for \"" + shell + "\" (only for bash). Write quartic completion bash.");
  program.console.out << bash_completion({program.name, verb_texts(), program.catalogues});
  return exit_status::done;
}

}  // namespace

Verb completion_verb() {
  return {.text = {.name = "completion",
                   .summary = "print the completion script of a shell",
                   .description = R"(
Prints a script that teaches the shell to complete commands, options, experiments and keys.
)",
                   .arguments = {{.name = "SHELL", .help = "bash."}},
                   .examples = {{"source <(quartic completion bash)", "complete with Tab in this shell"}}},
          .run = completion};
}

}  // namespace quartic
