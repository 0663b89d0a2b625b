#include "cli/gnuplot/gnuplot.hpp"

#include <filesystem>

#include "cli/terminal/child.hpp"
#include "cli/terminal/text_file.hpp"
#include "core/require.hpp"
#include "experiments/platform/plain_file.hpp"

namespace quartic {

namespace {

void require_gnuplot(const std::string& again) {
  require(run_child({"gnuplot", "--version"}).found,
          "the pictures cannot be drawn (the program gnuplot is not installed). Install it, on Debian with "
          "apt-get install gnuplot-nox, and run " +
              again + ".");
}

// gnuplot would write through a link.
void remove_picture(const std::filesystem::path& picture) {
  std::error_code error;
  std::filesystem::remove(picture, error);
  if (error) detail::refuse_file("replace", picture, error.value(), "");
}

}  // namespace

std::vector<std::string> run_gnuplot(const std::string& folder, const std::vector<PictureFile>& files,
                                     const std::string& again) {
  require_gnuplot(again);
  const std::filesystem::path place(folder);
  for (const PictureFile& file : files) write_text_file((place / file.name).string(), file.text);
  std::vector<std::string> pictures;
  for (const PictureFile& file : files) {
    if (!file.name.ends_with(".gp")) continue;
    const std::string stem = std::filesystem::path(file.name).stem().string();
    for (const char* format : {".png", ".svg"}) remove_picture(place / (stem + format));
    const ChildOutcome outcome = run_child({"gnuplot", file.name}, folder);
    require(outcome.status == 0, "gnuplot could not draw " + (place / stem).string() +
                                     " (it said: " + outcome.output + "). Run gnuplot on the script " +
                                     file.name + " in that folder to see more.");
    for (const char* format : {".png", ".svg"}) pictures.push_back((place / (stem + format)).string());
  }
  return pictures;
}

}  // namespace quartic
