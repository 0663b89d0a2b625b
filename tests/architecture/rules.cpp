#include "tests/architecture/rules.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>

namespace quartic::architecture {

namespace {

const std::map<std::string, std::set<std::string>> visible_layers = {
    {"core", {"core"}},
    {"sim", {"core", "sim"}},
    {"models", {"core", "models"}},
    {"laws", {"core", "laws"}},
    {"experiments", {"core", "sim", "models", "laws", "experiments"}},
    {"cli", {"core", "sim", "models", "laws", "experiments", "cli"}},
};

const std::map<std::string, std::set<std::string>> layers_of_library = {
    {"cblas.h", {"models"}},
    {"tbb/", {"experiments"}},
    {"oneapi/", {"experiments"}},
    {"xtensor/", {"experiments", "cli"}},
    {"toml++/", {"experiments", "cli"}},
    {"nlohmann/", {"experiments", "cli"}},
    {"fmt/", {"experiments", "cli"}},
    {"openssl/", {"experiments"}},
    {"csv.h", {"experiments"}},
    {"sqlite3.h", {"experiments"}},
    {"CLI/", {"cli"}},
    {"gtest/", {}},
    {"benchmark/", {}},
    {"Random123/", {}},
};

struct Include {
  std::string header;
  bool quoted;  // "..." as opposed to <...>
  std::size_t line;
};

std::vector<Include> includes_of(const Source& source) {
  static const std::regex pattern(R"re(^\s*#\s*include\s*(["<])([^">]+)[">].*)re");
  std::vector<Include> found;
  std::smatch match;
  for (std::size_t k = 0; k < source.lines.size(); ++k)
    if (std::regex_match(source.lines[k], match, pattern))
      found.push_back({match[2], match[1] == "\"", k + 1});
  return found;
}

std::string layer_of(const std::string& path) {
  return path.substr(0, path.find('/'));
}
bool in_a_layer(const Source& source) {
  return visible_layers.contains(layer_of(source.path));
}
bool is_header(const Source& source) {
  return source.path.ends_with(".hpp");
}
std::string stem_of(const std::string& path) {
  return path.substr(0, path.rfind('.'));
}
std::string at(const Source& source, std::size_t line) {
  return source.path + ":" + std::to_string(line) + ": ";
}

std::string without_comment(const std::string& line) {
  return line.substr(0, line.find("//"));
}

std::set<std::string> paths_of(const std::vector<Source>& tree) {
  std::set<std::string> paths;
  for (const Source& source : tree) paths.insert(source.path);
  return paths;
}

/// laws/a_b.cpp is mirrored by tests/laws/a_b_test.cpp, or, as a part of a, by tests/laws/a_test.cpp.
bool has_mirror(const std::string& path, const std::set<std::string>& paths) {
  const std::size_t name = path.rfind('/') + 1;
  for (std::string stem = stem_of(path); stem.size() > name; stem = stem.substr(0, stem.rfind('_'))) {
    for (const char* kind : {"_test.cpp", "_statistics.cpp", "_long.cpp"})
      if (paths.contains("tests/" + stem + kind)) return true;
    if (stem.rfind('_') == std::string::npos || stem.rfind('_') < name) return false;
  }
  return false;
}

/// The header that a source implements: the first of ours that it includes.
std::string own_header(const Source& source) {
  for (const Include& include : includes_of(source))
    if (include.quoted) return include.header;
  return "";
}

std::set<std::string> tested_headers(const std::vector<Source>& tree) {
  std::set<std::string> headers;
  for (const Source& source : tree)
    if (layer_of(source.path) == "tests")
      for (const Include& include : includes_of(source)) headers.insert(include.header);
  return headers;
}

Source read(const std::filesystem::path& file, std::string path) {
  Source source{std::move(path), {}};
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) source.lines.push_back(line);
  return source;
}

}  // namespace

