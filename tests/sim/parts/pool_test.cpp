#include "sim/parts/pool.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "tests/support/thrown_message.hpp"

namespace quartic::pool_test {
namespace {

const Pool three_of_eight = {
    .candidates = 8, .relevant = 3, .support = "first", .signal = 0, .noise = 0.5, .signal_to_noise = 0};

// f* = z_1 + z_2 z_3.
Answer plane_and_saddle() {
  return {.at = [](const Matrix& z) -> Vector { return z.col(0) + z.col(1).cwiseProduct(z.col(2)); },
          .variance = 2,
          .slopes = Vector::Unit(3, 0),
          .importance = (Vector(3) << 1, 3, 2).finished()};
}

TEST(Pool, TablesAnswerByTheirRelevantColumns) {
  const Truth truth = draw_truth(three_of_eight, plane_and_saddle(), Stream(1));
  const Matrix x = truth.x({4, 600}, {0, 8}, Stream(2));
  EXPECT_EQ(truth.mean({4, 600}, Stream(2)), x.col(0) + x.col(1).cwiseProduct(x.col(2)));
}

TEST(Pool, ColumnsAreCountersOfTheRowStream) {
  const Truth truth = draw_truth(three_of_eight, plane_and_saddle(), Stream(1));
  Vector expected(8);
  Stream(8).child(7).child("x").fill_normal({expected.data(), 8});
  EXPECT_EQ(truth.x({7, 1}, {0, 8}, Stream(8)).row(0).transpose(), expected);
}

TEST(Pool, LabelsAreMeanPlusRowNoise) {
  const Truth truth = draw_truth(three_of_eight, plane_and_saddle(), Stream(1));
  const Vector difference = truth.y({3, 20}, Stream(5)) - truth.mean({3, 20}, Stream(5));
  for (Index i = 0; i < 20; ++i)
    EXPECT_NEAR(difference[i],
                0.5 * Stream(5).child(static_cast<std::uint64_t>(3 + i)).child("noise").normal(), 1e-14);
}

TEST(Pool, RelevantColumnsComeMostImportantFirst) {
  EXPECT_EQ(draw_truth(three_of_eight, plane_and_saddle(), Stream(1)).relevant(),
            (std::vector<Index>{1, 2, 0}));
}

TEST(Pool, FactsAreThoseOfTheAnswer) {
  Pool pool = three_of_eight;
  pool.signal = 8;
  EXPECT_EQ(draw_truth(pool, plane_and_saddle(), Stream(1)).facts(), (Facts{{"candidates", 8},
                                                                            {"relevant", 3},
                                                                            {"noise", 0.5},
                                                                            {"signal", 8},
                                                                            {"signal_to_noise", 32},
                                                                            {"nonlinear", 4}}));
}

TEST(Pool, RiskIsDistanceFromTheBestLinearRuleAndWhatThatLeaves) {
  const Truth truth = draw_truth(three_of_eight, plane_and_saddle(), Stream(1));
  EXPECT_EQ(*truth.excess_risk({Vector::Unit(8, 0)}), 1);
  EXPECT_EQ(*truth.excess_risk({2 * Vector::Unit(8, 5), 3}), 1 + 1 + 4 + 9);
}

TEST(Pool, NoiseFreeTablesAreFine) {
  Pool pool = three_of_eight;
  pool.noise = 0;
  const Truth truth = draw_truth(pool, plane_and_saddle(), Stream(1));
  EXPECT_EQ(truth.y({0, 9}, Stream(2)), truth.mean({0, 9}, Stream(2)));
  EXPECT_EQ(truth.facts().at("signal_to_noise"), std::numeric_limits<double>::infinity());
}

TEST(Pool, RefusesRulesOfAnotherLengthAndAnswersThatNeverVary) {
  const Truth truth = draw_truth(three_of_eight, plane_and_saddle(), Stream(1));
  EXPECT_EQ(
      support::thrown_message([&] { truth.excess_risk({Vector::Zero(3)}); }),
      "the rule has 3 coefficients and the truth 8 candidates (each needs one). Give 0 for columns that the "
      "rule does not use.");
  Answer constant = plane_and_saddle();
  constant.variance = 0;
  EXPECT_EQ(support::thrown_message([&] { draw_truth(three_of_eight, constant, Stream(1)); }),
            "the truth that was drawn has variance 0 (its parts cancel, and errors are measured against that "
            "variance). Use more relevant columns or coefficients = \"equal\".");
}

}  // namespace
}  // namespace quartic::pool_test
