#pragma once
/// Error, an exponent, a crossing or its price by the settings of a sweep: lines along one axis, maps over two.
#include <string>
#include <vector>

#include "cli/gnuplot/gnuplot.hpp"
#include "cli/pictures/run_view.hpp"

namespace quartic {

/// What is drawn: the rows of `view` along these axes.
struct SettingPicture {
  RunView view;
  std::vector<std::string> axes;     ///< one or two swept keys
  std::string y = "error";           ///< or the name of a law: of an exponent, crossing or compute_multiple
  std::vector<FoundNumber> numbers;  ///< by that law; none for errors

  bool of_errors() const { return numbers.empty(); }
  /// Where an arm overtakes another, or how many times the computing that takes.
  bool of_crossings() const { return y == to_string(LawKind::crossing) || of_multiples(); }
  bool of_multiples() const { return y == to_string(LawKind::compute_multiple); }
  /// Of crossings: what is counted, "cases" or "times the computing".
  std::string unit() const { return of_multiples() ? "times the computing" : view.about.observations; }
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
/// number and its interval in each cell, and contours. In place of error: exponent; crossing, which is the number of
/// observations from which on an arm has the smaller error; or compute_multiple, how many times the computing of
/// the other arm that takes. Throws InvalidInput where there is nothing to draw, or more lines than a picture can
/// tell apart.
std::vector<PictureFile> setting_pictures(const SettingPicture& picture);

namespace detail {
std::vector<PictureFile> setting_lines(const SettingPicture& picture);
std::vector<PictureFile> setting_maps(const SettingPicture& picture);
}  // namespace detail

}  // namespace quartic
