// Worlds that are judged under another law, whose rows end, or that experts read as findings; models that an
// expert advises.
#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "core/catalogue_entry.hpp"
#include "core/require.hpp"
#include "core/words.hpp"
#include "experiments/engine/risk.hpp"
#include "experiments/study/read/parse_study.hpp"
#include "sim/worlds/sparse_linear.hpp"
#include "tests/experiments/engine/doubles.hpp"

namespace quartic::truths_test {
namespace {

using doubles::ExactTable;
using doubles::PlainTable;
using doubles::run_study;

constexpr Index last_row = 100;

/// Of which nobody may draw a row that does not exist.
template <class Table>
struct Ending : Table {
  Index rows() const { return last_row; }
  Matrix x(Range rows, Range columns, Stream train) const {
    require_rows(rows);
    return Table::x(rows, columns, std::move(train));
  }
  Matrix columns(Range rows, std::span<const Index> list, Stream train) const {
    require_rows(rows);
    return Table::columns(rows, list, std::move(train));
  }
  Vector mean(Range rows, Stream train) const {
    require_rows(rows);
    return Table::mean(rows, std::move(train));
  }
  static void require_rows(Range rows) {
    require(rows.first + rows.count <= last_row, "there is no such row. Ask for another.");
  }
};

/// Trained on with `relevant` columns that matter, judged with twice as many.
struct ShiftedTable : ExactTable {
  bool exact = true;

  std::optional<Truth> tested() const {
    const PlainTable wider{candidate_count, 2 * relevant_count, noise};
    if (exact) return ExactTable{wider};
    return Ending<PlainTable>{wider};
  }
};

/// Pixels that tell nothing, beside findings that decide.
struct PictureTable : PlainTable {
  Index candidates() const { return 4; }
  std::vector<Index> relevant() const { return {}; }
  Matrix x(Range rows, Range columns, Stream train) const {
    return PlainTable::x(rows, columns, train.child("pixels"));
  }
  struct Findings : ExactTable {
    double variance(Index) const { return 1; }
  };
  std::optional<Truth> findings() const { return Findings{{*this}}; }
};

struct SidedWorld {
  std::string kind = "shifted";

  static std::span<const Option<SidedWorld>> options() {
    static constexpr std::array table = {Option<SidedWorld>{"which", &SidedWorld::kind, "kind"}};
    return table;
  }
  std::string name() const { return "sided"; }
  Task task() const { return Task::regression; }
  std::string fingerprint() const { return fingerprint_of(*this, options()); }
  Truth draw(Stream) const {
    const PlainTable table{20, 3, 1};
    if (kind == "shifted") return ShiftedTable{{table}};
    if (kind == "ending") return ShiftedTable{{table}, false};
    return PictureTable{table};
  }
};

/// Its coefficients are 1 on the columns that it is told, and 0 elsewhere.
struct Believer {
  std::vector<Index> told = {};

