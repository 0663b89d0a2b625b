#include "experiments/engine/engine.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "tests/experiments/engine/doubles.hpp"
#include "tests/support/thrown_message.hpp"

namespace quartic::engine_test {
namespace {

using doubles::KeepAll;
using doubles::plain_study;
using doubles::run_study;
using support::thrown_message;

std::string lines(const std::vector<Record>& records) {
  return records_csv(records);
}

std::vector<Record> only(std::vector<Record> records, const std::function<bool(const Record&)>& wanted) {
  std::erase_if(records, [&](const Record& record) { return !wanted(record); });
  return records;
}

const Record& record_of(const std::vector<Record>& records, const std::string& arm, Index n,
                        Index replicate) {
  const auto found = std::find_if(records.begin(), records.end(), [&](const Record& record) {
    return record.arm == arm && record.n == n && record.replicate == replicate;
  });
  if (found == records.end()) throw std::logic_error("no such record");
  return *found;
}

TEST(Engine, RecordsEveryFitInStudyOrder) {
  const auto [records, result] = run_study(plain_study());
  ASSERT_EQ(records.size(), 2u * 4u * 4u);
  std::size_t i = 0;
  for (const char* arm : {"expert", "flexible"})
    for (Index n : {5, 10, 20, 40})
      for (Index replicate = 0; replicate < 4; ++replicate, ++i) {
        EXPECT_EQ(records[i].arm, arm);
        EXPECT_EQ(records[i].n, n);
        EXPECT_EQ(records[i].replicate, replicate);
        EXPECT_EQ(records[i].report.status, FitStatus::converged);
        EXPECT_GT(records[i].excess_risk, 0);
        EXPECT_EQ(records[i].normalised_error, records[i].excess_risk / 3);
        EXPECT_EQ(records[i].error_se, 0);
        EXPECT_GT(records[i].inference_flops, 0);
      }
  EXPECT_EQ(result.failed, 0);
  EXPECT_FALSE(result.interrupted);
  EXPECT_EQ(result.cube.at({0, 1, 2, 3}, Measure::excess_risk),
            record_of(records, "flexible", 20, 3).excess_risk);
}

TEST(Engine, FitsWhatABareFitOnTheSameRowsWouldFit) {
  const auto [records, result] = run_study(plain_study());
  const Stream replicate = Stream(7).child("plain").child(std::uint64_t{2});
  const doubles::ExactTable table{{20, 3, 1}};
  const Data data(table.x({0, 10}, {0, 20}, replicate.child("train")),
                  table.y({0, 10}, replicate.child("train")));
  const Fit fit = doubles::Marginal{.jitter = 0.1}.fit(
      data, replicate.child("arm").child("flexible").child("fit").child(std::uint64_t{10}));
  EXPECT_EQ(record_of(records, "flexible", 10, 2).excess_risk, table.excess_risk(*fit.predict.linear()));
  EXPECT_EQ(record_of(records, "flexible", 10, 2).inference_flops, fit.predict.score_flops());
  EXPECT_EQ(record_of(records, "flexible", 10, 2).report.cost.pretraining_flops, 0);
}

TEST(Engine, GivesTheSameBitsForAnyNumberOfThreads) {
  Study study = plain_study();
  study.replicates = 40;
  const std::string one = lines(run_study(study, {.threads = 1}).records);
  for (int threads : {2, 3, 8})
    EXPECT_EQ(lines(run_study(study, {.threads = threads}).records), one) << threads;
}

TEST(Engine, SharesWhatModelsNeedBetweenThreadsToTheSameBits) {
  Study study = plain_study();
  study.sizes = {10, 30, 60};
  study.replicates = 3;
  study.catalogues = built_in_catalogues();
  Cell cell = study.cells[0];
  cell.world = {"sparse_linear", {{"candidates", Index{40}}, {"relevant", Index{3}}}};
  cell.arms = {{.name = "expert", .model = {"least_squares", {}}, .expert = Expert{2, 1, Forgets::at_random}},
               {.name = "flexible", .model = {"least_squares", {}}, .expert = {}},
               {.name = "shrunk", .model = {"ridge", {}}, .expert = {}},
               {.name = "sparse", .model = {"lasso", {}}, .expert = {}}};
  study.cells = {cell};
  const auto records = [&](int threads) {
    KeepAll sink;
    run(study, {.threads = threads}, sink);
    return lines(sink.records);
  };
  EXPECT_EQ(records(4), records(1));
}

TEST(Engine, KeepsOldRowsWhenSizesArmsAndReplicatesAreAdded) {
  const Study study = plain_study();
  Study larger = study;
  larger.sizes = {5, 7, 10, 20, 30, 40, 55};
  larger.replicates = 6;
  Cell more = larger.cells[0];
  more.arms.insert(more.arms.begin(),
                   {.name = "new", .model = {"marginal", {{"shrink", 0.5}}}, .expert = {}});
  larger.cells = {more};
  const auto old = [](const Record& r) {
    return r.arm != "new" && r.replicate < 4 && (r.n == 5 || r.n == 10 || r.n == 20 || r.n == 40);
  };
  EXPECT_EQ(lines(only(run_study(larger).records, old)), lines(run_study(study).records));
}

TEST(Engine, GivesAnArmAloneWhatItGetsAmongOthers) {
  Study alone = plain_study();
  edit(alone.cells)->arms.pop_back();  // only the expert: the other columns are never drawn
  const auto expert = [](const Record& record) { return record.arm == "expert"; };
  EXPECT_EQ(lines(run_study(alone).records), lines(only(run_study(plain_study()).records, expert)));
}

TEST(Engine, CellsShareTheirRandomNumbers) {
  Study study = plain_study();
  study.cells = {study.cells[0], study.cells[0]};
  edit(study.cells, 1)->id = 1;
  const auto [records, result] = run_study(study, {.threads = 2});
  ASSERT_EQ(records.size(), 64u);
  for (std::size_t i = 0; i < 32; ++i) {
    EXPECT_EQ(records[i].cell, 0);
    EXPECT_EQ(records[i + 32].cell, 1);
    EXPECT_EQ(records[i].excess_risk, records[i + 32].excess_risk);
  }
}

TEST(Engine, RunsAnArmForItsOwnNumberOfReplicates) {
  Study study = plain_study();
  edit(study.cells)->arms[0].replicates = 9;
  edit(study.cells)->arms[1].replicates = 2;
  const auto [records, result] = run_study(study);
  const auto count = [&all = records](const std::string& arm) {
    return std::count_if(all.begin(), all.end(), [&](const Record& r) { return r.arm == arm; });
  };
  EXPECT_EQ(count("expert"), 9 * 4);
  EXPECT_EQ(count("flexible"), 2 * 4);
  const auto old = [](const Record& r) { return r.arm == "expert" && r.replicate < 4; };
  EXPECT_EQ(lines(only(records, old)), lines(only(run_study(plain_study()).records, old)));
}

TEST(Engine, AnExceptionFailsItsOwnRecordOnly) {
  Study study = plain_study();
  edit(study.cells)->arms[1].model.options["fails_at"] = Index{20};
  const auto [records, result] = run_study(study, {.threads = 2});
  EXPECT_EQ(result.failed, 4);
  const Record& failed = record_of(records, "flexible", 20, 1);
  EXPECT_EQ(failed.report.status, FitStatus::failed);
  EXPECT_TRUE(std::isnan(failed.excess_risk));
  for (const char* part : {"\"fails\"", "cell 0", "arm flexible", "n 20", "replicate 1"})
    EXPECT_NE(failed.report.message.find(part), std::string::npos) << failed.report.message;
  const auto others = [](const Record& r) { return r.arm != "flexible" || r.n != 20; };
  EXPECT_EQ(lines(only(records, others)), lines(only(run_study(plain_study()).records, others)));
}

TEST(Engine, AFitThatCallsItselfFailedHasNoError) {
  Study study = plain_study();
  edit(study.cells)->arms[1].model.options["breaks_at"] = Index{20};
  const auto [records, result] = run_study(study);
  EXPECT_EQ(result.failed, 4);
  const Record& failed = record_of(records, "flexible", 20, 1);
  EXPECT_EQ(failed.report.status, FitStatus::failed);
  EXPECT_TRUE(std::isnan(failed.excess_risk));
  EXPECT_TRUE(std::isnan(failed.normalised_error));
  EXPECT_EQ(result.cube.count(0, Measure::normalised_error)(1, 2), 0);
  EXPECT_TRUE(std::isfinite(record_of(records, "flexible", 40, 1).normalised_error));
}

TEST(Engine, MemoryThatRunsOutFailsItsOwnRecordOnly) {
  Study study = plain_study();
  edit(study.cells)->arms[0].model.options["starves_at"] = Index{40};
  const auto [records, result] = run_study(study);
  EXPECT_EQ(result.failed, 4);
  EXPECT_EQ(record_of(records, "expert", 40, 0).report.message.substr(0, 13), "out of memory");
  EXPECT_EQ(record_of(records, "expert", 20, 0).report.status, FitStatus::converged);
}

TEST(Engine, EvaluatesFormulasOverSizeColumnsAndFacts) {
  Study study = plain_study();
  edit(study.cells)->arms[1].model.options["shrink"] = "n/(n + noise*candidates)";
  Study plain = plain_study();
  const auto with_formula = run_study(study).records;
  for (Index n : {5, 40}) {
    edit(plain.cells)->arms[1].model.options["shrink"] =
        static_cast<double>(n) / (static_cast<double>(n) + 20);
    EXPECT_EQ(record_of(with_formula, "flexible", n, 3).excess_risk,
              record_of(run_study(plain).records, "flexible", n, 3).excess_risk);
  }
}

TEST(Engine, GivesEachSizeItsOwnWorldWhereTheWorldDependsOnTheSize) {
  Study study = plain_study();
  edit(study.cells)->world.options["candidates"] = "2*n";
  const auto records = run_study(study, {.threads = 2}).records;
  Study at_ten = plain_study();
  edit(at_ten.cells)->world.options["candidates"] = Index{20};
  EXPECT_EQ(record_of(records, "flexible", 10, 1).excess_risk,
            record_of(run_study(at_ten).records, "flexible", 10, 1).excess_risk);
  EXPECT_EQ(record_of(records, "flexible", 40, 1).report.parameters, 80);
  EXPECT_EQ(record_of(records, "flexible", 5, 1).report.parameters, 10);
}

TEST(Engine, HoldsRowsAsFloatWhereTheStudyAsksForIt) {
  Study study = plain_study();
  study.storage = Storage::floats;
  const auto floats = run_study(study).records, exact = run_study(plain_study()).records;
  for (std::size_t i = 0; i < exact.size(); ++i) {
    EXPECT_NE(floats[i].excess_risk, exact[i].excess_risk);
    EXPECT_NEAR(floats[i].excess_risk, exact[i].excess_risk, 1e-5 * exact[i].excess_risk);
  }
}

TEST(Engine, PicksThePenaltyByTrueRiskWhereTheOracleSelects) {
  Study study = plain_study();
  edit(study.cells)->arms[1] = {
      .name = "flexible", .model = {"marginal", {}}, .expert = {}, .select_oracle = true};
  const auto best = run_study(study).records;
  double smallest_ratio = 2;
  for (double shrink : {0.25, 0.5, 1.0}) {
    Study one = study;
    edit(one.cells)->arms[1].select_oracle = false;
    edit(one.cells)->arms[1].model.options["shrink"] = shrink;
    const auto records = run_study(one).records;
    const double ratio =
        record_of(best, "flexible", 10, 0).excess_risk / record_of(records, "flexible", 10, 0).excess_risk;
    EXPECT_LE(ratio, 1);
    smallest_ratio = std::min(smallest_ratio, 2 - ratio);
  }
  EXPECT_EQ(smallest_ratio, 1);
}

/// All fits of its path but the first diverged.
struct Diverging : doubles::Marginal {
  std::vector<Fit> fit_path(const Data& data, Stream stream) const {
    std::vector<Fit> path = Marginal::fit_path(data, std::move(stream));
    for (std::size_t k = 1; k < path.size(); ++k) path[k].report.status = FitStatus::diverged;
    return path;
  }
};

TEST(Engine, PicksNoFitThatDivergedWhereTheOracleSelects) {
  Study study = plain_study();
  CatalogueEntry<Model> entry = study.catalogues.model("marginal");
  entry.name = "diverging";
  entry.make = [](const OptionValues&) { return Model(Diverging{}); };
  study.catalogues = study.catalogues.with(entry);
  edit(study.cells)->arms[1] = {
      .name = "flexible", .model = {"diverging", {}}, .expert = {}, .select_oracle = true};
  EXPECT_EQ(run_study(study).result.cube.count(FitStatus::diverged), 0);
}

TEST(Engine, EstimatesTheRiskOnFreshRowsWhereNoFormulaHoldsIt) {
  Study study = plain_study();
  edit(study.cells)->world.options["exact"] = false;
  const auto sampled = run_study(study, {.threads = 2}).records, exact = run_study(plain_study()).records;
  for (std::size_t i = 0; i < exact.size(); ++i) {
    EXPECT_GT(sampled[i].error_se, 0);
    EXPECT_LT(sampled[i].error_se, 0.1 * sampled[i].normalised_error);
    EXPECT_NEAR(sampled[i].normalised_error, exact[i].normalised_error, 5 * sampled[i].error_se);
  }
}

TEST(Engine, KeepsFinishedWorkWhenItIsStopped) {
  Study study = plain_study();
  study.replicates = 50;
  std::atomic<bool> stop = false;
  const auto [records, result] = run_study(
      study, {.threads = 2, .progress = [&](const Progress& now) { stop = now.done >= 80; }, .stop = &stop});
  EXPECT_TRUE(result.interrupted);
  const auto kept = static_cast<Index>(result.cube.count(0, Measure::status).minCoeff());
  EXPECT_GE(kept, 10);
  EXPECT_LT(kept, 50);
  EXPECT_EQ(records.size(), static_cast<std::size_t>(8 * kept));
  const auto finished = [&](const Record& r) { return r.replicate < kept; };
  EXPECT_EQ(lines(records), lines(only(run_study(study).records, finished)));
}

TEST(Engine, DropsTheReplicateThatIsAbandonedBetweenItsArms) {
  std::atomic<bool> stop = false;
  const auto in_the_second = [&](const Progress& now) { stop = now.done >= 12; };  // of 8 fits each
  const auto [records, result] =
      run_study(plain_study(), {.threads = 1, .progress = in_the_second, .stop = &stop, .abandon = &stop});
  EXPECT_TRUE(result.interrupted);
  EXPECT_EQ(lines(records),
            lines(only(run_study(plain_study()).records, [](const Record& r) { return r.replicate == 0; })));
}

TEST(Engine, StopsBeforeTheFirstReplicateWhenAskedTo) {
  const std::atomic<bool> stop = true;
  const auto [records, result] = run_study(plain_study(), {.threads = 1, .stop = &stop});
  EXPECT_TRUE(result.interrupted);
  EXPECT_TRUE(records.empty());
}

TEST(Engine, ReportsProgressUpToTheTotal) {
  std::vector<Index> seen;
  Index total = 0;
  run_study(plain_study(), {.threads = 2, .progress = [&](const Progress& now) {
                              seen.push_back(now.done);
                              total = now.total;
                            }});
  EXPECT_EQ(total, 32);
  EXPECT_TRUE(std::is_sorted(seen.begin(), seen.end()));
  EXPECT_EQ(seen.back(), 32);
}

struct Broken final : RecordSink {
  void write(std::span<const Record>) override {
    throw InvalidInput("the disk is full (no byte fits). Empty it.");
  }
};

TEST(Engine, PassesOnWhatTheSinkThrows) {
  Broken sink;
  const std::string message = thrown_message([&] { run(plain_study(), {.threads = 2}, sink); });
  EXPECT_EQ(message, "the disk is full (no byte fits). Empty it.");
}

TEST(Engine, NamesTheNearestKindForAnUnknownOne) {
  Study study = plain_study();
  edit(study.cells)->arms[0].model.kind = "marginel";
  EXPECT_NE(thrown_message([&] { run_study(study); }).find("\"marginal\""), std::string::npos);
}

TEST(Engine, MarksArmsThatUseTheTruth) {
  const auto catalogue = doubles::catalogues();
  ArmSpec arm{.name = "a", .model = {"marginal", {{"shrink", "1/(1+noise^2)"}}}, .expert = {}};
  EXPECT_EQ(list_marks(arm, catalogue.models()[0]), "informed");
  arm.select_oracle = true;
  EXPECT_EQ(list_marks(arm, catalogue.models()[0]), "informed unattainable");
  arm.model.options["shrink"] = "1/n";
  EXPECT_EQ(list_marks(arm, catalogue.models()[0]), "unattainable");
}

TEST(Engine, EvaluatesTheoryLinesForEveryTruth) {
  Study study = plain_study();
  study.theory = {{"expert", "relevant*noise^2/(n+columns)"}};
  const auto records = run_study(study).records;
  EXPECT_DOUBLE_EQ(record_of(records, "expert", 20, 2).theory, 3.0 / 23);
  EXPECT_TRUE(std::isnan(record_of(records, "flexible", 20, 2).theory));
}

TEST(Engine, LeavesATheoryLineEmptyWhereItIsNoError) {
  Study study = plain_study();
  study.theory = {{"expert", "1/(n - 10)"}};
  const auto records = run_study(study).records;
  for (Index n : {5, 10}) EXPECT_TRUE(std::isnan(record_of(records, "expert", n, 2).theory)) << n;
  EXPECT_DOUBLE_EQ(record_of(records, "expert", 20, 2).theory, 0.1);
}

TEST(Engine, KeepsTheFitWhoseTheoryThrows) {
  Study study = plain_study();
  const auto without = run_study(study).records;
  study.theory = {{"flexible", "1/(n*mystery)"}};
  const auto [records, result] = run_study(study);
  EXPECT_EQ(result.failed, 0);
  for (Index n : study.sizes) {
    const Record& record = record_of(records, "flexible", n, 1);
    EXPECT_EQ(record.report.status, FitStatus::converged);
    EXPECT_EQ(record.excess_risk, record_of(without, "flexible", n, 1).excess_risk);
    EXPECT_TRUE(std::isnan(record.theory));
    EXPECT_NE(record.report.message.find("no theory: unknown name \"mystery\""), std::string::npos)
        << record.report.message;
  }
}

TEST(Engine, ACellThatTheCataloguesRefuseAmongVeryManyFails) {
  Study study = doubles::growing_study(3);
  study.sizes = {5};
  study.replicates = 1;
  class Spoilt final : public CellSource {
   public:
    explicit Spoilt(CellGrid cells) : cells_(std::move(cells)) {}
    std::size_t size() const override { return cells_.size(); }
    Cell cell(std::size_t position) const override {
      Cell cell = cells_[position];
      if (position == 1) cell.world.kind = "plane";
      return cell;
    }
    std::vector<CellRange> ranges() const override { return {{0, 3}}; }
    std::vector<std::size_t> sample(std::size_t) const override { return {0, 2}; }
    std::vector<CellAxis> axes() const override { return {}; }

   private:
    CellGrid cells_;
  };
  study.cells = CellGrid(std::make_shared<const Spoilt>(study.cells));
  const auto [records, result] = run_study(study, {.threads = 2});
  ASSERT_EQ(records.size(), 6u);
  EXPECT_EQ(result.failed, 2);
  for (const Record& record : records)
    EXPECT_EQ(record.report.status == FitStatus::failed, record.cell == 1) << record.cell;
  EXPECT_NE(records[2].report.message.find("[cell 1, arm expert, n 5, replicate 0]"), std::string::npos)
      << records[2].report.message;
}

}  // namespace
}  // namespace quartic::engine_test
