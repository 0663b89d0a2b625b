#pragma once
/// Scripts handed to gnuplot.
#include <string>
#include <vector>

namespace quartic {

/// A file of a picture: numbers, or a script that gnuplot runs in the folder.
struct PictureFile {
  std::string name, text;
};

/// Writes the files into the folder and runs every one that ends in .gp. Returns the paths of the pictures,
/// NAME.png and NAME.svg for each NAME.gp. Throws InvalidInput when gnuplot is missing, with the command that
/// draws them `again`, or fails, or when the folder cannot be written.
std::vector<std::string> run_gnuplot(const std::string& folder, const std::vector<PictureFile>& files,
                                     const std::string& again);

}  // namespace quartic