  static std::span<const Option<Believer>> options() { return {}; }
  std::string name() const { return "believer"; }
  Believer advised(std::span<const Index> named) const { return {{named.begin(), named.end()}}; }
  Fit fit(const Data& data, Stream) const {
    LinearRule rule{Vector::Zero(data.columns()), 0};
    for (const Index j : told) rule.coefficients[j] = 1;
    return {std::move(rule), {}};
  }
};
static_assert(TakesAdvice<Believer>);

Catalogues catalogues() {
  std::vector<CatalogueEntry<Model>> models = doubles::catalogues().models();
  models.push_back(catalogue_entry<Model, Believer>("believes"));
  return {{catalogue_entry<World, SidedWorld>("has sides")}, std::move(models)};
}

Study sided_study(const std::string& kind, ArmSpec arm) {
  Study study = doubles::plain_study();
  study.catalogues = catalogues();
  Cell cell;
  cell.world = {"sided", {{"which", kind}}};
  cell.arms = {std::move(arm)};
  study.cells = {cell};
  return study;
}

ArmSpec nothing() {
  return {.name = "nothing", .model = {"marginal", {{"shrink", 0.0}}}, .expert = {}};
}

TEST(Truths, JudgeRulesUnderTheLawOfTheTest) {
  for (const Record& record : run_study(sided_study("shifted", nothing())).records) {
    EXPECT_EQ(record.excess_risk, 6) << "training knows three columns that matter";
    EXPECT_EQ(record.normalised_error, 1) << "of the signal there";
  }
}

TEST(Truths, JudgeRulesOnAsManyRowsAsThereAre) {
  for (const Record& record : run_study(sided_study("ending", nothing())).records) {
    EXPECT_EQ(record.report.message, "");
    EXPECT_GT(record.error_se, 0);
    // 100 squares of sums of six normals: standard error 6 sqrt(2/100)
    EXPECT_NEAR(record.excess_risk, 6, 5 * 6 * std::sqrt(0.02));
  }
}

TEST(Truths, ShowFindingsToExpertsAndPixelsToAllOthers) {
  const ArmSpec expert{.name = "expert", .model = {"marginal", {}}, .expert = Expert{.correct = 3}};
  const std::vector<Record> read = run_study(sided_study("pictures", expert)).records;
  ASSERT_EQ(read.size(), 16u);
  for (const Record& record : read) {
    EXPECT_EQ(record.report.parameters, 3);
    EXPECT_EQ(record.error_se, 0) << "exact, by the findings";
    EXPECT_LT(record.n == 40 ? record.normalised_error : 0, 1);
  }
  const ArmSpec network{.name = "network", .model = {"marginal", {}}, .expert = {}};
  for (const Record& record : run_study(sided_study("pictures", network)).records) {
    EXPECT_EQ(record.report.parameters, 4);
    EXPECT_GT(record.error_se, 0);
    EXPECT_GT(record.excess_risk, 2) << "pixels tell nothing of a signal of 3";
  }
}

TEST(Truths, JudgeFindingsAndPixelsBesideEachOtherAsAlone) {
  const ArmSpec expert{.name = "expert",
                       .model = {"marginal", {}},
                       .expert = Expert{.correct = 3, .wrong = 1, .wrong_form = 0.5}};
  const ArmSpec network{.name = "network", .model = {"marginal", {}}, .expert = {}};
  Study both = sided_study("pictures", expert);
  edit(both.cells)->arms.push_back(network);
  const std::vector<Record> together = run_study(both).records;
  for (const ArmSpec& arm : {expert, network})
    for (const Record& alone : run_study(sided_study("pictures", arm)).records) {
      const auto same = std::find_if(together.begin(), together.end(), [&](const Record& record) {
        return record.arm == alone.arm && record.n == alone.n && record.replicate == alone.replicate;
      });
      ASSERT_NE(same, together.end());
      EXPECT_EQ(same->excess_risk, alone.excess_risk) << alone.arm;
    }
}

TEST(Truths, TellAModelThatTakesAdviceWhatTheExpertNames) {
  Study study = doubles::plain_study();
  study.catalogues = Catalogues(doubles::catalogues().worlds(), catalogues().models());
  edit(study.cells)->arms = {
      {.name = "told", .model = {"believer", {}}, .expert = Expert{.correct = 2, .wrong = 1}},
      {.name = "untold", .model = {"believer", {}}, .expert = {}}};
  for (const Record& record : run_study(study).records)
    EXPECT_EQ(record.excess_risk, record.arm == "told" ? 2 : 3)
        << "one missed and one wrong; all three missed";
}

TEST(Truths, CountTheRowsOfAllCandidatesForAModelThatTakesAdvice) {
  Study study = doubles::plain_study();
  study.catalogues = Catalogues(doubles::catalogues().worlds(), catalogues().models());
  const auto planned = [&](std::optional<Expert> expert) {
    edit(study.cells)->arms = {{.name = "told", .model = {"believer", {}}, .expert = expert}};
    return plan(study, {.threads = 1}, 0.1).task_bytes;
  };
  EXPECT_EQ(planned(Expert{.correct = 2}), planned({}));
}

/// Without noise, who names just the columns of a truth makes no error; the columns are those that 77 draws.
Study listed_study(const std::string& truth_seed) {
  const SparseLinear world{.candidates = 30, .relevant = 3, .noise = 0};
  std::vector<std::string> columns;
  for (const Index column : world.draw(Stream(77).child("truth")).relevant())
    columns.push_back(std::to_string(column));
  return parse_study(
      "sizes = [20, 40]\nreplicates = 4\n" + truth_seed +
          "[world]\nkind = \"sparse_linear\"\ncandidates = 30\nrelevant = 3\nnoise = 0\n[[arm]]\n"
          "name = \"listed\"\nmodel = \"least_squares\"\nexpert = { columns = \"" +
          joined(columns) + "\" }\n",
      "listed.toml");
}

TEST(Truths, AreOneWhereTheStudySeedsThem) {
  std::set<double> errors;
  for (const Record& record : run_study(listed_study("truth_seed = 77\n")).records) {
    EXPECT_LT(record.normalised_error, 1e-20);
    errors.insert(record.normalised_error);
  }
  EXPECT_GT(errors.size(), 4u) << "samples differ";
}

TEST(Truths, AreOneEachReplicateWhereItDoesNot) {
  Index wrong = 0;
  for (const Record& record : run_study(listed_study("")).records) wrong += record.normalised_error > 0.1;
  EXPECT_EQ(wrong, 8);
}

}  // namespace
}  // namespace quartic::truths_test
