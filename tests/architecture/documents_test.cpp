#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <string>
#include <vector>

#include "tests/architecture/source_tree.hpp"

namespace quartic::architecture::documents_test {
namespace {

namespace fs = std::filesystem;
const fs::path root = QUARTIC_SOURCE_DIR;

std::string text_of(const fs::path& file) {
  std::ifstream in(file);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// The text without its code blocks.
std::string prose_of(const fs::path& file) {
  std::ifstream in(file);
  std::string prose;
  bool code = false;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("```"))
      code = !code;
    else if (!code)
      prose += line + '\n';
  }
  return prose;
}

/// The pages of the root, of docs/ and of every library.
std::vector<fs::path> documents() {
  std::vector<fs::path> found;
  for (const fs::path& folder : {root, root / "docs"})
    for (const auto& entry : fs::directory_iterator(folder))
      if (entry.path().extension() == ".md") found.push_back(entry.path());
  for (const Library& library : read_libraries(QUARTIC_LIBRARIES))
    found.push_back(root / library.folder / "README.md");
  return found;
}

/// Whether some file beneath the folder ends with this path: "mlp/mlp.hpp" does beneath models.
bool exists_beneath(const fs::path& folder, const std::string& path) {
  return std::any_of(
      fs::recursive_directory_iterator(folder), fs::recursive_directory_iterator(),
      [&](const fs::directory_entry& entry) { return entry.path().generic_string().ends_with("/" + path); });
}

/// All matches of a pattern with one group: the group.
std::vector<std::string> captures(const std::string& text, const std::regex& pattern) {
  std::vector<std::string> found;
  for (std::sregex_iterator match(text.begin(), text.end(), pattern), end; match != end; ++match)
    found.push_back((*match)[1]);
  return found;
}

/// "package" -> "reason", from lines "package  # group: reason".
std::map<std::string, std::string> listed_packages() {
  std::map<std::string, std::string> packages;
  std::ifstream in(root / "cmake/packages.txt");
  const std::regex pattern(R"(([^ #]+) +# [a-z]+: (.*))");
  std::smatch match;
  for (std::string line; std::getline(in, line);)
    if (std::regex_match(line, match, pattern)) packages[match[1]] = match[2];
  return packages;
}

TEST(Documents, LinkToFilesThatExist) {
  static const std::regex link(R"(\]\(([^)# ]+)[^)]*\))");
  std::size_t links = 0;
  for (const fs::path& document : documents())
    for (const std::string& target : captures(prose_of(document), link)) {
      if (target.starts_with("http")) continue;
      EXPECT_TRUE(fs::exists(document.parent_path() / target)) << document << " links to " << target;
      ++links;
    }
  EXPECT_GT(links, 5u);
}

TEST(Documents, NamePathsThatExist) {
  static const std::regex path("`((?:core|sim|models|laws|experiments|cli|tests|cmake|bench)/[a-z_0-9/.]+)`");
  std::size_t paths = 0;
  for (const fs::path& document : documents()) {
    if (document.filename() == "CHANGELOG.md") continue;  // tells of paths that were
    for (const std::string& named : captures(prose_of(document), path)) {
      EXPECT_TRUE(fs::exists(root / named)) << document << " names " << named;
      ++paths;
    }
  }
  EXPECT_GT(paths, 50u);
}

TEST(Documents, NameFunctionsWhereTheyAre) {
  static const std::regex there(R"(`([A-Za-z_0-9:()]+)` in `([a-z_0-9/]+\.[ch]pp)`)");
  static const std::regex identifier("([A-Za-z_0-9]+)");
  std::size_t names = 0;
  for (const fs::path& document : documents()) {
    if (document.filename() == "CHANGELOG.md") continue;
    const std::string prose = prose_of(document);
    for (std::sregex_iterator match(prose.begin(), prose.end(), there), end; match != end; ++match, ++names) {
      const std::string source = text_of(root / std::string((*match)[2]));
      for (const std::string& word : captures((*match)[1], identifier))
        EXPECT_NE(source.find(word), std::string::npos) << document << ": " << word << " in " << (*match)[2];
    }
  }
  EXPECT_GT(names, 10u);
}

TEST(Documents, OfLibrariesNameSourcesThatExist) {
  static const std::regex source(R"(\b([a-z_0-9/]+\.[ch]pp)\b)");
  for (const Library& library : read_libraries(QUARTIC_LIBRARIES)) {
    const fs::path folder = root / library.folder;
    const std::string text = text_of(folder / "README.md");
    EXPECT_GT(text.size(), 1000u) << library.folder << " has no page";
    for (const std::string& named : captures(text, source))
      EXPECT_TRUE(fs::exists(root / named) || exists_beneath(folder, named))
          << library.folder << " names " << named;
  }
}

// The tests of packaging and of cli build the blocks that name a file.
TEST(Documents, NameTheFileOfEveryBlockOfCode) {
  static const std::regex anonymous(R"(\n```(?:cpp|toml)\n([^\n]*))");
  for (const char* document : {"docs/adding-a-world.md", "docs/adding-a-model.md", "docs/adding-a-verb.md"})
    EXPECT_EQ(captures(text_of(root / document), anonymous), std::vector<std::string>{}) << document;
}

TEST(Documents, ShowALawOfClaimsAsItStandsInTheSources) {
  const std::string page = text_of(root / "docs/adding-a-law.md");
  const std::string sources = text_of(root / "experiments/study/claim_laws.hpp") +
                              text_of(root / "experiments/findings/estimates.cpp") +
                              text_of(root / "laws/frontiers/size_frontier.cpp");
  const std::string open = "```cpp\n";
  std::size_t blocks = 0;
  for (std::size_t at = page.find(open); at != std::string::npos; at = page.find(open, at), ++blocks) {
    at += open.size();
    const std::string block = page.substr(at, page.find("```", at) - at);
    EXPECT_NE(sources.find(block), std::string::npos) << block;
  }
  EXPECT_EQ(blocks, 3u);
}

TEST(Documents, NameEveryPackageAndNoOther) {
  const std::map<std::string, std::string> packages = listed_packages();
  static const std::regex row(R"(\n\| `([^`]+)` \|)");
  std::vector<std::string> documented = captures(text_of(root / "docs/dependencies.md"), row);
  std::sort(documented.begin(), documented.end());
  std::vector<std::string> listed;
  for (const auto& [package, reason] : packages) {
    listed.push_back(package);
    EXPECT_FALSE(reason.empty()) << package;
  }
  EXPECT_EQ(documented, listed);
  EXPECT_GT(listed.size(), 15u);
}

TEST(Documents, EveryDocumentIsReachedFromTheReadme) {
  const std::string readme = text_of(root / "README.md");
  for (const auto& entry : fs::directory_iterator(root / "docs"))
    if (entry.path().extension() == ".md") {
      const std::string name = "docs/" + entry.path().filename().string();
      EXPECT_NE(readme.find("](" + name + ")"), std::string::npos) << "README.md does not link to " << name;
    }
}

}  // namespace
}  // namespace quartic::architecture::documents_test
