#include "cli/pictures/curve_picture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "cli/gnuplot/band.hpp"
#include "cli/gnuplot/guide.hpp"
#include "cli/gnuplot/script.hpp"
#include "cli/gnuplot/sheet.hpp"
#include "cli/gnuplot/tics.hpp"
#include "cli/pictures/curves.hpp"
#include "cli/terminal/text.hpp"
#include "core/options.hpp"

namespace quartic {

namespace {

/// What all panels have in common.
struct Picture {
  const RunView& view;
  PictureOf what;
  std::vector<Curve> curves;  // of the cells drawn; one gnuplot index each for points, and one for its band
  std::vector<Index> cells;
  std::size_t cells_in_all;
  Extent x, error;

  bool by_data() const { return what == PictureOf::data; }
  Expense over() const { return what == PictureOf::total ? Expense::total : Expense::computing; }
  std::string data_file() const { return what == PictureOf::total ? "totals.dat" : "errors.dat"; }
  std::string computing() const { return what == PictureOf::total ? "total computing" : "computing"; }
  LawKind law() const { return by_data() ? LawKind::data_exponent : LawKind::compute_exponent; }
  double at(const SummaryRow& row) const { return by_data() ? static_cast<double>(row.n) : sum_flops(row); }
  const char* column() const { return by_data() ? "1" : "2"; }
};

std::vector<Index> list_cells(const std::vector<SummaryRow>& rows) {
  std::vector<Index> cells;
  for (const SummaryRow& row : rows)
    if (std::find(cells.begin(), cells.end(), row.cell) == cells.end()) cells.push_back(row.cell);
  return cells;
}

Picture make_picture(const RunView& view, PictureOf what) {
  const std::vector<SummaryRow> rows = first_cells(view.rows);
  const Extents extents = find_extents(rows);
  return {.view = view,
          .what = what,
          .curves = group_curves(rows),
          .cells = list_cells(rows),
          .cells_in_all = list_cells(view.rows).size(),
          .x = (what == PictureOf::data ? extents.n : extents.flops).widened(0.03),
          .error = shown_errors(extents.error)};
}

std::vector<BandPoint> band_of(const Curve& curve) {
  std::vector<BandPoint> band;
  for (const SummaryRow& row : curve.rows) {
    const MeanInterval interval = mean_interval(row);
    band.push_back({static_cast<double>(row.n), sum_flops(row), interval.low, interval.high});
  }
  return band;
}

bool has_theory(const Curve& curve) {
  return std::any_of(curve.rows.begin(), curve.rows.end(),
                     [](const SummaryRow& row) { return std::isfinite(row.theory_error); });
}

/// ", n >= 100" where a number was read off some of the sizes.
std::string window_in_words(const FoundNumber& number, const Curve& curve) {
  std::string text;
  if (number.from > static_cast<double>(curve.rows.front().n))
    text += ", n \u2265 " + with_thousands(static_cast<Index>(std::ceil(number.from)));
  if (number.to < static_cast<double>(curve.rows.back().n))
    text += ", n \u2264 " + with_thousands(static_cast<Index>(number.to));
  return text;
}

/// Rows that a plateau was read off; it takes two.
std::vector<const SummaryRow*> plateau_rows(const FoundNumber& number, const Curve& curve) {
  std::vector<const SummaryRow*> rows;
  for (const SummaryRow& row : curve.rows)
    if (const double n = static_cast<double>(row.n); n >= number.from && n <= number.to) rows.push_back(&row);
  return rows.size() < 2 ? std::vector<const SummaryRow*>{} : rows;
}

/// The plateau of a curve, where it was read off as much of it as can be drawn.
const FoundNumber* plateau_of(const Picture& picture, const Curve& curve) {
  const FoundNumber* plateau = find_number(picture.view.found, LawKind::plateau, curve.cell, curve.arm);
  const bool told = plateau && !std::isnan(plateau->value.low) && !plateau_rows(*plateau, curve).empty();
  return told ? plateau : nullptr;
}

std::string exponent_beside(const Picture& picture, const Curve& curve) {
  const FoundNumber* exponent =
      find_number(picture.view.found, picture.law(), curve.cell, curve.arm, picture.over());
  // An interval from below 1 to above 20 says nothing.
  const bool told = exponent && (exponent->value.low >= 1 || exponent->value.high <= 20);
  const std::string text = told ? exponent_in_words(exponent->value) : "";
  if (text.empty()) return "";
  const bool usual = exponent->form.empty() || exponent->form == "power";
  return text + (usual ? "" : ", " + spaced(exponent->form) + " law") + window_in_words(*exponent, curve);
}

/// What stands below the name of the arm: the plateau of one that stalls, else its exponent.
std::string number_beside(const Picture& picture, const Curve& curve) {
  const FoundNumber* plateau = plateau_of(picture, curve);
  if (!plateau) return exponent_beside(picture, curve);
  return "plateau " + picture_number(plateau->value.estimate) + " [" + picture_number(plateau->value.low) +
         ", " + picture_number(plateau->value.high) + "]";
}

bool tells_exponents(const Picture& picture) {
  return std::any_of(picture.curves.begin(), picture.curves.end(), [&](const Curve& curve) {
    return !plateau_of(picture, curve) && !exponent_beside(picture, curve).empty();
  });
}

std::string plateau_script(const Picture& picture, const Curve& curve, std::size_t style) {
  const FoundNumber* plateau = plateau_of(picture, curve);
  if (!plateau) return "";
  const std::vector<const SummaryRow*> rows = plateau_rows(*plateau, curve);
  const double level = plateau->value.estimate;
  if (!(level > picture.error.low && level < picture.error.high)) return "";
  return fmt::format("  set arrow from {:.6g},{:.6g} to {:.6g},{:.6g} nohead dt (2,4) lw 4 lc rgb \"{}\"\n",
                     picture.at(*rows.front()), level, picture.x.high, level, colour_of(style));
}

const Curve* find_curve(const Picture& picture, Index cell, const std::string& arm) {
  for (const Curve& curve : picture.curves)
    if (curve.cell == cell && curve.arm == arm) return &curve;
  return nullptr;
}

/// Crossings of this cell, with the error of the arm that overtakes; the lines are means, and what was read
/// off geometric means lies beside them.
struct Crossing {
  const FoundNumber* number;
  double error;
};
std::vector<Crossing> find_crossings(const Picture& picture, Index cell) {
  std::vector<Crossing> crossings;
  for (const FoundNumber& number : picture.view.found) {
    if (number.law != LawKind::crossing || number.cell != cell || number.typical) continue;
    const Curve* curve = find_curve(picture, cell, number.arm);
    if (!curve || std::isnan(number.value.estimate)) continue;
    if (const double error = error_at(*curve, number.value.estimate); std::isfinite(error))
      crossings.push_back({&number, error});
  }
  return crossings;
}

/// From the one size of the other arm to where its error is reached.
std::string reference_script(const Picture& picture, const Crossing& crossing) {
  const FoundNumber& number = *crossing.number;
  const Curve* other = find_curve(picture, number.cell, number.against);
  const double from = static_cast<double>(number.against_n);
  if (!other || from <= 0 || !std::isfinite(error_at(*other, from))) return "";
  return fmt::format(
      "  set arrow from {:.6g},{:.6g} to {:.6g},{:.6g} nohead dt (6,4) lw 1.5 lc rgb \"#777777\"\n", from,
      error_at(*other, from), number.value.estimate, crossing.error);
}

std::string crossings_script(const Picture& picture, Index cell) {
  if (!picture.by_data()) return "";
  std::string out;
  for (const Crossing& crossing : find_crossings(picture, cell)) {
    const Interval& n = crossing.number->value;
    out += reference_script(picture, crossing) +
           fmt::format("  set label '' at {:.6g},{:.6g} point pt 6 ps 2.6 lw 2.5 lc rgb \"#111111\" front\n",
                       n.estimate, crossing.error);
    if (std::isnan(n.low) || std::isnan(n.high)) continue;
    out += fmt::format(
        "  set arrow from {:.6g},{:.6g} to {:.6g},{:.6g} heads size screen 0.006,90 lw 2 lc rgb \"#111111\" "
        "front\n",
        std::max(n.low, picture.x.low), crossing.error, std::min(n.high, picture.x.high), crossing.error);
  }
  return out;
}

/// "flexible needs 1,398 [1,363, 1,433] observations to do as well as oracle with 15".
std::string in_words(const FoundNumber& crossing, const std::string& observations) {
  return crossing.arm + " needs " + picture_number(crossing.value.estimate) + " [" +
         picture_number(crossing.value.low) + ", " + picture_number(crossing.value.high) + "] " +
         observations + " to do as well as " + crossing.against + " with " +
         (crossing.against_n > 0 ? with_thousands(crossing.against_n) : "as many");
}

std::string crossings_in_words(const Picture& picture) {
  constexpr std::size_t most = 4;
  std::vector<std::string> texts;
  for (const Index cell : picture.cells)
    for (const Crossing& crossing : find_crossings(picture, cell))
      texts.push_back(in_words(*crossing.number, picture.view.about.observations));
  if (texts.empty()) return "";
  if (texts.size() > most) return " Rings: crossings, with their intervals; the findings have their numbers.";
  return " Rings: " + joined(texts, "; ") + ".";
}

/// The lines of a cell as parts of the panel.
std::vector<std::vector<Place>> places(const Picture& picture, Index cell) {
  std::vector<std::vector<Place>> lines;
  for (const Curve& curve : picture.curves) {
    if (curve.cell != cell) continue;
    lines.emplace_back();
    for (const SummaryRow& row : curve.rows)
      if (drawable(row) && picture.at(row) > 0)
        lines.back().push_back({picture.x.share(picture.at(row)), picture.error.share(row.mean_error)});
  }
  return lines;
}

std::string guide_script(const Picture& picture, Index cell) {
  if (!tells_exponents(picture)) return "";
  const auto guide = find_guide(picture.x.decades(), picture.error.decades(), places(picture, cell));
  if (!guide) return "";
  std::string out;
  const bool inverse = picture.view.about.performance == Performance::inverse;
  const std::pair<Place, const char*> ends[] = {{guide->square, inverse ? "1" : "2"},
                                                {guide->fourth, inverse ? "2" : "4"}};
  for (const auto& [end, q] : ends)
    out += fmt::format(
        "  set arrow from graph {:.4f},{:.4f} to graph {:.4f},{:.4f} nohead lw 2 lc rgb \"#999999\" back\n"
        "  set label 'k^{{{}}}' at graph {:.4f},{:.4f} left offset 0.4,0 font \",13\" textcolor rgb "
        "\"#777777\"\n",
        guide->start.x, guide->start.y, end.x, end.y, q, end.x, end.y);
  return out;
}

/// Bands first, then lines, then theory, so that nothing hides theory.
std::string plot_command(const Picture& picture, Index cell) {
  std::string bands, lines, theory;
  std::size_t style = 0;
  for (std::size_t k = 0; k < picture.curves.size(); ++k) {
    const Curve& curve = picture.curves[k];
    if (curve.cell != cell) continue;
    const char* colour = colour_of(style);
    bands += fmt::format(
        "    \"{}\" index {} using {}:3:4 with filledcurves fc rgb \"{}\" fs transparent solid 0.2 "
        "noborder, \\\n",
        picture.data_file(), 2 * k + 1, picture.column(), colour);
    const std::string points =
        fmt::format("\"{}\" index {} using {}", picture.data_file(), 2 * k, picture.column());
    lines += fmt::format("    {}:3 with linespoints lw 3 ps 1.2 pt {} lc rgb \"{}\", \\\n", points,
                         marker_of(style), colour);
    if (has_theory(curve))
      theory += fmt::format("    {}:6 with lines lw 2.5 dt (12,8) lc rgb \"{}\", \\\n", points, colour);
    ++style;
  }
  return "  plot \\\n" + bands + lines + theory + "    1 with lines lw 1.5 dt 3 lc rgb \"#888888\"\n";
}

Panel make_panel(const Picture& picture, Index cell) {
  Panel panel;
  if (const auto name = picture.view.about.cells.find(cell); name != picture.view.about.cells.end())
    panel.title = settings_in_words(name->second);
  else if (picture.cells_in_all > 1)
    panel.title = fmt::format("cell {}", cell);
  const std::string label =
      picture.by_data() ? picture.view.about.observations
      : picture.over() == Expense::total
          ? "floating-point operations of pre-training, fitting, tuning and all predictions"
          : "floating-point operations of fitting and tuning";
  panel.drawing = "  set xlabel " + gnuplot_string(label) + " noenhanced offset 0,-0.4\n";
  panel.drawing += fmt::format("  set xrange [{:.6g}:{:.6g}]\n  set yrange [{:.6g}:{:.6g}]\n", picture.x.low,
                               picture.x.high, picture.error.low, picture.error.high);
  panel.drawing +=
      tics_command('x', logarithmic_tics(picture.x.low, picture.x.high, picture.cells.size() > 1 ? 3 : 4),
                   picture.by_data() ? TicText::whole : TicText::powers) +
      tics_command('y', logarithmic_tics(picture.error.low, picture.error.high), TicText::plain);
  for (const Curve& curve : picture.curves) {
    if (curve.cell != cell) continue;
    const std::size_t style = panel.labels.size();
    panel.drawing += plateau_script(picture, curve, style);
    const bool drawn = std::any_of(curve.rows.begin(), curve.rows.end(), drawable);
    panel.labels.push_back({style, make_label(curve),
                            drawn ? number_beside(picture, curve) : "nothing measured",
                            end_height(curve, picture.error)});
  }
  panel.drawing +=
      crossings_script(picture, cell) + guide_script(picture, cell) + plot_command(picture, cell);
  return panel;
}

std::string replicates_in_words(const Picture& picture) {
  Index least = std::numeric_limits<Index>::max(), most = 0;
  for (const Curve& curve : picture.curves)
    for (const SummaryRow& row : curve.rows) {
      if (!drawable(row)) continue;
      least = std::min(least, row.replicates);
      most = std::max(most, row.replicates);
    }
  least = std::min(least, most);
  return with_thousands(least) + (least == most ? "" : " to " + with_thousands(most)) +
         (most == 1 ? " replicate" : " replicates");
}

std::string caption(const Picture& picture) {
  const auto any_curve = [&](auto holds) {
    return std::any_of(picture.curves.begin(), picture.curves.end(), holds);
  };
  std::string text =
      "Lines: mean over " + replicates_in_words(picture) + "; bands: 95 % interval of the mean.";
  if (picture.error.high >= 1) text += " Error 1: no better than always giving the same answer.";
  if (any_curve(has_theory)) text += " Dashed: theory.";
  if (tells_exponents(picture))
    text += " k^q: k times the performance (" + std::string(in_words(picture.view.about.performance)) +
            ") takes k^q times the " + (picture.by_data() ? picture.view.about.observations : "operations") +
            "; in brackets its interval.";
  if (std::any_of(picture.cells.begin(), picture.cells.end(),
                  [&](Index cell) { return !guide_script(picture, cell).empty(); }))
    text += picture.view.about.performance == Performance::inverse ? " Grey: slopes of k^1 and k^2."
                                                                   : " Grey: slopes of k^2 and k^4.";
  if (any_curve([&](const Curve& c) { return plateau_of(picture, c) != nullptr; }))
    text += " Dotted: plateaus.";
  if (picture.by_data()) text += crossings_in_words(picture);
  if (any_curve([](const Curve& c) {
        return std::any_of(c.rows.begin(), c.rows.end(),
                           [](const SummaryRow& row) { return row.mean_error > highest_error; });
      }))
    text += fmt::format(" Errors above {:.0f} leave the picture.", highest_error);
  if (any_curve([](const Curve& c) { return !c.rows.front().marks.empty(); }))
    text += " *: informed, or unattainable: uses what only the truth knows.";
  if (picture.cells_in_all > picture.cells.size())
    text += fmt::format(" The first {} of {} cells: quartic plot has --cells and --x.", picture.cells.size(),
                        picture.cells_in_all);
  return text;
}

std::string title_of(const Picture& picture) {
  const std::string what = "How the error falls with " + (picture.by_data() ? "data" : picture.computing());
  return picture.view.about.title.empty() ? what : picture.view.about.title;
}

std::string source_of(const Picture& picture) {
  const std::string what =
      "error by " + (picture.by_data() ? picture.view.about.observations : picture.computing());
  const std::string source = picture.view.about.source();
  return source.empty() ? "" : what + " (" + source + ")";
}

std::string name_of(PictureOf what) {
  if (what == PictureOf::data) return "error_by_data";
  return what == PictureOf::total ? "error_by_total" : "error_by_computing";
}

/// The totals in the place of what is spent before the first prediction.
RunView by_total(RunView view) {
  for (SummaryRow& row : view.rows) {
    row.fit_flops = row.total_flops;
    row.tuning_flops = 0;
  }
  return view;
}

}  // namespace

std::vector<SummaryRow> first_cells(const std::vector<SummaryRow>& rows) {
  std::vector<Index> cells = list_cells(rows);
  if (cells.size() > most_panels) cells.resize(most_panels);
  std::vector<SummaryRow> first;
  for (const SummaryRow& row : rows)
    if (std::find(cells.begin(), cells.end(), row.cell) != cells.end()) first.push_back(row);
  return first;
}

std::string picture_data(const std::vector<SummaryRow>& rows) {
  const std::vector<SummaryRow> drawn = first_cells(rows);
  const Extent error = shown_errors(find_extents(drawn).error);
  std::string out =
      "# error = normalised error; interval = mean exp(+- t standard errors / mean), t of Student, 95 %\n";
  for (const Curve& curve : group_curves(drawn)) {
    out +=
        fmt::format("# cell {}, {}\n# n flops mean low high theory\n", curve.cell, gnuplot_field(curve.arm));
    for (const SummaryRow& row : curve.rows) {
      const MeanInterval interval = mean_interval(row);
      const double mean = drawable(row) ? row.mean_error : SummaryRow::not_measured;
      out += fmt::format("{} {} {} {} {} {}\n", row.n, gnuplot_number(sum_flops(row)), gnuplot_number(mean),
                         gnuplot_number(interval.low), gnuplot_number(interval.high),
                         gnuplot_number(row.theory_error));
    }
    out += "\n\n# its band as drawn, cut where it leaves the picture: n flops low high\n";
    const auto pieces = cut_band(band_of(curve), error.low, error.high);
    for (std::size_t k = 0; k < pieces.size(); ++k) {
      if (k > 0) out += "\n";
      for (const BandPoint& point : pieces[k])
        out += fmt::format("{} {} {} {}\n", shortest(point.n), gnuplot_number(point.flops),
                           shortest(point.low), shortest(point.high));
    }
    out += pieces.empty() ? "nan nan nan nan\n\n\n" : "\n\n";
  }
  return out;
}

std::string picture_script(const RunView& view, PictureOf what) {
  const Picture picture = make_picture(view, what);
  Sheet sheet{.name = name_of(what),
              .data = picture.data_file(),
              .title = raised(title_of(picture)),
              .source = source_of(picture),
              .caption = raised(caption(picture)),
              .settings = picture_part("errors"),
              .panels = {}};
  for (const Index cell : picture.cells) sheet.panels.push_back(make_panel(picture, cell));
  return sheet_script(sheet);
}

std::vector<PictureFile> curve_pictures(const RunView& view) {
  std::vector<PictureFile> files = {{"errors.dat", picture_data(view.rows)},
                                    {"error_by_data.gp", picture_script(view, PictureOf::data)},
                                    {"error_by_computing.gp", picture_script(view, PictureOf::computing)}};
  if (!view.about.has_uses) return files;
  const RunView total = by_total(view);
  files.push_back({"totals.dat", picture_data(total.rows)});
  files.push_back({"error_by_total.gp", picture_script(total, PictureOf::total)});
  return files;
}

}  // namespace quartic
