#include "experiments/study/document/world_files.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <utility>

#include "experiments/platform/digest.hpp"
#include "experiments/platform/plain_file.hpp"

namespace quartic::detail {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t digest_digits = 16;

template <class Visit>
void visit_world(Node& owner, const Visit& visit) {
  Node* world = owner.table() ? find(*owner.table(), "world") : nullptr;
  if (Node::Table* table = world ? std::get_if<Node::Table>(&world->value) : nullptr) visit(*table);
}

/// Those of the document, of its cases and of its efforts.
template <class Visit>
void visit_worlds(Node& document, const Visit& visit) {
  visit_world(document, visit);
  if (Node* cases = find(*document.table(), "case"))
    if (auto* list = std::get_if<Node::List>(&cases->value))
      for (Node& one : *list) visit_world(one, visit);
  Node* efforts = find(*document.table(), "effort");
  if (efforts && efforts->table())
    for (Field& effort : *efforts->table()) visit_world(effort.value, visit);
}

/// Changes each text under `file` of a world: one, or a list of them.
template <class Change>
void change_all_files(Node& document, const Change& change) {
  visit_worlds(document, [&](Node::Table& world) {
    Node* file = find(world, "file");
    if (!file) return;
    if (auto* text = std::get_if<std::string>(&file->value)) *text = change(*text);
    if (auto* list = std::get_if<Node::List>(&file->value))
      for (Node& one : *list)
        if (auto* text = std::get_if<std::string>(&one.value)) *text = change(*text);
  });
}

bool is_table(const Node& kind) {
  if (kind.text()) return *kind.text() == "table";
  return kind.list() && std::any_of(kind.list()->begin(), kind.list()->end(), is_table);
}

/// Whether the world of the document, or of one of its cases or efforts, is a table.
bool names_a_table(Node& document) {
  bool names = false;
  visit_worlds(document, [&](const Node::Table& world) {
    const Node* kind = find(world, "kind");
    names = names || (kind && is_table(*kind));
  });
  return names;
}

/// What cannot be read stays as it is: who reads it says why.
std::string pinned(const std::string& text) {
  const WorldFile file = split_digest(text);
  std::error_code failed;
  const fs::path whole = fs::absolute(file.path, failed).lexically_normal();
  if (failed || file.path.empty()) return text;
  if (!file.digest.empty()) return whole.string() + "#" + file.digest;
  const std::optional<std::string> content = read_plain_file(whole, most_file_bytes);
  return content ? whole.string() + "#" + short_digest(*content) : text;
}

}  // namespace

WorldFile split_digest(const std::string& text) {
  const std::size_t mark = text.rfind('#');
  if (mark == std::string::npos || text.size() - mark - 1 != digest_digits ||
      text.find_first_not_of("0123456789abcdef", mark + 1) != std::string::npos)
    return {text, ""};
  return {text.substr(0, mark), text.substr(mark + 1)};
}

std::string short_digest(std::string_view content) {
  return sha256(content).substr(0, digest_digits);
}

Node with_placed_files(Node document, std::string_view study) {
  const fs::path folder = fs::path(study).parent_path();
  change_all_files(document, [&](const std::string& name) {
    return name.empty() ? name : (folder / name).lexically_normal().string();
  });
  return document;
}

Node with_pinned_files(Node document) {
  if (names_a_table(document)) change_all_files(document, pinned);
  return document;
}

}  // namespace quartic::detail
