// Rows of related tasks: who gets them, from which random numbers, and what they take of memory.
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <stdexcept>

#include "core/catalogue_entry.hpp"
#include "experiments/engine/memory_budget.hpp"
#include "experiments/engine/sample.hpp"
#include "experiments/study/read/parse_study.hpp"
#include "sim/worlds/related.hpp"
#include "tests/experiments/engine/doubles.hpp"
#include "tests/support/thrown_message.hpp"

namespace quartic::sources_test {
namespace {

using doubles::run_study;
using support::thrown_message;

/// b = X'y/n of these rows and, times t + 2, of those of each source t: every number that it is given counts.
struct Borrower {
  static std::span<const Option<Borrower>> options() { return {}; }
  std::string name() const { return "borrower"; }
  std::string fingerprint() const { return "{}"; }
  static Vector marginal(const Data& data) {
    return data.block({0, data.rows()}, {0, data.columns()}).transpose() * data.y() /
           static_cast<double>(data.rows());
  }
  Fit fit(const Data& data, Stream) const {
    LinearRule rule{marginal(data)};
    double weight = 2;
    for (const Data& source : data.sources()) rule.coefficients += weight++ * marginal(source);
    FitReport report;
    report.parameters = std::ssize(data.sources());
    return {std::move(rule), report};
  }
};

Catalogues catalogues() {
  std::vector<CatalogueEntry<Model>> models = doubles::catalogues().models();
  models.push_back(catalogue_entry<Model, Borrower>("borrows from sources"));
  return {built_in_catalogues().worlds(), std::move(models)};
}

const ArmSpec all{.name = "all", .model = {"borrower", {}}, .expert = {}};
const ArmSpec named{.name = "named", .model = {"borrower", {}}, .expert = Expert{.correct = 4, .wrong = 2}};
const ArmSpec misread{
    .name = "misread", .model = {"borrower", {}}, .expert = Expert{.correct = 4, .wrong = 2, .noise = 0.5}};

Study related_study(std::vector<ArmSpec> arms, OptionValues options = {}) {
  Study study = doubles::plain_study();
  study.catalogues = catalogues();
  Cell cell;
  options.insert({{"candidates", Index{30}}, {"tasks", Index{3}}, {"source_rows", Index{150}}});
  cell.world = {"related", std::move(options)};
  cell.arms = std::move(arms);
  study.cells = {cell};
  return study;
}

std::vector<Record> of_arm(const std::vector<Record>& records, const std::string& arm) {
  std::vector<Record> some;
  for (const Record& record : records)
    if (record.arm == arm) some.push_back(record);
  return some;
}

std::string csv_of(const Study& study, const std::string& arm) {
  return records_csv(of_arm(run_study(study, {.threads = 2}).records, arm));
}

const Record& at(const std::vector<Record>& records, Index n, Index replicate) {
  for (const Record& record : records)
    if (record.n == n && record.replicate == replicate) return record;
  throw std::out_of_range("no such record");
}

Data rows_of(const Truth& truth, Index count, const Stream& stream) {
  const auto again = [&] { return stream.child("train"); };
  return {truth.x({0, count}, {0, truth.candidates()}, again()), truth.y({0, count}, again())};
}

TEST(EngineSources, ComeFromTheirOwnStreams) {
  const Record record = at(run_study(related_study({all})).records, 10, 2);
  EXPECT_EQ(record.report.parameters, 3);
  const Stream replicate = Stream(7).child("related").child(std::uint64_t{2});
  const Truth truth =
      Related{.candidates = 30, .tasks = 3, .source_rows = 150}.draw(replicate.child("truth"));
  Vector b = Borrower::marginal(rows_of(truth, 10, replicate));
  for (std::uint64_t t = 0; t < 3; ++t) {
    const Truth source = truth.sources()[t];
    const auto stream = [&] { return replicate.child("source").child(t); };
    b += static_cast<double>(t + 2) *
         Borrower::marginal({source.x({0, 150}, {0, 30}, stream()), source.y({0, 150}, stream())});
  }
  EXPECT_DOUBLE_EQ(record.excess_risk, *truth.excess_risk({b}));
}

TEST(EngineSources, GiveTheSameBitsForAnyNumberOfThreadsAndShards) {
  const Study study = related_study({all, named, misread});
  const std::string one = records_csv(run_study(study, {.threads = 1}).records);
  EXPECT_EQ(records_csv(run_study(study, {.threads = 4}).records), one);
  std::size_t fits = 0;
  for (Index shard = 1; shard <= 3; ++shard)
    for (const Record& record : run_study(study, {.threads = 2, .shard = {shard, 3}}).records) {
      ++fits;
      EXPECT_NE(one.find(records_csv(std::span(&record, 1)).substr(records_csv({}).size())),
                std::string::npos);
    }
  EXPECT_EQ(fits, run_study(study).records.size());
}

TEST(EngineSources, AreTheSameWhicheverArmsAndSizesThereAre) {
  const Study study = related_study({all, named, misread});
  for (const ArmSpec& arm : {all, named, misread}) {
    Study alone = related_study({arm});
    EXPECT_EQ(csv_of(alone, arm.name), csv_of(study, arm.name)) << arm.name;
    alone.sizes = {20};
    EXPECT_EQ(at(run_study(alone).records, 20, 1).excess_risk,
              at(of_arm(run_study(study).records, arm.name), 20, 1).excess_risk);
  }
  Study turned = related_study({misread, named, all});
  EXPECT_EQ(csv_of(turned, "named"), csv_of(study, "named"));
}

// The columns that an expert names are those of the whole source, whoever draws them.
TEST(EngineSources, FollowTheColumnsThatAnExpertNames) {
  const Study study = related_study({all, named});
  const detail::ReadyCell cell = detail::make_ready(study, study.cells[0]);
  const detail::WorldReplicate replicate{cell, cell.worlds[0], detail::every_size(study, cell.cell, 0), 0};
  const detail::Sample sample = detail::draw_sample(replicate, std::array<Index, 2>{0, 1});
  ASSERT_EQ(sample.whole->sources().size(), 3u);
  const ColumnReading view{.columns = {2, 5, 11}};
  const Data drawn = detail::draw_rows(replicate, sample, &view, 40);
  const Data restricted = sample.whole->restrict(view.columns);
  for (std::size_t t = 0; t < 3; ++t) {
    EXPECT_EQ(drawn.sources()[t].dense(), restricted.sources()[t].dense());
    EXPECT_EQ(drawn.sources()[t].y(), restricted.sources()[t].y());
  }
}

TEST(EngineSources, AreMisreadByThoseWhoMisread) {
  const auto read = [](double noise) {
    ArmSpec arm = misread;
    arm.expert->noise = noise;
    const Study study = related_study({arm});
    const detail::ReadyCell cell = detail::make_ready(study, study.cells[0]);
    const detail::WorldReplicate replicate{cell, cell.worlds[0], detail::every_size(study, cell.cell, 0), 0};
    const detail::Sample sample = detail::draw_sample(replicate, std::array<Index, 1>{0});
    EXPECT_FALSE(sample.whole.has_value());
    const Advice advice = advise(*arm.expert, sample.truths.truth, replicate.stream().child("expert"));
    return detail::draw_rows(replicate, sample, &advice.reading, 40);
  };
  const Data well = read(0), badly = read(0.5);
  const auto error = [&](std::size_t t) {
    return Matrix(badly.sources()[t].dense() - well.sources()[t].dense());
  };
  for (std::size_t t = 0; t < 3; ++t) {
    const double n = static_cast<double>(error(t).size());
    EXPECT_NEAR(error(t).squaredNorm() / n, 0.25, 5 * 0.25 * std::sqrt(2 / n)) << t;
    EXPECT_EQ(badly.sources()[t].y(), well.sources()[t].y());
  }
  EXPECT_GT((error(0) - error(1)).norm(), 1) << "each source is misread in its own way";
  EXPECT_GT((error(0).topRows(40) - (badly.dense() - well.dense())).norm(), 1);
}

TEST(EngineSources, AreHeldAsTheStudyAsks) {
  Study study = related_study({all, named});
  const std::string doubles = csv_of(study, "named");
  study.storage = Storage::floats;
  const std::string floats = csv_of(study, "named");
  EXPECT_NE(floats, doubles);
  EXPECT_EQ(csv_of(related_study({all, named}), "named"), doubles);
  Study alone = related_study({named});
  alone.storage = Storage::floats;
  EXPECT_EQ(csv_of(alone, "named"), floats) << "rounded once, whoever draws them";
}

TEST(EngineSources, MayBeAsManyAsASizeAsksFor) {
  const auto records = run_study(related_study({all, named}, {{"source_rows", "3*n"}})).records;
  const auto some = run_study(related_study({all, named}, {{"source_rows", Index{60}}})).records;
  for (const ArmSpec& arm : {all, named})
    EXPECT_EQ(at(of_arm(records, arm.name), 20, 1).excess_risk,
              at(of_arm(some, arm.name), 20, 1).excess_risk);
}

// Two models that share a Gram matrix of the target's rows, and one that picks from a path.
TEST(EngineSources, LeaveWhatModelsShareAsItIs) {
  const std::vector<ArmSpec> arms = {
      {.name = "flexible", .model = {"least_squares", {}}, .expert = {}},
      {.name = "shrunk", .model = {"ridge", {}}, .expert = {}},
      {.name = "best", .model = {"lasso", {}}, .expert = {}, .select_oracle = true}};
  const auto on = [&](const char* world, OptionValues options) {
    Study study = related_study(arms);
    study.catalogues = built_in_catalogues();
    options.insert({{"candidates", Index{30}}, {"support", "first"}});
    edit(study.cells)->world = {world, std::move(options)};
    return run_study(study, {.threads = 2}).records;
  };
  const auto records = on("related", {});
  EXPECT_EQ(records.size(), 48u);
  for (const Record& record : records)
    EXPECT_NE(record.report.status, FitStatus::failed) << record.report.message;
  EXPECT_EQ(records_csv(on("related", {{"tasks", Index{4}}, {"distance", 2.0}})), records_csv(records))
      << "who does not read sources does not see what they are";
}

/// Bytes that a task holds of rows and labels.
double held_by(const Data& data, double stored) {
  double bytes =
      static_cast<double>(data.rows()) * (static_cast<double>(data.columns()) * stored + sizeof(double));
  for (const Data& source : data.sources()) bytes += held_by(source, stored);
  return bytes;
}

TEST(EngineSources, AreCountedInTheMemoryOfATask) {
  for (const Storage storage : {Storage::doubles, Storage::floats}) {
    const double stored = storage == Storage::floats ? 4 : 8;
    for (const std::vector<ArmSpec>& arms :
         {std::vector{all}, std::vector{named}, std::vector{all, named, misread}}) {
      Study study = related_study(arms, {{"tasks", Index{7}}, {"source_rows", Index{5000}}});
      study.storage = storage;
      const detail::ReadyCell cell = detail::make_ready(study, study.cells[0]);
      const detail::WorldReplicate replicate{cell, cell.worlds[0], detail::every_size(study, cell.cell, 0),
                                             0};
      std::vector<Index> places(arms.size());
      for (std::size_t k = 0; k < arms.size(); ++k) places[k] = static_cast<Index>(k);
      const detail::Sample sample = detail::draw_sample(replicate, places);
      double bytes = sample.whole ? held_by(*sample.whole, stored) : 0;
      for (const ArmSpec& arm : arms) {
        if (!arm.expert) continue;
        const Advice advice = advise(*arm.expert, sample.truths.truth, replicate.stream().child("expert"));
        bytes += held_by(detail::draw_rows(replicate, sample, &advice.reading, 40), stored);
      }
      const double planned = detail::task_memory(cell, detail::Sharing::moments).held;
      EXPECT_GE(planned, bytes);
      EXPECT_LE(planned, 1.05 * bytes);
    }
  }
}

TEST(EngineSources, AddTheWorkOfAModelThatReadsThem) {
  const auto working = [](Index tasks, Index rows) {
    const Study study = related_study({all}, {{"tasks", tasks}, {"source_rows", rows}});
    return detail::task_memory(detail::make_ready(study, study.cells[0]), detail::Sharing::moments).working;
  };
  // one more table of all rows, with its labels, and a rule of each source
  EXPECT_EQ(working(5, 10'000) - working(5, 4'000), 8. * 5 * 6'000 * 31);
  EXPECT_EQ(working(6, 5'000) - working(5, 6'000), 8. * 30);
}

TEST(EngineSources, RefuseAMemoryThatDoesNotHoldThem) {
  const Study study = related_study({all}, {{"source_rows", Index{100'000}}});
  EXPECT_NE(thrown_message([&] {
              run_study(study, {.threads = 1, .memory_bytes = 60e6});
            }).find("one replicate needs"),
            std::string::npos);
}

TEST(EngineSources, DoNotGoWithRowsThatAreNotHeld) {
  Study study = related_study({all});
  study.storage = Storage::stream;
  for (const Record& record : run_study(study).records) {
    EXPECT_EQ(record.report.status, FitStatus::failed);
    EXPECT_NE(record.report.message.find("the world has sources"), std::string::npos)
        << record.report.message;
  }
  const std::string text = R"toml(
seed = 4
replicates = 3
sizes = [40]
storage = "stream"
[world]
kind = "related"
[[arm]]
name = "all"
model = "linear_sgd"
step = "1/(4*candidates)"
)toml";
  EXPECT_EQ(thrown_message([&] { parse_study(text, "sources.toml"); })
                .find("sources.toml:7: storage: \"stream\" does "
                      "not go with a world that has sources"),
            0u)
      << thrown_message([&] { parse_study(text, "sources.toml"); });
}

/// A world of a project of its own, whose source has no end.
struct Endless : doubles::PlainTable {
  std::vector<Truth> sources() const { return {Truth(doubles::PlainTable{*this})}; }
};

TEST(EngineSources, MustEnd) {
  EXPECT_EQ(
      thrown_message([] {
        detail::Truths(Truth(Endless{{5, 2, 1}}));
      }),
      "a source of the world has rows without end (all of them are drawn before a model reads the first). Say how "
      "many there are.");
}

}  // namespace
}  // namespace quartic::sources_test
