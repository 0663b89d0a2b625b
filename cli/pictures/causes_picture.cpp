#include "cli/pictures/causes_picture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "cli/pictures/run_json.hpp"
#include "cli/pictures/script.hpp"
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

std::string data_text(const std::vector<Bar>& bars) {
  std::string out = "# place from to low high name\n";
  for (std::size_t k = 0; k < bars.size(); ++k)
    out += fmt::format("{} {} {} {} {} {}\n", k, shortest(bars[k].from), shortest(bars[k].to),
                       shortest(bars[k].low), shortest(bars[k].high), gnuplot_field(bars[k].name));
  return out;
}

std::string script(const std::vector<Bar>& bars) {
  double top = 0;
  for (const Bar& bar : bars) top = std::max({top, bar.to, bar.high});
  return gnuplot_script({.name = "causes",
                         .data = "causes.dat",
                         .grid = "ytics",
                         .settings = picture_part(
                             "causes", {{"right", fmt::format("{}", static_cast<double>(bars.size()) - 0.4)},
                                        {"top", fmt::format("{:.3f}", 1.12 * top)}}),
                         .drawing = picture_part("causes_bars")});
}

}  // namespace

std::vector<PictureFile> causes_picture(const std::string& folder) {
  if (!std::filesystem::exists(folder + "/findings.json")) return {};
  return read_run_json<Json>(folder, "findings.json", [](const Json& findings) -> std::vector<PictureFile> {
    if (!findings.contains("causes")) return {};
    const std::vector<Bar> bars = make_bars(findings.at("causes"));
    return {{"causes.dat", data_text(bars)}, {"causes.gp", script(bars)}};
  });
}

}  // namespace quartic
