#include <fmt/format.h>

#include <set>

#include "cli/help/help.hpp"
#include "cli/help/names.hpp"
#include "cli/terminal/text.hpp"
#include "experiments/study/read/parse_study.hpp"
#include "experiments/study/study.hpp"

namespace quartic {

namespace {

std::vector<std::string> setting_keys(const Catalogues& catalogues) {
  std::set<std::string> keys = {"replicates=", "seed=", "sizes="};
  for (const auto& world : catalogues.worlds())
    for (const OptionInfo& option : world.options) keys.insert("world." + option.name + "=");
  for (const auto& [name, text] : built_in_studies()) {
    const Study study = parse_study(text, name);
    const Cell first = study.cells.front();
    for (const ArmSpec& arm : first.arms)
      for (const auto& model : catalogues.models())
        for (const OptionInfo& option : model.options)
          if (model.name == arm.model.kind) keys.insert("arm." + arm.name + "." + option.name + "=");
  }
  return {keys.begin(), keys.end()};
}

/// What there is to complete; keys of all built-in studies are gathered once.
struct Known {
  const Vocabulary& vocabulary;
  std::vector<std::string> settings;
};

/// The bash command that fills COMPREPLY for what may stand in a place.
std::string completer(Completes completes, const Known& known) {
  const auto words = [](const std::vector<std::string>& list) {
    return "COMPREPLY=($(compgen -W '" + joined(list, " ") + "' -- \"$current\"))";
  };
  switch (completes) {
    case Completes::experiments:
      return words(experiment_names()) + "; COMPREPLY+=($(compgen -f -X '!*.toml' -- \"$current\"))";
    case Completes::efforts:
      return words({"classroom", "standard", "paper"});
    case Completes::folders:
      return "COMPREPLY=($(compgen -d -- \"$current\"))";
    case Completes::curves:
      return words({joined(curve_names(), " "), exponents_topic});
    case Completes::topics:
      return words(topic_names());
    case Completes::names:
      return words(showable_names(known.vocabulary.catalogues));
    case Completes::verbs:
      return words(verb_names(known.vocabulary.verbs));
    case Completes::settings:
      return words(known.settings) + "; compopt -o nospace 2>/dev/null";
    case Completes::tables:
      return "COMPREPLY=($(compgen -f -X '!*.csv' -- \"$current\"))";
    case Completes::projection_laws:
      return words({"power", "exponential"});
    case Completes::nothing:
      break;
  }
  return "COMPREPLY=()";
}

std::string verb_case(const VerbText& verb, const Known& known) {
  std::string out = fmt::format("    {})\n      case \"$previous\" in\n", verb.name);
  for (const OptionText& option : verb.options) {
    if (option.value.empty()) continue;
    const std::string names = option.letter.empty() ? option.name : option.name + "|" + option.letter;
    out += fmt::format("        {}) {}; return ;;\n", names, completer(option.completes, known));
  }
  std::vector<std::string> options;
  for (const OptionText& option : verb.options) options.push_back(option.name);
  out += "      esac\n";
  out +=
      fmt::format("      if [[ \"$current\" == -* ]]; then COMPREPLY=($(compgen -W '{}' -- \"$current\"))\n",
                  joined(options, " "));
  const Completes place = verb.arguments.empty() ? Completes::nothing : verb.arguments.front().completes;
  return out + fmt::format("      else {}; fi ;;\n", completer(place, known));
}

constexpr std::string_view script =
    R"bash(# Completion of @program@ for bash: source <(@program@ completion bash)
_@program@() {
  local current previous words cword
  COMPREPLY=()
  if declare -F _get_comp_words_by_ref >/dev/null; then
    _get_comp_words_by_ref -n := -c current -p previous -w words -i cword
  else
    current="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD-1]}"
    words=("${COMP_WORDS[@]}") cword=$COMP_CWORD
  fi
  if [[ $cword -eq 1 ]]; then
    COMPREPLY=($(compgen -W '@verbs@ --help --version' -- "$current"))
    return
  fi
  case "${words[1]}" in
@cases@  esac
}
complete -F _@program@ @program@
)bash";

}  // namespace

std::string bash_completion(const Vocabulary& vocabulary) {
  const Known known{vocabulary, setting_keys(vocabulary.catalogues)};
  std::string cases;
  for (const VerbText& verb : vocabulary.verbs)
    if (!verb.hidden) cases += verb_case(verb, known);
  return filled(std::string(script), {{"program", vocabulary.program},
                                      {"verbs", joined(verb_names(vocabulary.verbs), " ")},
                                      {"cases", cases}});
}

}  // namespace quartic
