#pragma once
/// Error, an exponent or a crossing by the settings of a sweep: lines along one axis, maps over two.
#include <string>
#include <vector>

#include "cli/gnuplot/gnuplot.hpp"
#include "cli/pictures/run_view.hpp"

namespace quartic {

/// What is drawn: the rows of `view` along these axes.
struct SettingPicture {
  RunView view;
  std::vector<std::string> axes;     ///< one or two swept keys
  std::string y = "error";           ///< or the name of a law: of an exponent, or crossing
  std::vector<FoundNumber> numbers;  ///< by that law; none for errors

  bool of_errors() const { return numbers.empty(); }
  bool of_crossings() const { return y == to_string(LawKind::crossing); }
  /// Errors and sizes are drawn by their logarithms, exponents as they are.
  bool logarithmic() const { return of_errors() || of_crossings(); }
  std::string name() const { return of_errors() ? "error" : of_crossings() ? y : "exponent"; }
  std::string title() const;
  /// "error by noise at 300 observations (double_descent, ...)".
  std::string source(Index n) const;
};

/// One axis: error_by_setting, one line an arm and its other settings, with intervals; theory dashed. An
/// axis of numbers is drawn as such (logarithmic from a factor of eight on), one of words as it stands.
/// Where values are formulas in n, n itself is marked. Two axes: error_over_settings, a map an arm, with the
/// number and its interval in each cell, and contours. In place of error: exponent, or crossing, which is the
/// number of observations from which on an arm has the smaller error. Throws InvalidInput
/// where there is nothing to draw, or more lines than a picture can tell apart.
std::vector<PictureFile> setting_pictures(const SettingPicture& picture);

namespace detail {
std::vector<PictureFile> setting_lines(const SettingPicture& picture);
std::vector<PictureFile> setting_maps(const SettingPicture& picture);
}  // namespace detail

}  // namespace quartic
