#include <fmt/format.h>

#include <set>

#include "cli/help/help.hpp"
#include "cli/help/names.hpp"
#include "cli/terminal/text.hpp"
#include "experiments/study/read/parse_study.hpp"
#include "experiments/study/study.hpp"
#include "models/catalogue.hpp"
#include "sim/catalogue.hpp"

namespace quartic {

namespace {

std::vector<std::string> setting_keys() {
  std::set<std::string> keys = {"replicates=", "seed=", "sizes="};
  for (const auto& world : world_catalogue())
    for (const OptionInfo& option : world.options) keys.insert("world." + option.name + "=");
  for (const auto& [name, text] : built_in_studies()) {
    const Study study = parse_study(text, name);
    const Cell first = study.cells.front();
    for (const ArmSpec& arm : first.arms)
      for (const auto& model : model_catalogue())
        for (const OptionInfo& option : model.options)
          if (model.name == arm.model.kind) keys.insert("arm." + arm.name + "." + option.name + "=");
  }
  return {keys.begin(), keys.end()};
}

/// The bash command that fills COMPREPLY for what may stand in a place.
std::string completer(Completes completes) {
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
      return words(curve_names());
    case Completes::topics:
      return words(topic_names());
    case Completes::names:
      return words(showable_names());
    case Completes::verbs:
      return words(verb_names());
    case Completes::settings:
      return words(setting_keys()) + "; compopt -o nospace 2>/dev/null";
    case Completes::tables:
      return "COMPREPLY=($(compgen -f -X '!*.csv' -- \"$current\"))";
    case Completes::projection_laws:
      return words({"power", "exponential"});
    case Completes::nothing:
      break;
  }
  return "COMPREPLY=()";
}

std::string verb_case(const VerbText& verb) {
  std::string out = fmt::format("    {})\n      case \"$previous\" in\n", verb.name);
  for (const OptionText& option : verb.options) {
    if (option.value.empty()) continue;
    const std::string names = option.letter.empty() ? option.name : option.name + "|" + option.letter;
    out += fmt::format("        {}) {}; return ;;\n", names, completer(option.completes));
  }
  std::vector<std::string> options;
  for (const OptionText& option : verb.options) options.push_back(option.name);
  out += "      esac\n";
  out +=
      fmt::format("      if [[ \"$current\" == -* ]]; then COMPREPLY=($(compgen -W '{}' -- \"$current\"))\n",
                  joined(options, " "));
  const Completes place = verb.name == "completion" ? Completes::nothing
                          : verb.arguments.empty()  ? Completes::nothing
                                                    : verb.arguments.front().completes;
  return out + fmt::format("      else {}; fi ;;\n", completer(place));
}

}  // namespace

std::string bash_completion() {
  std::string out =
      "# Completion of quartic for bash: source <(quartic completion bash)\n"
      "_quartic() {\n"
      "  local current previous words cword\n"
      "  COMPREPLY=()\n"
      "  if declare -F _get_comp_words_by_ref >/dev/null; then\n"
      "    _get_comp_words_by_ref -n := -c current -p previous -w words -i cword\n"
      "  else\n"
      "    current=\"${COMP_WORDS[COMP_CWORD]}\" previous=\"${COMP_WORDS[COMP_CWORD-1]}\"\n"
      "    words=(\"${COMP_WORDS[@]}\") cword=$COMP_CWORD\n"
      "  fi\n";
  out += fmt::format(
      "  if [[ $cword -eq 1 ]]; then\n"
      "    COMPREPLY=($(compgen -W '{} --help --version' -- \"$current\"))\n"
      "    return\n"
      "  fi\n",
      joined(verb_names(), " "));
  out += "  case \"${words[1]}\" in\n";
  for (const VerbText& verb : verbs())
    if (!verb.hidden) out += verb_case(verb);
  return out + "  esac\n}\ncomplete -F _quartic quartic\n";
}

}  // namespace quartic
