#include "cli/help/description.hpp"
#include "cli/help/help.hpp"
#include "cli/terminal/text.hpp"
#include "cli/verbs/verbs.hpp"
#include "core/require.hpp"
#include "experiments/study/read/parse_study.hpp"

namespace quartic {

int print_schema(const Console& console) {
  console.out << study_schema() << "\n";
  return exit_status::done;
}

int print_completion(const std::string& shell, const Console& console) {
  require(shell == "bash",
          "there is no completion for \"" + shell + "\" (only for bash). Write quartic completion bash.");
  console.out << bash_completion();
  return exit_status::done;
}

int print_help(const std::string& verb, const Console& console) {
  if (verb.empty()) {
    console.out << program_help(console);
    return exit_status::done;
  }
  const VerbText* found = find_verb(verb);
  require(found, "there is no command \"" + verb + "\" (quartic --help lists them)." +
                     suggestion(verb, verb_names()));
  console.out << verb_help(*found, console);
  return exit_status::done;
}

int print_manual(const Console& console) {
  console.out << manual_page();
  return exit_status::done;
}

}  // namespace quartic
