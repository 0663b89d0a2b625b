#pragma once
/// What an option is to those who list, write and compare it: its kind, its values and their text.
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/bounds.hpp"
#include "core/number_text.hpp"
#include "core/types.hpp"

namespace quartic {

/// A number, or a word such as "cv" that lets the model choose it.
using NumberOrWord = std::variant<double, std::string>;

/// flag: true/false; count: a whole number; number: a real; word: one of a few words (or "ar1(0.5)").
enum class OptionKind { flag, count, number, word, number_or_word };
std::string_view to_string(OptionKind kind);

using OptionValues = std::map<std::string, OptionValue, std::less<>>;

/// Words an option understands: what each means, and, where the word stands for a formula that quotes the
/// truth ("theory_known"), the expression that the study evaluates in its place (which makes the arm
/// informed).
struct OptionWord {
  std::string_view word;
  std::string_view meaning;
  std::string_view expression = "";
};

inline constexpr std::span<const OptionWord> no_words;

/// What an option does where a model is asked for its whole path of penalties (select = "oracle").
enum class OnPath { as_in_a_fit, nothing, something };

/// An option (core/options.hpp) without the type of its struct: what catalogues list.
struct OptionInfo {
  std::string name;
  OptionKind kind;
  OptionValue default_value;
  std::string help;
  std::vector<OptionWord> words;
  Bounds bounds = {};
  OnlyWith only_with = {};
  OnPath on_path = OnPath::as_in_a_fit;
};

/// Options as they are typed, name and text: true and false are flags, what reads as a number is one, all else is a
/// word. Whether an option takes such a value is told when it is given (with_options).
OptionValues read_values(std::span<const std::pair<std::string, std::string>> texts);
/// {"a":1,"b":"word"} with keys in alphabetical order; numbers are the shortest text with the same bits.
std::string canonical_json(const OptionValues& values);
/// Of these names the one that needs the fewest edits, or "" where none is near: for "did you mean".
std::string nearest(std::string_view misspelt, std::span<const std::string> names);
/// "Did you mean "near"?" with the nearest of these names, or `otherwise` where none is near.
std::string did_you_mean(std::string_view misspelt, std::span<const std::string> names,
                         std::string_view otherwise);

}  // namespace quartic
