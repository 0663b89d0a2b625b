#include "experiments/study_edits.hpp"

#include <utility>

#include "core/require.hpp"

namespace quartic::detail {

namespace {

void merge(Node& onto, Field change);

void set(Node::Table& table, Field change) {
  if (Node* old = find(table, change.key))
    *old = std::move(change.value);
  else
    table.push_back(std::move(change));
}

/// Where both are tables, key by key; else the new value replaces the old one.
void merge(Node& onto, Field change) {
  Node::Table& table = *onto.table();
  Node* old = find(table, change.key);
  if (!old || !old->table() || !change.value.table()) return set(table, std::move(change));
  for (Field& field : *change.value.table()) merge(*old, std::move(field));
}

std::vector<std::string> arm_names(const Node::List& arms) {
  std::vector<std::string> names;
  for (const Node& arm : arms)
    if (const Node* name = arm.table() ? find(*arm.table(), "name") : nullptr; name && name->text())
      names.push_back(*name->text());
  return names;
}

void merge_arm(Node::List& arms, Field change) {
  for (Node& arm : arms) {
    const Node* name = arm.table() ? find(*arm.table(), "name") : nullptr;
    if (!name || !name->text() || *name->text() != change.key) continue;
    if (!change.value.table())
      throw InvalidInput(change.value.where + ": arm." + change.key + ": " + kind_of_value(change.value) +
                         " (an arm has several keys). Name one, as in arm." + change.key + ".model.");
    for (Field& field : *change.value.table()) merge(arm, std::move(field));
    return;
  }
  throw InvalidInput(change.value.where + ": arm." + change.key + ": unknown arm \"" + change.key + "\" " +
                     choose_among(change.key, "arms", arm_names(arms)));
}

/// One top-level key of an effort or an override.
void apply(Node& document, Field change) {
  Node::Table& table = *document.table();
  Node* old = find(table, change.key);
  if (change.key == "sizes") return set(table, std::move(change));
  if (change.key == "arm" && change.value.table() && old && std::holds_alternative<Node::List>(old->value)) {
    for (Field& arm : *change.value.table()) merge_arm(std::get<Node::List>(old->value), std::move(arm));
    return;
  }
  merge(document, std::move(change));
}

std::vector<std::string> split(std::string_view key) {
  std::vector<std::string> parts(1);
  for (const char c : key) {
    if (c == '.')
      parts.emplace_back();
    else
      parts.back() += c;
  }
  return parts;
}

}  // namespace

std::vector<std::string> effort_names(const Node& document) {
  std::vector<std::string> names;
  const Node* efforts = find(*document.table(), "effort");
  if (efforts && efforts->table())
    for (const Field& effort : *efforts->table()) names.push_back(effort.key);
  return names;
}

void apply_effort(Node& document, std::string_view name, std::string_view file) {
  const std::vector<std::string> names = effort_names(document);
  const Node* efforts = find(*document.table(), "effort");
  const Node* effort = efforts && efforts->table() ? find(*efforts->table(), name) : nullptr;
  const std::string unknown = std::string(file) + ": unknown effort \"" + std::string(name) + "\" ";
  if (!effort && names.empty())
    throw InvalidInput(unknown + "(this study defines none). Run it without --effort, or add an [effort." +
                       std::string(name) + "] table to it.");
  if (!effort) throw InvalidInput(unknown + choose_among(name, "efforts of this study", names));
  if (!effort->table())
    throw InvalidInput(effort->where + ": effort." + std::string(name) + ": " + kind_of_value(*effort) +
                       " (an effort is a table of changes). Write [effort." + std::string(name) +
                       "] replicates = 20.");
  const Node::Table changes = *effort->table();
  for (const Field& change : changes) apply(document, change);
}

void apply_override(Node& document, std::string_view key, std::string_view text) {
  const std::string where = "--set " + std::string(key) + "=" + std::string(text);
  const std::vector<std::string> parts = split(key);
  for (const std::string& part : parts)
    require(!part.empty(), where +
                               ": the key is not complete (it is names joined by dots). Write one such as "
                               "arm.NAME.OPTION, world.OPTION or replicates.");
  require(parts[0] != "effort",
          where +
              ": an effort cannot be changed here (it has been applied already). Set the "
              "key itself, or edit the file.");
  Field change{parts.back(), read_value(text, where)};
  for (std::size_t k = parts.size() - 1; k-- > 0;)
    change = {parts[k], Node{Node::Table{std::move(change)}, where}};
  apply(document, std::move(change));
}

}  // namespace quartic::detail