std::vector<Source> read_tree(const std::string& root) {
  std::vector<Source> tree;
  std::vector<std::string> folders = {"bench", "tests"};
  for (const auto& [layer, visible] : visible_layers) folders.push_back(layer);
  for (const std::string& folder : folders) {
    if (!std::filesystem::exists(root + "/" + folder)) continue;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root + "/" + folder)) {
      const auto extension = entry.path().extension();
      if (extension != ".hpp" && extension != ".cpp") continue;
      tree.push_back(read(entry.path(), std::filesystem::relative(entry.path(), root).generic_string()));
    }
  }
  std::sort(tree.begin(), tree.end(), [](const Source& a, const Source& b) { return a.path < b.path; });
  return tree;
}

Violations upward_includes(const std::vector<Source>& tree) {
  Violations violations;
  for (const Source& source : tree) {
    if (!in_a_layer(source)) continue;
    for (const Include& include : includes_of(source))
      if (include.quoted && !visible_layers.at(layer_of(source.path)).contains(layer_of(include.header)))
        violations.push_back(at(source, include.line) + layer_of(source.path) + " must not see " +
                             include.header);
  }
  return violations;
}

Violations misplaced_libraries(const std::vector<Source>& tree) {
  Violations violations;
  for (const Source& source : tree) {
    if (!in_a_layer(source)) continue;
    for (const Include& include : includes_of(source))
      for (const auto& [prefix, layers] : layers_of_library)
        if (include.header.starts_with(prefix) &&
            (is_header(source) || !layers.contains(layer_of(source.path))))
          violations.push_back(at(source, include.line) + include.header + " does not belong here");
  }
  return violations;
}

Violations impure_sources(const std::vector<Source>& tree) {
  static const std::regex everywhere(R"(#\s*include\s*<random>|\bstd::(s?rand|random_device|mt19937)\b)");
  static const std::regex below(
      R"(#\s*include\s*<(thread|mutex|future|condition_variable|semaphore|fstream|filesystem|iostream|chrono|ctime|unistd\.h)>)"
      R"(|\b(getenv|fopen|printf|fprintf|puts|gettimeofday|clock_gettime|thread_local)\b|\bstd::(cout|cerr|time)\b)");
  Violations violations;
  for (const Source& source : tree) {
    if (!in_a_layer(source)) continue;
    const std::string layer = layer_of(source.path);
    const bool pure = layer != "experiments" && layer != "cli";
    for (std::size_t k = 0; k < source.lines.size(); ++k) {
      const std::string line = without_comment(source.lines[k]);
      if (std::regex_search(line, everywhere) || (pure && std::regex_search(line, below)))
        violations.push_back(at(source, k + 1) + line);
    }
  }
  return violations;
}

Violations unwieldy_headers(const std::vector<Source>& tree) {
  Violations violations;
  for (const Source& source : tree) {
    if (!is_header(source)) continue;
    if (source.lines.size() > 200) violations.push_back(source.path + ": more than 200 lines");
    if (source.lines.empty() || source.lines.front() != "#pragma once")
      violations.push_back(at(source, 1) + "begins without #pragma once");
  }
  return violations;
}

Violations late_own_headers(const std::vector<Source>& tree) {
  const std::set<std::string> paths = paths_of(tree);
  Violations violations;
  for (const Source& source : tree) {
    const std::string own = stem_of(source.path) + ".hpp";
    if (is_header(source) || !in_a_layer(source) || !paths.contains(own)) continue;
    const std::vector<Include> includes = includes_of(source);
    if (includes.empty() || includes.front().header != own)
      violations.push_back(source.path + ": include \"" + own + "\" first");
  }
  return violations;
}

Violations untested_sources(const std::vector<Source>& tree) {
  const std::set<std::string> paths = paths_of(tree);
  const std::set<std::string> tested = tested_headers(tree);
  const auto is_tested = [&](const Source& source) {
    return tested.contains(own_header(source)) || has_mirror(source.path, paths);
  };
  std::set<std::string> used;  // by a tested source
  for (const Source& source : tree)
    if (in_a_layer(source) && is_tested(source))
      for (const Include& include : includes_of(source)) used.insert(include.header);

  Violations violations;
  for (const Source& source : tree) {
    if (is_header(source) || !in_a_layer(source) || layer_of(source.path) == "cli") continue;
    if (!is_tested(source) && !used.contains(own_header(source)))
      violations.push_back(source.path + ": no test mirrors it, nor anything that uses it");
  }
  return violations;
}

}  // namespace quartic::architecture
