#include <fmt/format.h>

#include <cmath>
#include <optional>

#include "cli/report/report.hpp"
#include "cli/terminal/text.hpp"

namespace quartic {

namespace {

/// Mean errors of one cell: arms x sizes.
struct Curves {
  const CubeAxes& axes;
  Matrix error, error_se;
};

struct Pair {
  Index behind = 0, ahead = 0;  // arms, at the smallest size
};

/// log(error of one arm / error of another), and whether it is more than two standard errors from 0.
struct Gap {
  double log_ratio = 0;
  bool clear = false;
};

Gap gap_at(const Curves& curves, const Pair& pair, Index size) {
  const double behind = curves.error(pair.behind, size), ahead = curves.error(pair.ahead, size);
  const double spread = std::hypot(curves.error_se(pair.behind, size), curves.error_se(pair.ahead, size));
  return {std::log(behind / ahead), std::abs(behind - ahead) > 2 * spread};
}

/// The n where an arm that is behind gets ahead for good: from the first to the last size at which the two
/// arms differ clearly the order turns round, and between the sizes the curves are straight on log-log axes.
/// Nothing where it does not.
std::optional<double> overtaking(const Curves& curves, const Pair& pair) {
  std::optional<Gap> first, last;
  std::optional<double> crossing;
  for (Index k = 0; k < curves.error.cols(); ++k) {
    const Gap gap = gap_at(curves, pair, k);
    if (!std::isfinite(gap.log_ratio)) continue;
    if (gap.clear && !first) first = gap;
    if (gap.clear) last = gap;
    if (k == 0) continue;
    const Gap before = gap_at(curves, pair, k - 1);
    if (!(before.log_ratio > 0 && gap.log_ratio <= 0)) continue;
    const double share = before.log_ratio / (before.log_ratio - gap.log_ratio);
    const double from = std::log(static_cast<double>(curves.axes.sizes[static_cast<std::size_t>(k - 1)]));
    const double to = std::log(static_cast<double>(curves.axes.sizes[static_cast<std::size_t>(k)]));
    crossing = std::exp(from + share * (to - from));
  }
  const bool turned = first && first->log_ratio > 0 && last->log_ratio < 0;
  return turned ? crossing : std::nullopt;
}

std::string cell_crossings(const Curves& curves) {
  const auto& arms = curves.axes.arms;
  std::string out;
  for (std::size_t behind = 0; behind < arms.size(); ++behind)
    for (std::size_t ahead = 0; ahead < arms.size(); ++ahead) {
      if (behind == ahead) continue;
      const auto n = overtaking(curves, {static_cast<Index>(behind), static_cast<Index>(ahead)});
      if (n)
        out += fmt::format("  {} overtakes {} at about {} observations\n", arms[behind], arms[ahead],
                           short_number(*n));
    }
  return out;
}

}  // namespace

std::string crossings_text(const ReportInput& input, const Console& console) {
  constexpr std::size_t most_cells = 4;
  if (input.study.cells.size() > most_cells) return "";
  std::string out;
  for (const Cell& cell : input.study.cells) {
    const Cube& cube = input.result.cube;
    const Curves curves{cube.axes(), cube.mean(cell.id, Measure::normalised_error),
                        cube.standard_error(cell.id, Measure::normalised_error)};
    const std::string text = cell_crossings(curves);
    if (text.empty()) continue;
    for (const auto& [key, value] : cell.settings) out += "  " + key + " = " + value + "\n";
    out += text;
  }
  return out.empty()
             ? ""
             : console.paint.bold("Crossings of the mean errors, read between the sizes") + "\n" + out + "\n";
}

}  // namespace quartic
