#pragma once
/// Whole files as strings: what tests damage.
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace quartic::testing {

inline std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// A store with a page that SQLite cannot read: the middle one of those that begin with this byte and hold
/// this text. In the midst of the records by default, which are the only table without row ids.
inline std::string with_a_broken_page(std::string bytes, char kind = '\x0a', std::string_view text = "") {
  constexpr std::size_t page = 4096;
  std::vector<std::size_t> leaves;
  for (std::size_t at = page; at + page <= bytes.size(); at += page)
    if (bytes[at] == kind && std::string_view(bytes).substr(at, page).find(text) != std::string::npos)
      leaves.push_back(at);
  const std::size_t middle = leaves.at(leaves.size() / 2);
  return bytes.replace(middle, 600, 600, '\x55');
}

inline void set_bytes(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

}  // namespace quartic::testing
