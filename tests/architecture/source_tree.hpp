#pragma once
/// The sources of the project and the table of its libraries, as the rules of the house read them.
#include <set>
#include <string>
#include <vector>

namespace quartic::architecture {

/// A file of the tree. Paths are relative to the root, with '/'.
struct Source {
  std::string path;
  std::vector<std::string> lines;
};
using Tree = std::vector<Source>;
using Violations = std::vector<std::string>;

/// Every .hpp and .cpp of the layers, of bench/ and of tests/, in order of path.
Tree read_tree(const std::string& root);

struct Include {
  std::string header;
  bool quoted;  // "..." as opposed to <...>
  std::size_t line;
};
std::vector<Include> find_includes(const Source& source);

/// One library: its folder, the libraries that it links, and the headers that others may include.
struct Library {
  std::string folder;
  std::set<std::string> links;
  std::set<std::string> headers;
};
using Libraries = std::vector<Library>;

/// The table that CMake writes, one library a line: folder|folders that it links|headers.
Libraries read_libraries(const std::string& file);
/// The library that this file belongs to: the innermost folder; null for tests/, bench/ and what is no path.
const Library* find_library(const Libraries& libraries, const std::string& path);

/// "core" of "core/random/stream.hpp".
std::string layer_of(const std::string& path);
/// "core/random" of "core/random/stream.hpp", "" of "map".
std::string folder_of(const std::string& path);
/// "stream" of "core/random/stream.hpp".
std::string name_of(const std::string& path);
bool is_header(const Source& source);
bool is_product(const Source& source);  ///< of a layer: neither of tests/ nor of bench/
/// "core/data.hpp:3: ".
std::string place(const Source& source, std::size_t line);

}  // namespace quartic::architecture
