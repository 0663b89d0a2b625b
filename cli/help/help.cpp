#include "cli/help/help.hpp"

#include "cli/terminal/text.hpp"

namespace quartic {

namespace {

/// Paragraphs are separated by an empty line.
std::string paragraphs(std::string_view text, std::size_t width) {
  return wrapped(text, width) + "\n";
}

std::string examples(const VerbText& verb, const Paint& paint) {
  if (verb.examples.empty()) return "";
  std::string out = "\n" + paint.bold(verb.examples.size() == 1 ? "Example" : "Examples") + "\n";
  for (const ExampleText& example : verb.examples)
    out += "  # " + example.says + "\n  " + example.command + "\n";
  return out;
}

}  // namespace

std::string program_help(std::span<const VerbText> verbs, const Console& console) {
  const Paint& paint = console.paint;
  std::vector<NamedText> commands;
  for (const VerbText& verb : verbs)
    if (!verb.hidden) commands.push_back({verb.name, verb.summary});
  std::vector<NamedText> statuses;
  for (const ExitText& text : exit_texts())
    statuses.push_back({std::to_string(text.status), std::string(text.meaning)});
  return paragraphs(program_description(), console.width) + "\n" + paint.bold("Begin with") +
         "\n  quartic run figure2 --effort classroom --plot\n\n" + paint.bold("Commands") + "\n" +
         definition_list(commands, console.width) +
         "\n  quartic COMMAND --help explains one; quartic --version says which quartic this is.\n\n" +
         paint.bold("Exit status") + "\n" + definition_list(statuses, console.width);
}

std::string verb_help(const VerbText& verb, const Console& console) {
  const Paint& paint = console.paint;
  std::vector<NamedText> arguments, options;
  for (const ArgumentText& argument : verb.arguments) arguments.push_back({argument.name, argument.help});
  for (const OptionText& option : verb.options) options.push_back({usage(option), option.help});
  std::string out = paint.bold(synopsis(verb)) + "\n\n" + paragraphs(verb.description, console.width) + "\n";
  if (!arguments.empty()) out += definition_list(arguments, console.width) + "\n";
  return out + paint.bold("Options") + "\n" + definition_list(options, console.width) + examples(verb, paint);
}

}  // namespace quartic
