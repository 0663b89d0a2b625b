#include "cli/help/parse.hpp"

#include <CLI/CLI.hpp>

#include "cli/terminal/text.hpp"
#include "core/require.hpp"

namespace quartic {

namespace {

using Values = std::map<std::string, std::vector<std::string>, std::less<>>;

/// Storage that CLI11 fills, bound before parsing.
struct Bound {
  std::map<std::string, std::vector<std::string>> texts;
  std::map<std::string, CLI::Option*> options;
};

constexpr int most_words = 1 << 20;

void bind(CLI::App& app, const VerbText& verb, Bound& bound) {
  for (const ArgumentText& argument : verb.arguments)
    bound.options[argument.name] = app.add_option(argument.name, bound.texts[argument.name])
                                       ->expected(1, argument.repeats ? most_words : 1)
                                       ->allow_extra_args(argument.repeats);
  for (const OptionText& option : verb.options) {
    const std::string names = option.letter.empty() ? option.name : option.letter + "," + option.name;
    if (option.value.empty()) {
      bound.options[option.name] = app.add_flag(names);
    } else {
      bound.options[option.name] = app.add_option(names, bound.texts[option.name])
                                       ->expected(1)
                                       ->allow_extra_args(false)
                                       ->multi_option_policy(option.repeats ? CLI::MultiOptionPolicy::TakeAll
                                                                            : CLI::MultiOptionPolicy::Throw);
    }
  }
}

std::string see_help(const VerbText& verb) {
  return " See quartic " + verb.name + " --help.";
}

[[noreturn]] void unknown_words(const VerbText& verb, const std::vector<std::string>& words) {
  std::vector<std::string> names;
  for (const OptionText& option : verb.options) names.push_back(option.name);
  for (const std::string& word : words) {
    if (!word.starts_with("-") || word == "-") continue;
    const std::string name = word.substr(0, word.find('='));
    throw InvalidInput("unknown option " + name + " (quartic " + verb.name + " has none of that name)." +
                       suggestion(name, names) + see_help(verb));
  }
  throw InvalidInput("there is one word too many: \"" + words.front() + "\" (" + synopsis(verb) + ")." +
                     see_help(verb));
}

Values collected(const VerbText& verb, const Bound& bound) {
  Values values;
  for (const auto& [name, option] : bound.options) {
    if (option->count() == 0) continue;
    const auto texts = bound.texts.find(name);
    values[name] = texts == bound.texts.end() ? std::vector<std::string>{} : texts->second;
  }
  for (const ArgumentText& argument : verb.arguments)
    require(argument.optional || values.contains(argument.name) || values.contains("--help"),
            argument.name + " is missing (" + synopsis(verb) + "). " + argument.help);
  return values;
}

/// Flags that were given a value: CLI11 would take any word for one.
void refuse_values_of_flags(const VerbText& verb, std::span<const std::string> words) {
  for (const OptionText& option : verb.options)
    for (const std::string& word : words)
      require(!option.value.empty() || !word.starts_with(option.name + "="),
              option.name + " was given a value (it takes none). Write " + option.name + " alone.");
}

std::size_t times_given(const OptionText& option, std::span<const std::string> words) {
  std::size_t times = 0;
  for (const std::string& word : words)
    times += word == option.name || word == option.letter || word.starts_with(option.name + "=");
  return times;
}

/// Says in our words what CLI11 refused: an option without its value, or given twice.
[[noreturn]] void misused_option(const VerbText& verb, std::span<const std::string> words) {
  for (const OptionText& option : verb.options) {
    if (option.value.empty()) continue;
    require(option.repeats || times_given(option, words) < 2,
            option.name + " was given more than once (it has one value). Give it once.");
    const bool last = !words.empty() && (words.back() == option.name || words.back() == option.letter);
    require(!last, option.name + " has no value (it takes " + option.value + "). " + option.help);
  }
  throw InvalidInput("the options cannot be understood (" + synopsis(verb) + ")." + see_help(verb));
}

}  // namespace

std::optional<std::string> Request::value(std::string_view name) const {
  const auto found = values.find(name);
  if (found == values.end() || found->second.empty()) return std::nullopt;
  return found->second.front();
}

std::vector<std::string> Request::all(std::string_view name) const {
  const auto found = values.find(name);
  return found == values.end() ? std::vector<std::string>{} : found->second;
}

Request parse_request(const VerbText& verb, std::span<const std::string> words) {
  refuse_values_of_flags(verb, words);
  CLI::App app;
  app.set_help_flag("");
  app.allow_extras();
  Bound bound;
  bind(app, verb, bound);
  std::vector<std::string> reversed(words.rbegin(), words.rend());
  try {
    app.parse(reversed);
  } catch (const CLI::ParseError&) {
    misused_option(verb, words);
  }
  const std::vector<std::string> extras = app.remaining();
  if (!extras.empty()) unknown_words(verb, extras);
  return {&verb, collected(verb, bound)};
}

std::pair<std::string, std::string> parse_setting(const std::string& text) {
  const std::size_t equals = text.find('=');
  require(equals != std::string::npos && equals > 0,
          "--set \"" + text +
              "\" changes nothing (it has no key and \"=\"). Write --set key=value, for example --set "
              "replicates=50.");
  return {text.substr(0, equals), text.substr(equals + 1)};
}

}  // namespace quartic
