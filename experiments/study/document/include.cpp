#include "experiments/study/document/include.hpp"

#include <algorithm>
#include <filesystem>
#include <utility>
#include <vector>

#include "core/require.hpp"
#include "experiments/platform/plain_file.hpp"
#include "experiments/study/document/edits.hpp"
#include "experiments/study/document/limits.hpp"

namespace quartic::detail {

namespace {

namespace fs = std::filesystem;

using Chain = std::vector<fs::path>;  // the files that are being read, each included by the one before

std::string read_included(const fs::path& path, const Node& include) {
  const std::string place = include.where + ": include: ";
  std::error_code none;
  require(fs::is_regular_file(path, none),
          place + "there is no file " + path.string() +
              " (names are relative to the folder of the including file). Check the name.");
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

Node resolved(Node document, const fs::path& file, Chain chain);

Node included(const Node& include, const fs::path& file, Chain chain) {
  require(include.text() != nullptr,
          include.where + ": include: " + kind_of_value(include) +
              " (the name of a file is needed here). Write include = \"base.toml\".");
  const fs::path path = file.parent_path() / *include.text();
  std::error_code none;
  const fs::path canonical = fs::weakly_canonical(path, none);
  refuse_cycle(chain, canonical, include);
  const std::string text = read_included(path, include);
  chain.push_back(canonical);
  return resolved(read_document(text, path.string()), path, std::move(chain));
}

Node resolved(Node document, const fs::path& file, Chain chain) {
  const Node* include = find(*document.table(), "include");
  if (!include) return document;
  Node whole = included(*include, file, std::move(chain));
  whole.where = document.where;
  for (Field& field : *document.table())
    if (field.key != "include") apply_change(whole, std::move(field));
  return whole;
}

}  // namespace

Node with_includes(Node document, std::string_view file) {
  std::error_code none;
  const fs::path path(file);
  return resolved(std::move(document), path, {fs::weakly_canonical(path, none)});
}

}  // namespace quartic::detail
