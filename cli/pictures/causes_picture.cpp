#include "cli/pictures/causes_picture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "cli/terminal/text_file.hpp"
#include "core/options.hpp"

namespace quartic {

namespace {

using Json = nlohmann::json;

double number(const Json& value) {
  return value.is_number() ? value.get<double>() : std::nan("");
}

/// One bar: from, to, and the interval of its end.
struct Bar {
  std::string name;
  double from, to, low, high;
};

std::vector<Bar> bars_of(const Json& causes) {
  const double base = number(causes["base"]["estimate"]);
  std::vector<Bar> bars = {
      {"none of them", 0, base, number(causes["base"]["low"]), number(causes["base"]["high"])}};
  double at = base;
  for (const Json& share : causes["shares"]) {
    const double size = number(share["estimate"]);
    bars.push_back({share["cause"].get<std::string>(), at, at + size, at + number(share["low"]),
                    at + number(share["high"])});
    at += size;
  }
  bars.push_back(
      {"all of them", 0, at, base + number(causes["total"]["low"]), base + number(causes["total"]["high"])});
  return bars;
}

std::string data_text(const std::vector<Bar>& bars) {
  std::string out = "# place from to low high name\n";
  for (std::size_t k = 0; k < bars.size(); ++k)
    out += fmt::format("{} {} {} {} {} \"{}\"\n", k, shortest(bars[k].from), shortest(bars[k].to),
                       shortest(bars[k].low), shortest(bars[k].high), bars[k].name);
  return out;
}

std::string script(const std::vector<Bar>& bars) {
  double top = 0;
  for (const Bar& bar : bars) top = std::max({top, bar.to, bar.high});
  return fmt::format(
      "# Draws causes.svg and causes.png from causes.dat: "
      "edit, then run  gnuplot causes.gp  in this folder.\n"
      "# (quartic plot writes this file anew; keep your version under another name.)\n"
      "set encoding utf8\n"
      "set border 3 lw 1.5 lc rgb \"#444444\"\n"
      "set tics nomirror out textcolor rgb \"#222222\"\n"
      "set grid ytics lt 1 lw 1 lc rgb \"#E4E4E4\"\n"
      "set xtics rotate by -25 noenhanced\n"
      "set ylabel \"exponent q: computing grows as k^q\"\n"
      "set xrange [-0.6:{}]\n"
      "set yrange [0:{:.3f}]\n"
      "set style fill solid\n"
      "unset key\n"
      "do for [format in \"svg png\"] {{\n"
      "  if (format eq \"svg\") {{ set terminal svg size 1280,860 "
      "dynamic font \"DejaVu Sans,21\" background \"white\" }}\n"
      "  if (format eq \"png\") {{ set terminal pngcairo size "
      "1280,860 font \"DejaVu Sans,16\" background \"white\" }}\n"
      "  set output \"causes.\".format\n"
      "  set title \"From the true exponent to the published one, cause by cause (mean over all orders)\"\n"
      "  plot \"causes.dat\" using 1:(($2+$3)/2):($1-0.38):($1+0.38):2:3:($2 == 0 ? 0x444444 "
      ": $3 > $2 ? 0xD55E00 : 0x0072B2):xtic(6) with boxxyerror lc rgb variable, \\\n"
      "    \"causes.dat\" using 1:3:4:5 with yerrorbars pt 7 ps 0 lw 2.5 lc rgb \"#111111\", \\\n"
      "    \"causes.dat\" using ($1+0.12):($5 > $3 ? $5 : $3):($2 == 0 ? sprintf(\"%.1f\", "
      "$3) : sprintf(\"%+.1f\", $3-$2)) with labels offset 0,0.8 textcolor rgb \"#222222\"\n"
      "  unset output\n"
      "}}\n",
      static_cast<double>(bars.size()) - 0.4, 1.12 * top);
}

}  // namespace

std::vector<PictureFile> causes_picture(const std::string& folder) {
  const std::string path = folder + "/findings.json";
  if (!std::filesystem::exists(path)) return {};
  const Json findings = Json::parse(read_text_file(path), nullptr, false);
  if (!findings.is_object() || !findings.contains("causes")) return {};
  const std::vector<Bar> bars = bars_of(findings["causes"]);
  return {{"causes.dat", data_text(bars)}, {"causes.gp", script(bars)}};
}

}  // namespace quartic
