#include "cli/pictures/causes_picture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "cli/gnuplot/script.hpp"
#include "cli/gnuplot/sheet.hpp"
#include "cli/gnuplot/tics.hpp"
#include "cli/pictures/found.hpp"
#include "cli/pictures/run_about.hpp"
#include "cli/pictures/run_json.hpp"
#include "core/options.hpp"

namespace quartic {

namespace {

using Json = nlohmann::json;

/// One bar: from, to, and the interval of its end.
struct Bar {
  std::string name;
  double from, to, low, high;
};

std::vector<Bar> make_bars(const Json& causes) {
  const Json &first = causes.at("base"), &total = causes.at("total");
  const double base = json_number(first.at("estimate"));
  std::vector<Bar> bars = {
      {"none of them", 0, base, json_number(first.at("low")), json_number(first.at("high"))}};
  double at = base;
  for (const Json& share : json_items(causes.at("shares"))) {
    const double size = json_number(share.at("estimate"));
    bars.push_back({share.at("cause").get<std::string>(), at, at + size, at + json_number(share.at("low")),
                    at + json_number(share.at("high"))});
    at += size;
  }
  bars.push_back(
      {"all of them", 0, at, base + json_number(total.at("low")), base + json_number(total.at("high"))});
  return bars;
}

constexpr std::size_t rises = 1, falls = 0, neither = 6;  // styles

/// A share whose interval holds 0 may be nothing.
bool unsure(const Bar& bar) {
  return bar.from > 0 && bar.low <= bar.from && bar.from <= bar.high;
}
std::size_t style_of(const Bar& bar) {
  if (bar.from == 0) return neither;
  return bar.to > bar.from ? rises : falls;
}
const char* fill_of(const Bar& bar) {
  constexpr std::array pale = {"0xA9CDE4", "0xF2C9A8"};
  return unsure(bar)         ? pale[style_of(bar)]
         : bar.from == 0     ? "0x777777"
         : bar.to > bar.from ? "0xD55E00"
                             : "0x0072B2";
}

std::string data_text(const std::vector<Bar>& bars) {
  std::string out = "# row from to low high colour name\n";
  for (std::size_t k = 0; k < bars.size(); ++k)
    out += fmt::format("{} {} {} {} {} {} {}\n", bars.size() - 1 - k, shortest(bars[k].from),
                       shortest(bars[k].to), shortest(bars[k].low), shortest(bars[k].high), fill_of(bars[k]),
                       gnuplot_field(bars[k].name));
  return out;
}

/// "+1.2 [0.9, 1.4]" of a share, "k^{4.1} [3.9, 4.2]" of all.
std::string number_beside(const Bar& bar) {
  if (bar.from == 0) return exponent_in_words({bar.to, bar.low, bar.high});
  return fmt::format("{:+.2f} [{:+.2f}, {:+.2f}]", bar.to - bar.from, bar.low - bar.from,
                     bar.high - bar.from);
}

Panel make_panel(const std::vector<Bar>& bars) {
  const double count = static_cast<double>(bars.size());
  double right = 9.5;
  Panel panel{.title = "", .labels = {}, .drawing = ""};
  for (std::size_t k = 0; k < bars.size(); ++k) {
    right = std::max({right, 1.05 * bars[k].to, std::isfinite(bars[k].high) ? 1.05 * bars[k].high : 0});
    panel.labels.push_back({style_of(bars[k]), bars[k].name, number_beside(bars[k]),
                            (count - static_cast<double>(k) - 0.4) / count});
  }
  panel.drawing = fmt::format(
                      "  set xrange [0:{:.4g}]\n  set yrange [-0.5:{}]\n  unset ytics\n"
                      "  set xlabel \"exponent q: computing grows as k^q\"\n",
                      right, count - 0.5) +
                  tics_command('x', linear_tics(0, right), TicText::plain);
  for (const int q : {4, 9})
    panel.drawing += fmt::format(
        "  set arrow from {0},graph 0 to {0},graph 1 nohead dt (3,5) lw 2 lc rgb \"#777777\" back\n"
        "  set label 'k^{{{0}}}' at {0},graph 1.025 center font \",13\" textcolor rgb \"#555555\"\n",
        q);
  panel.drawing +=
      "  plot \"causes.dat\" using (($2+$3)/2):1:2:3:($1-0.36):($1+0.36):6 with boxxyerror fs solid lc rgb "
      "variable, \\\n"
      "    \"causes.dat\" using 3:1:4:5 with xerrorbars pt 7 ps 0 lw 2.5 lc rgb \"#111111\"\n";
  return panel;
}

std::string script(const std::vector<Bar>& bars, const RunAbout& about) {
  const std::string source = about.source();
  return sheet_script(
      {.name = "causes",
       .data = "causes.dat",
       .title = about.title.empty() ? "From the true exponent to the published one" : raised(about.title),
       .source = "from the true exponent to the published one, cause by cause" +
                 (source.empty() ? "" : " (" + source + ")"),
       .caption = raised(
           "Each bar adds one cause: its share of the exponent, the mean over all orders in which the causes "
           "may be switched on. Whiskers, and brackets: intervals; those of shares begin at their bar. "
           "Pale: an interval that holds 0. Dotted: k^4 and k^9."),
       .settings = "set key off\n",
       .panels = {make_panel(bars)}});
}

}  // namespace

std::vector<PictureFile> causes_picture(const std::string& folder) {
  if (!std::filesystem::exists(folder + "/findings.json")) return {};
  return read_run_json<Json>(folder, "findings.json", [&](const Json& findings) -> std::vector<PictureFile> {
    if (!findings.contains("causes")) return {};
    const std::vector<Bar> bars = make_bars(findings.at("causes"));
    return {{"causes.dat", data_text(bars)}, {"causes.gp", script(bars, read_run_about(folder))}};
  });
}

}  // namespace quartic
