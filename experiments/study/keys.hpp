#pragma once
/// The keys of study files, written once. The readers refuse every other key, the JSON schema is made of these
/// tables, and so are the reference tables of docs/study-files.md.
#include <limits>
#include <string>
#include <vector>

namespace quartic::detail {

struct KeyTable;

/// What may stand under a key.
enum class KeyShape {
  text,
  word,   ///< one of Key::words
  whole,  ///< a whole number
  number,
  number_or_text,  ///< a text is a formula, or one of Key::words
  texts,           ///< lists
  wholes,
  numbers,
  table,   ///< of Key::inside, or of any keys
  tables,  ///< a list of them
  own      ///< Key::type says it; the schema has a form of its own
};

struct Key {
  std::string name;
  KeyShape shape;
  std::string by_default;  ///< as a page shows it: "required", "none", "0.3"
  std::string help;
  double least = -std::numeric_limits<double>::infinity();  ///< of numbers
  double above = -std::numeric_limits<double>::infinity();  ///< of numbers: excluded
  double below = std::numeric_limits<double>::infinity();
  std::vector<std::string> words = {};
  const KeyTable* inside = nullptr;
  std::string type = {};  ///< as a page shows it; "": what shape, bounds and words say
  bool swept = false;     ///< a list of such values, or a range of numbers, is an axis of a sweep
};

struct KeyTable {
  std::vector<Key> keys;
  std::vector<std::string> one_of = {};  ///< exactly one of these is needed

  std::vector<std::string> names() const;
  /// Those without a default.
  std::vector<std::string> needed() const;
};

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
const KeyTable& case_keys();

/// A table of Markdown: | key | type | default | meaning |.
std::string markdown_of(const KeyTable& table);

}  // namespace quartic::detail
