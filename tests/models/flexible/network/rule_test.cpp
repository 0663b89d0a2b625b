#include "models/flexible/network/rule.hpp"

#include <gtest/gtest.h>

#include "tests/support/linear_problem.hpp"
#include "tests/support/reference/network.hpp"

namespace quartic::detail::rule_test {
namespace {

std::vector<float> some_parameters(const NetworkShape& shape) {
  std::vector<double> normals(static_cast<std::size_t>(parameter_count(shape)));
  Stream(4).fill_normal(normals);
  return {normals.begin(), normals.end()};
}

TEST(NetworkRule, OfLinearUnitsIsALine) {
  const Matrix x = gaussian_matrix(5, 3, Stream(1));
  for (const std::vector<Index>& hidden : std::vector<std::vector<Index>>{{}, {2}, {4, 2}}) {
    const NetworkShape shape{.inputs = 3, .hidden = hidden, .activation = ActivationKind::linear};
    const Predictor predictor = make_predictor(shape, some_parameters(shape));
    ASSERT_TRUE(predictor.linear());
    const NetworkRule network{shape, std::make_shared<const std::vector<float>>(some_parameters(shape))};
    EXPECT_LT((predictor.score(x) - network.score(x)).norm(), 1e-4) << hidden.size();
  }
}

TEST(NetworkRule, ScoresManyRowsAsItScoresFew) {
  const NetworkShape shape{.inputs = 3, .hidden = {4}};
  const Predictor predictor = make_predictor(shape, some_parameters(shape));
  EXPECT_FALSE(predictor.linear());
  const Matrix x = gaussian_matrix(600, 3, Stream(2));
  const Vector scores = predictor.score(x);
  for (const Index row : {0, 255, 256, 599})
    EXPECT_NEAR(predictor.score(x.middleRows(row, 1))(0), scores(row), 1e-4) << row;
}

TEST(NetworkRule, BillsAPredictionAsTheObviousPassCounts) {
  using T = CountingScalar;
  for (const ActivationKind kind : {ActivationKind::relu, ActivationKind::tanh, ActivationKind::gelu})
    for (const bool trained : {true, false}) {
      const NetworkShape shape{.inputs = 3, .hidden = {4, 2}, .activation = kind, .trained_output = trained};
      const std::vector<float> numbers = some_parameters(shape);
      const std::vector<T> parameters(numbers.begin(), numbers.end());
      const auto row = grid_of<T>(gaussian_matrix(1, 3, Stream(3)));
      EXPECT_EQ(make_predictor(shape, numbers).score_flops(),
                count_flops([&] { reference::network_forward(shape, parameters, row); }));
    }
}

}  // namespace
}  // namespace quartic::detail::rule_test
