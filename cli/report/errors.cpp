#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "cli/report/report.hpp"
#include "cli/terminal/text.hpp"
#include "experiments/study/arm.hpp"

namespace quartic {

namespace {

constexpr Index most_tables = 4;  // a longer sweep is shown at its largest size only

/// One column of a table of errors: an arm as measured, or its theory.
struct Column {
  std::string header;
  std::vector<std::string> values;  // by size
};

/// Columns of one arm: one or two.
std::vector<Column> make_columns(const ReportInput& input, Index cell, Index arm) {
  const Cube& cube = input.result.cube;
  const Vector mean = cube.mean(cell, Measure::normalised_error).row(arm).transpose(),
               scatter = cube.standard_error(cell, Measure::normalised_error).row(arm).transpose(),
               theory = cube.mean(cell, Measure::theory).row(arm).transpose();
  std::vector<Column> columns = {{starred(input.study, cube.axes().arms[static_cast<std::size_t>(arm)]), {}}};
  for (Index k = 0; k < mean.size(); ++k)
    columns[0].values.push_back(with_standard_error(mean[k], scatter[k]) + fits_behind(cube, cell, arm, k));
  if (!theory.array().isFinite().any()) return columns;
  columns.push_back({"theory", {}});
  for (const double value : theory) columns[1].values.push_back(short_number(value));
  return columns;
}

std::size_t find_width(const std::vector<Column>& columns) {
  std::size_t width = 0;
  for (const Column& column : columns) {
    std::size_t widest = std::max<std::size_t>(display_width(column.header), 8);
    for (const std::string& value : column.values) widest = std::max(widest, display_width(value));
    width += 2 + widest;
  }
  return width;
}

std::string table(const std::vector<Column>& columns, const Cube& cube, Index cell) {
  const std::vector<Index>& sizes = cube.axes().sizes;
  std::vector<std::string> header = {"n"};
  for (const Column& column : columns) header.push_back(column.header);
  std::vector<std::vector<std::string>> rows;
  for (std::size_t k = 0; k < sizes.size(); ++k) {
    if (!is_shown(cube, cell, static_cast<Index>(k))) continue;
    rows.push_back({with_thousands(sizes[k])});
    for (const Column& column : columns) rows.back().push_back(column.values[k]);
  }
  return aligned_table(header, rows) + "\n";
}

/// The arms side by side, in several tables where they are too wide for one.
std::string cell_tables(const ReportInput& input, Index cell, std::size_t width) {
  const Cube& cube = input.result.cube;
  std::string out;
  std::vector<Column> pending;
  for (std::size_t arm = 0; arm < cube.axes().arms.size(); ++arm) {
    const std::vector<Column> columns = make_columns(input, cell, static_cast<Index>(arm));
    if (!pending.empty() && 10 + find_width(pending) + find_width(columns) > width) {
      out += table(pending, cube, cell);
      pending.clear();
    }
    pending.insert(pending.end(), columns.begin(), columns.end());
  }
  return out + table(pending, cube, cell);
}

/// One row a cell: the error at the largest size.
std::string sweep_table(const ReportInput& input) {
  const CubeAxes& axes = input.result.cube.axes();
  const Index largest = input.result.cube.largest_size();
  std::vector<std::string> header = {"cell"};
  for (const std::string& arm : axes.arms) header.push_back(starred(input.study, arm));
  std::vector<std::vector<std::string>> rows;
  for (const Cell& cell : input.study.cells) {
    rows.push_back({settings_text(cell.settings)});
    const Matrix error = input.result.cube.mean(cell.id, Measure::normalised_error),
                 scatter = input.result.cube.standard_error(cell.id, Measure::normalised_error);
    for (Index arm = 0; arm < error.rows(); ++arm)
      rows.back().push_back(with_standard_error(error(arm, largest), scatter(arm, largest)) +
                            fits_behind(input.result.cube, cell.id, arm, largest));
  }
  return fmt::format("At n = {}:\n", with_thousands(axes.sizes[static_cast<std::size_t>(largest)])) +
         aligned_table(header, rows) + "\n";
}

/// "100", or "100 to 2,000" where arms have replicates of their own, or are adaptive.
std::string replicates_text(const Study& study) {
  Index least = std::numeric_limits<Index>::max(), most = 0;
  const Cell first = study.cells.front();
  for (const ArmSpec& arm : first.arms) {
    const Index replicates = count_replicates(study, arm);
    least = std::min(least, replicates);
    most = std::max(most, replicates);
    if (study.adaptive && arm.replicates == 0) least = std::min(least, study.adaptive->least);
  }
  return with_thousands(least) + (least == most ? "" : " to " + with_thousands(most)) +
         (most == 1 ? " replicate" : " replicates");
}

std::string heading(const ReportInput& input) {
  return "Normalised error, mean over " + replicates_text(input.study) +
         " (1: no better than always giving the same answer; in\nbrackets its standard error, in units of the last digit)";
}

}  // namespace

bool is_shown(const Cube& cube, Index cell, Index size) {
  for (Index arm = 0; arm < std::ssize(cube.axes().arms); ++arm)
    if (!cube.leaves_out({cell, arm, size, 0})) return true;
  return false;
}

std::string error_tables(const ReportInput& input, const Console& console) {
  const Cube& cube = input.result.cube;
  std::string out = console.paint.bold(heading(input)) + "\n";
  if (cube.axes().cells > most_tables) return out + sweep_table(input);
  for (const Cell& cell : input.study.cells) {
    if (!cell.settings.empty()) out += settings_text(cell.settings) + "\n";
    out += cell_tables(input, cell.id, console.width);
  }
  return out;
}

}  // namespace quartic
