#include "cli/pictures/table_picture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>

#include "cli/pictures/gnuplot.hpp"
#include "cli/pictures/run_json.hpp"
#include "cli/pictures/script.hpp"
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

/// Systems at one place share a label.
std::string points_text(const CsvTable& points) {
  const Vector flops = read_numbers(points, points.column("flops")),
               errors = read_numbers(points, points.column("error"));
  std::map<std::pair<double, double>, std::string> labels;
  for (Index row = 0; row < points.rows(); ++row) {
    std::string& label = labels[{flops[row], errors[row]}];
    label += (label.empty() ? "" : ", ") + points.at(row, points.column("label"));
  }
  std::string out = "# flops error label\n";
  for (const auto& [place, label] : labels)
    out += fmt::format("{} {} {}\n", shortest(place.first), shortest(place.second), gnuplot_field(label));
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

Frame make_frame(const CsvTable& points, const std::vector<Reach>& targets) {
  const Vector flops = read_numbers(points, points.column("flops")),
               errors = read_numbers(points, points.column("error"));
  Frame frame{std::log10(flops.minCoeff()), std::log10(flops.maxCoeff()), std::log10(errors.minCoeff()),
              std::log10(errors.maxCoeff())};
  for (const Reach& reach : targets) {
    frame.right = std::max(frame.right, reach.estimate);
    frame.bottom = std::min(frame.bottom, std::log10(reach.target));
  }
  return {frame.left - 0.5, frame.right + 1.5, frame.bottom - 0.1, frame.top + 0.1};
}

std::string targets_text(const std::vector<Reach>& targets, const Frame& frame) {
  std::string out;
  for (const Reach& reach : targets) {
    const bool leaves = !(reach.high <= frame.right);
    const double left = std::max(reach.low, frame.left), right = leaves ? frame.right : reach.high;
    out += fmt::format(
        "  set arrow from 10**{:.4f},{} to 10**{:.4f},{} {} lw 5 lc rgb \"#9CC3E0\" back\n"
        "  set label \"{:g} %\" at 10**{:.4f},{} right offset -0.6,0 textcolor rgb \"#0072B2\"\n",
        left, reach.target, right, reach.target, leaves ? "head" : "nohead", 100 * reach.target, left,
        reach.target);
  }
  return out;
}

std::string lines_text(const Json& findings) {
  const std::map<std::string, std::pair<const char*, const char*>> styles = {
      {"forward", {"#0072B2", "forward line"}},
      {"reverse", {"#D55E00", "reverse line"}},
      {"reduced_major_axis", {"#009E73", "reduced major axis"}}};
  std::string out;
  for (const Json& line : json_items(findings.at("exponents"))) {
    const auto style = styles.find(line.at("regression").get<std::string>());
    if (style == styles.end()) continue;
    out += fmt::format(
        "    10**-({} + {}*log10(x)) with lines lw 3 lc rgb \"{}\" title \"{}: k^{{{:.1f}}}\", \\\n",
        json_number(line.at("intercept")), json_number(line.at("slope")), style->second.first,
        style->second.second, json_number(line.at("estimate")));
  }
  return out;
}

std::string render_script(const CsvTable& points, const Json& findings) {
  const std::vector<Reach> targets = near_targets(findings);
  const Frame frame = make_frame(points, targets);
  const auto decade = [](double log10) { return fmt::format("{:.4f}", log10); };
  return gnuplot_script(
      {.name = "recorded",
       .data = "recorded.dat",
       .settings = picture_part("recorded", {{"left", decade(frame.left)},
                                             {"right", decade(frame.right)},
                                             {"bottom", decade(frame.bottom)},
                                             {"top", decade(frame.top)}}),
       .drawing =
           std::string("  set title \"Published systems, and where lines through them lead\" font \",20\" "
                       "offset 0,0.3\n") +
           targets_text(targets, frame) + "  plot \\\n" + lines_text(findings) +
           picture_part("recorded_points")});
}

}  // namespace

bool holds_table_run(const std::string& folder) {
  return std::filesystem::exists(folder + "/points.csv");
}

std::vector<std::string> draw_table_picture(const std::string& folder) {
  const CsvTable points = parse_csv(read_run_file(folder, "points.csv"), folder + "/points.csv");
  return run_gnuplot(folder, read_run_json<Json>(folder, "findings.json", [&](const Json& findings) {
                       return std::vector<PictureFile>{{"recorded.dat", points_text(points)},
                                                       {"recorded.gp", render_script(points, findings)}};
                     }));
}

}  // namespace quartic
