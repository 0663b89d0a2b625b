#include "tests/architecture/source_tree.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

namespace quartic::architecture {

namespace {

const std::vector<std::string> layers = {"core", "sim", "models", "laws", "experiments", "cli", "python"};

Source read(const std::filesystem::path& file, std::string path) {
  Source source{std::move(path), {}};
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) source.lines.push_back(line);
  return source;
}

std::set<std::string> split_words(const std::string& text) {
  std::istringstream in(text);
  std::set<std::string> words;
  for (std::string word; in >> word;) words.insert(word);
  return words;
}

}  // namespace

Tree read_tree(const std::string& root) {
  Tree tree;
  std::vector<std::string> folders = layers;
  folders.insert(folders.end(), {"bench", "tests"});
  for (const std::string& folder : folders)
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root + "/" + folder)) {
      const auto extension = entry.path().extension();
      if (extension != ".hpp" && extension != ".cpp") continue;
      tree.push_back(read(entry.path(), std::filesystem::relative(entry.path(), root).generic_string()));
    }
  std::sort(tree.begin(), tree.end(), [](const Source& a, const Source& b) { return a.path < b.path; });
  return tree;
}

std::vector<Include> find_includes(const Source& source) {
  static const std::regex pattern(R"re(^\s*#\s*include\s*(["<])([^">]+)[">].*)re");
  std::vector<Include> found;
  std::smatch match;
  for (std::size_t k = 0; k < source.lines.size(); ++k)
    if (source.lines[k].find("include") != std::string::npos &&
        std::regex_match(source.lines[k], match, pattern))
      found.push_back({match[2], match[1] == "\"", k + 1});
  return found;
}

Libraries read_libraries(const std::string& file) {
  Libraries libraries;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    const std::size_t first = line.find('|'), second = line.find('|', first + 1);
    libraries.push_back({line.substr(0, first), split_words(line.substr(first + 1, second - first - 1)),
                         split_words(line.substr(second + 1))});
  }
  return libraries;
}

const Library* find_library(const Libraries& libraries, const std::string& path) {
  const Library* found = nullptr;
  for (const Library& library : libraries)
    if (path.starts_with(library.folder + "/") && (!found || library.folder.size() > found->folder.size()))
      found = &library;
  return found;
}

std::string layer_of(const std::string& path) {
  return path.substr(0, path.find('/'));
}
std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? "" : path.substr(0, slash);
}
std::string name_of(const std::string& path) {
  const std::string file = path.substr(path.rfind('/') + 1);
  return file.substr(0, file.rfind('.'));
}
bool is_header(const Source& source) {
  return source.path.ends_with(".hpp");
}
bool is_product(const Source& source) {
  return std::find(layers.begin(), layers.end(), layer_of(source.path)) != layers.end();
}
std::string place(const Source& source, std::size_t line) {
  return source.path + ":" + std::to_string(line) + ": ";
}

}  // namespace quartic::architecture
