// How many replicates an adaptive study ran, and why no more.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "cli/report/report.hpp"
#include "cli/terminal/text.hpp"
#include "experiments/study/arm.hpp"

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
  const auto count = [&](auto holds) {
    return std::count_if(last.targets.begin(), last.targets.end(), holds);
  };
  const Index missed = count([](const TargetLook& look) { return !look.reached && !look.outside; });
  const Index outside = count([](const TargetLook& look) { return look.outside; });
  const Index never =
      count([](const TargetLook& look) { return look.reached && std::isinf(look.value.estimate); });
  std::string text;
  if (last.open > 0)
    text +=
        fmt::format(" {} points have a larger standard error than was asked for.", with_thousands(last.open));
  const auto tell = [&](Index number, const char* what) {
    if (number > 0)
      text += fmt::format(" {} of {} targets: {}.", with_thousands(number),
                          with_thousands(std::ssize(last.targets)), what);
  };
  tell(missed, "the interval is wider than was asked for");
  tell(never, "the answer is \"never\", and nothing more was spent");
  tell(outside, "no crossing lies between the sizes that they may open");
  return text;
}

/// In how many cells each further size was opened.
std::map<Index, Index> count_openings(const ReportInput& input) {
  std::map<Index, Index> times;
  for (const Index n : further_sizes(input.study)) times[n] = 0;
  for (Index cell = 0; cell < std::ssize(input.study.cells); ++cell)
    for (const Index n : opened_sizes(input.study, input.adaptive->allotment, cell)) ++times[n];
  return times;
}

/// " Of 61 further sizes 4 to 13 were opened in a cell, 48 in some cell.", where they are too many for a list.
std::string summed_text(const ReportInput& input, const std::map<Index, Index>& times) {
  std::vector<std::size_t> counts;
  for (Index cell = 0; cell < std::ssize(input.study.cells); ++cell)
    counts.push_back(opened_sizes(input.study, input.adaptive->allotment, cell).size());
  const auto [least, most] = std::minmax_element(counts.begin(), counts.end());
  const auto somewhere =
      std::count_if(times.begin(), times.end(), [](const auto& one) { return one.second > 0; });
  return fmt::format(" Of {} further sizes {} to {} were opened in a cell, {} in some cell.", times.size(),
                     *least, *most, somewhere);
}

/// "Further sizes that were opened: n = 800 (2 of 3 cells); that were not: n = 1,600."
std::string opened_text(const ReportInput& input) {
  constexpr std::size_t most_listed = 12;
  const Index cells = std::ssize(input.study.cells);
  const std::map<Index, Index> times = count_openings(input);
  if (times.empty()) return "";
  if (times.size() > most_listed) return summed_text(input, times);
  std::string opened, others;
  for (const auto& [n, count] : times) {
    std::string& list = count > 0 ? opened : others;
    list += (list.empty() ? " n = " : ", n = ") + with_thousands(n);
    if (count > 0 && cells > 1) list += fmt::format(" ({} of {} cells)", count, cells);
  }
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
