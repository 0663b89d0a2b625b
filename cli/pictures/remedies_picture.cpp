#include "cli/pictures/remedies_picture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "cli/gnuplot/script.hpp"
#include "cli/gnuplot/sheet.hpp"
#include "cli/gnuplot/tics.hpp"
#include "cli/pictures/found.hpp"
#include "cli/pictures/run_about.hpp"
#include "cli/pictures/run_json.hpp"

namespace quartic {

namespace {

using Json = nlohmann::json;

Interval read_interval(const Json& json) {
  return {json_number(json.at("estimate")), json_number(json.at("low")), json_number(json.at("high"))};
}

/// One row; multiples are NaN where they are not known.
struct Row {
  std::string arm;
  Interval exponent, training, running;
};

struct Compared {
  std::string against;
  double at_error = nan, saving = nan;
  Interval exponent;
  std::vector<Row> rows;
};

Compared read_compared(const Json& json) {
  Compared compared{.against = json.at("against").get<std::string>(),
                    .at_error = json_number(json.at("at_error")),
                    .saving = json_number(json.at("saving")),
                    .exponent = read_interval(json.at("exponent")),
                    .rows = {}};
  for (const Json& remedy : json_items(json.at("remedies"))) {
    const Json& multiples = remedy.at("multiples");
    compared.rows.push_back({remedy.at("arm").get<std::string>(), read_interval(remedy.at("exponent")),
                             read_interval(multiples.at("training")),
                             read_interval(multiples.at("running"))});
  }
  return compared;
}

std::string data_text(const Compared& compared) {
  std::string out = "# row training low high running low high arm\n";
  for (std::size_t k = 0; k < compared.rows.size(); ++k) {
    const Row& row = compared.rows[k];
    out += std::to_string(compared.rows.size() - 1 - k);
    for (const Interval& value : {row.training, row.running})
      for (const double number : {value.estimate, value.low, value.high}) out += " " + gnuplot_number(number);
    out += " " + gnuplot_field(row.arm) + "\n";
  }
  return out;
}

/// From the least to the largest number that is drawn, 1 among them, with room at both ends.
std::pair<double, double> drawn_range(const std::vector<Row>& rows) {
  double low = 0.5, high = 2;
  for (const Row& row : rows)
    for (const Interval& value : {row.training, row.running})
      for (const double number : {value.estimate, value.low, value.high})
        if (std::isfinite(number) && number > 0) {
          low = std::min(low, number);
          high = std::max(high, number);
        }
  return {low / 1.3, 1.3 * high};
}

constexpr std::size_t names = 6;  // the style of what is no line of the picture

Panel make_panel(const Compared& compared) {
  const double count = static_cast<double>(compared.rows.size());
  const auto [low, high] = drawn_range(compared.rows);
  Panel panel{.title = "", .labels = {}, .drawing = ""};
  for (std::size_t k = 0; k < compared.rows.size(); ++k)
    panel.labels.push_back({names, compared.rows[k].arm, exponent_in_words(compared.rows[k].exponent),
                            (count - static_cast<double>(k) - 0.5) / count});
  panel.drawing =
      fmt::format(
          "  set logscale x\n  set xrange [{:.6g}:{:.6g}]\n  set yrange [-0.5:{}]\n  unset ytics\n"
          "  set xlabel \"cost of the same error, over that without any remedy\"\n"
          "  set key top left\n",
          low, high, count - 0.5) +
      tics_command('x', logarithmic_tics(low, high), TicText::plain) +
      "  set arrow from 1,graph 0 to 1,graph 1 nohead dt (3,5) lw 2 lc rgb \"#777777\" back\n" +
      "  plot \"remedies.dat\" using 2:($1+0.13):3:4 with xerrorbars pt 7 ps 1.4 lw 2.5 lc rgb "
      "\"#D55E00\" title \"training\", \\\n"
      "    \"remedies.dat\" using 5:($1-0.13):6:7 with xerrorbars pt 5 ps 1.3 lw 2.5 lc rgb "
      "\"#0072B2\" title \"running\"\n";
  return panel;
}

std::string caption_text(const Compared& compared) {
  std::string text =
      "Training (with pre-training and tuning) and one prediction, as multiples of those of " +
      compared.against +
      "; whiskers: intervals, paired over replicates. Beside a remedy: its exponent of computing";
  if (std::isfinite(compared.exponent.estimate))
    text += "; that of " + compared.against + " is " + picture_number(compared.exponent.estimate);
  return text + ".";
}

std::string script(const Compared& compared, const RunAbout& about) {
  const std::string source = about.source();
  return sheet_script(
      {.name = "remedies",
       .data = "remedies.dat",
       .title = about.title.empty() ? "What remedies do to the cost of an error" : raised(about.title),
       .source = "the cost of a normalised error of " + picture_number(compared.at_error) +
                 (source.empty() ? "" : " (" + source + ")"),
       .caption = caption_text(compared),
       .settings = "",
       .panels = {make_panel(compared)}});
}

}  // namespace

std::vector<PictureFile> remedies_picture(const std::string& folder) {
  if (!std::filesystem::exists(folder + "/findings.json")) return {};
  return read_run_json<Json>(folder, "findings.json", [&](const Json& findings) -> std::vector<PictureFile> {
    if (!findings.contains("remedies")) return {};
    const Compared compared = read_compared(findings.at("remedies"));
    return {{"remedies.dat", data_text(compared)}, {"remedies.gp", script(compared, read_run_about(folder))}};
  });
}

}  // namespace quartic
