#pragma once
/// A table of a study file, read key by key.
#include <string>
#include <string_view>
#include <vector>

#include "experiments/study/read/values.hpp"

namespace quartic::detail {

/// What is absent, or is wrong and so a problem, is the fallback.
struct TableReader {
  const Node& node;  ///< a table
  std::string path;  ///< "" at the top, else "claim 2": for messages
  Problems& problems;

  const Node* field(std::string_view name) const { return find(*node.table(), name); }
  std::string key(std::string_view name) const {
    return path.empty() ? std::string(name) : path + "." + std::string(name);
  }
  std::string text(std::string_view name, const std::string& fallback = "") const;
  double number(std::string_view name, double fallback) const;
  /// 1 or more.
  Index count(std::string_view name, Index fallback) const;
  /// Of these pairs of a value and its word; the first is the fallback.
  template <class Choices>
  auto choice(std::string_view name, const Choices& choices) const {
    std::vector<std::string> words;
    for (const auto& one : choices) words.emplace_back(one.word);
    const std::string given = text(name, words.front());
    require_known(name, "word", "choices", given, words);
    for (const auto& one : choices)
      if (one.word == given) return one.value;
    return choices[0].value;
  }

  /// A problem with the value under this key, or, where there is none, with the table.
  void complain(std::string_view name, std::string_view message) const;
  /// Complains unless the word under this key is one of these.
  void require_known(std::string_view name, const std::string& noun, const std::string& nouns,
                     const std::string& word, const std::vector<std::string>& words) const;
};

/// What every study begins with.
template <class AnyStudy>
void read_header(const TableReader& top, AnyStudy& study) {
  study.title = top.text("title");
  study.question = top.text("question");
  study.source = top.text("source");
  if (const Node* version = top.field("schema_version")) read_schema_version(*version, top.problems);
  if (const Node* seed = top.field("seed"))
    study.seed = read_seed(*seed, "seed", top.problems).value_or(study.seed);
}

}  // namespace quartic::detail
