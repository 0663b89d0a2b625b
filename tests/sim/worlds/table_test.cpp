#include "sim/worlds/table.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include <cmath>
#include <numeric>
#include <set>

#include "tests/support/thrown_message.hpp"

namespace quartic::table_test {
namespace {

/// Column 0 numbers the cases, column 1 is its square, column 2 is 1 in every tenth case.
TableCases numbered(Index count) {
  TableCases cases{.columns = {"number", "square", "tenth"}, .x = Matrix(count, 3), .y = Vector(count)};
  for (Index i = 0; i < count; ++i) {
    const double number = static_cast<double>(i);
    cases.x.row(i) << number, number * number, i % 10 == 0 ? 1 : 0;
    cases.y[i] = 5 - 2 * number;
  }
  return cases;
}

TableCases classes(Index count) {
  TableCases cases = numbered(count);
  cases.task = Task::classification;
  for (Index i = 0; i < count; ++i) cases.y[i] = i % 4 == 0 ? 1 : 0;
  return cases;
}

TableOptions named() {
  return {.file = "cases.csv", .target = "y"};
}

Truth drawn(const TableOptions& options, std::uint64_t seed = 1) {
  return TableWorld(options, numbered(100)).draw(Stream(seed));
}

Matrix everything(const Truth& truth) {
  return truth.x({0, *truth.rows()}, {0, truth.candidates()}, Stream(9));
}

TEST(Table, TrainsOnSomeCasesAndIsJudgedByTheOthers) {
  const Truth truth = drawn(named());
  const Truth judge = *truth.tested();
  EXPECT_EQ(truth.rows(), 70);
  EXPECT_EQ(judge.rows(), 30);
  EXPECT_FALSE(judge.tested());
  std::set<double> all;
  for (const Truth& part : {truth, judge}) {
    const Matrix x = everything(part);
    all.insert(x.col(0).begin(), x.col(0).end());
  }
  EXPECT_EQ(all.size(), 100);
}

TEST(Table, StandardisesByTheTrainingCasesAlone) {
  const Truth truth = drawn(named());
  const Matrix x = everything(truth), judged = everything(*truth.tested());
  const Vector y = truth.y({0, 70}, Stream(2));
  for (Index j = 0; j < 3; ++j) {
    EXPECT_NEAR(x.col(j).mean(), 0, 1e-12);
    EXPECT_NEAR(x.col(j).squaredNorm() / 70, 1, 1e-12);
    if (j == 2) continue;  // of the last the shares may agree
    EXPECT_GT(std::abs(judged.col(j).mean()), 1e-6);
  }
  EXPECT_NEAR(y.mean(), 0, 1e-12);
  EXPECT_NEAR(y.squaredNorm() / 70, 1, 1e-12);
  EXPECT_TRUE(y.isApprox(-x.col(0)));  // each label stays with its case
  EXPECT_TRUE(truth.tested()->mean({0, 30}, Stream(2)).isApprox(-judged.col(0)));
}

TEST(Table, FactsAreThoseOfTheHeldOutLabels) {
  const Truth truth = drawn(named());
  const Vector y = truth.tested()->y({0, 30}, Stream(2));
  const Facts facts = truth.facts();
  EXPECT_NEAR(facts.at("signal"), (y.array() - y.mean()).square().mean(), 1e-12);
  EXPECT_EQ(facts.count("noise"), 0u);  // nobody knows it
  EXPECT_EQ(facts.at("candidates"), 3);
  EXPECT_EQ(facts.at("cases"), 70);
  EXPECT_EQ(facts, truth.tested()->facts());
}

TEST(Table, OfClassesTheConstantErrsInTheSmallerShareOfTheHeldOut) {
  const Truth truth = TableWorld(named(), classes(100)).draw(Stream(1));
  const Vector y = truth.tested()->y({0, 30}, Stream(2));
  EXPECT_TRUE(((y.array() == 0) || (y.array() == 1)).all());
  EXPECT_EQ(truth.facts().at("prevalence"), y.mean());
  EXPECT_EQ(truth.facts().at("constant_error"), y.mean());
  EXPECT_EQ(truth.facts().at("bayes_error"), 0);
  EXPECT_EQ(truth.facts().count("noise"), 0);
}

TEST(Table, EachReplicateHasAnOrderOfItsOwn) {
  EXPECT_EQ(everything(drawn(named(), 3)), everything(drawn(named(), 3)));
  EXPECT_NE(everything(drawn(named(), 3)), everything(drawn(named(), 4)));
}

TEST(Table, BlocksAreThoseOfTheWholeTable) {
  for (const std::string kind : {"independent", "permuted"}) {
    TableOptions options = named();
    options.decoys = 7;
    options.decoy_kind = kind;
    const Truth truth = drawn(options);
    const Matrix whole = everything(truth);
    EXPECT_EQ(truth.x({5, 20}, {2, 6}, Stream(9)), whole.block(5, 2, 20, 6)) << kind;
    const std::vector<Index> list = {9, 0, 4};
    const Matrix some = truth.columns({60, 10}, list, Stream(9));
    for (Index k = 0; k < 3; ++k)
      EXPECT_EQ(some.col(k), whole.col(list[static_cast<std::size_t>(k)]).tail(10)) << kind;
  }
}

TEST(Table, PermutedDecoysAreTheColumnsInAnotherOrderWithinEachPart) {
  TableOptions options = named();
  options.decoys = 4;
  options.decoy_kind = "permuted";
  const Truth truth = drawn(options);
  for (const Truth& part : {truth, *truth.tested()}) {
    const Matrix x = everything(part);
    for (Index k = 0; k < 4; ++k) {
      Vector decoy = x.col(3 + k), column = x.col(k % 3);
      EXPECT_NE(decoy, column);
      std::sort(decoy.begin(), decoy.end());
      std::sort(column.begin(), column.end());
      EXPECT_EQ(decoy, column);
    }
    EXPECT_NE(x.col(3), x.col(6));  // two of one column
  }
}

TEST(Table, IndependentDecoysAreFreshNormals) {
  TableOptions options = named();
  options.decoys = 400;
  const Truth truth = drawn(options);
  const Matrix decoys = everything(truth).rightCols(400);
  const double count = static_cast<double>(decoys.size());
  EXPECT_NEAR(decoys.mean(), 0, 5 / std::sqrt(count));
  EXPECT_NEAR(decoys.squaredNorm() / count, 1, 5 * std::sqrt(2 / count));
  EXPECT_NE(truth.x({0, 5}, {3, 9}, Stream(1)), truth.x({0, 5}, {3, 9}, Stream(2)));
}

TEST(Table, ExpertsMayNameWhatIsSaidToMatter) {
  TableOptions options = named();
  EXPECT_TRUE(drawn(options).relevant().empty());
  options.relevant = "tenth, number";
  EXPECT_EQ(drawn(options).relevant(), (std::vector<Index>{2, 0}));
  EXPECT_EQ(drawn(options).facts().at("relevant"), 2);
  EXPECT_EQ(listed_names(" a b ,, c"), (std::vector<std::string>{"a b", "c"}));
  EXPECT_EQ(listed_names(R"( "dose, mg" ,a "b" c, "open, d)"),
            (std::vector<std::string>{"dose, mg", "a \"b\" c", "\"open", "d"}));
}

TEST(Table, AColumnThatDoesNotVaryInTrainingIsZeroThere) {
  TableCases cases = numbered(20);
  cases.x.col(2).setConstant(36.6);  // fourteen of which add up to a mean that is not quite 36.6
  cases.x(7, 2) = 37.6;
  bool seen = false;
  for (std::uint64_t seed = 1; seed < 20 && !seen; ++seed) {
    const Truth truth = TableWorld(named(), cases).draw(Stream(seed));
    const Matrix judged = everything(*truth.tested());
    if (judged.col(2).maxCoeff() == judged.col(2).minCoeff()) continue;  // the odd case is trained on
    EXPECT_NEAR(judged.col(2).maxCoeff(), 1, 1e-12);
    EXPECT_TRUE(everything(truth).col(2).isZero());
    seen = true;
  }
  EXPECT_TRUE(seen);
}

std::string refusal(const TableOptions& options, const TableCases& cases) {
  return support::thrown_message([&] { TableWorld(options, cases).draw(Stream(1)); });
}

TEST(Table, RefusesWhatTheseCasesDoNotAllow) {
  TableOptions options = named();
  options.relevant = "numbr";
  EXPECT_EQ(
      refusal(options, numbered(20)),
      "relevant names \"numbr\" (the table has no such column that a model sees). Did you mean \"number\"?");
  options = named();
  options.held_out = 0.02;
  EXPECT_EQ(refusal(options, numbered(20)),
            "held_out = 0.02 leaves 20 cases to train on and 0 to judge by (of 20; either needs two). Choose "
            "another share.");
  TableCases same = numbered(20);
  same.y.setOnes();
  EXPECT_EQ(refusal(named(), same),
            "all 6 held-out cases have the same y (errors are measured against how it varies there). Raise "
            "held_out, or bring more cases.");
  EXPECT_EQ(support::thrown_message([] {
              drawn(named()).y({69, 2}, Stream(1));
            }),
            "71 rows are asked for (the table has 70 of this kind). Ask for fewer.");
}

/// So many cases, of which the first few are of class 1.
TableCases rare(Index cases, Index yes) {
  TableCases table = numbered(cases);
  table.task = Task::classification;
  table.y.setZero();
  table.y.head(yes).setOnes();
  return table;
}

TEST(Table, GivesBothClassesTheirShareInEitherPart) {
  for (const Index yes : {2, 3, 10, 97}) {
    const TableWorld world(named(), rare(100, yes));
    for (std::uint64_t replicate = 0; replicate < 50; ++replicate) {
      const Truth truth = world.draw(Stream(replicate));
      const double trained = truth.y({0, 70}, Stream(1)).sum(),
                   held = truth.tested()->y({0, 30}, Stream(1)).sum();
      EXPECT_EQ(trained + held, static_cast<double>(yes));
      EXPECT_NEAR(held, std::clamp(0.3 * static_cast<double>(yes), 1.0, 29.0), 0.5) << yes;
    }
  }
  EXPECT_EQ(refusal(named(), rare(100, 1)),
            "a class of y has a single case (one of each is trained on, and one judges). Bring more cases.");
}

TEST(Table, RefusesOptionsThatSayTooLittleOrTooMuch) {
  const auto refused = [](const TableOptions& options) {
    return support::thrown_message([&] { require_valid(options); });
  };
  EXPECT_EQ(refused({.target = "y"}),
            "file is missing (a table is read from one). Write file = \"cases.csv\".");
  EXPECT_EQ(refused({.file = "a.csv"}),
            "target is missing (a column of the table is to be predicted). Name it.");
  EXPECT_NE(refused({.file = "a.csv", .target = "y", .relevant = "a, b, a"}).find("a column twice"),
            std::string::npos);
  EXPECT_NE(refused({.file = "a.csv", .target = "y", .decoys = 2'000'000}), "");
  EXPECT_NE(refused({.file = "a.csv", .target = "y", .held_out = 1}), "");
  EXPECT_NE(refused({.file = "a.csv", .target = "y", .decoy_kind = "shuffled"}), "");
  EXPECT_EQ(refused(named()), "");
}

}  // namespace
}  // namespace quartic::table_test
