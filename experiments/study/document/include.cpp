#include "experiments/study/document/include.hpp"

#include <algorithm>
#include <filesystem>
#include <utility>
#include <vector>

#include "core/options.hpp"
#include "core/require.hpp"
#include "experiments/platform/plain_file.hpp"
#include "experiments/study/document/edits.hpp"
#include "experiments/study/document/limits.hpp"
#include "experiments/study/document/world_files.hpp"

namespace quartic::detail {

namespace {

namespace fs = std::filesystem;

using Chain = std::vector<fs::path>;  // the files that are being read, each included by the one before

std::string read_included(const fs::path& path, const Node& include) {
  const std::string place = include.where + ": include: ";
  std::error_code none;
  require(fs::file_size(path, none) <= most_study_bytes,
          place + path.string() + " is too large for a study (16 MB are the most). Check the name.");
  const std::optional<std::string> text = read_plain_file(path, most_study_bytes);
  require(text.has_value(),
          place + path.string() + " cannot be read (see its permissions). Make it readable.");
  return *text;
}

void refuse_cycle(const Chain& chain, const fs::path& path, const Node& include) {
  if (std::find(chain.begin(), chain.end(), path) == chain.end()) return;
  throw InvalidInput(include.where + ": include: " + path.filename().string() +
                     " includes itself (by itself, or by what it includes). Remove one of these keys.");
}

[[noreturn]] void refuse_missing(const fs::path& path, const Node& include, const NamedTexts& named) {
  std::vector<std::string> names;
  for (const auto& one : named) names.push_back(one.first);
  throw InvalidInput(include.where + ": include: there is no file " + path.string() +
                     " (names are relative to the folder of the including file), and no built-in study of "
                     "that name (quartic list experiments shows them). " +
                     did_you_mean(*include.text(), names, "Check the name."));
}

Node::List* tables_in(Node& node) {
  auto* list = std::get_if<Node::List>(&node.value);
  const bool tables =
      list && std::all_of(list->begin(), list->end(), [](const Node& item) { return item.table(); });
  return tables ? list : nullptr;
}

const std::string* name_of(const Node& table) {
  const Node* name = find(*table.table(), "name");
  return name ? name->text() : nullptr;
}

/// Where a table of this name stands; the end of the list where none does, or it has no name.
Node::List::iterator find_named(Node::List& list, const Node& table) {
  const std::string* wanted = name_of(table);
  return std::find_if(list.begin(), list.end(),
                      [&](const Node& one) { return wanted && name_of(one) && *name_of(one) == *wanted; });
}

/// [[arm]] and the like. Two arms of one name in the including file stay two, so that they are refused.
void continue_list(Node::List& list, Node::List more) {
  Node::List added;
  for (Node& table : more) {
    const auto old = find_named(list, table);
    if (old == list.end() || find_named(added, table) != added.end())
      list.push_back(table);
    else
      *old = table;
    added.push_back(std::move(table));
  }
}

/// Reads what is included, and what that includes.
class Includer {
 public:
  explicit Includer(const NamedTexts& named) : named_(named) {}

  Node resolved(Node read, const fs::path& file, Chain chain) const {
    Node document = with_placed_files(std::move(read), file.string());
    const Node* include = find(*document.table(), "include");
    if (!include) return document;
    Node whole = included(*include, file, std::move(chain));
    whole.where = document.where;
    for (Field& field : *document.table())
      if (field.key != "include") change(whole, std::move(field));
    return whole;
  }

 private:
  Node included(const Node& include, const fs::path& file, Chain chain) const {
    require(
        include.text() != nullptr,
        include.where + ": include: " + kind_of_value(include) +
            " (the name of a file or of a built-in study is needed here). Write include = \"base.toml\".");
    const fs::path path = file.parent_path() / *include.text();
    std::error_code none;
    if (!fs::is_regular_file(path, none)) {
      const auto built_in = named_.find(*include.text());
      if (built_in == named_.end()) refuse_missing(path, include, named_);
      return read_document(built_in->second, built_in->first);
    }
    const fs::path canonical = fs::weakly_canonical(path, none);
    refuse_cycle(chain, canonical, include);
    const std::string text = read_included(path, include);
    chain.push_back(canonical);
    return resolved(read_document(text, path.string()), path, std::move(chain));
  }

  static void change(Node& whole, Field field) {
    Node* old = find(*whole.table(), field.key);
    Node::List* list = old ? tables_in(*old) : nullptr;
    Node::List* more = tables_in(field.value);
    if (list && more && !more->empty())
      continue_list(*list, std::move(*more));
    else
      apply_change(whole, std::move(field));
  }

  const NamedTexts& named_;
};

}  // namespace

Node with_includes(Node document, std::string_view file, const NamedTexts& named) {
  std::error_code none;
  const fs::path path(file);
  return Includer(named).resolved(std::move(document), path, {fs::weakly_canonical(path, none)});
}

}  // namespace quartic::detail
