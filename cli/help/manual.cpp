#include <fmt/format.h>

#include "cli/help/help.hpp"
#include "experiments/platform/build_info.hpp"

namespace quartic {

namespace {

/// Text with the characters that roff would read as commands escaped; an empty line begins a paragraph.
std::string roff(std::string_view text) {
  std::string out;
  for (std::size_t k = 0; k < text.size(); ++k) {
    const char c = text[k];
    const bool line_begins = k == 0 || text[k - 1] == '\n';
    if (c == '\\')
      out += "\\e";
    else if (c == '-')
      out += "\\-";
    else if (line_begins && c == '\n')
      out += ".PP\n";
    else if (line_begins && (c == '.' || c == '\''))
      out += std::string("\\&") + c;
    else
      out += c;
  }
  return out;
}

std::string tagged(std::string_view tag, std::string_view text) {
  return fmt::format(".TP\n.B {}\n{}\n", roff(tag), roff(text));
}

std::string verb_section(const VerbText& verb) {
  std::string out = fmt::format(".SS {}\n{}\n", roff(synopsis(verb)), roff(verb.description));
  for (const ArgumentText& argument : verb.arguments) out += tagged(argument.name, argument.help);
  for (const OptionText& option : verb.options)
    if (option.name != "--help") out += tagged(usage(option), option.help);
  return out;
}

std::string examples_section(std::span<const VerbText> verbs) {
  std::string out = ".SH EXAMPLES\n";
  for (const VerbText& verb : verbs)
    for (const ExampleText& example : verb.examples)
      if (!verb.hidden) out += tagged(example.command, example.says + ".");
  return out;
}

std::string environment_section() {
  return ".SH ENVIRONMENT\n" +
         tagged("NO_COLOR",
                "When set, no colour is used. There is none either where the output is not a terminal.");
}

}  // namespace

std::string manual_page(std::span<const VerbText> verbs) {
  std::string out = fmt::format(".TH QUARTIC 1 \"\" \"quartic {}\" \"User Commands\"\n", version());
  out += ".SH NAME\nquartic \\- measure what flexibility costs\n.SH SYNOPSIS\n";
  for (const VerbText& verb : verbs)
    if (!verb.hidden) out += fmt::format(".B {}\n.br\n", roff(synopsis(verb)));
  out += ".B quartic \\-\\-version\n";
  out += fmt::format(".SH DESCRIPTION\n{}\n.SH COMMANDS\n", roff(program_description()));
  for (const VerbText& verb : verbs)
    if (!verb.hidden) out += verb_section(verb);
  out += examples_section(verbs) + ".SH EXIT STATUS\n";
  for (const ExitText& text : exit_texts()) out += tagged(std::to_string(text.status), text.meaning);
  return out + environment_section();
}

}  // namespace quartic
