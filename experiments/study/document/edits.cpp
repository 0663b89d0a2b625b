#include "experiments/study/document/edits.hpp"

#include <algorithm>
#include <utility>

#include "core/require.hpp"
#include "experiments/study/document/limits.hpp"

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

/// Of two keys of an expert that say the same thing, the one that is changed stays.
void drop_what_is_said_anew(Node& arm, const Field& change) {
  Node* expert = find(*arm.table(), change.key);
  if (change.key != "expert" || !expert || !expert->table() || !change.value.table()) return;
  for (const auto& [count, share] : expert_twins)
    for (const auto& [stays, goes] : {std::pair(count, share), std::pair(share, count)})
      if (find(*change.value.table(), stays))
        std::erase_if(*expert->table(), [&, key = goes](const Field& field) { return field.key == key; });
}

void merge_arm(Node::List& arms, Field change) {
  for (Node& arm : arms) {
    const Node* name = arm.table() ? find(*arm.table(), "name") : nullptr;
    if (!name || !name->text() || *name->text() != change.key) continue;
    if (!change.value.table())
      throw InvalidInput(change.value.where + ": arm." + change.key + ": " + kind_of_value(change.value) +
                         " (an arm has several keys). Name one, as in arm." + change.key + ".model.");
    for (Field& field : *change.value.table()) {
      drop_what_is_said_anew(arm, field);
      merge(arm, std::move(field));
    }
    return;
  }
  throw InvalidInput(change.value.where + ": arm." + change.key + ": unknown arm \"" + change.key + "\" " +
                     choose_among(change.key, "arms", arm_names(arms)));
}

}  // namespace

void apply_change(Node& document, Field change) {
  Node::Table& table = *document.table();
  Node* old = find(table, change.key);
  if (change.key == "sizes") return set(table, std::move(change));
  if (change.key == "arm" && change.value.table() && old && std::holds_alternative<Node::List>(old->value)) {
    for (Field& arm : *change.value.table()) merge_arm(std::get<Node::List>(old->value), std::move(arm));
    return;
  }
  merge(document, std::move(change));
}

namespace {

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts(1);
  for (const char c : text) {
    if (c == separator)
      parts.emplace_back();
    else
      parts.back() += c;
  }
  return parts;
}

/// Split at the commas that stand in no bracket and in no quotes.
std::vector<std::string> list_items(std::string_view text) {
  std::vector<std::string> items(1);
  int depth = 0;
  char quote = 0;
  for (const char c : text) {
    if (quote != 0)
      quote = c == quote ? '\0' : quote;
    else if (c == '"' || c == '\'')
      quote = c;
    else
      depth += (c == '(' || c == '[' || c == '{') - (c == ')' || c == ']' || c == '}');
    if (c == ',' && depth == 0 && quote == 0)
      items.emplace_back();
    else
      items.back() += c;
  }
  return items;
}

bool is_number(const Node& node) {
  return std::holds_alternative<std::int64_t>(node.value) || std::holds_alternative<double>(node.value);
}

/// "0.1:10:log:7" as the table it stands for.
Node range_value(std::string_view text, const std::string& where) {
  const std::vector<std::string> parts = split(text, ':');
  Node::Table range;
  if (parts.size() == 4 && (parts[2] == "log" || parts[2] == "linear"))
    for (const auto& [key, part] : {std::pair{"from", 0U}, {"to", 1U}, {"points", 3U}})
      if (Node value = read_value(parts[part], where); is_number(value))
        range.push_back({key, std::move(value)});
  require(range.size() == 3, where +
                                 ": this is no range (one is from:to:scale:points, and the scale is log or "
                                 "linear). Write one such as 0.1:10:log:7.");
  range.push_back({"scale", Node{parts[2], where}});
  return {std::move(range), where};
}

