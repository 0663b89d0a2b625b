#include "cli/pictures/setting_picture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "cli/gnuplot/script.hpp"
#include "cli/gnuplot/sheet.hpp"
#include "cli/gnuplot/tics.hpp"
#include "cli/pictures/setting_axis.hpp"
#include "cli/terminal/text.hpp"
#include "core/options.hpp"
#include "core/require.hpp"

namespace quartic {

namespace {

constexpr std::size_t most_lines = 24;
constexpr double unbounded = 1e9;  // the end of an interval that has none: beyond every picture

/// The horizontal axis: where each value stands.
struct Axis {
  std::vector<std::string> values;
  std::vector<double> at;
  bool numbers = true, logarithmic = false, formulas = false;
  double low = 0, high = 0;
};

Axis make_axis(const std::vector<SettingPoint>& points) {
  Axis axis{.values = axis_values(points, 0), .at = {}};
  for (const std::string& value : axis.values) {
    axis.at.push_back(setting_number(value, points.front().n));
    axis.numbers = axis.numbers && std::isfinite(axis.at.back());
    axis.formulas = axis.formulas || value.find('n') != std::string::npos;
  }
  if (!axis.numbers)
    for (std::size_t k = 0; k < axis.at.size(); ++k) axis.at[k] = static_cast<double>(k);
  const auto [least, most] = std::minmax_element(axis.at.begin(), axis.at.end());
  axis.logarithmic = axis.numbers && *least > 0 && *most >= 8 * *least;
  const double margin = axis.logarithmic ? 0.05 * std::log(*most / *least) : 0.05 * (*most - *least);
  axis.low = axis.logarithmic ? *least * std::exp(-margin) : *least - std::max(margin, 0.05);
  axis.high = axis.logarithmic ? *most * std::exp(margin) : *most + std::max(margin, 0.05);
  return axis;
}

double place_of(const Axis& axis, const std::string& value) {
  const auto found = std::find(axis.values.begin(), axis.values.end(), value);
  return axis.at[static_cast<std::size_t>(found - axis.values.begin())];
}

/// The vertical axis. Errors and sizes are logarithmic; exponents are not, and begin at 0.
Extent vertical(const std::vector<SettingPoint>& points, const SettingPicture& picture) {
  Extent extent;
  for (const SettingPoint& point : points) {
    extent.include(point.value.estimate);
    extent.include(point.theory);
    extent.include(std::max(point.value.low, point.value.estimate / 2));
    extent.include(std::min(point.value.high, 2 * point.value.estimate));
  }
  if (!(extent.low <= extent.high)) extent = {0.1, 10};
  if (picture.of_crossings()) return {extent.low / 1.2, 1.2 * extent.high};
  return picture.of_errors() ? shown_errors(extent) : Extent{0, 1.05 * extent.high};
}

std::string data_text(const std::vector<SettingPoint>& points, const Axis& axis) {
  std::string out = "# place value low high theory setting\n";
  for (const std::string& line : list_lines(points)) {
    out += "# " + gnuplot_field(line) + "\n";
    std::vector<std::pair<double, std::string>> rows;
    for (const SettingPoint& point : points) {
      if (point.line() != line) continue;
      const Interval& value = point.value;
      const double high = std::isnan(value.high) && std::isfinite(value.low) ? unbounded : value.high;
      const double x = place_of(axis, point.at[0]);
      rows.emplace_back(x, fmt::format("{} {} {} {} {} {}\n", shortest(x), gnuplot_number(value.estimate),
                                       gnuplot_number(value.low), gnuplot_number(std::min(high, unbounded)),
                                       gnuplot_number(point.theory), gnuplot_field(point.at[0])));
    }
    std::stable_sort(rows.begin(), rows.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    for (const auto& [x, row] : rows) out += row;
    out += "\n\n";
  }
  return out;
}

std::string horizontal_script(const Axis& axis, const std::string& key, Index n) {
  std::string out = "  set xlabel " + gnuplot_string(key_in_words(key)) + " noenhanced offset 0,-0.4\n" +
                    (axis.logarithmic ? "  set logscale x\n" : "  unset logscale x\n") +
                    fmt::format("  set xrange [{:.6g}:{:.6g}]\n", axis.low, axis.high);
  if (axis.numbers) {
    out += tics_command(
        'x', axis.logarithmic ? logarithmic_tics(axis.low, axis.high) : linear_tics(axis.low, axis.high),
        TicText::whole);
  } else {
    std::string tics;
    for (std::size_t k = 0; k < axis.values.size(); ++k)
      tics += fmt::format("{}{} {}", k == 0 ? "" : ", ", gnuplot_tic(shortened(axis.values[k], 24)), k);
    out += "  set xtics (" + tics + ") noenhanced\n";
  }
  const double at = static_cast<double>(n);
  if (axis.numbers && axis.formulas && at > axis.low && at < axis.high)
    out += fmt::format(
        "  set arrow from {0:.6g},graph 0 to {0:.6g},graph 1 nohead dt (3,5) lw 2 lc rgb \"#777777\" back\n"
        "  set label 'n = {1}' at {0:.6g},graph 1.022 center font \",13\" textcolor rgb \"#555555\"\n",
        at, with_thousands(n));
  return out;
}

std::string vertical_script(const SettingPicture& picture, const Extent& y) {
  std::string out = fmt::format("  set yrange [{:.6g}:{:.6g}]\n", y.low, y.high);
  if (picture.of_errors())
    return out + "  set logscale y\n  set ylabel \"normalised error\" offset -0.6,0\n" +
           tics_command('y', logarithmic_tics(y.low, y.high), TicText::plain);
  if (picture.of_crossings())
    return out + "  set logscale y\n  set ylabel " + gnuplot_string(picture.unit() + " where it overtakes") +
           " noenhanced offset -0.6,0\n" + tics_command('y', logarithmic_tics(y.low, y.high), TicText::whole);
  out += std::string("  unset logscale y\n  set ylabel \"exponent q: ") +
         (picture.y == "data_exponent" ? "data grow" : "computing grows") + " as k^q\" offset -0.6,0\n" +
         tics_command('y', linear_tics(y.low, y.high), TicText::plain);
  for (const double q : {2.0, 4.0})
    if (q < y.high)
      out += fmt::format(
          "  set arrow from graph 0,first {0} to graph 1,first {0} nohead dt 3 lw 2 lc rgb "
          "\"#999999\" back\n",
          q);
  return out;
}

std::string plot_command(const SettingPicture& picture, const std::vector<std::string>& lines, bool theory) {
  std::string out;
  for (std::size_t k = 0; k < lines.size(); ++k) {
    const std::string data = fmt::format("\"{}_by_setting.dat\" index {} using 1", picture.name(), k);
    out += fmt::format(
        "    {0}:2:3:4 with yerrorbars lw 2 ps 0 lc rgb \"{1}\", \\\n"
        "    {0}:2 with linespoints lw 3 ps 1.2 pt {2} lc rgb \"{1}\", \\\n",
        data, colour_of(k), marker_of(k));
    if (theory)
      out += fmt::format("    {}:5 with lines lw 2.5 dt (12,8) lc rgb \"{}\", \\\n", data, colour_of(k));
  }
  return "  plot \\\n" + out + "    " + (picture.of_errors() ? "1" : "NaN") +
         " with lines lw 1.5 dt 3 lc rgb \"#888888\"\n";
}

std::string caption(const SettingPicture& picture, const std::vector<SettingPoint>& points, bool theory) {
  std::string text =
      picture.of_errors() ? "Points: mean error over the replicates; bars: 95 % interval."
      : picture.of_crossings()
          ? "Points: " + picture.unit() +
                (picture.of_multiples() ? " of the other arm where both do as well"
                                        : " from which on the arm that overtakes has the smaller error") +
                "; bars: their intervals."
          : "Points: exponents, k " + std::string(in_words(picture.view.about.performance)) +
                "; bars: their intervals. Dotted: k^2 and k^4.";
  if (theory) text += picture.of_errors() ? " Dashed: theory." : " Dashed: what the study expects.";
  const auto any = [&](auto holds) { return std::any_of(points.begin(), points.end(), holds); };
  double largest = 0;
  for (const SettingPoint& point : points) largest = std::max(largest, point.value.estimate);
  if (picture.of_errors() && largest > highest_error)
    text += fmt::format(" Errors above {:.0f} leave the picture; the largest is {}.", highest_error,
                        picture_number(largest));
  if (any([](const SettingPoint& p) { return p.marked; }))
    text += " *: informed, or unattainable: uses what only the truth knows.";
  return text;
}

EndLabel end_label(const std::vector<SettingPoint>& points, const std::string& line, const Axis& axis,
                   const Extent& y, bool logarithmic) {
  EndLabel label{.name = line};
  double farthest = -INFINITY;
  for (const SettingPoint& point : points) {
    const double x = place_of(axis, point.at[0]), value = point.value.estimate;
    if (point.line() != line || !std::isfinite(value) || x < farthest) continue;
    farthest = x;
    label.height = std::clamp(logarithmic ? y.share(value) : value / y.high, 0.0, 1.0);
  }
  return label;
}

}  // namespace

std::string SettingPicture::title() const {
  return view.about.title.empty() ? "What the settings of the sweep do" : view.about.title;
}

std::string SettingPicture::source(Index n) const {
  std::vector<std::string> keys;
  for (const std::string& axis : axes) keys.push_back(key_in_words(axis));
  const std::string at = of_errors() ? " at " + with_thousands(n) + " " + view.about.observations : "";
  const std::string about = view.about.source();
  const std::string what = of_errors() ? "error" : spaced(y);
  return what + " by " + joined(keys, " and ") + at + (about.empty() ? "" : " (" + about + ")");
}

std::vector<PictureFile> detail::setting_lines(const SettingPicture& picture) {
  const std::vector<SettingPoint> points = setting_points(picture.view, picture.axes, picture.numbers);
  const std::vector<std::string> lines = list_lines(points);
  require(!points.empty(), "there is nothing to draw by " + picture.axes[0] +
                               " (no error there is a positive number). Look at summary.csv.");
  require(lines.size() <= most_lines, "there are " + with_thousands(std::ssize(lines)) +
                                          " lines to draw (a picture can tell " + std::to_string(most_lines) +
                                          " apart). Choose some of the cells with --cells KEY=VALUE.");
  const Axis axis = make_axis(points);
  const Extent y = vertical(points, picture);
  const bool theory = std::any_of(points.begin(), points.end(),
                                  [](const SettingPoint& point) { return std::isfinite(point.theory); });
  Panel panel{.title = "", .labels = {}, .drawing = ""};
  for (std::size_t k = 0; k < lines.size(); ++k) {
    panel.labels.push_back(end_label(points, lines[k], axis, y, picture.logarithmic()));
    panel.labels.back().style = k;
  }
  panel.drawing = horizontal_script(axis, picture.axes[0], points.front().n) + vertical_script(picture, y) +
                  plot_command(picture, lines, theory);
  const std::string name = picture.name() + "_by_setting";
  return {{name + ".dat", data_text(points, axis)},
          {name + ".gp", sheet_script({.name = name,
                                       .data = name + ".dat",
                                       .title = raised(picture.title()),
                                       .source = picture.source(points.front().n),
                                       .caption = raised(caption(picture, points, theory)),
                                       .settings = "set key off\n",
                                       .panels = {panel}})}};
}

std::vector<PictureFile> setting_pictures(const SettingPicture& picture) {
  return picture.axes.size() == 1 ? detail::setting_lines(picture) : detail::setting_maps(picture);
}

}  // namespace quartic
