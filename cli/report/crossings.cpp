#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "cli/report/report.hpp"
#include "cli/terminal/text.hpp"
#include "experiments/study/arm.hpp"

namespace quartic {

namespace {

/// Mean errors of one cell: arms x the sizes that all arms run.
struct Curves {
  const std::vector<std::string>& arms;
  std::vector<Index> sizes;
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
    const double from = std::log(static_cast<double>(curves.sizes[static_cast<std::size_t>(k - 1)]));
    const double to = std::log(static_cast<double>(curves.sizes[static_cast<std::size_t>(k)]));
    crossing = std::exp(from + share * (to - from));
  }
  const bool turned = first && first->log_ratio > 0 && last->log_ratio < 0;
  return turned ? crossing : std::nullopt;
}

/// Whether a finding tells where these two curves meet.
bool is_told(const ReportInput& input, const Cell& cell, const std::string& one, const std::string& other) {
  return std::any_of(input.findings.begin(), input.findings.end(), [&](const Finding& finding) {
    const Claim& claim = finding.claim;
    return finding.cell == cell.id && claim.law == LawKind::crossing && claim.against_n == 0 &&
           ((claim.arm == one && claim.against_arm == other) ||
            (claim.arm == other && claim.against_arm == one));
  });
}

std::string cell_crossings(const ReportInput& input, const Cell& cell, const Curves& curves) {
  const auto& arms = curves.arms;
  std::string out;
  for (std::size_t behind = 0; behind < arms.size(); ++behind)
    for (std::size_t ahead = 0; ahead < arms.size(); ++ahead) {
      if (behind == ahead || is_told(input, cell, arms[behind], arms[ahead])) continue;
      const auto n = overtaking(curves, {static_cast<Index>(behind), static_cast<Index>(ahead)});
      if (n)
        out += fmt::format("  {} overtakes {} at about {} {}\n", starred(input.study, arms[behind]),
                           starred(input.study, arms[ahead]), short_number(*n), input.study.observations);
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
    std::vector<Index> places;
    const std::vector<Index> sizes = given_sizes(input.study);
    for (const Index n : sizes) places.push_back(cube.size(n));
    const Curves curves{cube.axes().arms, sizes,
                        cube.mean(cell.id, Measure::normalised_error)(Eigen::all, places),
                        cube.standard_error(cell.id, Measure::normalised_error)(Eigen::all, places)};
    const std::string text = cell_crossings(input, cell, curves);
    if (text.empty()) continue;
    for (const auto& [key, value] : cell.settings) out += "  " + key + " = " + value + "\n";
    out += text;
  }
  if (out.empty()) return "";
  return console.paint.bold("Crossings of the mean errors, read between the sizes") + "\n" + out +
         wrapped(
             "Between two sizes the curves are taken as straight on logarithmic axes. Listed are pairs whose "
             "order is clear, by two standard errors, before and after; a crossing that is claimed stands "
             "under the findings alone, where fitted laws meet.",
             console.width) +
         "\n\n";
}

}  // namespace quartic
