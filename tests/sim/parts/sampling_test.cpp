#include "sim/parts/sampling.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace quartic::sampling_test {
namespace {

TEST(Sampling, ASampleOfAllIsAPermutation) {
  std::vector<Index> sample = sample_without_replacement(1000, 1000, Stream(1));
  EXPECT_FALSE(std::is_sorted(sample.begin(), sample.end()));
  std::sort(sample.begin(), sample.end());
  for (Index k = 0; k < 1000; ++k) ASSERT_EQ(sample[static_cast<std::size_t>(k)], k);
}

TEST(Sampling, SmallerSamplesAreBeginningsOfLargerOnes) {
  const std::vector<Index> large = sample_without_replacement(500, 500, Stream(2));
  for (Index count : {0, 1, 7, 100, 499}) {
    const std::vector<Index> small = sample_without_replacement(500, count, Stream(2));
    EXPECT_EQ(small, std::vector<Index>(large.begin(), large.begin() + count));
  }
}

TEST(Sampling, ServesHugePopulations) {
  const std::vector<Index> sample = sample_without_replacement(1'000'000'000, 1000, Stream(3));
  EXPECT_EQ(std::set<Index>(sample.begin(), sample.end()).size(), 1000);
  EXPECT_GT(*std::max_element(sample.begin(), sample.end()), 900'000'000);
  EXPECT_GE(*std::min_element(sample.begin(), sample.end()), 0);
}

// All 5 * 4 ordered pairs are equally likely: each count is binomial.
TEST(Sampling, EveryOrderedPairIsEquallyLikely) {
  constexpr int draws = 40000;
  std::map<std::vector<Index>, int> counts;
  const Stream stream(4);
  for (std::uint64_t i = 0; i < draws; ++i) ++counts[sample_without_replacement(5, 2, stream.child(i))];
  EXPECT_EQ(counts.size(), 20);
  const double p = 1.0 / 20, se = std::sqrt(draws * p * (1 - p));
  for (const auto& [pair, count] : counts) EXPECT_NEAR(count, draws * p, 5 * se);
}

}  // namespace
}  // namespace quartic::sampling_test
