#include "core/options.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "core/require.hpp"
#include "core/words.hpp"

namespace quartic {

namespace {

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t substitute = diagonal + (a[i] != b[j]);
      diagonal = row[j + 1];
      row[j + 1] = std::min({substitute, row[j] + 1, diagonal + 1});
    }
  }
  return row.back();
}

std::string quoted(std::string_view text) {
  constexpr std::string_view hex = "0123456789abcdef";
  std::string out = "\"";
  for (const char c : text) {
    const auto code = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (code < 0x20) {
      out += std::string("\\u00") + hex[code >> 4] + hex[code & 15];
    } else {
      out += c;
    }
  }
  return out + "\"";
}

std::string to_json(const OptionValue& value) {
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
  if (const auto* count = std::get_if<Index>(&value)) return std::to_string(*count);
  if (const auto* number = std::get_if<double>(&value))
    return std::isfinite(*number) ? shortest(*number) : "null";
  return quoted(std::get<std::string>(value));
}

std::string_view with_article(OptionKind kind) {
  constexpr std::array<std::string_view, 5> names = {"true or false", "a whole number", "a number", "a word",
                                                     "a number or a word"};
  return names[static_cast<std::size_t>(kind)];
}

[[noreturn]] void wrong_kind(const OptionInfo& option, const OptionValue& value) {
  std::string words;
  for (const OptionWord& word : option.words) words += (words.empty() ? "" : ", ") + quoted(word.word);
  std::string remedy = "Give one, for example " + to_json(option.default_value) + ".";
  if (!words.empty())
    remedy = (option.kind == OptionKind::number_or_word ? "Give a number or one of " : "Give one of ") +
             words + ".";
  const auto* number = std::get_if<double>(&value);
  const std::string given = number && !std::isfinite(*number) ? shortest(*number) : to_json(value);
  throw InvalidInput("option " + quoted(option.name) + " was given " + given + " (it takes " +
                         std::string(with_article(option.kind)) + "). " + remedy,
                     {option.name});
}

// "a number above 0"
std::string described(std::string_view kind, const Bounds& bounds) {
  const std::string range = to_string(bounds);
  return std::string(kind) + (range.empty() ? "" : " " + range);
}

[[noreturn]] void out_of_limits(const detail::Allowed& allowed, const std::string& value,
                                std::string_view kind) {
  const std::string why = allowed.bounds.why.empty() ? "it is not among those that this option takes"
                                                     : std::string(allowed.bounds.why);
  std::string words;
  for (const OptionWord& word : allowed.words)
    if (word.expression.empty()) words += " or " + quoted(word.word);
  throw InvalidInput(std::string(allowed.name) + " = " + value + " (" + why + "). Give " +
                         described(kind, allowed.bounds) + words + ".",
                     {allowed.name});
}

bool takes_arguments(const OptionWord& word) {
  return word.word.find('(') != std::string_view::npos;
}

// `numbers`: what may stand in place of a word, or "".
void require_word(const std::string& given, const detail::Allowed& allowed, const std::string& numbers) {
  std::vector<std::string> names;
  std::string known = numbers;
  for (const OptionWord& word : allowed.words) {
    if (word.word == given) {
      require(word.expression.empty(),
              std::string(allowed.name) + " = " + quoted(given) + " (it stands for " +
                  std::string(word.expression) + ", which only a study can work out). Run it in a study.",
              {allowed.name});
      return;
    }
    names.emplace_back(word.word);
    known += (known.empty() ? "" : ", ") + std::string(word.word);
  }
  const std::string why =
      numbers.empty() && !allowed.bounds.why.empty() ? std::string(allowed.bounds.why) + "; " : "";
  throw InvalidInput(std::string(allowed.name) + " = " + quoted(given) + " (" + why + "it understands " +
                         known + "). " + did_you_mean(given, names, "Write one of these."),
                     {allowed.name});
}

}  // namespace

std::string_view to_string(OptionKind kind) {
  constexpr std::array<std::string_view, 5> names = {"true or false", "whole number", "number", "word",
                                                     "number or word"};
  return names[static_cast<std::size_t>(kind)];
}

