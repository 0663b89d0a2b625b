#include "tests/architecture/rules.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <regex>
#include <set>
#include <string_view>

namespace quartic::architecture {

namespace {

const std::map<std::string, std::set<std::string>> layers_of_library = {
    {"cblas.h", {"models"}},
    {"tbb/", {"experiments"}},
    {"oneapi/", {"experiments"}},
    {"xtensor/", {"experiments", "cli"}},
    {"toml++/", {"experiments", "cli"}},
    {"nlohmann/", {"experiments", "cli", "python"}},
    {"fmt/", {"experiments", "cli"}},
    {"openssl/", {"experiments"}},
    {"csv.h", {"experiments"}},
    {"sqlite3.h", {"experiments"}},
    {"CLI/", {"cli"}},
    {"png.h", {"cli"}},
    {"pybind11/", {"python"}},
    {"gtest/", {}},
    {"benchmark/", {}},
    {"Random123/", {}},
};

std::string without_comment(const std::string& line) {
  return line.substr(0, line.find("//"));
}

std::set<std::string> paths_of(const Tree& tree) {
  std::set<std::string> paths;
  for (const Source& source : tree) paths.insert(source.path);
  return paths;
}

// The bindings are no library: nobody but their own sources reads their headers.
bool may_show(const Source& header, const std::string& prefix) {
  return layer_of(header.path) == "python" && prefix == "pybind11/";
}

}  // namespace

Violations misplaced_libraries(const Tree& tree) {
  Violations violations;
  for (const Source& source : tree) {
    if (!is_product(source)) continue;
    for (const Include& include : find_includes(source))
      for (const auto& [prefix, layers] : layers_of_library)
        if (include.header.starts_with(prefix) &&
            ((is_header(source) && !may_show(source, prefix)) || !layers.contains(layer_of(source.path))))
          violations.push_back(place(source, include.line) + include.header + " does not belong here");
  }
  return violations;
}

namespace {

// What one source may do in spite of the rule, behind a header that shows nothing of it: hear that a fit is
// not wanted any more, and ask for large pages. Results depend on neither.
const std::map<std::string, std::string> exempt = {{"core/interruption.cpp", "thread_local"},
                                                   {"core/machine/large_pages.cpp", "<sys/mman.h>"}};

bool is_exempt(const std::string& path, const std::string& line) {
  const auto found = exempt.find(path);
  return found != exempt.end() && line.find(found->second) != std::string::npos;
}

}  // namespace

Violations impure_sources(const Tree& tree) {
  static const std::regex everywhere(R"(#\s*include\s*<random>|\bstd::(s?rand|random_device|mt19937)\b)");
  static const std::regex below(
      R"(#\s*include\s*<(thread|mutex|future|condition_variable|semaphore|fstream|filesystem|iostream|chrono|ctime|time\.h|unistd\.h|sys/[^>]*)>)"
      R"(|\b(getenv|fopen|printf|fprintf|puts|gettimeofday|clock_gettime|thread_local)\b|\bstd::(cout|cerr|time)\b)");
  Violations violations;
  for (const Source& source : tree) {
    if (!is_product(source)) continue;
    const std::string layer = layer_of(source.path);
    const bool pure = layer != "experiments" && layer != "cli" && layer != "python";
    for (std::size_t k = 0; k < source.lines.size(); ++k) {
      const std::string line = without_comment(source.lines[k]);
      if (std::regex_search(line, everywhere) ||
          (pure && !is_exempt(source.path, line) && std::regex_search(line, below)))
        violations.push_back(place(source, k + 1) + line);
    }
  }
  return violations;
}

Violations unwieldy_headers(const Tree& tree) {
  Violations violations;
  for (const Source& source : tree) {
    if (!is_header(source)) continue;
    if (source.lines.size() > 200) violations.push_back(source.path + ": more than 200 lines");
    if (source.lines.empty() || source.lines.front() != "#pragma once")
      violations.push_back(place(source, 1) + "begins without #pragma once");
  }
  return violations;
}

Violations late_own_headers(const Tree& tree) {
  const std::set<std::string> paths = paths_of(tree);
  Violations violations;
  for (const Source& source : tree) {
    const std::string own = folder_of(source.path) + "/" + name_of(source.path) + ".hpp";
    if (is_header(source) || !is_product(source) || !paths.contains(own)) continue;
    const std::vector<Include> includes = find_includes(source);
    if (includes.empty() || includes.front().header != own)
      violations.push_back(source.path + ": include \"" + own + "\" first");
  }
  return violations;
}

namespace {

// Names of namespace std, and the standard headers of which each gives them.
const std::map<std::string, std::set<std::string>> givers = {
    {"array", {"array"}},
    {"function", {"functional"}},
    {"initializer_list", {"initializer_list", "vector", "string", "map", "set", "span"}},
    {"int64_t", {"cstdint"}},
    {"map", {"map"}},
    {"numeric_limits", {"limits"}},
    {"optional", {"optional"}},
    {"ostream", {"ostream", "iosfwd", "iostream", "sstream", "fstream"}},
    {"pair", {"utility", "map", "vector"}},
    {"set", {"set"}},
    {"shared_ptr", {"memory"}},
    {"span", {"span"}},
    {"string", {"string"}},
    {"string_view", {"string_view", "string"}},
    {"tuple", {"tuple"}},
    {"uint32_t", {"cstdint"}},
    {"uint64_t", {"cstdint"}},
    {"unique_ptr", {"memory"}},
    {"variant", {"variant"}},
    {"vector", {"vector"}},
};

constexpr std::array<std::string_view, 3> kinds_of_tests = {"_test", "_statistics", "_long"};

using Sources = std::map<std::string, const Source*>;

/// Adds what `path` includes, itself or through headers of the product, to `seen`.
void follow_includes(const Sources& sources, const std::string& path, std::set<std::string>& seen) {
  const auto source = sources.find(path);
  if (source == sources.end()) return;
  for (const Include& include : find_includes(*source->second))
    if (seen.insert(include.header).second) follow_includes(sources, include.header, seen);
}

}  // namespace

Violations missing_includes(const Tree& tree) {
  static const std::regex name_of_std(R"(\bstd::([a-z_0-9]+))");
  Sources sources;
  for (const Source& source : tree) sources.emplace(source.path, &source);
  Violations violations;
  for (const Source& source : tree) {
    if (!is_header(source) || !is_product(source)) continue;
    std::set<std::string> seen;
    follow_includes(sources, source.path, seen);
    for (std::size_t k = 0; k < source.lines.size(); ++k) {
      const std::string line = without_comment(source.lines[k]);
      for (std::sregex_iterator found(line.begin(), line.end(), name_of_std), end; found != end; ++found) {
        const auto giver = givers.find((*found)[1]);
        if (giver != givers.end() && std::none_of(giver->second.begin(), giver->second.end(),
                                                  [&](const std::string& h) { return seen.contains(h); }))
          violations.push_back(place(source, k + 1) + "std::" + giver->first + " without its header");
      }
    }
  }
  return violations;
}

Violations shared_test_namespaces(const Tree& tree) {
  Violations violations;
  for (const Source& source : tree) {
    const std::string name = name_of(source.path);
    const bool of_tests = std::any_of(kinds_of_tests.begin(), kinds_of_tests.end(),
                                      [&](std::string_view kind) { return name.ends_with(kind); });
    if (layer_of(source.path) != "tests" || is_header(source) || !of_tests) continue;
    if (std::none_of(source.lines.begin(), source.lines.end(), [&](const std::string& line) {
          return line.starts_with("namespace quartic::") && line.ends_with("::" + name + " {");
        }))
      violations.push_back(source.path + " has no namespace quartic::" + name);
  }
  return violations;
}

}  // namespace quartic::architecture
