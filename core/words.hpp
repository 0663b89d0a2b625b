#pragma once
/// The words for the values of an enum, written once: to_string, its reader, messages and schema all use the
/// same table.
///
///     enum class Storage { doubles, floats };
///     inline constexpr Words<Storage, 2> storage_words = {{{Storage::doubles, "double"},
///                                                          {Storage::floats, "float"}}};
#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace quartic {

template <class Enum>
struct Word {
  Enum value;
  std::string_view word;
};

template <class Enum, std::size_t count>
using Words = std::array<Word<Enum>, count>;

/// "a, b, c"
inline std::string joined(std::span<const std::string> words, std::string_view separator = ", ") {
  std::string list;
  for (const std::string& word : words) list += (list.empty() ? "" : std::string(separator)) + word;
  return list;
}

/// Precondition: the value has a word.
template <class Enum, std::size_t count>
constexpr std::string_view word_for(const Words<Enum, count>& words, Enum value) {
  std::size_t k = 0;
  while (words[k].value != value) ++k;
  return words[k].word;
}

/// The value of this word; nothing where no value has it.
template <class Enum, std::size_t count>
constexpr std::optional<Enum> parse_word(const Words<Enum, count>& words, std::string_view text) {
  for (const Word<Enum>& one : words)
    if (one.word == text) return one.value;
  return std::nullopt;
}

/// In the order of the table: for messages.
template <class Enum, std::size_t count>
std::vector<std::string> spell_all(const Words<Enum, count>& words) {
  std::vector<std::string> list;
  for (const Word<Enum>& one : words) list.emplace_back(one.word);
  return list;
}

}  // namespace quartic
