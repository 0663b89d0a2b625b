#pragma once
/// Pictures of a run: gnuplot scripts, their numbers, and the .svg and .png files made from them.
#include <string>
#include <utility>
#include <vector>

#include "cli/gnuplot/gnuplot.hpp"
#include "cli/pictures/run_view.hpp"

namespace quartic {

/// What a picture shows; as it stands on the command line.
struct PictureChoice {
  std::vector<std::string> x = {};                              ///< swept keys, one or two; none: n, flops
  std::string y = "error";                                      ///< or an exponent's law
  std::vector<std::pair<std::string, std::string>> cells = {};  ///< keep those with one of these values a key
  bool plain() const { return x.empty() && cells.empty(); }
};

/// The key of a sweep that is meant: whole, or its end ("noise"). Throws InvalidInput, which lists the keys,
/// where there is none, or more than one.
std::string find_key(const RunAbout& about, const std::string& key);
/// The rows of the cells that were chosen. Throws InvalidInput where none is left.
std::vector<SummaryRow> chosen_rows(const RunView& view, const PictureChoice& choice);

/// The pictures that were chosen, as files for run_gnuplot(): error by data and by computing; or error, or
/// an exponent, by the settings of a sweep. The same where nothing was chosen and the study has one size, on
/// which nothing falls.
std::vector<PictureFile> make_pictures(const std::string& folder, const PictureChoice& choice,
                                       const Catalogues& catalogues);

/// Writes them into the folder and runs gnuplot on them; the waterfall of causes too, where the study weighs
/// any. Returns the paths of the pictures. Throws InvalidInput when gnuplot is missing or fails, or when the
/// folder cannot be written.
std::vector<std::string> draw_pictures(const std::string& folder, const Catalogues& catalogues,
                                       const PictureChoice& choice = {});

}  // namespace quartic
