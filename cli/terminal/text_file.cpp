#include "cli/terminal/text_file.hpp"

#include <array>
#include <filesystem>
#include <fstream>

#include "core/bytes_text.hpp"
#include "core/require.hpp"
#include "experiments/platform/plain_file.hpp"
#include "experiments/platform/whole_file.hpp"

namespace quartic {

namespace {

void require_text(std::string_view bytes, const std::string& name) {
  require(bytes.find('\0') == std::string_view::npos,
          name + " is no text (it holds a zero byte). Save it as text in UTF-8, or name another file.");
}

void require_no_folder(const std::string& path) {
  require(!std::filesystem::is_directory(path), path + " is a folder (a file is needed). Name a file in it.");
}

}  // namespace

std::string everything(std::istream& in, const std::string& name, std::size_t most_bytes) {
  std::string text;
  std::array<char, 65536> part{};
  while (in.read(part.data(), part.size()), in.gcount() > 0) {
    const std::string_view read(part.data(), static_cast<std::size_t>(in.gcount()));
    require_text(read, name);
    require(text.size() + read.size() <= most_bytes, name + " is too large (" +
                                                         bytes_text(static_cast<double>(most_bytes)) +
                                                         " of text are the most). Name a smaller file.");
    text += read;
  }
  return text;
}

std::string read_text_file(const std::string& path, std::size_t most_bytes) {
  require_no_folder(path);
  std::ifstream in(path, std::ios::binary);
  require(in.good(),
          "there is no file " + path + " (it cannot be opened). Check the name and the folder you are in.");
  return everything(in, path, most_bytes);
}

std::string read_run_file(const std::string& folder, const std::string& name) {
  const std::string path = folder + "/" + name;
  const std::optional<std::string> text = read_plain_file(path);
  require(text.has_value(), "there is no run in " + folder + " (it has no " + name +
                                " that can be read). Name the folder that quartic run printed.");
  require_text(*text, path);
  return *text;
}

void write_text_file(const std::string& path, const std::string& text) {
  require_no_folder(path);
  detail::PartialFile file(path, "");
  file.append(text);
  file.complete();
  file.put_in_place();
}

}  // namespace quartic
