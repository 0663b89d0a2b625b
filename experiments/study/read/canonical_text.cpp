// The study as it runs, as TOML: fixed order of keys, one line a value, nothing left out, no comments.
#include <string>

#include "experiments/study/arm.hpp"
#include "experiments/study/keys.hpp"
#include "experiments/study/read/draft.hpp"

namespace quartic::detail {

namespace {

std::string line(std::string_view key, const Node& value) {
  return to_toml_key(key) + " = " + to_toml(value) + "\n";
}
std::string text_line(std::string_view key, const std::string& text) {
  return line(key, Node{text, {}});
}

/// The keys named first, in this order, then the rest as they stand in the file.
std::string table_text(const Node::Table& table, const std::vector<std::string>& first) {
  std::string text;
  for (const std::string& key : first)
    if (const Node* value = find(table, key)) text += line(key, *value);
  for (const Field& field : table) {
    bool written = false;
    for (const std::string& key : first) written = written || key == field.key;
    if (!written) text += line(field.key, field.value);
  }
  return text;
}

std::string list_of_tables(const Node& document, const std::string& key, const KeyTable& keys) {
  const Node* list = find(*document.table(), key);
  if (!list) return "";
  std::string text;
  for (const Node& item : *list->list())
    text += "\n[[" + key + "]]\n" + table_text(*item.table(), keys.names());
  return text;
}

std::string table_of(const Node& document, const std::string& key, const char* first) {
  const Node* node = find(*document.table(), key);
  return node ? "\n[" + key + "]\n" + table_text(*node->table(), {first}) : "";
}

/// The key as it stands; "" where it does not.
std::string kept_line(const Node& document, const char* key) {
  const Node* node = find(*document.table(), key);
  return node ? line(key, *node) : "";
}

/// A number, or the table as it stands, with its target and its budget.
std::string replicates_text(const Node& document, const Study& study) {
  if (!study.adaptive) return "replicates = " + std::to_string(study.replicates) + "\n";
  std::string text;
  for (const char* key : {"replicates", "target", "budget"}) text += kept_line(document, key);
  return text;
}

/// Of classes it stands there always: who reads the text need not know the world.
std::string performance_text(const Node& document, const Study& study) {
  if (study.performance == Performance::inverse_root) return kept_line(document, "performance");
  return text_line("performance", std::string(to_string(study.performance)));
}

std::string header_text(const Node& document, const Study& study) {
  std::string sizes;
  for (const Index n : given_sizes(study)) sizes += (sizes.empty() ? "" : ", ") + std::to_string(n);
  return text_line("title", study.title) + text_line("question", study.question) +
         text_line("source", study.source) + "schema_version = 1\nseed = " + std::to_string(study.seed) +
         "\n" + kept_line(document, "truth_seed") + replicates_text(document, study) + "sizes = [" + sizes +
         "]\n" + kept_line(document, "observations") + kept_line(document, "uses") +
         kept_line(document, "pretraining_shared_by") +
         text_line("storage", std::string(to_string(study.storage))) + performance_text(document, study);
}

/// What ties axes and drops cells.
std::string sweep_text(const Node& document) {
  std::string text;
  for (const char* key : {"zip", "where"}) text += kept_line(document, key);
  return text;
}

}  // namespace

std::string canonical_text(const Node& document, const Study& study) {
  return header_text(document, study) + sweep_text(document) + "\n[world]\n" +
         table_text(*find(*document.table(), "world")->table(), {"kind"}) +
         list_of_tables(document, "arm", arm_keys()) + list_of_tables(document, "case", case_keys()) +
         list_of_tables(document, "claim", claim_keys()) + list_of_tables(document, "theory", theory_keys()) +
         table_of(document, "causes", "arm") + table_of(document, "remedies", "against");
}

}  // namespace quartic::detail
