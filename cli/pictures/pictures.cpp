#include "cli/pictures/pictures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "cli/pictures/picture_sheet.hpp"
#include "cli/pictures/script.hpp"
#include "cli/terminal/text.hpp"
#include "core/options.hpp"
#include "laws/statistics/special.hpp"

namespace quartic {

namespace {

constexpr double highest_error = 100;  // what is above leaves the picture

/// Okabe & Ito's palette, told apart by colour-blind readers, without its yellow, which projectors lose.
constexpr std::array palette = {"#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#444444"};
constexpr std::array markers = {7, 5, 9, 13, 11, 15, 4};

std::string number_or_nan(double value) {
  return std::isfinite(value) ? shortest(value) : "nan";
}

/// Margins of one panel in pixels, as fractions of the picture.
std::string margins(const Layout& layout, std::size_t panel) {
  const std::size_t row = panel / layout.columns, column = panel % layout.columns;
  const double left = 1280.0 * static_cast<double>(column);
  const double top = 780.0 * static_cast<double>(row);
  const double right_margin = 70 + 13.0 * static_cast<double>(layout.label_width);
  const auto x = [&](double pixels) { return pixels / layout.width(); };
  const auto y = [&](double pixels) { return 1 - pixels / layout.height(); };
  return fmt::format(
      "  set lmargin at screen {:.4f}; set rmargin at screen {:.4f}\n"
      "  set tmargin at screen {:.4f}; set bmargin at screen {:.4f}\n",
      x(left + 150), x(left + 1280 - right_margin), y(top + 80), y(top + 680));
}

/// Half the 95 % interval of a mean, in its standard errors (Student t).
double half_interval(Index replicates) {
  return replicates > 1 ? student_t_quantile(0.975, static_cast<double>(replicates - 1))
                        : SummaryRow::not_measured;
}

std::string caption(const Sheet& sheet) {
  std::string replicates = with_thousands(sheet.least_replicates);
  if (sheet.least_replicates != sheet.most_replicates)
    replicates += " to " + with_thousands(sheet.most_replicates);
  std::string text = "Lines: mean over " + replicates + " replicates. Bands: 95 % interval of that mean.";
  if (sheet.theory) text += " Dashed: theory.";
  text += " Error 1: no better than always giving the same answer.";
  if (sheet.highest > highest_error)
    text += fmt::format(" Above {:.0f} the lines leave the picture.", highest_error);
  if (sheet.marked) text += " *: uses what only the truth knows.";
  if (sheet.cells.size() > most_panels)
    text += fmt::format(" The first {} of {} cells.", most_panels, sheet.cells.size());
  return text;
}

/// The caption, and the panels, of which each is drawn by itself.
std::string drawing(const Sheet& sheet, const std::string& panels) {
  return "  set multiplot\n" +
         fmt::format(
             "  set label 1000 {} at screen 0.5,{:.4f} center font \",13\" textcolor rgb \"#555555\"\n",
             gnuplot_string(wrapped(caption(sheet), 118 * sheet.layout.columns)),
             55 / sheet.layout.height()) +
         panels + "  unset multiplot\n";
}

std::string legend(const std::vector<Labelled>& labels) {
  std::string out;
  int tag = 1;
  for (const Labelled& label : labels) {
    const std::size_t style = label.arm % palette.size();
    out += fmt::format(
        "  set label {} {} at graph 1.03,{:.4f} left noenhanced point "
        "pt {} ps 1.4 lc rgb \"{}\" offset 1.2,0 textcolor rgb \"{}\"\n",
        tag++, gnuplot_string(label.text), label.height, markers[style], palette[style], palette[style]);
  }
  return out;
}

/// The dashes of theory, explained above the labels' column.
std::string theory_legend(const Sheet& sheet) {
  if (!sheet.theory) return "";
  return "  set arrow 1 from graph 1.015,1.06 to graph 1.055,1.06 "
         "nohead dt (12,8) lw 2.5 lc rgb \"#111111\"\n"
         "  set label 900 \"theory\" at graph 1.03,1.06 left offset 2.2,0 textcolor rgb \"#111111\"\n";
}

/// Bands first, then lines, then theory, so that nothing hides theory.
std::string plot_command(const Sheet& sheet, Index cell) {
  const int x = sheet.what == PictureOf::data ? 1 : 2;
  std::string bands, lines, theory;
  std::size_t arm = 0;
  for (std::size_t k = 0; k < sheet.curves.size(); ++k) {
    const Curve& curve = sheet.curves[k];
    if (curve.cell != cell) continue;
    const std::string data = fmt::format("\"errors.dat\" index {} using {}", k, x);
    const char* colour = palette[arm % palette.size()];
    bands += fmt::format(
        "    {}:4:5 with filledcurves fc rgb \"{}\" fs transparent solid 0.22 noborder, \\\n", data, colour);
    lines += fmt::format("    {}:3 with linespoints lw 3 ps 1.2 pt {} lc rgb \"{}\", \\\n", data,
                         markers[arm % markers.size()], colour);
    if (std::any_of(curve.rows.begin(), curve.rows.end(),
                    [](const auto& row) { return std::isfinite(row.theory_error); }))
      theory += fmt::format("    {}:6 with lines lw 2.5 dt (12,8) lc rgb \"#111111\", \\\n", data);
    ++arm;
  }
  return "  plot \\\n" + bands + lines + theory + "    1 with lines lw 1.5 dt 3 lc rgb \"#888888\"\n";
}

/// 1 and 3 times every power of ten, so that a curve over two decades has more than two numbers below it.
std::string size_tics(const Extent& n) {
  std::string out;
  for (double tic = std::pow(10.0, std::floor(std::log10(n.low))); tic <= n.high; tic *= 10)
    out += fmt::format("{}{:.0f},{:.0f}", out.empty() ? "" : ",", tic, 3 * tic);
  return "  set xtics (" + out + ")\n";
}

/// Where the mean does not exist - as many columns as rows - an error can be anything; the rest should stay
/// legible.
Extent shown_errors(const Extent& error) {
  return {error.low, std::max(std::min(error.high, highest_error), 2 * error.low)};
}

std::string make_title(const Sheet& sheet, Index cell) {
  const std::string title =
      sheet.what == PictureOf::data ? "How the error falls with data" : "How the error falls with computing";
  if (sheet.cells.size() == 1) return title;
  const auto name = sheet.names.find(cell);
  return title + ", " + (name == sheet.names.end() ? fmt::format("cell {}", cell) : name->second);
}

std::string panel(const Sheet& sheet, std::size_t position) {
  const Index cell = sheet.cells[position];
  std::vector<Curve> curves;
  std::vector<SummaryRow> rows;
  for (const Curve& curve : sheet.curves) {
    if (curve.cell != cell) continue;
    curves.push_back(curve);
    rows.insert(rows.end(), curve.rows.begin(), curve.rows.end());
  }
  const Extents extents = find_extents(rows);
  const Extent error = widened(shown_errors(extents.error), 0.05);
  const Extent x = widened(sheet.what == PictureOf::data ? extents.n : extents.flops, 0.03);
  std::string out = margins(sheet.layout, position);
  out += "  set title " + gnuplot_string(make_title(sheet, cell)) + " noenhanced font \",20\" offset 0,0.3\n";
  out += fmt::format("  set xrange [{:.6g}:{:.6g}]\n  set yrange [{:.6g}:{:.6g}]\n", x.low, x.high, error.low,
                     error.high);
  if (sheet.what == PictureOf::data) out += size_tics(x);
  return out + legend(label_heights(curves, error, 0.06)) + theory_legend(sheet) + plot_command(sheet, cell);
}

}  // namespace

std::string picture_data(const std::vector<SummaryRow>& rows) {
  std::string out =
      "# error = normalised error; band = mean exp(+- t standard errors / mean), t of Student, 95 %\n";
  for (const Curve& curve : group_curves(rows)) {
    out +=
        fmt::format("# cell {}, {}\n# n flops mean low high theory\n", curve.cell, gnuplot_field(curve.arm));
    for (const SummaryRow& row : curve.rows) {
      const double spread = std::exp(half_interval(row.replicates) * row.mean_error_se / row.mean_error);
      const double mean = drawable(row) ? row.mean_error : SummaryRow::not_measured;
      out += fmt::format("{} {} {} {} {} {}\n", row.n, number_or_nan(sum_flops(row)), number_or_nan(mean),
                         number_or_nan(mean / spread), number_or_nan(mean * spread),
                         number_or_nan(row.theory_error));
    }
    out += "\n\n";
  }
  return out;
}

std::string picture_script(const std::vector<SummaryRow>& rows, PictureOf what, const CellNames& names) {
  const Sheet sheet = make_sheet(rows, what, names);
  std::string panels;
  for (std::size_t k = 0; k < sheet.layout.panels; ++k)
    panels += panel(sheet, k) + "  unset label; unset arrow\n";
  const bool by_data = what == PictureOf::data;
  return gnuplot_script(
      {.name = by_data ? "error_by_data" : "error_by_computing",
       .data = "errors.dat",
       .settings = picture_part(
           "errors",
           {{"x_format", by_data ? "%g" : "10^{%T}"},
            {"x_label", by_data ? "observations" : "floating-point operations (fitting and tuning)"}}),
       .size = fmt::format("{:.0f},{:.0f}", sheet.layout.width(), sheet.layout.height()),
       .drawing = drawing(sheet, panels)});
}

}  // namespace quartic
