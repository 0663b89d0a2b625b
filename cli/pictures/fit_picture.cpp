#include "cli/pictures/fit_picture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "cli/gnuplot/script.hpp"
#include "cli/gnuplot/sheet.hpp"
#include "cli/gnuplot/tics.hpp"
#include "cli/pictures/curves.hpp"
#include "cli/pictures/found.hpp"
#include "cli/terminal/text.hpp"
#include "core/options.hpp"
#include "core/require.hpp"

namespace quartic {

namespace {

constexpr std::size_t longest_column = 44;  // in letters, of names of columns and files
constexpr std::size_t most_points = 2000;   // of a group: more are a stain, and a file nobody opens

/// A fit that is drawn: its points by x, and its colour, which is that of its group in every picture.
struct Drawn {
  const TableFit& fit;
  std::size_t style;
  std::vector<FitPoint> points;

  bool has_law() const { return std::isfinite(fit.value.estimate) && std::isfinite(fit.fit.law.at(1e9)); }
  bool has_reverse() const { return has_law() && fit.shown.reverse && !std::isnan(fit.reverse.low); }
  bool has_intervals() const {
    return std::any_of(points.begin(), points.end(), [](const FitPoint& p) { return std::isfinite(p.low); });
  }
};

struct FitPicture {
  const CsvTable& table;
  const TableFits& fits;
  Quantity quantity;
  std::vector<Drawn> drawn = {};
  std::size_t groups = 0, thinned = 0;  // groups in all; of the drawn, those of which not every row is
  Extent x = {}, error = {};

