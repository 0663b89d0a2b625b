#pragma once
/// Error by data, and error by computing: one panel a cell, log-log, one line an arm.
///
/// Lines go through the mean normalised error over replicates; bands are its 95 % intervals on the log
/// scale, m exp(+- t se/m); theory is dashed in the colour of its arm. Beside the end of a line stand the
/// arm and its exponent k^q, or its plateau, with the interval; crossings are rings. All panels have the
/// same axes.
#include <string>
#include <vector>

#include "cli/gnuplot/gnuplot.hpp"
#include "cli/pictures/run_view.hpp"

namespace quartic {

inline constexpr std::size_t most_panels = 6;

/// The horizontal axis: observations; floating-point operations of fitting and tuning; or those of a rule's whole life.
enum class PictureOf { data, computing, total };

/// The rows of the first cells, as many as there are panels.
std::vector<SummaryRow> first_cells(const std::vector<SummaryRow>& rows);

/// errors.dat, which both scripts plot: two blocks a cell and arm, in the order of the rows, two empty lines
/// apart (a gnuplot `index` each): "n flops mean low high theory", and the band "n flops low high" as it is
/// drawn.
std::string picture_data(const std::vector<SummaryRow>& rows);
/// The script of error_by_data, error_by_computing or error_by_total. Of more cells than most_panels it draws the
/// first.
std::string picture_script(const RunView& view, PictureOf what);

/// errors.dat and both scripts; where the study says how often rules are used, error_by_total and its totals.dat too.
std::vector<PictureFile> curve_pictures(const RunView& view);

}  // namespace quartic
