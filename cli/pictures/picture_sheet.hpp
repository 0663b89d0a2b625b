#pragma once
/// What a picture shows and where: the arithmetic between summary.csv and a gnuplot script.
#include <cmath>
#include <string>
#include <vector>

#include "cli/pictures/pictures.hpp"

namespace quartic {

inline constexpr std::size_t most_panels = 6;

/// One arm in one cell.
struct Curve {
  Index cell = 0;
  std::string arm;
  std::vector<SummaryRow> rows;
};

/// Curves in the order of the rows; one gnuplot index each.
std::vector<Curve> group_curves(const std::vector<SummaryRow>& rows);

/// Whether a row has a mean that a logarithmic axis can show.
bool drawable(const SummaryRow& row);
/// Operations of fitting and tuning.
double sum_flops(const SummaryRow& row);

/// The positive numbers seen so far.
struct Extent {
  double low = INFINITY, high = 0;
  void include(double value) {
    if (!(value > 0) || !std::isfinite(value)) return;
    low = std::min(low, value);
    high = std::max(high, value);
  }
};

struct Extents {
  Extent n, flops, error;
};

/// Of all rows that can be drawn, and 0.1 to 10 where there is none; theory counts as error.
Extents find_extents(const std::vector<SummaryRow>& rows);
/// The extent, widened by a share of its length on the log scale on either side.
Extent widened(const Extent& extent, double share);

struct Labelled {
  std::size_t arm = 0;  // position among the arms of the panel: colour and marker
  std::string text;
  double height = 0;  // of the axis, 0 at the bottom
};

/// The arm, with a star where it is informed or unattainable.
std::string make_label(const Curve& curve);
/// Labels beside the ends of the curves, pushed apart until none overlaps.
std::vector<Labelled> label_heights(const std::vector<Curve>& curves, const Extent& error, double apart);

struct Layout {
  std::size_t panels = 1, columns = 1, rows = 1;
  std::size_t label_width = 0;  // letters of the longest arm
  double width() const { return 1280.0 * static_cast<double>(columns); }
  double height() const { return 780.0 * static_cast<double>(rows) + 90; }
};

/// Everything a script needs to know.
struct Sheet {
  PictureOf what;
  std::vector<Curve> curves;
  std::vector<Index> cells;  // one panel each
  CellNames names;
  Layout layout;
  double highest = 0;                   // mean error
  bool theory = false, marked = false;  // some arm has a theory; some arm is informed or unattainable
  Index least_replicates = 0, most_replicates = 0;
};

/// `names` are those of the cells of a sweep; may be empty.
Sheet make_sheet(const std::vector<SummaryRow>& rows, PictureOf what, const CellNames& names);

}  // namespace quartic
