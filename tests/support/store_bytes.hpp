#pragma once
/// Whole files as strings: what tests damage.
#include <fstream>
#include <iterator>
#include <string>

namespace quartic::testing {

inline std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline void set_bytes(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

}  // namespace quartic::testing
