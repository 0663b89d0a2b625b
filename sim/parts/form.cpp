#include "sim/parts/form.hpp"

#include <algorithm>
#include <cmath>

#include "core/number_text.hpp"
#include "core/options.hpp"
#include "core/require.hpp"

namespace quartic {

namespace {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\n";
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::vector<std::string_view> split(std::string_view list) {
  std::vector<std::string_view> parts;
  for (std::size_t comma = 0; comma != std::string_view::npos;) {
    comma = list.find(',');
    parts.push_back(trimmed(list.substr(0, comma)));
    if (comma != std::string_view::npos) list.remove_prefix(comma + 1);
  }
  return parts;
}

std::string written(const FormRule& rule) {
  std::string out(rule.word);
  for (std::size_t k = 0; k < rule.arguments.size(); ++k)
    out += (k == 0 ? "(" : ", ") + std::string(rule.arguments[k]);
  return rule.arguments.empty() ? out : out + ")";
}

std::string setting(std::string_view option, std::string_view text) {
  return std::string(option) + " = \"" + std::string(text) + "\"";
}

const FormRule& find_rule(std::string_view option, std::string_view text, std::string_view word,
                          std::span<const FormRule> rules) {
  std::vector<std::string> words;
  std::string known;
  for (const FormRule& rule : rules) {
    if (rule.word == word) return rule;
    words.emplace_back(rule.word);
    known += (known.empty() ? "" : ", ") + written(rule);
  }
  throw InvalidInput(setting(option, text) + " (it understands " + known + "). " +
                         did_you_mean(word, words, "Write one of these."),
                     {option});
}

}  // namespace

Form split_form(std::string_view text) {
  const std::string_view whole = trimmed(text);
  const std::size_t open = whole.find('(');
  Form form{std::string(trimmed(whole.substr(0, open))), {}};
  if (open == std::string_view::npos) return form;
  if (whole.back() != ')') form.arguments.push_back(nan);
  for (const std::string_view part : split(whole.substr(open + 1, whole.size() - open - 2)))
    form.arguments.push_back(read_number(part).value_or(nan));
  return form;
}

Form parse_form(std::string_view option, std::string_view text, std::span<const FormRule> rules) {
  Form form = split_form(text);
  const FormRule& rule = find_rule(option, text, form.word, rules);
  const auto finite = [](double argument) { return std::isfinite(argument); };
  require(form.arguments.size() == rule.arguments.size() &&
              std::all_of(form.arguments.begin(), form.arguments.end(), finite),
          setting(option, text) + " cannot be read (the form is " + written(rule) +
              " with finite numbers). Write for example \"" + std::string(rule.example) + "\".",
          {option});
  return form;
}

}  // namespace quartic
