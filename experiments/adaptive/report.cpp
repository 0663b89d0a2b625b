#include "experiments/adaptive/report.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/words.hpp"
#include "experiments/study/arm.hpp"

namespace quartic {

namespace {

using Json = nlohmann::ordered_json;

Json target_json(const AdaptiveTarget& target) {
  Json json{{"law", to_string(target.law.law)}, {"arm", target.law.arm}};
  if (!target.law.against_arm.empty()) json["against"] = {{"arm", target.law.against_arm}};
  json["half_width"] = target.half_width;
  json["confidence"] = target.law.confidence;
  if (!target.sizes.empty()) json["sizes"] = target.sizes;
  return json;
}

/// As in the study: null, a table, or a list of them.
Json targets_json(const std::vector<AdaptiveTarget>& targets) {
  if (targets.size() == 1) return target_json(targets.front());
  Json list = nullptr;
  for (const AdaptiveTarget& target : targets) list.push_back(target_json(target));
  return list;
}

Json rule_json(const AdaptiveReplicates& rule) {
  return {{"least", rule.least},
          {"most", rule.most},
          {"log_error_se", rule.log_error_se > 0 ? Json(rule.log_error_se) : Json(nullptr)},
          {"target", targets_json(rule.targets)},
          {"budget", rule.budget}};
}

Json look_json(const Look& look) {
  Json targets = Json::array();
  for (const TargetLook& target : look.targets)
    targets.push_back({{"target", target.target},
                       {"cell", target.cell},
                       {"estimate", target.value.estimate},
                       {"low", target.value.low},
                       {"high", target.value.high},
                       {"reached", target.reached},
                       {"outside", target.outside}});
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
  std::vector<Index> opened = further_sizes(study);
  const Index arms = std::ssize(study.cells.front().arms);
  std::erase_if(opened, [&](Index n) {
    const Index size = std::lower_bound(study.sizes.begin(), study.sizes.end(), n) - study.sizes.begin();
    for (Index arm = 0; arm < arms; ++arm)
      if (allotment.at(cell, arm, size) > 0) return false;
    return true;
  });
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
