#include "cli/terminal/text_file.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>

#include "core/require.hpp"

namespace quartic {

std::string everything(std::istream& in) {
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string read_text_file(const std::string& path) {
  require(!std::filesystem::is_directory(path), path + " is a folder (a file is needed). Name a file in it.");
  std::ifstream in(path, std::ios::binary);
  require(in.good(),
          "there is no file " + path + " (it cannot be opened). Check the name and the folder you are in.");
  return everything(in);
}

void write_text_file(const std::string& path, const std::string& text) {
  std::ofstream out(path, std::ios::binary);
  out << text;
  out.close();
  require(
      out.good(),
      "cannot write " + path +
          " (the folder is read-only or the disk is full). Free some space, or choose a folder that can be "
          "written.");
}

}  // namespace quartic
