#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "cli/gnuplot/script.hpp"
#include "cli/gnuplot/sheet.hpp"
#include "cli/gnuplot/tics.hpp"
#include "cli/pictures/setting_axis.hpp"
#include "cli/pictures/setting_picture.hpp"
#include "cli/terminal/text.hpp"
#include "core/options.hpp"
#include "core/require.hpp"

namespace quartic {

namespace {

constexpr std::size_t most_maps = 6;

/// The cells of the maps: place (i, j) on the axes, one map a line.
struct Map {
  const SettingPicture& picture;
  std::vector<SettingPoint> points;
  std::vector<std::string> lines, across, up;
  std::vector<double> levels;  // of the contours, in the unit of the numbers
  Extent values = {};

  const SettingPoint* at(const std::string& line, std::size_t i, std::size_t j) const {
    for (const SettingPoint& point : points)
      if (point.at[0] == across[i] && point.at[1] == up[j] && point.line() == line) return &point;
    return nullptr;
  }
  /// Colours and contours go by the logarithm of errors and sizes.
  double shade(double value) const { return picture.logarithmic() ? std::log10(value) : value; }
  bool whole(const std::string& line) const {
    for (std::size_t i = 0; i < across.size(); ++i)
      for (std::size_t j = 0; j < up.size(); ++j)
        if (const SettingPoint* point = at(line, i, j); !point || !std::isfinite(point->value.estimate))
          return false;
    return across.size() > 1 && up.size() > 1;
  }
};

Map make_map(const SettingPicture& picture) {
  Map map{.picture = picture,
          .points = setting_points(picture.view, picture.axes, picture.numbers),
          .lines = {},
          .across = {},
          .up = {},
          .levels = {}};
  map.lines = list_lines(map.points);
  map.across = axis_values(map.points, 0);
  map.up = axis_values(map.points, 1);
  for (const SettingPoint& point : map.points) map.values.include(point.value.estimate);
  if (picture.of_errors() &&
      map.values.low < highest_error)  // one peak would leave the others without colour
    map.values.high = std::min(map.values.high, highest_error);
  require(map.values.low <= map.values.high, "there is nothing to draw over " + picture.axes[0] + " and " +
                                                 picture.axes[1] +
                                                 " (no number there is positive and "
                                                 "finite). Look at summary.csv.");
  require(map.lines.size() <= most_maps, "there are " + with_thousands(std::ssize(map.lines)) +
                                             " maps to draw (a picture holds " + std::to_string(most_maps) +
                                             "). Choose some of the cells with --cells KEY=VALUE.");
  if (map.values.high > map.values.low)
    for (const double level : picture.logarithmic() ? logarithmic_tics(map.values.low, map.values.high)
                                                    : linear_tics(map.values.low, map.values.high))
      if (level > map.values.low && level < map.values.high) map.levels.push_back(level);
  return map;
}

std::string data_text(const Map& map) {
  std::string out = map.picture.logarithmic() ? "# place place log10(" + map.picture.name() + ")\n"
                                              : "# place place exponent\n";
  for (const std::string& line : map.lines) {
    out += "# " + gnuplot_field(line) + "\n";
    for (std::size_t j = 0; j < map.up.size(); ++j) {
      for (std::size_t i = 0; i < map.across.size(); ++i) {
        const SettingPoint* point = map.at(line, i, j);
        const double shade = point ? map.shade(point->value.estimate) : SummaryRow::not_measured;
        out += fmt::format("{} {} {}\n", i, j, gnuplot_number(shade));
      }
      out += "\n";
    }
    out += "\n";
  }
  return out;
}

/// The contours as tables of lines, made before anything is drawn.
std::string contours_script(const Map& map, const std::string& data) {
  std::string levels, out;
  for (const double level : map.levels) levels += (levels.empty() ? "" : ",") + shortest(map.shade(level));
  for (std::size_t k = 0; k < map.lines.size() && !levels.empty(); ++k)
    if (map.whole(map.lines[k]))
      out +=
          fmt::format("set table $contours{0}\nsplot \"{1}\" index {0} using 1:2:3\nunset table\n", k, data);
  if (out.empty()) return "";
  return "set contour base\nunset surface\nset cntrparam levels discrete " + levels + "\n" + out +
         "unset contour\nset surface\n";
}

std::string axis_script(char axis, const std::vector<std::string>& values, const std::string& key) {
  std::string tics;
  std::size_t letters = 0;
  for (std::size_t k = 0; k < values.size(); ++k) {
    const std::string text = shortened(values[k], axis == 'x' ? 20 : 9);
    letters += display_width(text) + 2;
    tics += fmt::format("{}{} {}", k == 0 ? "" : ", ", gnuplot_tic(text), k);
  }
  return fmt::format(
      "  set {0}tics ({1}) noenhanced scale 0{2}\n  set {0}range [-0.5:{3}]\n  set {0}label {4} noenhanced\n",
      axis, tics, axis == 'x' && letters > 58 ? " rotate by -20" : "",
      static_cast<double>(values.size()) - 0.5, gnuplot_string(key_in_words(key)));
}

/// Sizes are whole numbers.
std::string number_text(const Map& map, double value) {
  const bool whole = map.picture.of_crossings() && !map.picture.of_multiples();
  return whole ? with_thousands(std::lround(value)) : picture_number(value);
}

/// Lines of text around the middle of a cell, the first one larger.
std::string cell_labels(std::size_t i, std::size_t j, const std::vector<std::string>& lines) {
  std::string out;
  const double top = 0.45 * static_cast<double>(lines.size() - 1);
  for (std::size_t k = 0; k < lines.size(); ++k)
    out += fmt::format(
        "  set label {} at {},{} center offset 0,{:.2f} front font \",{}\" textcolor rgb \"{}\"\n",
        gnuplot_string(lines[k]), i, j, top - static_cast<double>(k), k == 0 ? 14 : 10,
        k == 0 ? "#111111" : "#333333");
  return out;
}

std::vector<std::string> cell_text(const Map& map, const SettingPoint& point, bool intervals) {
  const Interval& value = point.value;
  if (point.never) return {"never"};
  if (map.picture.of_crossings() && !std::isfinite(value.estimate)) return {"not identified"};
  if (std::isnan(value.estimate)) return {};
  std::vector<std::string> lines = {number_text(map, value.estimate)};
  if (intervals && std::isfinite(value.low))
    lines.push_back("[" + number_text(map, value.low) + ", " +
                    (std::isfinite(value.high) ? number_text(map, value.high) : "\u221e") + "]");
  if (intervals && map.picture.of_crossings() && std::isfinite(point.theory))
    lines.push_back("claimed: " + number_text(map, point.theory));
  return lines;
}

std::string numbers_script(const Map& map, const std::string& line) {
  if (map.across.size() > 14 || map.up.size() > 20) return "";
  const bool intervals = map.across.size() <= 7 && map.up.size() <= 10;
  std::string out;
  for (std::size_t i = 0; i < map.across.size(); ++i)
    for (std::size_t j = 0; j < map.up.size(); ++j)
      if (const SettingPoint* point = map.at(line, i, j))
        out += cell_labels(i, j, cell_text(map, *point, intervals));
  return out;
}

Panel make_panel(const Map& map, std::size_t k, const std::string& data) {
  const std::string& line = map.lines[k];
  std::string drawing = axis_script('x', map.across, map.picture.axes[0]) +
                        axis_script('y', map.up, map.picture.axes[1]) + numbers_script(map, line) +
                        fmt::format(
                            "  plot \"{}\" index {} using 1:2:($1-0.5):($1+0.5):($2-0.5):($2+0.5):3 with "
                            "boxxyerror fc palette fs solid border lc rgb \"#FFFFFF\"",
                            data, k);
  if (!map.levels.empty() && map.whole(line))
    drawing += fmt::format(", \\\n    $contours{} using 1:2 with lines lw 2 lc rgb \"#B34700\"", k);
  return {.title = line, .labels = {}, .drawing = drawing + "\n"};
}

std::string caption(const Map& map) {
  std::string text =
      map.picture.of_crossings()
          ? "Numbers: " + map.picture.unit() +
                (map.picture.of_multiples() ? " of the other arm where both do as well"
                                            : " from which on the arm that overtakes has the smaller error") +
                ", with their interval; never: the curves do not meet, however far they are followed; not identified: "
                "they do not surely cross; claimed: what the study expects; empty: it expects nothing. The darker, the "
                "more."
      : map.picture.of_errors()
          ? "Numbers: mean normalised error, with its 95 % interval; the darker, the larger."
          : "Numbers: exponent q, with its interval; the darker, the larger.";
  std::vector<std::string> levels;
  for (const double level : map.levels) levels.push_back(number_text(map, level));
  const bool drawn = std::any_of(map.lines.begin(), map.lines.end(),
                                 [&](const std::string& line) { return map.whole(line); });
  if (!levels.empty() && drawn)
    text += " Contours, straight between the middles of the cells: " + joined(levels) + ".";
  const auto marked = [](const SettingPoint& point) { return point.marked; };
  if (std::any_of(map.points.begin(), map.points.end(), marked))
    text += " *: informed, or unattainable: uses what only the truth knows.";
  return text;
}

}  // namespace

std::vector<PictureFile> detail::setting_maps(const SettingPicture& picture) {
  const Map map = make_map(picture);
  const std::string name = picture.name() + "_over_settings", data = name + ".dat";
  const double low = map.shade(map.values.low), high = map.shade(map.values.high);
  Sheet sheet{.name = name,
              .data = data,
              .title = raised(picture.title()),
              .source = picture.source(map.points.front().n),
              .caption = caption(map),
              .settings =
                  "set key off\nunset grid\nunset colorbox\nset palette defined (0 \"#F7FBFF\", 1 "
                  "\"#6BAED6\")\n" +
                  fmt::format("set cbrange [{:.6g}:{:.6g}]\n", low, high > low ? high : low + 1) +
                  contours_script(map, data),
              .panels = {}};
  for (std::size_t k = 0; k < map.lines.size(); ++k) sheet.panels.push_back(make_panel(map, k, data));
  return {{data, data_text(map)}, {name + ".gp", sheet_script(sheet)}};
}

}  // namespace quartic
