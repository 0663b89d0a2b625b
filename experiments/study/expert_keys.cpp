#include "experiments/study/expert_keys.hpp"

#include <algorithm>

#include "experiments/study/words.hpp"

namespace quartic {

namespace detail {

namespace {

using Kind = KeyKind;
using Value = std::optional<OptionValue>;

constexpr Bounds whole_share = from_to(0, 1, "it is a share"),
                 false_share = share("it is a share of what is named, and all of it cannot be wrong"),
                 any_noise = at_least(0, "it is a standard deviation, over that of the column");

// Only an expert who names relevant columns forgets some of them, or is wrong about their signs.
constexpr OnlyWith with_relevant = {"correct", {}, above(0, "")};

template <class Enum, std::size_t count>
std::vector<OptionWord> option_words(const Words<Enum, count>& words) {
  std::vector<OptionWord> list;
  for (const auto& one : words) list.push_back({one.word, ""});
  return list;
}

ExpertKey count_key(const std::string& name, const char* by_default, const std::string& help,
                    Value (*get)(const Expert&), void (*set)(Expert&, const OptionValue&)) {
  return {{name, Kind::whole(not_negative), by_default, help, true},
          {name, OptionKind::count, Index{name == "correct" ? 10 : 0}, help, {}},
          get,
          set};
}

template <double Expert::*member>
ExpertKey number_key(const std::string& name, const Bounds& bounds, const std::string& help,
                     OnlyWith only_with = {}) {
  return {{name, Kind::number(bounds), "0", help, true},
          {name, OptionKind::number, 0.0, help, {}, bounds, only_with},
          [](const Expert& expert) { return expert.*member == 0 ? Value() : Value(expert.*member); },
          [](Expert& expert, const OptionValue& value) { expert.*member = std::get<double>(value); }};
}

template <std::optional<double> Expert::*member>
ExpertKey share_key(const std::string& name, const Bounds& bounds, const std::string& help) {
  return {{name, Kind::number(bounds), "none", help, true},
          {name, OptionKind::number, 0.0, help, {}, bounds},
          [](const Expert& expert) { return expert.*member ? Value(*(expert.*member)) : Value(); },
          [](Expert& expert, const OptionValue& value) { expert.*member = std::get<double>(value); }};
}

ExpertKey forgets_key() {
  const std::string help =
      "which relevant candidates are left out; refused beside `correct = 0`, which leaves out all";
  const std::string word(word_for(forgets_words, Expert{}.forgets));
  return {{"forgets", Kind::word(spell_all(forgets_words)), "`\"" + word + "\"`", help, true},
          {"forgets", OptionKind::word, word, help, option_words(forgets_words), Bounds{}, with_relevant},
          [](const Expert& expert) {
            return expert.columns.empty() ? Value(std::string(word_for(forgets_words, expert.forgets)))
                                          : Value();
          },
          [](Expert& expert, const OptionValue& value) {
            expert.forgets = parse_word(forgets_words, std::get<std::string>(value)).value_or(expert.forgets);
          }};
}

ExpertKey weight_key() {
  const std::string help =
      "what `recall` is a share of: of the relevant candidates, or of the variance of the answer that they "
      "hold, in their order of naming";
  const std::string word(word_for(weight_words, Expert{}.weight));
  return {{"weight", Kind::word(spell_all(weight_words)), "`\"" + word + "\"`", help, true},
          {"weight", OptionKind::word, word, help, option_words(weight_words), Bounds{},
           OnlyWith{"recall", {}, above(0, "")}},
          [](const Expert& expert) {
            return expert.weight == Expert{}.weight
                       ? Value()
                       : Value(std::string(word_for(weight_words, expert.weight)));
          },
          [](Expert& expert, const OptionValue& value) {
            expert.weight = parse_word(weight_words, std::get<std::string>(value)).value_or(expert.weight);
          }};
}

ExpertKey columns_key() {
  const std::string help =
      "`\"3 7 12\"`: these columns of the world, counted from 0, whether they matter or not; in place of all keys "
      "that say how many, and for a study with a `truth_seed`, without which every replicate has other columns that "
      "matter";
  return {{"columns", Kind::text(), "none", help, true},
          {"columns", OptionKind::word, std::string(), help, {}},
          [](const Expert& expert) { return expert.columns.empty() ? Value() : Value(expert.columns); },
          [](Expert& expert, const OptionValue& value) { expert.columns = std::get<std::string>(value); }};
}

std::vector<ExpertKey> naming_keys() {
  return {
      count_key(
          "correct", "this, `recall` or `columns`", "how many of the relevant candidates the expert names",
          [](const Expert& expert) {
            return expert.recall || !expert.columns.empty() ? Value() : Value(expert.correct);
          },
          [](Expert& expert, const OptionValue& value) { expert.correct = std::get<Index>(value); }),
      share_key<&Expert::recall>("recall", whole_share,
                                 "the share of the relevant candidates that the expert names, rounded to a "
                                 "count; in place of `correct`"),
      count_key(
          "wrong", "0", "how many other candidates the expert names",
          [](const Expert& expert) {
            return expert.false_share || !expert.columns.empty() ? Value() : Value(expert.wrong);
          },
          [](Expert& expert, const OptionValue& value) { expert.wrong = std::get<Index>(value); }),
      share_key<&Expert::false_share>(
          "false", false_share,
          "the share of the named candidates that do not matter, below 1, rounded "
          "to a count; in place of `wrong`"),
      forgets_key(),
      weight_key(),
      columns_key()};
}

std::vector<ExpertKey> reading_keys_of_experts() {
  return {number_key<&Expert::noise>("noise", any_noise,
                                     "how noisily the expert reads a column: the standard deviation of what "
                                     "is added, over that of the column"),
          number_key<&Expert::missing>(
              "missing", whole_share, "the probability that a reading is lost; the mean stands in its place"),
          number_key<&Expert::wrong_form>("wrong_form", whole_share,
                                          "the share of the named columns of which the expert reads only "
                                          "whether they are above or below their mean"),
          number_key<&Expert::wrong_sign>(
              "wrong_sign", whole_share,
              "the share of the named relevant columns that the expert believes to act the other way: they "
              "may not have their true sign; for linear models",
              with_relevant)};
}

}  // namespace

const std::vector<ExpertKey>& expert_table() {
  static const std::vector<ExpertKey> table = [] {
    std::vector<ExpertKey> all = naming_keys();
    for (ExpertKey& key : reading_keys_of_experts()) all.push_back(std::move(key));
    return all;
  }();
  return table;
}

const std::vector<OptionInfo>& expert_options() {
  static const std::vector<OptionInfo> options = [] {
    std::vector<OptionInfo> all;
    for (const ExpertKey& key : expert_table()) all.push_back(key.option);
    return all;
  }();
  return options;
}

void set_key(Expert& expert, std::string_view key, const OptionValue& value) {
  for (const ExpertKey& one : expert_table())
    if (one.key.name == key) one.set(expert, value);
}

}  // namespace detail

OptionValues expert_values(const Expert& expert) {
  OptionValues values;
  for (const detail::ExpertKey& key : detail::expert_table())
    if (const std::optional<OptionValue> value = key.get(expert)) values.emplace(key.key.name, *value);
  return values;
}

std::string describe_expert(const Expert& expert) {
  std::string text;
  const auto add = [&](const std::string& part) { text += (text.empty() ? "" : ", ") + part; };
  for (const detail::ExpertKey& key : detail::expert_table()) {
    const std::optional<OptionValue> value = key.get(expert);
    if (!value || key.key.name == "forgets") continue;
    if (const auto* count = std::get_if<Index>(&*value))
      add(std::to_string(*count) + (key.key.name == "correct" ? " right" : " wrong"));
    else if (const auto* number = std::get_if<double>(&*value))
      add(key.key.name + " " + shortest(*number));
    else
      add((key.key.name == "columns" ? "columns " : "by ") + std::get<std::string>(*value));
  }
  return text;
}

}  // namespace quartic
