// Drawn rows of the worlds of sim/parts/pool.hpp against what their formulas say, within 5 standard errors.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "sim/worlds/additive.hpp"
#include "sim/worlds/interactions.hpp"
#include "sim/worlds/multi_index.hpp"
#include "sim/worlds/teacher.hpp"

namespace quartic::pool_worlds_statistics {
namespace {

struct Case {
  std::string name;
  World world;
};

const std::vector<Case>& cases() {
  static const std::vector<Case> all = {
      {"linear_teacher", Teacher{.candidates = 12, .activation = "linear", .coefficients = "gaussian"}},
      {"relu_teacher", Teacher{.candidates = 12, .hidden = 7}},
      {"relu_pair",
       Teacher{.candidates = 12, .relevant = 2, .hidden = 5, .coefficients = "equal", .signal = 0}},
      {"tanh_teacher", Teacher{.candidates = 12, .activation = "tanh", .coefficients = "decay(0.5)"}},
      {"erf_teacher", Teacher{.candidates = 12, .relevant = 3, .hidden = 9, .activation = "erf"}},
      {"cubic", MultiIndex{.candidates = 12, .link = "hermite(3)", .coefficients = "gaussian"}},
      {"staircase", MultiIndex{.candidates = 12, .directions = 3, .link = "staircase"}},
      {"product_of_directions", MultiIndex{.candidates = 12, .directions = 2, .link = "product"}},
      {"bump", MultiIndex{.candidates = 12, .directions = 3, .link = "bump", .signal = 0}},
      {"products", Interactions{.candidates = 12, .order = 2, .terms = 8, .coefficients = "gaussian"}},
      {"ands", Interactions{.candidates = 12, .order = 3, .terms = 8, .operation = "and", .signal = 0}},
      {"signed_ands", Interactions{.candidates = 12,
                                   .relevant = 5,
                                   .order = 4,
                                   .terms = 5,
                                   .operation = "and",
                                   .coefficients = "signs"}},
      {"rough_functions", Additive{.candidates = 12, .smoothness = 0.5, .terms = 50}},
      {"smooth_functions", Additive{.candidates = 12, .coefficients = "gaussian", .signal = 0}}};
  return all;
}

class EveryPoolWorld : public testing::TestWithParam<std::size_t> {
 protected:
  static constexpr Range rows = {0, 100'000};
  Truth truth = cases()[GetParam()].world.draw(Stream(1));
  Matrix x = truth.x(rows, {0, truth.candidates()}, Stream(2));
  Eigen::ArrayXd answers = truth.mean(rows, Stream(2));
};

void expect_mean(const Eigen::ArrayXd& values, double expected, const std::string& what) {
  const double n = static_cast<double>(values.size());
  const double se = std::sqrt((values - values.mean()).square().sum()) / n;
  EXPECT_NEAR(values.mean(), expected, 5 * se) << what;
}

TEST_P(EveryPoolWorld, AnswersHaveMeanZeroAndTheVarianceStated) {
  expect_mean(answers, 0, "mean");
  expect_mean(answers.square(), truth.facts().at("signal"), "variance");
}

// The risk of e_j less that of -e_j is -4 E x_j f*.
TEST_P(EveryPoolWorld, AnswersVaryWithColumnsAsTheExactRiskHasIt) {
  const Index d = truth.candidates();
  for (Index j = 0; j < d; ++j) {
    const double forward = *truth.excess_risk({Vector::Unit(d, j)});
    const double backward = *truth.excess_risk({-Vector::Unit(d, j)});
    expect_mean(x.col(j).array() * answers, (backward - forward) / 4, "column " + std::to_string(j));
  }
}

TEST_P(EveryPoolWorld, ExactRiskIsWhatFreshRowsShow) {
  const Index d = truth.candidates();
  Vector b(d);
  Stream(3).fill_normal({b.data(), static_cast<std::size_t>(d)});
  const LinearRule rule{0.3 * b, -0.4};
  expect_mean((rule.score(x).array() - answers).square(), *truth.excess_risk(rule), "risk");
}

TEST_P(EveryPoolWorld, OtherColumnsTellNothing) {
  const std::vector<Index> relevant = truth.relevant();
  for (Index j = 0; j < truth.candidates(); ++j)
    if (std::find(relevant.begin(), relevant.end(), j) == relevant.end())
      expect_mean(x.col(j).array().square() * (answers.square() - truth.facts().at("signal")), 0,
                  "column " + std::to_string(j));
}

INSTANTIATE_TEST_SUITE_P(PoolWorlds, EveryPoolWorld, testing::Range(std::size_t{0}, cases().size()),
                         [](const auto& world) { return cases()[world.param].name; });

}  // namespace
}  // namespace quartic::pool_worlds_statistics
