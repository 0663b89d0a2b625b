#include "models/flexible/pruned_network/magnitude.hpp"

#include <gtest/gtest.h>

namespace quartic::detail::magnitude_test {
namespace {

// Weights of 2 units of 2 inputs, their biases, weights of the output, its bias.
const NetworkShape shape{2, {2}};
const std::vector<float> parameters = {0.1F, -3, 2, -0.5F, 9, 0.01F, -2, 0.3F, 0};

TEST(Magnitude, KeepsTheLargestWeightsOfEachLayerAndEveryBias) {
  EXPECT_EQ(count_weights(shape), 6);
  EXPECT_EQ(keep_largest(shape, parameters, keep_all(shape), 0.5), (Kept{0, 1, 1, 0, 1, 1, 1, 0, 1}));
  EXPECT_EQ(keep_largest(shape, parameters, keep_all(shape), 0.3),
            (Kept{0, 1, 1, 0, 1, 1, 1, 0, 1}));  // 1.2 is two
  EXPECT_EQ(keep_largest(shape, parameters, keep_all(shape), 1e-9), (Kept{0, 1, 0, 0, 1, 1, 1, 0, 1}));
  EXPECT_EQ(keep_largest(shape, parameters, keep_all(shape), 1), keep_all(shape));
  EXPECT_EQ(keep_above(shape, parameters, keep_all(shape), 0.5), (Kept{0, 1, 1, 1, 1, 1, 1, 0, 1}));
}

TEST(Magnitude, OfEqualSizesTheFirstStays) {
  const std::vector<float> equal = {2, -2, 2, -2, 0, 0, -1, 1, 0};
  EXPECT_EQ(keep_largest(shape, equal, keep_all(shape), 0.5), (Kept{1, 1, 0, 0, 1, 1, 1, 0, 1}));
}

TEST(Magnitude, BringsBackNothingThatWasCut) {
  const Kept left = keep_largest(shape, parameters, keep_all(shape), 0.5);
  EXPECT_EQ(keep_largest(shape, parameters, left, 0.9), left);
  EXPECT_EQ(keep_above(shape, parameters, left, 0), left);
  EXPECT_EQ(count_weights(shape, left), 3);
  std::vector<float> now = parameters;
  cut(left, now);
  EXPECT_EQ(now, (std::vector<float>{0, -3, 2, 0, 9, 0.01F, -2, 0, 0}));
}

TEST(Magnitude, KnowsALayerWithoutWeights) {
  EXPECT_TRUE(has_weights(shape, keep_above(shape, parameters, keep_all(shape), 1.9)));
  EXPECT_FALSE(has_weights(shape, keep_above(shape, parameters, keep_all(shape), 2.5)));
}

TEST(Magnitude, CutsWhatIsNoNumberFirst) {
  std::vector<float> broken = parameters;
  broken[1] = std::numeric_limits<float>::quiet_NaN();
  EXPECT_EQ(keep_largest(shape, broken, keep_all(shape), 0.7)[1], 0);
}

}  // namespace
}  // namespace quartic::detail::magnitude_test