  bool by_data() const { return quantity == Quantity::data_exponent; }
  std::string name() const { return by_data() ? "fit_by_data" : "fit_by_computing"; }
  const std::string& column() const { return by_data() ? *fits.question.data : *fits.question.compute; }
};

// --- What is drawn ---

std::vector<FitPoint> list_points(const TableFit& fit) {
  std::vector<FitPoint> points;
  for (const FitPoint& point : fit.shown.points)
    if (point.error > 0 && std::isfinite(point.error) && point.x > 0 && std::isfinite(point.x))
      points.push_back(point);
  std::stable_sort(points.begin(), points.end(),
                   [](const FitPoint& a, const FitPoint& b) { return a.x < b.x; });
  return points;
}

/// Evenly by their order along x, the first and the last among them.
std::vector<FitPoint> thinned(const std::vector<FitPoint>& points) {
  if (points.size() <= most_points) return points;
  std::vector<FitPoint> some;
  for (std::size_t k = 0; k < most_points; ++k)
    some.push_back(points[k * (points.size() - 1) / (most_points - 1)]);
  return some;
}

/// The axes hold points, the law at both ends, intervals as far as half or twice the average, and floors within
/// two decades.
void include(const Drawn& drawn, FitPicture& picture) {
  for (const FitPoint& point : drawn.points) {
    picture.x.include(point.x);
    picture.error.include(point.error);
    picture.error.include(std::max(point.low, point.error / 2));
    picture.error.include(std::min(point.high, point.error * 2));
  }
  if (!drawn.has_law()) return;
  const Law& law = drawn.fit.fit.law;
  for (const FitPoint& end : {drawn.points.front(), drawn.points.back()})
    if (end.by(law) > 0) picture.error.include(end.by(law));
  constexpr double farthest = 0.01;
  const double floor = law.floor;
  if (floor > farthest * drawn.points.back().error) picture.error.include(floor);
}

FitPicture make_picture(const CsvTable& table, const TableFits& fits, Quantity quantity) {
  FitPicture picture{.table = table, .fits = fits, .quantity = quantity};
  std::vector<std::string> groups;
  for (const TableFit& fit : fits.fits) {
    const auto place = std::find(groups.begin(), groups.end(), fit.group);
    const auto style = static_cast<std::size_t>(place - groups.begin());
    if (place == groups.end()) groups.push_back(fit.group);
    std::vector<FitPoint> points = list_points(fit);
    if (fit.quantity != quantity || style >= colours || points.empty()) continue;
    picture.thinned += points.size() > most_points ? 1 : 0;
    picture.drawn.push_back({fit, style, thinned(points)});
    include(picture.drawn.back(), picture);
  }
  picture.groups = groups.size();
  picture.x = picture.x.widened(0.03);
  picture.error = picture.error.widened(0.05);
  return picture;
}

// --- Numbers ---

/// The law from the first point to the last. Between two points sizes are straight on logarithmic axes.
std::string law_text(const Law& law, const std::vector<FitPoint>& points) {
  constexpr int steps = 200;
  const double first = points.front().x, last = points.back().x;
  std::string out;
  std::size_t next = 0;
  for (int step = 0; step <= steps; ++step) {
    FitPoint at{
        .size = 0, .x = first * std::pow(last / first, static_cast<double>(step) / steps), .error = 0};
    while (next + 1 < points.size() && points[next].x < at.x) ++next;
    const FitPoint &a = points[next == 0 ? 0 : next - 1], &b = points[next];
    const double share = b.x > a.x ? std::log(at.x / a.x) / std::log(b.x / a.x) : 1;
    at.size = a.size * std::pow(b.size / a.size, share);
    out += fmt::format("{} {}\n", shortest(at.x), gnuplot_number(at.by(law)));
  }
  return out;
}

/// One index of gnuplot's for the points, one for the law taken, one for each of the others, and one for the
/// reverse line.
std::string data_text(const FitPicture& picture) {
  std::string out;
  for (const Drawn& drawn : picture.drawn) {
    out += "# " + gnuplot_field(drawn.fit.group) + "\n# x error low high\n";
    for (const FitPoint& point : drawn.points)
      out += fmt::format("{} {} {} {}\n", shortest(point.x), shortest(point.error), gnuplot_number(point.low),
                         gnuplot_number(point.high));
    if (!drawn.has_law()) {
      out += "\n\n";
      continue;
    }
    out += "\n\n# its law: x error\n" + law_text(drawn.fit.fit.law, drawn.points) + "\n\n";
    for (const Law& law : drawn.fit.shown.others)
      out += "# the " + std::string(to_string(law.form)) + " law\n" + law_text(law, drawn.points) + "\n\n";
    if (drawn.has_reverse())
      out += "# the reverse line\n" + law_text(*drawn.fit.shown.reverse, drawn.points) + "\n\n";
  }
  return out;
}

// --- Script ---

/// "k^{2} [1.9, 2.1], floor law, floor 0.05".
std::string number_beside(const Drawn& drawn) {
  if (!drawn.has_law()) return "no law";
  const TableFit& fit = drawn.fit;
  const Law& law = fit.fit.law;
  std::string text = exponent_in_words(fit.value);
  if (text.empty()) text = "k^{" + short_number(fit.value.estimate) + "}";
  if (law.form != LawForm::power && !fit.group.empty()) text += ", " + spaced(to_string(law.form)) + " law";
  if (law.floor > 0) text += ", floor " + short_number(law.floor);
  return text + (drawn.has_reverse() ? ", reverse line " + exponent_in_words(fit.reverse) : "");
}

EndLabel label_of(const Drawn& drawn, const FitPicture& picture) {
  const FitPoint& last = drawn.points.back();
  const double end = drawn.has_law() ? last.by(drawn.fit.fit.law) : last.error;
  const std::string law = spaced(to_string(drawn.fit.fit.law.form)) + " law";
  return {.style = drawn.style,
          .name = !drawn.fit.group.empty() ? drawn.fit.group
                  : drawn.has_law()        ? law
                                           : "rows",
          .number = number_beside(drawn),
          .height = std::clamp(picture.error.share(end), 0.0, 1.0)};
}

std::string floors_script(const FitPicture& picture) {
  std::string out;
  for (const Drawn& drawn : picture.drawn)
    if (const double floor = drawn.fit.fit.law.floor; drawn.has_law() && floor > picture.error.low)
      out += fmt::format(
          "  set arrow from graph 0,first {0} to graph 1,first {0} nohead dt (2,4) lw 2 lc rgb "
          "\"{1}\" back\n",
          shortest(floor), colour_of(drawn.style));
  return out;
}

std::string plot_command(const FitPicture& picture) {
  std::string points, lines;
  int index = 0;
  for (const Drawn& drawn : picture.drawn) {
    const auto next = [&] { return fmt::format("    \"{}.dat\" index {} using ", picture.name(), index++); };
    const std::string colour = colour_of(drawn.style);
    const bool many = drawn.points.size() > 200;  // small and pale, or they would hide the line
    points += next() + (drawn.has_intervals() ? "1:2:3:4 with yerrorbars lw 2" : "1:2 with points") +
              fmt::format(" pt {} ps {} lc rgb \"{}\", \\\n", marker_of(drawn.style), many ? 0.6 : 1.2,
                          (many ? "#A0" : "#") + colour.substr(1));
    if (!drawn.has_law()) continue;
    lines += next() + "1:2 with lines lw 3 lc rgb \"" + colour + "\", \\\n";
    for (std::size_t k = 0; k < drawn.fit.shown.others.size(); ++k)
      lines += next() + "1:2 with lines lw 1.5 dt (12,8) lc rgb \"" + colour + "\", \\\n";
    if (drawn.has_reverse())
      lines += next() + "1:2 with lines lw 1.5 dt (12,5,2,5) lc rgb \"" + colour + "\", \\\n";
  }
  const std::string all = points + lines;
  return "  plot \\\n" + all.substr(0, all.rfind(", \\")) + "\n";
}

TicText tics_of(const Extent& extent) {
  if (extent.low < 1e-4 || extent.high > 1e7) return TicText::powers;
  return extent.high > 1e3 ? TicText::whole : TicText::plain;
}

std::string errors_in_words(const FitQuestion& question) {
  return (question.accuracy ? "1 - " : "") + question.error;
}

/// Beside the axis of errors, at the edge of the picture: gnuplot's own label leaves it where tics are wide.
std::string axis_name(const std::string& name) {
  return "  set label " + gnuplot_string(shortened(name, longest_column)) +
         " at graph -0.165,0.5 center rotate by 90 noenhanced\n";
}

/// What the laws are, and the numbers beside them.
std::string lines_in_words(const FitPicture& picture, const std::string& confidence) {
  const auto any = [&](auto holds) { return std::any_of(picture.drawn.begin(), picture.drawn.end(), holds); };
  const std::string column = shortened(picture.column(), longest_column);
  std::string text = " Lines: the law taken. k^q: k times the performance (";
  text += picture.fits.performance == Performance::inverse ? "1/error" : "1/root of the error";
  text += ") takes k^q times the " + column + "; in brackets its " + confidence + " interval";
  if (any([](const Drawn& d) { return d.has_law() && !d.fit.shown.others.empty(); }))
    text += ", by all laws that stand. Dashed: the others of them";
  text += ".";
  if (any([](const Drawn& d) { return d.has_reverse(); }))
    text += " Dash-dotted: the reverse line, which takes all noise to be in the " + column + ".";
  return text;
}

/// What points, bars and lines are, and what is not drawn.
std::string caption(const FitPicture& picture) {
  const auto any = [&](auto holds) { return std::any_of(picture.drawn.begin(), picture.drawn.end(), holds); };
  const std::string confidence = fmt::format("{:g} %", 100 * picture.fits.question.confidence);
  std::string text = any([](const Drawn& d) { return d.has_intervals(); })
                         ? "Points: averages over replicates, with their " + confidence + " intervals."
                         : "Points: rows.";
  if (any([](const Drawn& d) { return d.has_law(); })) text += lines_in_words(picture, confidence);
  if (any([](const Drawn& d) { return d.has_law() && d.fit.fit.law.floor > 0; })) text += " Dotted: floors.";
  if (picture.thinned > 0)
    text += fmt::format(" Of groups with more than {0} rows {0} are drawn.", with_thousands(most_points));
  if (picture.groups > picture.drawn.size())
    text += fmt::format(" {} of {} groups are drawn; the text has all of them.", picture.drawn.size(),
                        picture.groups);
  return text;
}

std::string script_text(const FitPicture& picture) {
  const FitQuestion& question = picture.fits.question;
  Panel panel{.title = "", .labels = {}, .drawing = ""};
  for (const Drawn& drawn : picture.drawn) panel.labels.push_back(label_of(drawn, picture));
  panel.drawing =
      fmt::format("  set xrange [{:.6g}:{:.6g}]\n  set yrange [{:.6g}:{:.6g}]\n", picture.x.low,
                  picture.x.high, picture.error.low, picture.error.high) +
      tics_command('x', logarithmic_tics(picture.x.low, picture.x.high), tics_of(picture.x)) +
      tics_command('y', logarithmic_tics(picture.error.low, picture.error.high), tics_of(picture.error)) +
      axis_name(errors_in_words(question)) + floors_script(picture) + plot_command(picture);
  const std::string file = std::filesystem::path(picture.table.file).filename().string();
  const auto brief = [](const std::string& name) { return shortened(name, longest_column); };
  return sheet_script(
      {.name = picture.name(),
       .data = picture.name() + ".dat",
       .title = brief(errors_in_words(question)) + " in " + brief(file),
       .source = "by " + brief(picture.column()) +
                 (question.group->empty() ? "" : ", one line for each " + brief(*question.group)),
       .caption = caption(picture),
       .settings = "set logscale xy\nset key off\nset xlabel " + gnuplot_string(brief(picture.column())) +
                   " noenhanced offset 0,-0.4\n",
       .panels = {panel}});
}

}  // namespace

std::vector<PictureFile> fit_pictures(const CsvTable& table, const TableFits& fits) {
  require(!fits.question.two_causes,
          "the law in two causes has no picture (its errors lie over two axes, parameters and data). Leave "
          "--plot out.");
  std::vector<PictureFile> files;
  for (const Quantity quantity : {Quantity::data_exponent, Quantity::compute_exponent}) {
    const FitPicture picture = make_picture(table, fits, quantity);
    if (picture.drawn.empty()) continue;
    files.push_back({picture.name() + ".dat", data_text(picture)});
    files.push_back({picture.name() + ".gp", script_text(picture)});
  }
  require(!files.empty(), table.file +
                              " has nothing to draw (no row has an error above 0, and both axes are "
                              "logarithmic). Leave --plot out.");
  return files;
}

}  // namespace quartic
