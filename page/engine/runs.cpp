#include <chrono>

#include "core/require.hpp"
#include "experiments/adaptive/adaptive.hpp"
#include "experiments/engine/engine.hpp"
#include "experiments/findings/judged.hpp"
#include "experiments/findings/summary.hpp"
#include "experiments/results/memory_archive.hpp"
#include "experiments/study/arm.hpp"
#include "laws/statistics/special.hpp"
#include "page/engine/questions.hpp"
#include "page/engine/record_bytes.hpp"

namespace quartic::page {

namespace {

/// Sends what it is given; an adaptive study asks for it again.
class Sending final : public RecordArchive {
 public:
  explicit Sending(const Listener& listener) : listener_(listener) {}
  void for_each_finished(const Study& study, const Cell& cell, const Take& take) override {
    kept_.for_each_finished(study, cell, take);
  }
  void keep(const Study& study, const Cell& cell, std::span<const Record> records) override {
    if (study.adaptive) kept_.keep(study, cell, records);
    listener_.records(bytes_of(records));
  }

 private:
  const Listener& listener_;
  MemoryArchive kept_;
};

/// Tells progress ten times a second.
std::function<void(const Progress&)> tell_progress(const Listener& listener) {
  using Clock = std::chrono::steady_clock;
  static constexpr std::chrono::milliseconds pause{100};
  return [&listener, last = Clock::time_point{}](const Progress& now) mutable {
    if (Clock::now() - last < pause && now.done < now.total) return;
    last = Clock::now();
    const Json json{{"done", now.done}, {"total", now.total}, {"share", now.share}};
    listener.progress(json.dump());
  };
}

struct Collected {
  RunResult result;
  std::string adaptive;  ///< JSON of its decisions, or ""
};

Collected collect_run(const Study& study, std::span<const std::string_view> bytes, RecordSink& sink) {
  SentRecords sent(bytes);
  if (!study.adaptive) return {collect(study, sent, sink), ""};
  AdaptiveRun ran = collect_adaptively(study, sent, sink);
  return {std::move(ran.result), adaptive_json(study, ran.report)};
}

/// Findings with the arms that stand beside theirs, in the order of claims within cells.
Json findings_of(const Study& study, Json judged) {
  Json findings = judged.value("findings", Json::array());
  for (Json& finding : findings) {
    finding["with"] = Json::array();
    for (const Claim& claim : study.claims)
      if (claim.says == finding["says"] && claim.arm == finding["arm"] &&
          to_string(claim.law) == finding["law"])
        finding["with"] = claim.with;
  }
  return findings;
}

Json row_json(const SummaryRow& row) {
  const double reach =
      row.replicates > 1 ? student_t_quantile(0.975, row.replicates - 1) * row.mean_error_se : nan;
  return {{"cell", row.cell},
          {"arm", row.arm},
          {"n", row.n},
          {"replicates", row.replicates},
          {"mean", row.mean_error},
          {"low", row.mean_error - reach},
          {"high", row.mean_error + reach},
          {"se", row.mean_error_se},
          {"geometric_mean", row.geometric_mean_error},
          {"theory", row.theory_error},
          {"fit_flops", row.fit_flops},
          {"tuning_flops", row.tuning_flops},
          {"failed", row.failed},
          {"unconverged", row.unconverged},
          {"marks", row.marks}};
}

/// The text of records.csv.
class RecordsText final : public RecordSink {
 public:
  explicit RecordsText(const Study& study)
      : settings_(study.cells), text_(records_header(settings_) + "\n") {}
  void write(std::span<const Record> records) override { text_ += records_csv(records, settings_); }
  const std::string& text() const { return text_; }

 private:
  SettingColumns settings_;
  std::string text_;
};

}  // namespace

Answer run_shard(const Question& question) {
  const Study study = read_study(question.asked);
  const Json& shard = question.asked.at("shard");
  Sending archive(question.listener);
  Nowhere sink;
  const EngineOptions options{.threads = 1,
                              .progress = tell_progress(question.listener),
                              .archive = &archive,
                              .shard = {shard.at("index").get<Index>(), shard.at("count").get<Index>()}};
  const RunResult result =
      study.adaptive ? run_adaptively(study, options, sink).result : run(study, options, sink);
  return told({{"failed", result.failed}, {"threads", result.threads}, {"seconds", result.wall_seconds}});
}

Answer judge(const Question& question) {
  const Study study = read_study(question.asked);
  Nowhere sink;
  const Collected run = collect_run(study, question.bytes, sink);
  Json rows = Json::array();
  for (Index cell = 0; cell < run.result.cube.axes().cells; ++cell)
    for (const SummaryRow& row : summarise(study, run.result.cube, cell)) rows.push_back(row_json(row));
  Json json{{"complete", !run.result.interrupted}, {"failed", run.result.failed}, {"rows", std::move(rows)}};
  const bool rows_only = question.asked.value("rows_only", false);
  Json judged = rows_only ? Json::object() : Json::parse(judge(study, run.result.cube, run.adaptive).json);
  json["findings"] = findings_of(study, judged);
  for (const char* beside : {"causes", "remedies"}) json[beside] = judged.value(beside, Json(nullptr));
  return told(std::move(json));
}

Answer export_run(const Question& question) {
  const Study study = read_study(question.asked);
  const std::string what = question.asked.at("what").get<std::string>();
  RecordsText records(study);
  const Collected run = collect_run(study, question.bytes, records);
  if (what == "records") return told({{"text", records.text()}});
  if (what == "findings") return told({{"text", judge(study, run.result.cube, run.adaptive).json}});
  require(what == "summary", "\"" + what + "\" cannot be exported. Ask for records, summary or findings.");
  std::string text;
  write_summary_csv(study, run.result.cube, [&](std::string_view lines) { text += lines; });
  return told({{"text", std::move(text)}});
}

}  // namespace quartic::page
