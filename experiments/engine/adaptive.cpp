#include "experiments/engine/adaptive.hpp"

#include <algorithm>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>

#include "core/require.hpp"
#include "core/words.hpp"
#include "experiments/engine/adaptive_batch.hpp"
#include "experiments/findings/findings.hpp"

namespace quartic {

namespace {

using detail::Batch;
using Json = nlohmann::ordered_json;

/// Keeps what finished for the length of a run.
class MemoryArchive final : public RecordArchive {
 public:
  void finished(const Study&, const Cell& cell, const Take& take) override {
    const std::scoped_lock lock(mutex_);
    for (Record record : records_[cell.id]) take(record);
  }
  void keep(const Study&, const Cell& cell, std::span<const Record> records) override {
    const std::scoped_lock lock(mutex_);
    std::vector<Record>& kept = records_[cell.id];
    kept.insert(kept.end(), records.begin(), records.end());
  }

 private:
  std::mutex mutex_;
  std::map<Index, std::vector<Record>> records_;
};

/// Batches leave their records in the archive.
struct Nowhere final : RecordSink {
  void write(std::span<const Record>) override {}
};

Allotment first_allotment(const Study& study) {
  const Cell first = study.cells.front();
  Allotment allotment(std::ssize(study.cells), std::ssize(first.arms), std::ssize(study.sizes));
  for (const Cell& cell : study.cells)
    for (Index arm = 0; arm < std::ssize(cell.arms); ++arm)
      for (Index size = 0; size < std::ssize(study.sizes); ++size) {
        const Index own = cell.arms[static_cast<std::size_t>(arm)].replicates;
        allotment.at(cell.id, arm, size) = own > 0 ? own : study.adaptive->least;
      }
  return allotment;
}

void require_adaptive(const Study& study, const EngineOptions& options) {
  require(study.adaptive.has_value(),
          "the study has no adaptive replicates (it says how many by a number). Call run.");
  require(
      options.shard.count == 1,
      "adaptive replicates cannot be divided into shards (each decision needs all records so far). Run the "
      "study whole, or give replicates as a number.");
}

/// The batches, one after another.
class Loop {
 public:
  Loop(const Study& study, const EngineOptions& options)
      : study_(study), options_(options), allotment_(first_allotment(study)) {
    if (!options_.archive) options_.archive = &own_;
    options_.allotment = &allotment_;
  }

  AdaptiveRun run(RecordSink& sink) {
    AdaptiveRun done;
    while (!run_batch(done)) continue;
    finish(done, sink);
    return done;
  }

 private:
  // True where it was the last.
  bool run_batch(AdaptiveRun& done) {
    Nowhere nowhere;
    const RunResult result = quartic::run(study_, options_, nowhere);
    wall_seconds_ += result.wall_seconds, cpu_seconds_ += result.cpu_seconds;
    done.report.stop = Stop::interrupted;
    if (result.interrupted) return true;
    const Batch next = detail::next_batch({study_, result.cube, allotment_});
    done.report.looks.push_back(next.look);
    done.report.stop = next.stop;
    if (next.raises.empty() || cut_) return true;
    for (const detail::Raise& raise : next.raises)
      allotment_.at(raise.cell, raise.arm, raise.size) = raise.to;
    cut_ = next.stop == Stop::budget;
    return false;
  }

  void finish(AdaptiveRun& done, RecordSink& sink) {
    options_.progress = {};
    done.result = quartic::run(study_, options_, sink);
    done.result.wall_seconds += wall_seconds_;
    done.result.cpu_seconds += cpu_seconds_;
    done.report.allotment = allotment_;
  }

  const Study& study_;
  EngineOptions options_;
  MemoryArchive own_;
  Allotment allotment_;
  bool cut_ = false;  // the budget pays for no full batch any more
  double wall_seconds_ = 0, cpu_seconds_ = 0;
};

Json rule_json(const AdaptiveReplicates& rule) {
  Json target = nullptr;
  if (rule.target)
    target = {{"law", to_string(rule.target->law)},
              {"arm", rule.target->arm},
              {"half_width", rule.half_width},
              {"confidence", rule.target->confidence}};
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

std::string_view to_string(Stop stop) {
  static constexpr Words<Stop, 4> words = {{{Stop::rules_hold, "rules hold"},
                                            {Stop::most_replicates, "most replicates"},
                                            {Stop::budget, "budget"},
                                            {Stop::interrupted, "interrupted"}}};
  return word_for(words, stop);
}

AdaptiveRun run_adaptively(const Study& study, const EngineOptions& options, RecordSink& sink) {
  require_adaptive(study, options);
  return Loop(study, options).run(sink);
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