/// A value that may span a sweep.
Node swept_value(std::string_view text, const std::string& where) {
  const std::vector<std::string> items = list_items(text);
  if (items.size() < 2) {
    const bool is_toml = text.find_first_of("[{\"'") != std::string_view::npos;
    return !is_toml && text.find(':') != std::string_view::npos ? range_value(text, where)
                                                                : read_value(text, where);
  }
  Node::List list;
  for (const std::string& item : items) {
    require(item.find_first_not_of(' ') != std::string::npos,
            where +
                ": a value of the list is missing (two commas have nothing between them). Write one such as "
                "500,1000.");
    list.push_back(read_value(item.substr(item.find_first_not_of(' ')), where));
  }
  return {std::move(list), where};
}

bool may_be_swept(const std::string& top_level_key) {
  return top_level_key == "world" || top_level_key == "arm" || top_level_key == "sizes" ||
         top_level_key == "zip";
}

[[noreturn]] void refuse_case(const Node& at, const std::string& key, const std::string& problem) {
  throw InvalidInput(at.where + ": " + key + ": " + problem);
}

/// A case names options of the world and of arms: all its cells have the same arms, replicates and sizes.
void check_case(const Node& node) {
  if (!node.table())
    refuse_case(node, "case", kind_of_value(node) + " (a case is a table of changes). Write [[case]].");
  if (node.table()->empty())
    refuse_case(
        node, "case",
        "the case changes nothing (it is a cell of its own by what it changes). Name an option, such as "
        "world.noise = 2.0.");
  for (const Field& field : *node.table()) {
    const std::string key = "case." + field.key;
    if (field.key != "world" && field.key != "arm")
      refuse_case(field.value, key,
                  "a case cannot change it (the cells of a study differ in their world and arms only). Name "
                  "options, such as world.noise or arm.NAME.penalty.");
    if (!field.value.table())
      refuse_case(field.value, key,
                  kind_of_value(field.value) + " (a case addresses options by name). Write one such as " +
                      (field.key == "arm" ? "arm.NAME.penalty = 0.5." : "world.noise = 2.0."));
    for (const Field& arm : field.key == "arm" ? *field.value.table() : Node::Table{})
      for (const char* fixed : {"name", "replicates", "select"})
        if (const Node* value = arm.value.table() ? find(*arm.value.table(), fixed) : nullptr)
          refuse_case(*value, key + "." + arm.key + "." + fixed,
                      "a case cannot change it (all cells have the same arms). Change the arm itself.");
  }
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
  for (const Field& change : changes) apply_change(document, change);
}

std::vector<Node> case_documents(const Node& document) {
  const Node* cases = find(*document.table(), "case");
  if (!cases) return {};
  if (!cases->list() || cases->list()->empty())
    refuse_case(*cases, "case",
                kind_of_value(*cases) + " (there are several cases). Write [[case]] with double brackets.");
  Node base = document;
  std::erase_if(*base.table(), [](const Field& field) { return field.key == "case"; });
  std::vector<Node> documents;
  for (const Node& one : *cases->list()) {
    check_case(one);
    documents.push_back(base);
    documents.back().where = one.where;
    for (const Field& change : *one.table()) apply_change(documents.back(), change);
  }
  return documents;
}

void apply_override(Node& document, std::string_view key, std::string_view text) {
  const std::string where = "--set " + std::string(key) + "=" + std::string(text);
  const std::vector<std::string> parts = split(key, '.');
  for (const std::string& part : parts)
    require(!part.empty(), where +
                               ": the key is not complete (it is names joined by dots). Write one such as "
                               "arm.NAME.OPTION, world.OPTION or replicates.");
  require(parts.size() <= most_levels, where + ": the key has more than " + std::to_string(most_levels) +
                                           " parts (no key of a study has so many). Shorten it.");
  require(parts[0] != "effort",
          where +
              ": an effort cannot be changed here (it has been applied already). Set the "
              "key itself, or edit the file.");
  Field change{parts.back(), may_be_swept(parts[0]) ? swept_value(text, where) : read_value(text, where)};
  for (std::size_t k = parts.size() - 1; k-- > 0;)
    change = {parts[k], Node{Node::Table{std::move(change)}, where}};
  apply_change(document, std::move(change));
}

}  // namespace quartic::detail
