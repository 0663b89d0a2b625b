#pragma once
/// The keys of study files, written once. The readers refuse every other key, the JSON schema is made of
/// these tables, and so are the reference tables of docs/study-files.md.
#include <cstdint>
#include <initializer_list>
#include <string>
#include <vector>

#include "core/bounds.hpp"

namespace quartic::detail {

struct KeyTable;

enum class KeyShape {
  text,
  word,   ///< one of KeyKind::words
  whole,  ///< a whole number
  number,
  number_or_text,  ///< a text is a formula, or one of KeyKind::words
  texts,           ///< lists
  wholes,
  numbers,
  table,   ///< of KeyKind::inside, or of any keys
  tables,  ///< a list of them
  own      ///< KeyKind::type says it; the schema has a form of its own
};

/// What may stand under a key.
struct KeyKind {
  KeyShape shape;
  Bounds bounds = {};  ///< of numbers
  std::vector<std::string> words = {};
  const KeyTable* inside = nullptr;
  std::string type = {};  ///< as a page shows it; "": what shape, bounds and words say

  static KeyKind text(std::string type = "");
  static KeyKind word(std::vector<std::string> words, std::string type = "");
  static KeyKind whole(const Bounds& bounds);
  static KeyKind number(const Bounds& bounds = {});
  static KeyKind table(const KeyTable* inside = nullptr, std::string type = "");
  static KeyKind tables(const KeyTable& inside);
  static KeyKind own(std::string type, const KeyTable* inside = nullptr);
};

struct Key {
  std::string name;
  KeyKind kind;
  std::string by_default;  ///< as a page shows it: "required", "none", "0.3"
  std::string help;
  bool swept = false;  ///< a list of such values, or a range of numbers, is an axis of a sweep
};

inline constexpr Bounds not_negative = at_least(0, ""), one_or_more = at_least(1, ""),
                        positive = above(0, ""), probability = between_0_and_1("");

struct KeyTable {
  std::vector<Key> keys;
  std::vector<std::string> one_of = {};  ///< exactly one of these is needed

  std::vector<std::string> names() const;
  /// Those without a default.
  std::vector<std::string> needed() const;
};

/// The keys that every study has, of a world or of a table.
std::vector<Key> header_keys(std::uint64_t seed);
std::vector<Key> joined_keys(std::initializer_list<std::vector<Key>> parts);

const KeyTable& study_keys();
const KeyTable& arm_keys();  ///< beside the options of the model
const KeyTable& expert_keys();
const KeyTable& range_keys();
const KeyTable& replicates_keys();
const KeyTable& target_keys();
const KeyTable& claim_keys();
const KeyTable& against_keys();
const KeyTable& theory_keys();
const KeyTable& causes_keys();
const KeyTable& remedies_keys();
const KeyTable& case_keys();

/// A table of Markdown: | key | type | default | meaning |.
std::string render_markdown(const KeyTable& table);

}  // namespace quartic::detail
