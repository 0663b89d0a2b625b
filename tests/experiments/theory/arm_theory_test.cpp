#include "experiments/theory/arm_theory.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "experiments/study/read/parse_study.hpp"
#include "sim/worlds/sparse_linear.hpp"

namespace quartic::arm_theory_test {
namespace {

/// Ten relevant columns of a hundred, of coefficients 1, 1/2, ... 1/10.
Truth drawn() {
  return SparseLinear{.candidates = 100, .relevant = 10, .coefficients = "decay(1)"}.draw(Stream(1));
}

std::vector<Index> ascending(std::vector<Index> columns) {
  std::sort(columns.begin(), columns.end());
  return columns;
}

TEST(MissingShare, IsNothingWhereAllIsSeenAndAllWhereNothingIs) {
  const Truth table = drawn();
  EXPECT_NEAR(missing_share(table, Task::regression, ascending(table.relevant())), 0, 1e-12);
  EXPECT_NEAR(missing_share(table, Task::regression, {}), 1, 1e-12);
}

TEST(MissingShare, OfTheMostImportantHalfIsThatOfTheOtherSquares) {
  const Truth table = drawn();
  const std::vector<Index> relevant = table.relevant();
  double seen = 0, rest = 0;
  for (int k = 1; k <= 10; ++k) (k <= 5 ? seen : rest) += 1. / (k * k);
  EXPECT_NEAR(missing_share(table, Task::regression, ascending({relevant.begin(), relevant.begin() + 5})),
              rest / (seen + rest), 1e-12);
}

TEST(CountNamed, TellsTheRelevantFromTheOthers) {
  const Truth table = drawn();
  std::vector<Index> named = table.relevant();
  named.resize(3);
  for (Index j = 0; named.size() < 5; ++j)
    if (std::count(named.begin(), named.end(), j) == 0 &&
        missing_share(table, Task::regression, {j}) > 1 - 1e-12)
      named.push_back(j);
  const NamedCounts counts = count_named(table, ascending(named));
  EXPECT_EQ(counts.correct, 3);
  EXPECT_EQ(counts.wrong, 2);
}

TEST(ArmTheory, DrawsAClosedFormByItsName) {
  const Study study = parse_study(
      "sizes = [100, 200]\nreplicates = 2\nworld.kind = \"sparse_linear\"\n"
      "[[arm]]\nname = \"a\"\nmodel = \"ridge\"\n"
      "[[theory]]\narm = \"a\"\ncurve = \"bayes_optimal\"\n",
      "s.toml");
  const Cell cell = study.cells[0];
  ArmTheory theory(study, cell, cell.arms[0]);
  const Facts facts{{"candidates", 1000}, {"relevant", 10}, {"noise", 1}, {"signal", 10}};
  const TheoryCurve& curve = theory_curve("bayes_optimal");
  EXPECT_EQ(theory.at({.n = 100}, facts), curve.evaluate(100, theory_values(curve, {})).normalised_error);
}

TEST(ArmTheory, TakesTheLineOfTheStudyWhereItHasAValue) {
  const Study study = parse_study(
      "sizes = [1, 2, 12]\nreplicates = 2\nworld.kind = \"sparse_linear\"\n"
      "[[arm]]\nname = \"a\"\nmodel = \"ridge\"\n"
      "[[theory]]\narm = \"a\"\ncurve = \"noise/(n - 2)\"\n",
      "s.toml");
  const Cell cell = study.cells[0];
  ArmTheory theory(study, cell, cell.arms[0]);
  const auto at = [&](Index n, double noise) { return theory.at({.n = n}, {{"noise", noise}}); };
  EXPECT_EQ(at(12, 1), 0.1);
  EXPECT_EQ(at(12, 3), 0.3) << "what another replicate asked for is not kept";
  EXPECT_EQ(at(12, 3), 0.3);
  EXPECT_TRUE(std::isnan(at(2, 1))) << "infinite";
  EXPECT_TRUE(std::isnan(at(1, 1))) << "below 0";
}

TEST(ArmTheory, KnowsNoErrorsUnderAnotherLaw) {
  const auto error = [](const std::string& shift, const std::string& curve = "") {
    const Study study = parse_study(
        "sizes = [200]\nreplicates = 2\nworld.kind = \"sparse_linear\"\nworld.candidates = 100\n" + shift +
            "[[arm]]\nname = \"a\"\nmodel = \"least_squares\"\n" + curve,
        "s.toml");
    const Cell cell = study.cells[0];
    return ArmTheory(study, cell, cell.arms[0]).at({.n = 200, .columns = 100}, drawn().facts());
  };
  EXPECT_GT(error(""), 0);
  const std::string turned = "world.test_shift = \"rotation\"\n", line = "[[theory]]\narm = \"a\"\ncurve = ";
  EXPECT_TRUE(std::isnan(error(turned)));
  EXPECT_TRUE(std::isnan(error(turned, line + "\"bayes_optimal\"\n"))) << "of the law of training";
  EXPECT_EQ(error(turned, line + "\"10/n\"\n"), 0.05) << "the user's own";
}

}  // namespace
}  // namespace quartic::arm_theory_test
