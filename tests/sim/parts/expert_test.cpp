#include "sim/parts/expert.hpp"

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

}  // namespace
}  // namespace quartic::expert_test
