#include "models/flexible/searched/candidates.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

namespace quartic::detail::candidates_test {
namespace {

TEST(Candidates, AreDrawnFromAllThatIsAllowed) {
  const Searched search{.layers_from = 2,
                        .layers_to = 4,
                        .width_from = 8,
                        .width_to = 128,
                        .rate_from = 1e-4,
                        .rate_to = 1e-2,
                        .activation = "tanh",
                        .epochs = 7};
  std::set<Index> depths;
  double width = 0, rate = 0;
  constexpr int draws = 4000;
  for (int t = 0; t < draws; ++t) {
    const Mlp network = draw_candidate(search, Stream(1).child(static_cast<std::uint64_t>(t)));
    EXPECT_TRUE(network.layers >= 2 && network.layers <= 4 && network.width >= 8 && network.width <= 128);
    const double given = std::get<double>(network.learning_rate);
    EXPECT_TRUE(given >= 1e-4 && given <= 1e-2);
    depths.insert(network.layers);
    width += std::log(static_cast<double>(network.width)) / draws;
    rate += std::log(given) / draws;
    EXPECT_TRUE(network.activation == "tanh" && network.epochs == 7);
  }
  EXPECT_EQ(depths.size(), 3u);
  // Means of uniform logarithms, within five standard errors.
  EXPECT_NEAR(width, std::log(32.0), 5 * std::log(16.0) / std::sqrt(12.0 * draws));
  EXPECT_NEAR(rate, std::log(1e-3), 5 * std::log(100.0) / std::sqrt(12.0 * draws));
}

TEST(Candidates, AreNestedInTheNumberOfTrials) {
  const Searched few{.trials = 2}, many{.trials = 20};
  EXPECT_EQ(draw_candidate(few, Stream(2)).fingerprint(), draw_candidate(many, Stream(2)).fingerprint());
}

TEST(Rungs, HalveTheNetworksAndDoubleTheEpochs) {
  const auto listed = [](const Searched& search) {
    std::vector<std::pair<Index, Index>> all;
    for (const Rung& rung : make_rungs(search)) all.emplace_back(rung.networks, rung.epochs);
    return all;
  };
  using Listed = std::vector<std::pair<Index, Index>>;
  EXPECT_EQ(listed({.trials = 9, .epochs = 40}), (Listed{{9, 40}}));
  EXPECT_EQ(listed({.search = "successive_halving", .trials = 8, .epochs = 40}),
            (Listed{{8, 5}, {4, 10}, {2, 20}, {1, 40}}));
  EXPECT_EQ(listed({.search = "successive_halving", .trials = 5, .epochs = 3}),
            (Listed{{5, 1}, {3, 1}, {2, 2}, {1, 3}}));
  EXPECT_EQ(listed({.search = "successive_halving", .trials = 1, .epochs = 3}), (Listed{{1, 3}}));
}

}  // namespace
}  // namespace quartic::detail::candidates_test
