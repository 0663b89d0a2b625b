#include "laws/statistics/verdict.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace quartic {
namespace {

using Kind = Expectation::Kind;

struct Row {
  Kind kind;
  double low, high;
  Verdict verdict;
};

TEST(Verdict, FollowsTheTableOfTruth) {
  const double infinity = INFINITY;
  const Row rows[] = {{Kind::about, 1.8, 2.2, Verdict::supported},
                      {Kind::about, 1.75, 2.25, Verdict::supported},
                      {Kind::about, 1.7, 2.1, Verdict::not_identified},
                      {Kind::about, 2.1, 2.3, Verdict::not_identified},
                      {Kind::about, 1, 3, Verdict::not_identified},
                      {Kind::about, 2.26, 3, Verdict::rejected},
                      {Kind::about, 1, 1.7, Verdict::rejected},
                      {Kind::about, 5, infinity, Verdict::rejected},
                      {Kind::at_least, 1.75, 9, Verdict::supported},
                      {Kind::at_least, 3, infinity, Verdict::supported},
                      {Kind::at_least, 1, 1.7, Verdict::rejected},
                      {Kind::at_least, 1.7, 1.8, Verdict::not_identified},
                      {Kind::at_most, 1, 2.25, Verdict::supported},
                      {Kind::at_most, 2.3, 3, Verdict::rejected},
                      {Kind::at_most, 2, 2.3, Verdict::not_identified},
                      {Kind::at_most, 2, infinity, Verdict::not_identified}};
  for (const Row& row : rows) {
    const Judgement judgement = judge({row.kind, 2, 0.25}, {0.5 * (row.low + row.high), row.low, row.high});
    EXPECT_EQ(judgement.verdict, row.verdict)
        << to_string(judgement.verdict) << " " << row.low << " " << row.high;
    EXPECT_FALSE(judgement.reason.empty());
  }
}

TEST(Verdict, OfNoIntervalIsNotIdentified) {
  EXPECT_EQ(judge({Kind::about, 2, 0.1}, {}).verdict, Verdict::not_identified);
  EXPECT_EQ(judge({Kind::at_least, 2, 0.1}, {2, NAN, 3}).verdict, Verdict::not_identified);
}

TEST(Verdict, FallsWithAnotherReadingThatWouldOverturnIt) {
  const Expectation claim{Kind::about, 4, 0.5};
  const Interval above{6, 5, 7}, holds{4, 3.8, 4.2};
  const auto verdict = [&](const Interval& measured, double other) {
    const Alternative alternative{"a floor of 0.01", other};
    return judge(claim, measured, {&alternative, 1}).verdict;
  };
  EXPECT_EQ(verdict(above, 8), Verdict::rejected) << "further away on the same side";
  EXPECT_EQ(verdict(above, 5), Verdict::not_identified) << "on the claim";
  EXPECT_EQ(verdict(above, 2), Verdict::not_identified)
      << "beyond the claim: floors between them would be on it";
  EXPECT_EQ(verdict(above, 5.6), Verdict::rejected) << "within the margin of what was measured";
  EXPECT_EQ(verdict(holds, 4.4), Verdict::supported);
  EXPECT_EQ(verdict(holds, 4.6), Verdict::not_identified);
}

TEST(Verdict, SaysWhy) {
  EXPECT_EQ(judge({Kind::about, 2, 0.25}, {2, 1.9, 2.1}).reason,
            "The interval [1.9, 2.1] lies inside [1.75, 2.25].");
  EXPECT_EQ(judge({Kind::at_least, 2, 0.25}, {1, 0.9, 1.1}).reason,
            "The interval [0.9, 1.1] lies outside the values from 1.75 up.");
  EXPECT_EQ(to_string(Verdict::not_identified), "not_identified");
}

}  // namespace
}  // namespace quartic
