#pragma once
/// What is measured of adaptive studies: how often their intervals hold the truth.
#include <fmt/format.h>
#include <gtest/gtest.h>

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

/// The share of final intervals of the target, over all cells of `studies` seeds, that hold the truth (one a
/// cell); and how often each number of looks was taken.
inline double coverage(Study study, const EngineOptions& options, Index studies,
                       const std::vector<double>& truths) {
  Index held = 0;
  std::map<std::size_t, Index> looks;
  std::vector<double> means(truths.size());
  for (Index seed = 1; seed <= studies; ++seed) {
    study.seed = static_cast<std::uint64_t>(seed);
    const AdaptiveReport report = run_quietly(study, options).report;
    EXPECT_EQ(report.stop, Stop::rules_hold);
    ++looks[report.looks.size()];
    for (const TargetLook& look : report.looks.back().targets) {
      const auto cell = static_cast<std::size_t>(look.cell);
      held += holds(look.value, truths.at(cell));
      means[cell] += look.value.estimate / static_cast<double>(studies);
    }
  }
  std::string text;
  for (std::size_t k = 0; k < truths.size(); ++k)
    text += fmt::format("; mean {:.4f}, truth {:.4f}", means[k], truths[k]);
  for (const auto& [count, times] : looks) text += fmt::format("; {} looks {} times", count, times);
  const Index all = studies * std::ssize(truths);
  const double share = static_cast<double>(held) / static_cast<double>(all);
  measured(fmt::format("{:.1f} % of {} intervals hold the truth{}", 100 * share, all, text));
  return share;
}

/// The study with at most 20,000 replicates, as many as this claim takes for so narrow an interval.
inline Study targeted(Study study, Claim target, double half_width) {
  study.adaptive = {.least = 50, .most = 20000, .target = std::move(target), .half_width = half_width};
  study.replicates = 20000;
  return study;
}

}  // namespace quartic::testing