OptionValues read_values(std::span<const std::pair<std::string, std::string>> texts) {
  OptionValues values;
  for (const auto& [name, text] : texts) {
    const std::optional<double> number = read_number(text);
    if (text == "true" || text == "false")
      values[name] = text == "true";
    else
      values[name] = number ? OptionValue(*number) : OptionValue(text);
  }
  return values;
}

std::string canonical_json(const OptionValues& values) {
  std::string out = "{";
  for (const auto& [name, value] : values)
    out += (out.size() > 1 ? "," : "") + quoted(name) + ":" + to_json(value);
  return out + "}";
}

std::string nearest(std::string_view misspelt, std::span<const std::string> names) {
  std::string best;
  const std::size_t allowed = misspelt.size() < 4 ? 1 : std::max<std::size_t>(2, misspelt.size() / 3);
  std::size_t fewest = allowed + 1;
  for (const std::string& name : names) {
    const std::size_t edits = edit_distance(misspelt, name);
    if (edits < fewest) {
      fewest = edits;
      best = name;
    }
  }
  return best;
}

std::string did_you_mean(std::string_view misspelt, std::span<const std::string> names,
                         std::string_view otherwise) {
  const std::string near = nearest(misspelt, names);
  return near.empty() ? std::string(otherwise) : "Did you mean \"" + near + "\"?";
}

namespace detail {

OptionKind find_kind(std::size_t member_index) {
  constexpr std::array kinds = {OptionKind::flag, OptionKind::count, OptionKind::number, OptionKind::word,
                                OptionKind::number_or_word};
  return kinds[member_index];
}

OptionValue to_value(const NumberOrWord& value) {
  return std::visit([](const auto& held) { return OptionValue(held); }, value);
}

void assign(bool& to, const OptionInfo& option, const OptionValue& value) {
  if (const auto* flag = std::get_if<bool>(&value))
    to = *flag;
  else
    wrong_kind(option, value);
}

void assign(Index& to, const OptionInfo& option, const OptionValue& value) {
  const auto* number = std::get_if<double>(&value);
  if (const auto* count = std::get_if<Index>(&value))
    to = *count;
  else if (number && *number == std::rint(*number) && std::abs(*number) < 9e15)
    to = static_cast<Index>(*number);
  else
    wrong_kind(option, value);
}

void assign(double& to, const OptionInfo& option, const OptionValue& value) {
  if (const auto* number = std::get_if<double>(&value))
    to = *number;
  else if (const auto* count = std::get_if<Index>(&value))
    to = static_cast<double>(*count);
  else
    wrong_kind(option, value);
}

void assign(std::string& to, const OptionInfo& option, const OptionValue& value) {
  if (const auto* word = std::get_if<std::string>(&value))
    to = *word;
  else
    wrong_kind(option, value);
}

void assign(NumberOrWord& to, const OptionInfo& option, const OptionValue& value) {
  const auto* word = std::get_if<std::string>(&value);
  if (!word) {
    double number = 0;
    assign(number, option, value);
    to = number;
  } else if (std::any_of(option.words.begin(), option.words.end(),
                         [&](const OptionWord& w) { return w.word == *word; })) {
    to = *word;
  } else {
    wrong_kind(option, value);
  }
}

void unknown_option(std::string_view name, std::span<const std::string> known) {
  throw InvalidInput("unknown option \"" + std::string(name) + "\" (the options are " + joined(known) +
                         "). " + did_you_mean(name, known, "Choose one of these."),
                     {name});
}

void require_allowed(Index count, const Allowed& allowed) {
  if (!allowed.bounds.take(static_cast<double>(count)))
    out_of_limits(allowed, std::to_string(count), "a whole number");
}

void require_allowed(double number, const Allowed& allowed) {
  if (!allowed.bounds.take(number)) out_of_limits(allowed, shortest(number), "a number");
}

void require_allowed(const std::string& word, const Allowed& allowed) {
  if (!allowed.words.empty() && std::none_of(allowed.words.begin(), allowed.words.end(), takes_arguments))
    require_word(word, allowed, "");
}

void require_allowed(const NumberOrWord& value, const Allowed& allowed) {
  if (const double* number = std::get_if<double>(&value))
    require_allowed(*number, allowed);
  else
    require_word(std::get<std::string>(value), allowed, described("a number", allowed.bounds));
}

}  // namespace detail

}  // namespace quartic
