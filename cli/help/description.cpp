#include "cli/help/description.hpp"

#include <algorithm>

namespace quartic {

std::string unfolded(std::string_view text) {
  while (text.starts_with('\n')) text.remove_prefix(1);
  while (text.ends_with('\n')) text.remove_suffix(1);
  std::string out(text);
  for (std::size_t k = 1; k + 1 < out.size(); ++k)
    if (out[k] == '\n' && out[k - 1] != '\n' && out[k + 1] != '\n') out[k] = ' ';
  return out;
}

std::vector<std::string> verb_names(std::span<const VerbText> verbs) {
  std::vector<std::string> names;
  for (const VerbText& verb : verbs)
    if (!verb.hidden) names.push_back(verb.name);
  return names;
}

std::string called(std::string text, std::string_view program, std::span<const VerbText> verbs) {
  constexpr std::string_view ours = "quartic ";
  const auto is_command = [&](std::string_view word) {
    return word == "COMMAND" || word.starts_with("--") ||
           std::any_of(verbs.begin(), verbs.end(), [&](const VerbText& verb) { return verb.name == word; });
  };
  for (std::size_t at = text.find(ours); at != std::string::npos; at = text.find(ours, at + 1)) {
    const std::size_t first = at + ours.size();
    const std::size_t last =
        std::min(text.find_first_not_of("abcdefghijklmnopqrstuvwxyz-COMMAND", first), text.size());
    if (is_command(std::string_view(text).substr(first, last - first)))
      text.replace(at, ours.size() - 1, program);
  }
  return text;
}

std::string synopsis(const VerbText& verb) {
  std::string out = "quartic " + verb.name;
  for (const ArgumentText& argument : verb.arguments)
    out += argument.optional ? " [" + argument.name + "]"
                             : " " + argument.name + (argument.repeats ? "..." : "");
  return out + (verb.options.size() > 1 ? " [options]" : "");
}

std::string usage(const OptionText& option) {
  std::string out = option.letter.empty() ? "" : option.letter + ", ";
  out += option.name;
  return option.value.empty() ? out : out + " " + option.value;
}

std::string_view program_description() {
  return "quartic measures what flexibility costs. It draws synthetic worlds in which a few of very many "
         "candidate variables matter, trains models on them, counts every floating-point operation, and "
         "estimates how much more data and how much more computing each model needs to become k times "
         "better.";
}

const std::vector<ExitText>& exit_texts() {
  static const std::vector<ExitText> texts = {
      {exit_status::done, "done"},
      {exit_status::failed_fits,
       "done, but some fits failed or diverged (they are counted and marked in records.csv)"},
      {exit_status::bad_input,
       "bad input or an unusable folder: the message says what is wrong and what to do"},
      {exit_status::unexpected,
       "the machine failed the program (a full disk, a folder that is gone); finished work was kept"},
      {exit_status::interrupted,
       "interrupted, or 143 and 129 where SIGTERM or SIGHUP did it; finished work was kept"}};
  return texts;
}

}  // namespace quartic
