#include "sim/experts/expert.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "sim/worlds/sparse_linear.hpp"
#include "tests/support/thrown_message.hpp"

namespace quartic::expert_test {
namespace {

Truth decaying_truth() {
  return SparseLinear{.candidates = 50, .relevant = 8, .coefficients = "decay(1)"}.draw(Stream(1));
}

Index count_relevant(const std::vector<Index>& named, const Truth& truth) {
  const std::vector<Index> relevant = truth.relevant();
  return std::count_if(named.begin(), named.end(), [&](Index column) {
    return std::find(relevant.begin(), relevant.end(), column) != relevant.end();
  });
}

TEST(Expert, NamesAsManyOfEachKindAsAsked) {
  const Truth truth = decaying_truth();
  for (const Forgets forgets : {Forgets::at_random, Forgets::least_important})
    for (Index correct = 0; correct <= 8; ++correct)
      for (Index wrong : {0, 1, 20, 42}) {
        const auto named = named_columns({correct, wrong, forgets}, truth, Stream(2));
        EXPECT_EQ(std::set<Index>(named.begin(), named.end()).size(),
                  static_cast<std::size_t>(correct + wrong));
        EXPECT_EQ(count_relevant(named, truth), correct);
        EXPECT_TRUE(std::is_sorted(named.begin(), named.end()));
        EXPECT_TRUE(std::all_of(named.begin(), named.end(), [](Index j) { return j >= 0 && j < 50; }));
      }
}

TEST(Expert, NamesTheColumnsOfAListWhateverMatters) {
  const Truth truth = decaying_truth();
  const Index first = truth.relevant().front();
  const Expert expert{.columns = " 49,0 , 17  " + std::to_string(first)};
  std::vector<Index> listed = {0, 17, 49, first};
  std::sort(listed.begin(), listed.end());
  EXPECT_EQ(named_columns(expert, truth, Stream(2)), listed);
  EXPECT_EQ(named_columns(expert, truth, Stream(3)), listed);
  const NamedCounts counts = most_named(expert, truth);
  EXPECT_EQ(counts.correct, count_relevant(listed, truth));
  EXPECT_EQ(counts.all(), 4);
}

TEST(Expert, RefusesListsThatAreNone) {
  const Truth truth = decaying_truth();
  for (const auto& [list, why] :
       {std::pair("1;2", "is no list"), std::pair("1,2.5", "is no list"), std::pair("one", "is no list"),
        std::pair("3,50", "names column 50"), std::pair("-1", "names column -1"),
        std::pair("1e300", "names column"), std::pair("nan", "is no list"),
        std::pair("4,7,4", "names column 4 twice")}) {
    const std::string told = support::thrown_message(
        [&, text = std::string(list)] { named_columns({.columns = text}, truth, Stream(1)); });
    EXPECT_NE(told.find(why), std::string::npos) << list << ": " << told;
  }
}

TEST(Expert, BetterExpertsNameAllThatWorseOnesName) {
  const Truth truth = decaying_truth();
  for (const Forgets forgets : {Forgets::at_random, Forgets::least_important})
    for (Index correct = 0; correct < 8; ++correct)
      for (Index wrong = 0; wrong < 42; ++wrong) {
        const auto worse = named_columns({correct, wrong, forgets}, truth, Stream(3));
        const auto more_correct = named_columns({correct + 1, wrong, forgets}, truth, Stream(3));
        const auto more_wrong = named_columns({correct, wrong + 1, forgets}, truth, Stream(3));
        EXPECT_TRUE(std::includes(more_correct.begin(), more_correct.end(), worse.begin(), worse.end()));
        EXPECT_TRUE(std::includes(more_wrong.begin(), more_wrong.end(), worse.begin(), worse.end()));
      }
}

TEST(Expert, ForgetsTheLeastImportantFirst) {
  const Truth truth = decaying_truth();
  std::vector<Index> best = truth.relevant();
  best.resize(3);
  std::sort(best.begin(), best.end());
  EXPECT_EQ(named_columns({3, 0, Forgets::least_important}, truth, Stream(4)), best);
}

TEST(Expert, ForgettingAtRandomIsFair) {
  const Truth truth = decaying_truth();
  const Stream stream(5);
  int named_best = 0;
  constexpr int replicates = 4000;
  for (std::uint64_t r = 0; r < replicates; ++r) {
    const auto named = named_columns({2, 0}, truth, stream.child(r));
    named_best += std::count(named.begin(), named.end(), truth.relevant().front());
  }
  EXPECT_NEAR(named_best, replicates / 4.0, 5 * std::sqrt(replicates * 0.25 * 0.75));
}

TEST(Expert, WrongColumnsAreFairAmongTheIrrelevant) {
  const Truth truth = SparseLinear{.candidates = 12, .relevant = 4}.draw(Stream(6));
  const Stream stream(7);
  std::vector<int> counts(12);
  constexpr int replicates = 8000;
  for (std::uint64_t r = 0; r < replicates; ++r)
    for (Index j : named_columns({0, 2}, truth, stream.child(r))) ++counts[static_cast<std::size_t>(j)];
  const auto relevant = truth.relevant();
  for (Index j = 0; j < 12; ++j) {
    const bool matters = std::find(relevant.begin(), relevant.end(), j) != relevant.end();
    const double expected = matters ? 0 : replicates / 4.0;
    EXPECT_NEAR(counts[static_cast<std::size_t>(j)], expected, 5 * std::sqrt(expected * 0.75));
  }
}

TEST(Expert, NamesFewOfAMillionCandidates) {
  const Truth truth = SparseLinear{.candidates = 1'000'000, .relevant = 100}.draw(Stream(8));
  const auto named = named_columns({90, 100}, truth, Stream(9));
  EXPECT_EQ(named.size(), 190);
  EXPECT_EQ(count_relevant(named, truth), 90);
}

TEST(Expert, RefusesToNameMoreThanThereAre) {
  const Truth truth = decaying_truth();
  EXPECT_EQ(support::thrown_message([&] {
              named_columns({9, 0}, truth, Stream(1));
            }),
            "an expert names 9 relevant candidates (this world has 8). Name from 0 to 8.");
  EXPECT_EQ(support::thrown_message([&] {
              named_columns({0, 43}, truth, Stream(1));
            }),
            "an expert names 43 irrelevant candidates (this world has 42). Name from 0 to 42.");
  EXPECT_NE(support::thrown_message([&] { named_columns({-1, 0}, truth, Stream(1)); }), "");
}

bool includes(const std::vector<Index>& larger, const std::vector<Index>& smaller) {
  return std::includes(larger.begin(), larger.end(), smaller.begin(), smaller.end());
}

TEST(ExpertShares, AreRoundedToCounts) {
  const Truth truth = decaying_truth();
  const auto counts = [&](double recall, double wrong) {
    const NamedCounts named = most_named({.recall = recall, .false_share = wrong}, truth);
    return std::pair(named.correct, named.wrong);
  };
  EXPECT_EQ(counts(1, 0), std::pair(Index{8}, Index{0}));
  EXPECT_EQ(counts(0.5, 0.5), std::pair(Index{4}, Index{4}));
  EXPECT_EQ(counts(0.8, 0.1), std::pair(Index{6}, Index{1}));
  EXPECT_EQ(counts(0, 0.9), std::pair(Index{0}, Index{0}));
  EXPECT_EQ(named_columns({.recall = 0.5, .false_share = 0.2}, truth, Stream(2)),
            named_columns({.correct = 4, .wrong = 1}, truth, Stream(2)));
}

// Squares 1, 1/4, 1/9 ... 1/64 of sum 1.527: shares 0.655, 0.164, 0.073, ...
TEST(ExpertShares, OfTheSignalAreReachedByAsFewAsPossible) {
  const Truth truth = decaying_truth();
  const auto named = [&](double recall, Forgets forgets) {
    return named_columns({.forgets = forgets, .recall = recall, .weight = Weight::signal}, truth, Stream(2));
  };
  EXPECT_EQ(named(0.65, Forgets::least_important).size(), 1u);
  EXPECT_EQ(named(0.66, Forgets::least_important).size(), 2u);
  EXPECT_EQ(named(0.9, Forgets::least_important).size(), 4u);
  EXPECT_EQ(named(0, Forgets::least_important).size(), 0u);
  for (const Forgets forgets : {Forgets::least_important, Forgets::at_random}) {
    EXPECT_EQ(named(1, forgets).size(), 8u);
    for (double recall = 0; recall < 0.95; recall += 0.1)
      EXPECT_TRUE(includes(named(recall + 0.1, forgets), named(recall, forgets))) << recall;
  }
}

TEST(ExpertShares, OfTheSignalNeverNameMoreOrFewerThanPlanned) {
  const Truth truth = decaying_truth();
  for (double recall = 0.1; recall < 1; recall += 0.1)
    for (std::uint64_t seed = 1; seed < 20; ++seed) {
      const Expert expert{.recall = recall, .false_share = 0.5, .weight = Weight::signal};
      const Index named = std::ssize(named_columns(expert, truth, Stream(seed)));
      EXPECT_LE(named, most_named(expert, truth).all());
      EXPECT_GE(named, fewest_named(expert, truth).all());
    }
}

// The first of the shares above reaches it alone, and the seven others, of 0.345 together, do not.
TEST(ExpertShares, OfTheSignalAreReachedByTheLargestAloneOrWithAllOthersBeforeIt) {
  const Expert expert{.wrong = 2, .recall = 0.65, .weight = Weight::signal};
  EXPECT_EQ(fewest_named(expert, decaying_truth()).all(), 1 + 2);
  EXPECT_EQ(most_named(expert, decaying_truth()).all(), 8 + 2);
  const Expert sure{.forgets = Forgets::least_important, .recall = 0.65, .weight = Weight::signal};
  EXPECT_EQ(most_named(sure, decaying_truth()).all(), 1);
  EXPECT_EQ(fewest_named({.correct = 3, .wrong = 1}, decaying_truth()).all(), 4);
}

TEST(ExpertAdvice, OfOneWhoReadsWellIsTheColumnsAlone) {
  const Truth truth = decaying_truth();
  const Advice advice = advise({.correct = 5, .wrong = 3}, truth, Stream(2));
  EXPECT_EQ(advice.reading.columns, named_columns({.correct = 5, .wrong = 3}, truth, Stream(2)));
  EXPECT_TRUE(advice.reading.is_plain());
  EXPECT_EQ(advice.forbidden.size(), 0);
}

TEST(ExpertAdvice, WrongFormsNestAndAreSoManyOfTheNamed) {
  const Truth truth = decaying_truth();
  std::vector<bool> before(8, false);
  for (int eighths = 1; eighths <= 8; ++eighths) {
    const Expert expert{.correct = 5, .wrong = 3, .wrong_form = eighths / 8.};
    const std::vector<bool> now = advise(expert, truth, Stream(2)).reading.thresholded;
    EXPECT_EQ(std::count(now.begin(), now.end(), true), eighths);
    for (std::size_t k = 0; k < 8; ++k) EXPECT_TRUE(!before[k] || now[k]);
    before = now;
  }
  EXPECT_TRUE(advise({.correct = 5, .wrong_form = 0.09}, truth, Stream(2)).reading.is_plain())
      << "rounds to 0";
}

TEST(ExpertAdvice, WrongSignsForbidTheTrueOnesOfRelevantColumnsAlone) {
  const Truth truth = SparseLinear{.candidates = 50, .relevant = 8, .coefficients = "signs"}.draw(Stream(1));
  const std::vector<Index> relevant = truth.relevant();
  LinearRule rule{Vector::Zero(50), 0};
  Vector before;
  for (int quarters = 1; quarters <= 4; ++quarters) {
    const Advice advice = advise({.correct = 8, .wrong = 30, .wrong_sign = quarters / 4.}, truth, Stream(2));
    EXPECT_EQ((advice.forbidden.array() != 0).count(), 2 * quarters);
    for (Index k = 0; k < advice.forbidden.size(); ++k) {
      if (advice.forbidden[k] == 0) continue;
      const Index column = advice.reading.columns[static_cast<std::size_t>(k)];
      rule.coefficients[column] = advice.forbidden[k];
      EXPECT_LT(*truth.excess_risk(rule), 8) << "the true sign explains something";
      rule.coefficients[column] = 0;
    }
    for (Index k = 0; k < before.size(); ++k) EXPECT_TRUE(before[k] == 0 || before[k] == advice.forbidden[k]);
    before = advice.forbidden;
  }
}

}  // namespace
}  // namespace quartic::expert_test
