#include "cli/gnuplot.hpp"

#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "cli/causes_picture.hpp"
#include "cli/pictures.hpp"
#include "core/require.hpp"

namespace quartic {

namespace {

struct Outcome {
  int status = 0;
  std::string output;
};

/// Text as one word of the shell.
std::string shell_word(const std::string& text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

Outcome shell(const std::string& command) {
  Outcome outcome;
  std::FILE* pipe = popen((command + " 2>&1").c_str(), "r");
  require(pipe,
          "no program can be started (the system refused a process). Close some programs and try again.");
  std::array<char, 512> buffer{};
  while (std::fgets(buffer.data(), buffer.size(), pipe)) outcome.output += buffer.data();
  const int status = pclose(pipe);
  outcome.status = WIFEXITED(status) ? WEXITSTATUS(status) : 1;
  return outcome;
}

void write_text(const std::filesystem::path& path, const std::string& text) {
  std::ofstream out(path, std::ios::binary);
  out << text;
  out.close();
  require(
      out.good(),
      "cannot write " + path.string() +
          " (the folder is read-only or the disk is full). Free some space, or copy the folder to a place "
          "that can be written.");
}

void require_gnuplot(const std::string& folder) {
  require(shell("command -v gnuplot").status == 0,
          "the pictures cannot be drawn (the program gnuplot is not installed). Install it, on Debian with "
          "apt-get install "
          "gnuplot-nox, and run quartic plot " +
              folder + ".");
}

}  // namespace

std::vector<std::string> run_gnuplot(const std::string& folder, const std::vector<PictureFile>& files) {
  require_gnuplot(folder);
  const std::filesystem::path place(folder);
  for (const PictureFile& file : files) write_text(place / file.name, file.text);
  std::vector<std::string> pictures;
  for (const PictureFile& file : files) {
    if (!file.name.ends_with(".gp")) continue;
    const std::string stem = std::filesystem::path(file.name).stem().string();
    const Outcome outcome = shell("cd " + shell_word(folder) + " && gnuplot " + file.name);
    require(outcome.status == 0, "gnuplot could not draw " + (place / stem).string() +
                                     " (it said: " + outcome.output + "). Run gnuplot on the script " +
                                     file.name + " in that folder to see more.");
    for (const char* format : {".png", ".svg"}) pictures.push_back((place / (stem + format)).string());
  }
  return pictures;
}

std::vector<std::string> draw_pictures(const std::string& folder) {
  const std::vector<SummaryRow> rows = read_summary(folder);
  const CellNames names = read_cell_names(folder);
  std::vector<PictureFile> files = {
      {"errors.dat", picture_data(rows)},
      {"error_by_data.gp", picture_script(rows, PictureOf::data, names)},
      {"error_by_computing.gp", picture_script(rows, PictureOf::computing, names)}};
  for (PictureFile& file : causes_picture(folder)) files.push_back(std::move(file));
  return run_gnuplot(folder, files);
}

}  // namespace quartic
