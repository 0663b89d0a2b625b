#include "cli/pictures/table_picture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>

#include "cli/pictures/gnuplot.hpp"
#include "cli/pictures/json_number.hpp"
#include "cli/pictures/script.hpp"
#include "cli/terminal/text_file.hpp"
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
    std::string text = points.at(row, points.column("label"));
    std::replace(text.begin(), text.end(), '"', '\'');
    label += (label.empty() ? "" : ", ") + text;
  }
  std::string out = "# flops error label\n";
  for (const auto& [place, label] : labels)
    out += fmt::format("{} {} \"{}\"\n", shortest(place.first), shortest(place.second), label);
  return out;
}

/// The projections of the power law that the picture can show.
std::vector<Json> near_projections(const Json& findings) {
  std::vector<Json> near;
  for (const Json& projection : findings["projections"][0]["projections"])
    if (json_number(projection["decades_beyond"]) <= farthest) near.push_back(projection);
  return near;
}

Frame make_frame(const CsvTable& points, const std::vector<Json>& projections) {
  const Vector flops = read_numbers(points, points.column("flops")),
               errors = read_numbers(points, points.column("error"));
  Frame frame{std::log10(flops.minCoeff()), std::log10(flops.maxCoeff()), std::log10(errors.minCoeff()),
              std::log10(errors.maxCoeff())};
  for (const Json& projection : projections) {
    frame.right = std::max(frame.right, json_number(projection["estimate"]["log10_gflop"]) + 9);
    frame.bottom = std::min(frame.bottom, std::log10(json_number(projection["target"])));
  }
  return {frame.left - 0.5, frame.right + 1.5, frame.bottom - 0.1, frame.top + 0.1};
}

std::string targets_text(const std::vector<Json>& projections, const Frame& frame) {
  std::string out;
  for (const Json& projection : projections) {
    const double target = json_number(projection["target"]),
                 low = json_number(projection["low"]["log10_gflop"]) + 9;
    double high = json_number(projection["high"]["log10_gflop"]) + 9;
    const bool leaves = !(high <= frame.right);
    if (leaves) high = frame.right;
    out += fmt::format(
        "  set arrow from 10**{:.4f},{} to 10**{:.4f},{} {} lw 5 lc rgb \"#9CC3E0\" back\n"
        "  set label \"{:g} %\" at 10**{:.4f},{} right offset -0.6,0 textcolor rgb \"#0072B2\"\n",
        std::max(low, frame.left), target, high, target, leaves ? "head" : "nohead", 100 * target,
        std::max(low, frame.left), target);
  }
  return out;
}

std::string lines_text(const Json& findings) {
  const std::map<std::string, std::pair<const char*, const char*>> styles = {
      {"forward", {"#0072B2", "forward line"}},
      {"reverse", {"#D55E00", "reverse line"}},
      {"reduced_major_axis", {"#009E73", "reduced major axis"}}};
  std::string out;
  for (const Json& line : findings["exponents"]) {
    const auto style = styles.find(line["regression"].get<std::string>());
    if (style == styles.end()) continue;
    out += fmt::format(
        "    10**-({} + {}*log10(x)) with lines lw 3 lc rgb \"{}\" title \"{}: k^{{{:.1f}}}\", \\\n",
        json_number(line["intercept"]), json_number(line["slope"]), style->second.first, style->second.second,
        json_number(line["estimate"]));
  }
  return out;
}

std::string render_script(const CsvTable& points, const Json& findings) {
  const std::vector<Json> projections = near_projections(findings);
  const Frame frame = make_frame(points, projections);
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
           targets_text(projections, frame) + "  plot \\\n" + lines_text(findings) +
           picture_part("recorded_points")});
}

}  // namespace

bool holds_table_run(const std::string& folder) {
  return std::filesystem::exists(folder + "/points.csv");
}

std::vector<std::string> draw_table_picture(const std::string& folder) {
  const CsvTable points = parse_csv(read_text_file(folder + "/points.csv"), folder + "/points.csv");
  const Json findings = Json::parse(read_text_file(folder + "/findings.json"), nullptr, false);
  require(findings.is_object() && findings.contains("exponents") && findings.contains("projections"),
          folder + "/findings.json is not that of a table (quartic did not write it). Run the study again.");
  return run_gnuplot(
      folder, {{"recorded.dat", points_text(points)}, {"recorded.gp", render_script(points, findings)}});
}

}  // namespace quartic
