// How many replicates an adaptive study ran, and why no more.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "cli/report/report.hpp"
#include "cli/terminal/text.hpp"

namespace quartic {

namespace {

std::string describe_reason(Stop stop) {
  switch (stop) {
    case Stop::rules_hold:
      return "the rules of the study hold";
    case Stop::most_replicates:
      return "what is not sharp enough has the most replicates that the study allows";
    case Stop::budget:
      return "the budget pays for no further batch";
    case Stop::interrupted:
      break;
  }
  return "the run was interrupted";
}

std::string batches_text(const AdaptiveReport& report) {
  std::vector<Index> counts = report.allotment.counts();
  std::erase(counts, 0);  // further sizes that were not opened
  const auto [least, most] = std::minmax_element(counts.begin(), counts.end());
  const double flops = report.looks.empty() ? 0 : report.looks.back().flops;
  return fmt::format("Replicates: {} to {} a point, in {} {} ({:.3g} flops); no more because {}.",
                     with_thousands(*least), with_thousands(*most), report.looks.size(),
                     report.looks.size() == 1 ? "batch" : "batches", flops, describe_reason(report.stop));
}

std::string open_text(const AdaptiveReport& report) {
  if (report.looks.empty()) return "";
  const Look& last = report.looks.back();
  const Index missed = std::count_if(last.targets.begin(), last.targets.end(),
                                     [](const TargetLook& target) { return !target.reached; });
  std::string text;
  if (last.open > 0)
    text +=
        fmt::format(" {} points have a larger standard error than was asked for.", with_thousands(last.open));
  if (missed > 0)
    text += fmt::format(" In {} of {} cells the target's interval is wider than was asked for.",
                        with_thousands(missed), with_thousands(std::ssize(last.targets)));
  return text;
}

/// "Further sizes that were opened: n = 800 (2 of 3 cells); that were not: n = 1,600."
std::string opened_text(const ReportInput& input) {
  const Index cells = std::ssize(input.study.cells);
  std::map<Index, Index> times;
  for (const Index n : input.study.adaptive->sizes) times[n] = 0;
  for (Index cell = 0; cell < cells; ++cell)
    for (const Index n : opened_sizes(input.study, input.adaptive->allotment, cell)) ++times[n];
  std::string opened, others;
  for (const auto& [n, count] : times) {
    std::string& list = count > 0 ? opened : others;
    list += (list.empty() ? " n = " : ", n = ") + with_thousands(n);
    if (count > 0 && cells > 1) list += fmt::format(" ({} of {} cells)", count, cells);
  }
  if (times.empty()) return "";
  return " Further sizes that were opened:" + (opened.empty() ? " none" : opened) +
         (others.empty() ? "." : "; that were not:" + others + ".");
}

}  // namespace

std::string adaptive_text(const ReportInput& input, const Console& console) {
  if (!input.adaptive) return "";
  return wrapped(batches_text(*input.adaptive) + opened_text(input) + open_text(*input.adaptive),
                 console.width) +
         "\n\n";
}

}  // namespace quartic
