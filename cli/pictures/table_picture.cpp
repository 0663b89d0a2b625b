#include "cli/pictures/table_picture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>

#include "cli/gnuplot/gnuplot.hpp"
#include "cli/gnuplot/place_labels.hpp"
#include "cli/gnuplot/script.hpp"
#include "cli/gnuplot/sheet.hpp"
#include "cli/gnuplot/tics.hpp"
#include "cli/pictures/found.hpp"
#include "cli/pictures/run_about.hpp"
#include "cli/pictures/run_json.hpp"
#include "core/options.hpp"
#include "core/require.hpp"
#include "experiments/platform/csv.hpp"

namespace quartic {

namespace {

using Json = nlohmann::json;

constexpr double farthest = 12;  // decades beyond the table that a picture can show

/// log10 of what the axes hold.
struct Frame {
  double left, right, bottom, top;
};

/// Systems at one place share a name.
struct System {
  double flops, error;
  std::string names;
};

std::vector<System> list_systems(const CsvTable& points) {
  const Vector flops = read_numbers(points, points.column("flops")),
               errors = read_numbers(points, points.column("error"));
  std::map<std::pair<double, double>, std::string> names;
  for (Index row = 0; row < points.rows(); ++row) {
    std::string& name = names[{flops[row], errors[row]}];
    name += (name.empty() ? "" : ", ") + points.at(row, points.column("label"));
  }
  std::vector<System> systems;
  for (const auto& [place, name] : names)
    if (place.first > 0 && place.second > 0) systems.push_back({place.first, place.second, name});
  require(!systems.empty(),
          "there is nothing to draw (no row of points.csv has a computing and an error above 0). "
          "Run the study again.");
  return systems;
}

std::string points_text(const std::vector<System>& systems) {
  std::string out = "# flops error label\n";
  for (const System& system : systems)
    out += fmt::format("{} {} {}\n", shortest(system.flops), shortest(system.error),
                       gnuplot_field(system.names));
  return out;
}

/// Where the line meets a target: log10 of operations, and the interval of it.
struct Reach {
  double target, estimate, low, high;
};

/// Of the projections of the power law, which stand first, those that the picture can show.
std::vector<Reach> near_targets(const Json& findings) {
  std::vector<Reach> near;
  const auto& tables = json_items(findings.at("projections"));
  if (tables.empty()) return near;
  for (const Json& projection : json_items(tables.front().at("projections"))) {
    const auto flops = [&](const char* which) {
      return json_number(projection.at(which).at("log10_gflop")) + 9;
    };
    if (json_number(projection.at("decades_beyond")) <= farthest)
      near.push_back({json_number(projection.at("target")), flops("estimate"), flops("low"), flops("high")});
  }
  return near;
}

Frame make_frame(const std::vector<System>& systems, const std::vector<Reach>& targets) {
  Frame frame{INFINITY, -INFINITY, INFINITY, -INFINITY};
  for (const System& system : systems) {
    frame.left = std::min(frame.left, std::log10(system.flops));
    frame.right = std::max(frame.right, std::log10(system.flops));
    frame.bottom = std::min(frame.bottom, std::log10(system.error));
    frame.top = std::max(frame.top, std::log10(system.error));
  }
  for (const Reach& reach : targets) {
    frame.right = std::max(frame.right, reach.estimate);
    frame.bottom = std::min(frame.bottom, std::log10(reach.target));
  }
  return {frame.left - 1, frame.right + 1.5, frame.bottom - 0.1, frame.top + 0.1};
}

/// Bars, with their targets written at the left edge of the panel.
std::string targets_text(const std::vector<Reach>& targets, const Frame& frame) {
  std::string out;
  for (const Reach& reach : targets) {
    const bool leaves = !(reach.high <= frame.right);
    const double left = std::max(reach.low, frame.left), right = leaves ? frame.right : reach.high;
    out += fmt::format(
        "  set arrow from 10**{0:.4f},{2} to 10**{1:.4f},{2} {3} lw 6 lc rgb \"#9CC3E0\" back\n"
        "  set arrow from graph 0,first {2} to 10**{0:.4f},{2} nohead dt (2,4) lw 1.5 lc rgb"
        " \"#9CC3E0\" back\n"
        "  set label 'target {4:g} %' at graph 0.01,first {2} left offset 0,0.6 font \",13\" textcolor rgb "
        "\"#0072B2\"\n",
        left, right, reach.target, leaves ? "head" : "nohead", 100 * reach.target);
  }
  return out;
}

/// One of the lines through the systems: log10 error = -(intercept + slope log10 flops).
struct Line {
  double slope, intercept;
  EndLabel label;
  double at(double flops) const { return -(intercept + slope * flops); }
};

std::vector<Line> list_lines(const Json& findings) {
  const std::map<std::string, std::pair<std::size_t, const char*>> styles = {
      {"forward", {0, "forward line"}},
      {"reverse", {1, "reverse line"}},
      {"reduced_major_axis", {2, "reduced major axis"}}};
  std::vector<Line> lines;
  for (const Json& line : json_items(findings.at("exponents"))) {
    const auto style = styles.find(line.at("regression").get<std::string>());
    if (style == styles.end() || line.at("slope").is_null()) continue;
    const Interval exponent{json_number(line.at("estimate")), json_number(line.at("low")),
                            json_number(line.at("high"))};
    lines.push_back({json_number(line.at("slope")),
                     json_number(line.at("intercept")),
                     {style->second.first, style->second.second, exponent_in_words(exponent)}});
  }
  return lines;
}

Place place_in(const Frame& frame, double flops, double error) {
  return {(flops - frame.left) / (frame.right - frame.left),
          (error - frame.bottom) / (frame.top - frame.bottom)};
}

/// Where each line enters the panel and leaves it.
std::vector<Place> ends_in(const Frame& frame, const Line& line) {
  const double from =
      line.slope > 0 ? std::max(frame.left, -(frame.top + line.intercept) / line.slope) : frame.left;
  const double to =
      line.slope > 0 ? std::min(frame.right, -(frame.bottom + line.intercept) / line.slope) : frame.right;
  return {place_in(frame, from, line.at(from)), place_in(frame, to, line.at(to))};
}

std::string names_script(const std::vector<System>& systems, const std::vector<Line>& lines,
                         const std::vector<Reach>& targets, const Frame& frame) {
  std::vector<NamedPoint> points;
  for (const System& system : systems)
    points.push_back(
        {place_in(frame, std::log10(system.flops), std::log10(system.error)), shortened(system.names, 40)});
  std::vector<std::vector<Place>> obstacles;
  for (const Line& line : lines) obstacles.push_back(ends_in(frame, line));
  for (const Reach& reach : targets) {
    const double y = place_in(frame, 0, std::log10(reach.target)).y;
    obstacles.push_back({{0, y}, {1, y}});
    obstacles.push_back({{0, y + 0.03}, {0.14, y + 0.03}});  // what is written there
  }
  std::string out;
  const std::vector<PlacedName> names = place_names(points, obstacles);
  for (std::size_t k = 0; k < names.size(); ++k) {
    out += fmt::format(
        "  set label {} at graph {:.4f},{:.4f} left noenhanced font \",11\" textcolor rgb "
        "\"#444444\"\n",
        gnuplot_string(points[k].name), names[k].at.x, names[k].at.y);
    if (names[k].far)
      out += fmt::format(
          "  set arrow from graph {:.4f},{:.4f} to graph {:.4f},{:.4f} nohead lw 1 lc rgb "
          "\"#AAAAAA\" back\n",
          points[k].at.x, points[k].at.y, names[k].lead.x, names[k].lead.y);
  }
  return out;
}

std::string plot_command(const std::vector<Line>& lines) {
  std::string out;
  for (const Line& line : lines)
    out += fmt::format("    10**-({} + {}*log10(x)) with lines lw 3 lc rgb \"{}\", \\\n", line.intercept,
                       line.slope, colour_of(line.label.style));
  return "  plot \\\n" + out + "    \"recorded.dat\" using 1:2 with points pt 7 ps 1.5 lc rgb \"#222222\"\n";
}

std::string render_script(const std::vector<System>& systems, const Json& findings, const RunAbout& about) {
  const std::vector<Reach> targets = near_targets(findings);
  const Frame frame = make_frame(systems, targets);
  std::vector<Line> lines = list_lines(findings);
  Panel panel{.title = "", .labels = {}, .drawing = ""};
  for (Line& line : lines) {
    line.label.height = std::clamp(ends_in(frame, line).back().y, 0.0, 1.0);
    panel.labels.push_back(line.label);
  }
  const double left = std::pow(10, frame.left), right = std::pow(10, frame.right);
  const double bottom = std::pow(10, frame.bottom), top = std::pow(10, frame.top);
  panel.drawing =
      fmt::format("  set xrange [{:.6g}:{:.6g}]\n  set yrange [{:.6g}:{:.6g}]\n", left, right, bottom, top) +
      tics_command('x', logarithmic_tics(left, right), TicText::powers) +
      tics_command('y', logarithmic_tics(bottom, top), TicText::percent) + targets_text(targets, frame) +
      names_script(systems, lines, targets, frame) + plot_command(lines);
  const std::string source = about.source();
  return sheet_script(
      {.name = "recorded",
       .data = "recorded.dat",
       .title =
           about.title.empty() ? "Published systems, and where lines through them lead" : raised(about.title),
       .source = "error by computing of training" + (source.empty() ? "" : " (" + source + ")"),
       .caption = raised(
           "Computing: processors times peak rate times time. k^q: k times the performance takes"
           " k^q times the "
           "computing; in brackets its interval. Pale bars: where the forward line reaches an error, by its "
           "interval; an arrow goes on beyond the picture."),
       .settings = "set logscale xy\nset key off\nset samples 400\nset xlabel \"floating-point operations of "
                   "training\" offset 0,-0.4\nset ylabel \"error\" offset -0.6,0\n",
       .panels = {panel}});
}

}  // namespace

bool holds_table_run(const std::string& folder) {
  return std::filesystem::exists(folder + "/points.csv");
}

std::vector<std::string> draw_table_picture(const std::string& folder) {
  const std::vector<System> systems =
      list_systems(parse_csv(read_run_file(folder, "points.csv"), folder + "/points.csv"));
  const RunAbout about = read_run_about(folder);
  return run_gnuplot(folder,
                     read_run_json<Json>(folder, "findings.json",
                                         [&](const Json& findings) {
                                           return std::vector<PictureFile>{
                                               {"recorded.dat", points_text(systems)},
                                               {"recorded.gp", render_script(systems, findings, about)}};
                                         }),
                     "quartic plot " + folder);
}

}  // namespace quartic
