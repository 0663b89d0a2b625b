// Options against the catalogues: names, types, formulas that parse.
#include <algorithm>
#include <cmath>

#include "core/require.hpp"
#include "core/words.hpp"
#include "experiments/study/formulas.hpp"
#include "experiments/study/read/draft.hpp"

namespace quartic::detail {

namespace {

std::string value_text(const OptionValue& value) {
  return std::visit([](const auto& held) { return to_toml(Node{held, {}}); }, value);
}

std::vector<std::string> list_words(const OptionInfo& option) {
  std::vector<std::string> words;
  for (const OptionWord& word : option.words) words.emplace_back(word.word);
  return words;
}

/// "Give one, for example 1000." or the words there are.
std::string make_example(const OptionInfo& option) {
  const std::string words = joined(list_words(option));
  if (!words.empty())
    return "Give one of the words " + words + (option.kind == OptionKind::word ? "." : ", or a number.");
  return "Give one, for example " + value_text(option.default_value) + ".";
}

/// A text where a number may stand is a word or a formula.
void check_formula(const OptionInfo& option, const Setting& setting, const std::string& text,
                   Problems& problems) {
  try {
    const std::string formula = find_formula(option, text);
    if (!formula.empty()) static_cast<void>(Expression(formula));
  } catch (const InvalidInput& error) {
    problems.add(setting.where, setting.path, "\"" + text + "\" is not a formula: " + error.what());
  }
}

/// The value as the kind the option holds: 1000.0 becomes the count 1000, 1 becomes the number 1.0.
OptionValue to_kind(const OptionInfo& option, const Setting& setting, const OptionValue& value,
                    Problems& problems) {
  const auto* text = std::get_if<std::string>(&value);
  const auto* count = std::get_if<Index>(&value);
  const auto* number = std::get_if<double>(&value);
  const OptionKind kind = option.kind;
  const bool numeric =
      kind == OptionKind::count || kind == OptionKind::number || kind == OptionKind::number_or_word;
  const auto refuse = [&](const std::string& why) {
    problems.add(setting.where, setting.path, value_text(value) + why);
    return value;
  };
  if (kind == OptionKind::flag ? std::holds_alternative<bool>(value) : kind == OptionKind::word && text)
    return value;
  if (kind == OptionKind::word && count && list_words(option).empty()) return std::to_string(*count);
  if (numeric && text) {
    check_formula(option, setting, *text, problems);
    return value;
  }
  if (kind == OptionKind::count && count) return value;
  if (kind == OptionKind::count && number) {
    if (std::abs(*number) >= 9e15)
      return refuse(" is too large (counts are exact up to 9e15). Write a smaller one.");
    if (*number == std::rint(*number)) return static_cast<Index>(*number);
    return refuse(" is a fraction (it counts things). Write a whole number, such as " +
                  shortest(std::round(*number)) + ".");
  }
  if (numeric && (count || number)) return count ? static_cast<double>(*count) : *number;
  return refuse(" does not fit (a " + std::string(to_string(kind)) + " is needed here). " +
                make_example(option));
}

/// The values of a range that are to count things: rounded, and those that coincide once.
void round_counts(Setting& setting, OptionKind kind) {
  if (kind != OptionKind::count) return;
  for (OptionValue& value : setting.values)
    if (const auto* number = std::get_if<double>(&value)) value = std::round(*number);
  setting.values.erase(std::unique(setting.values.begin(), setting.values.end()), setting.values.end());
}

void check_settings(std::vector<Setting>& settings, const std::vector<OptionInfo>& options,
                    const std::vector<std::string>& other_keys, Problems& problems) {
  for (Setting& setting : settings) {
    const auto info = std::find_if(options.begin(), options.end(),
                                   [&](const OptionInfo& option) { return option.name == setting.key; });
    if (info == options.end()) {
      std::vector<std::string> keys = other_keys;
      for (const OptionInfo& option : options) keys.push_back(option.name);
      problems.add(setting.where, setting.path,
                   "unknown key \"" + setting.key + "\" " + choose_among(setting.key, "keys here", keys));
      continue;
    }
    if (setting.is_range) round_counts(setting, info->kind);
    for (OptionValue& value : setting.values) {
      value = to_kind(*info, setting, value, problems);
      if (setting.is_range && !problems.empty()) break;  // what is wrong with one is wrong with all
    }
  }
}

/// The settings of a world or of an arm, where its kind is in the catalogue; of a sweep over kinds, those
/// that all of them know.
template <class EntryOf>
void check_choice(ChoiceDraft& choice, const EntryOf& find_entry, const std::vector<std::string>& other_keys,
                  Problems& problems) {
  try {
    for (const OptionValue& kind : choice.kind.values)
      check_settings(choice.options, find_entry(std::get<std::string>(kind)).options, other_keys, problems);
  } catch (const InvalidInput& error) {
    problems.add(choice.kind.where, choice.kind.path, error.what());
  }
}

/// A value that has the kind of its key.
void check_expert_value(const Setting& setting, const OptionInfo& option, const OptionValue& value,
                        Problems& problems) {
  const std::vector<std::string> words = list_words(option);
  const auto complain = [&](const std::string& why) { problems.add(setting.where, setting.path, why); };
  const auto* count = std::get_if<Index>(&value);
  const auto* number = std::get_if<double>(&value);
  const auto* text = std::get_if<std::string>(&value);
  if (count && *count < 0)
    complain(value_text(value) + " is negative (it counts candidates). Give 0 or more.");
  else if (number && !option.bounds.take(*number))
    complain(value_text(value) + " is out of range (" + std::string(option.bounds.why) + "). Give a number " +
             to_string(option.bounds) + ".");
  else if (text && words.empty() && option.kind != OptionKind::word)
    complain(value_text(value) + " is a text (a " + std::string(to_string(option.kind)) +
             " is needed here). Give one, for example " + (option.kind == OptionKind::count ? "9." : "0.1."));
  else if (text && !words.empty() && std::find(words.begin(), words.end(), *text) == words.end())
    complain("unknown word \"" + *text + "\" " + choose_among(*text, "choices", words));
}

void check_expert(std::vector<Setting>& expert, Problems& problems) {
  check_settings(expert, expert_options(), {}, problems);
  for (const Setting& setting : expert)
    for (const OptionInfo& option : expert_options())
      if (option.name == setting.key)
        for (const OptionValue& value : setting.values) check_expert_value(setting, option, value, problems);
}

}  // namespace

void check_options(Draft& draft, Problems& problems) {
  const Catalogues& known = draft.study.catalogues;
  const auto world = [&](const std::string& kind) -> const auto& {
    return known.world(kind);
  };
  const auto model = [&](const std::string& kind) -> const auto& {
    return known.model(kind);
  };
  check_choice(draft.world, world, {"kind"}, problems);
  for (ArmDraft& arm : draft.arms) {
    check_choice(arm.model, model, {"name", "model", "expert", "select", "replicates"}, problems);
    if (arm.expert) check_expert(*arm.expert, problems);
  }
}

}  // namespace quartic::detail
