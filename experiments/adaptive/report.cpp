#include "experiments/adaptive/report.hpp"

#include <nlohmann/json.hpp>

#include "core/words.hpp"
#include "experiments/study/arm.hpp"

namespace quartic {

namespace {

using Json = nlohmann::ordered_json;

Json rule_json(const AdaptiveReplicates& rule) {
  Json target = nullptr;
  if (rule.target)
    target = {{"law", to_string(rule.target->law)},
              {"arm", rule.target->arm},
              {"half_width", rule.half_width},
              {"confidence", rule.target->confidence}};
  if (!rule.sizes.empty()) target["sizes"] = rule.sizes;
  return {{"least", rule.least},
          {"most", rule.most},
          {"log_error_se", rule.log_error_se > 0 ? Json(rule.log_error_se) : Json(nullptr)},
          {"target", target},
          {"budget", rule.budget}};
}

Json look_json(const Look& look) {
  Json targets = Json::array();
  for (const TargetLook& target : look.targets)
    targets.push_back({{"cell", target.cell},
                       {"estimate", target.value.estimate},
                       {"low", target.value.low},
                       {"high", target.value.high},
                       {"reached", target.reached}});
  return {{"fits", look.fits}, {"flops", look.flops}, {"open", look.open}, {"targets", targets}};
}

Json replicates_json(const Study& study, const Allotment& allotment) {
  Json list = Json::array();
  for (const Cell& cell : study.cells)
    for (Index arm = 0; arm < std::ssize(cell.arms); ++arm) {
      std::vector<Index> counts;
      for (Index size = 0; size < std::ssize(study.sizes); ++size)
        counts.push_back(allotment.at(cell.id, arm, size));
      list.push_back(
          {{"cell", cell.id}, {"arm", cell.arms[static_cast<std::size_t>(arm)].name}, {"by_size", counts}});
    }
  return list;
}

}  // namespace

std::vector<Index> opened_sizes(const Study& study, const Allotment& allotment, Index cell) {
  std::vector<Index> opened;
  const Cell first = study.cells.front();
  for (Index size = 0; size < std::ssize(study.sizes); ++size) {
    const Index n = study.sizes[static_cast<std::size_t>(size)];
    for (Index arm = 0; arm < std::ssize(first.arms); ++arm)
      if (is_further(study, n) && allotment.at(cell, arm, size) > 0) opened.push_back(n);
  }
  return opened;
}

std::string_view to_string(Stop stop) {
  static constexpr Words<Stop, 4> words = {{{Stop::rules_hold, "rules hold"},
                                            {Stop::most_replicates, "most replicates"},
                                            {Stop::budget, "budget"},
                                            {Stop::interrupted, "interrupted"}}};
  return word_for(words, stop);
}

std::string adaptive_json(const Study& study, const AdaptiveReport& report) {
  Json looks = Json::array();
  for (const Look& look : report.looks) looks.push_back(look_json(look));
  return Json{{"rule", rule_json(*study.adaptive)},
              {"stopped", to_string(report.stop)},
              {"looks", looks},
              {"replicates", replicates_json(study, report.allotment)}}
      .dump();
}

}  // namespace quartic
