#include "laws/statistics/verdict.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "core/types.hpp"

namespace quartic::verdict_test {
namespace {

using Kind = Expectation::Kind;

struct Row {
  Kind kind;
  double low, high;
  Verdict verdict;
};

TEST(Verdict, FollowsTheTableOfTruth) {
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

TEST(Judge, HoldsNeverAgainstWhatIsInfinite) {
  const Expectation never{Kind::about, infinity, infinity};
  EXPECT_EQ(judge(never, {infinity, 3e6, infinity}).verdict, Verdict::supported);
  EXPECT_EQ(judge(never, {500, 400, 600}).verdict, Verdict::rejected);
  EXPECT_EQ(judge(never, {500, 400, infinity}).verdict, Verdict::not_identified);
  EXPECT_EQ(judge(never, {}).verdict, Verdict::not_identified);
  EXPECT_EQ(judge({Kind::about, 2000, 200}, {infinity, 3e6, infinity}).verdict, Verdict::rejected);
}

Judgement judge_two(const Expectation& claim, const Interval& first, const Interval& other) {
  const NamedInterval readings[] = {{"the power law", first}, {"the floor law", other}};
  return judge_readings(claim, readings);
}

TEST(Verdict, IsThatOfEveryReadingThatIsNotExcluded) {
  const Expectation claim{Kind::about, 4, 0.5}, bound{Kind::at_least, 4, 0};
  const Interval holds{4, 3.8, 4.2}, above{6, 5, 7}, further{8, 7.5, 9}, below{2, 1, 3}, wide{4, 3, 5};
  EXPECT_EQ(judge_two(claim, holds, {4.1, 3.9, 4.4}).verdict, Verdict::supported);
  EXPECT_EQ(judge_two(claim, holds, wide).verdict, Verdict::not_identified);
  EXPECT_EQ(judge_two(claim, above, further).verdict, Verdict::rejected);
  EXPECT_EQ(judge_two(claim, above, holds).verdict, Verdict::not_identified);
  EXPECT_EQ(judge_two(claim, above, below).verdict, Verdict::not_identified) << "one above and one below";
  EXPECT_EQ(judge_two(bound, above, further).verdict, Verdict::supported) << "however far apart";
  EXPECT_EQ(judge_two(bound, {infinity, infinity, infinity}, above).verdict, Verdict::supported);
  EXPECT_EQ(judge_two(claim, holds, {4, NAN, NAN}).verdict, Verdict::not_identified);
}

TEST(Verdict, NamesTheReadingThatDecides) {
  EXPECT_EQ(judge_two({Kind::about, 4, 0.5}, {4, 3.8, 4.2}, {4, 3, 5}).reason,
            "By the power law it would be supported, with [3.8, 4.2]; the floor law, which these data do not "
            "exclude, has [3, 5]: further sizes would tell.");
  EXPECT_EQ(judge_two({Kind::about, 4, 0.5}, {4, 3.8, 4.2}, {4.1, 3.9, 4.4}).reason,
            "The interval [3.8, 4.4] lies inside [3.5, 4.5], whichever law holds.");
}

TEST(Verdict, SaysWhy) {
  EXPECT_EQ(judge({Kind::about, 2, 0.25}, {2, 1.9, 2.1}).reason,
            "The interval [1.9, 2.1] lies inside [1.75, 2.25].");
  EXPECT_EQ(judge({Kind::at_least, 2, 0.25}, {1, 0.9, 1.1}).reason,
            "The interval [0.9, 1.1] lies outside the values from 1.75 up.");
  EXPECT_EQ(to_string(Verdict::not_identified), "not_identified");
}

}  // namespace
}  // namespace quartic::verdict_test
