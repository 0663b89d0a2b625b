#pragma once
/// What is measured of adaptive studies: how often their intervals hold the truth.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <functional>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include "experiments/adaptive/adaptive.hpp"

namespace quartic::testing {

inline AdaptiveRun run_quietly(const Study& study, const EngineOptions& options) {
  Nowhere nowhere;
  return run_adaptively(study, options, nowhere);
}

inline void measured(const std::string& text) {
  std::cout << "[ measured ] " << text << std::endl;
}

inline bool holds(const Interval& interval, double truth) {
  return interval.low <= truth && truth <= interval.high;
}

/// What 95 % intervals, and error bars, are to hold.
inline void expect_honest(double share) {
  EXPECT_GE(share, 0.93);
  EXPECT_LE(share, 0.97);
}

/// What the target truly is in a cell, after the run that ended so.
using Truth = std::function<double(const Study&, const AdaptiveReport&, Index cell)>;

/// The share of final intervals of the target, over all cells of `studies` seeds, that hold the truth; and how
/// often each number of looks was taken.
inline double coverage(Study study, const EngineOptions& options, Index studies, const Truth& truth) {
  Index held = 0, all = 0;
  double deviations = 0;
  std::map<std::size_t, Index> looks;
  for (Index seed = 1; seed <= studies; ++seed) {
    study.seed = static_cast<std::uint64_t>(seed);
    const AdaptiveReport report = run_quietly(study, options).report;
    EXPECT_EQ(report.stop, Stop::rules_hold);
    ++looks[report.looks.size()];
    for (const TargetLook& look : report.looks.back().targets) {
      const double value = truth(study, report, look.cell);
      held += holds(look.value, value), ++all;
      deviations += look.value.estimate - value;
    }
  }
  const double share = static_cast<double>(held) / static_cast<double>(all);
  std::string text =
      fmt::format("{:.1f} % of {} intervals hold the truth, from which estimates differ by {:.4f} on average",
                  100 * share, all, deviations / static_cast<double>(all));
  for (const auto& [count, times] : looks) text += fmt::format("; {} looks {} times", count, times);
  measured(text);
  return share;
}

/// Where it does not depend on the run: one a cell.
inline double coverage(const Study& study, const EngineOptions& options, Index studies,
                       const std::vector<double>& truths) {
  return coverage(study, options, studies, [&](const Study&, const AdaptiveReport&, Index cell) {
    return truths.at(static_cast<std::size_t>(cell));
  });
}

/// The study with at most 20,000 replicates, as many as this claim takes for so narrow an interval.
inline Study targeted(Study study, Claim target, double half_width) {
  study.adaptive = {.least = 50, .most = 20000, .targets = {{std::move(target), half_width}}};
  study.replicates = 20000;
  return study;
}

}  // namespace quartic::testing
