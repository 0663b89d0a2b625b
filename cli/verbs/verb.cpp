#include "cli/verbs/verb.hpp"

#include "cli/terminal/text.hpp"
#include "core/require.hpp"

namespace quartic {

namespace {

const OptionText help_option{.name = "--help", .letter = "-h", .help = "Explain this command and stop."};

std::vector<Verb> complete_verbs() {
  std::vector<Verb> all = listed_verbs();
  for (Verb& verb : all) {
    verb.text.description = unfolded(verb.text.description);
    verb.text.options.push_back(help_option);
  }
  return all;
}

std::vector<VerbText> collect_texts(const std::vector<Verb>& verbs) {
  std::vector<VerbText> texts;
  for (const Verb& verb : verbs) texts.push_back(verb.text);
  return texts;
}

}  // namespace

const std::vector<Verb>& verbs() {
  static const std::vector<Verb> all = complete_verbs();
  return all;
}

const std::vector<VerbText>& verb_texts() {
  static const std::vector<VerbText> texts = collect_texts(verbs());
  return texts;
}

const Verb& verb_named(const std::string& name) {
  for (const Verb& verb : verbs())
    if (verb.text.name == name) return verb;
  throw InvalidInput("there is no command \"" + name + "\" (quartic --help lists them)." +
                     suggestion(name, verb_names(verb_texts())));
}

}  // namespace quartic
