#include "sim/findings/finding_score.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "tests/support/thrown_message.hpp"

namespace quartic::finding_score_test {
namespace {

using namespace quartic::detail;

ScoreDraft draft_of(std::vector<Index> columns, double joint) {
  ScoreDraft draft{0.3, {}, 2, joint};
  double b = 3;
  for (const Index column : columns) draft.effects.push_back({column, b -= 0.25});
  return draft;
}

TEST(FindingScore, OneFindingHasAllTheSignal) {
  const FindingScore score = make_score(draft_of({7}, 0));
  EXPECT_NEAR(score.effects[0].coefficient, std::sqrt(2.), 1e-15);
  EXPECT_NEAR(score(std::vector{1.5}), 1.5 * std::sqrt(2.), 1e-15);
}

// Var = b^2 + b'^2 + 2 b b' c for two that are normal.
TEST(FindingScore, FindingsOfAPlaceShareTheirSignal) {
  const FindingScore score = make_score(draft_of({2, 1}, 0));
  const double first = score.effects[0].coefficient, second = score.effects[1].coefficient;
  EXPECT_NEAR(second / first, 2.75 / 2.5, 1e-15);
  EXPECT_NEAR(first * first + second * second + 0.6 * first * second, 2, 1e-11);
}

TEST(FindingScore, PairsTakeTheirShareAndEachPlaceOnce) {
  std::vector<Index> columns;
  for (Index k = 0; k < 21; ++k) columns.push_back(7 * k % 60);
  const FindingScore score = make_score(draft_of(columns, 0.4));
  ASSERT_EQ(score.joints.size(), 3U);
  std::set<Index> places;
  double squares = 0;
  for (const Joint& joint : score.joints) {
    squares += joint.coefficient * joint.coefficient;
    EXPECT_TRUE(places.insert(place_of(joint.first.column)).second);
    EXPECT_TRUE(places.insert(place_of(joint.second.column)).second);
  }
  EXPECT_NEAR(squares, 0.8, 1e-14);
  EXPECT_EQ(score.joints[0].first.column, 0);
  EXPECT_EQ(score.joints[0].second.column, 7);
}

// Column 3 is whether something is there, column 12 a margin, which is conspicuous above 0.524.
TEST(FindingScore, APairMattersAsAProduct) {
  const FindingScore score = make_score(draft_of({12, 3}, 0.5));
  ASSERT_EQ(score.columns(), (std::vector<Index>{3, 12}));
  const auto rule = [&](double present, double margin) {
    return score(std::vector{present, margin}) - score.effects[0].coefficient * present -
           score.effects[1].coefficient * margin;
  };
  const double usual = -std::sqrt(0.3 / 0.7), conspicuous = std::sqrt(0.7 / 0.3);
  EXPECT_NEAR(rule(1, 0.6), conspicuous * conspicuous, 1e-14);
  EXPECT_NEAR(rule(1, 0.5), usual * conspicuous, 1e-14);
  EXPECT_NEAR(rule(-1, 0.5), usual * usual, 1e-14);
  EXPECT_NEAR(score.joints[0].coefficient, 1, 1e-15);
}

TEST(FindingScore, PairsCountForImportance) {
  ScoreDraft draft{0.3, {{0, 1}, {5, 0.5}, {20, 0.9}}, 1, 0.8};
  const std::vector<Index> support = {0, 5, 20};
  EXPECT_EQ(by_importance(make_score(draft), support), (std::vector<Index>{0, 5, 20}));
  draft.joint = 0;
  EXPECT_EQ(by_importance(make_score(draft), support), (std::vector<Index>{0, 20, 5}));
}

TEST(FindingScore, RefusesRulesWithinOnePlace) {
  EXPECT_NE(support::thrown_message([] {
              make_score(draft_of({10, 11, 14}, 0.1));
            }).find("Raise relevant"),
            std::string::npos);
}

}  // namespace
}  // namespace quartic::finding_score_test
