#include "sim/parts/rule.hpp"

#include <gtest/gtest.h>

#include <array>

#include "tests/support/thrown_message.hpp"

namespace quartic::rule_test {
namespace {

constexpr std::array<Index, 2> columns = {3, 1};
constexpr std::array<double, 2> values = {10, 0.5};

TEST(Rule, ErrorsAreTheCoefficientsLessTheTrueOnes) {
  const LinearRule rule{Vector{{1, 2, 3, 4}}, 7};
  EXPECT_EQ(coefficient_errors(rule, 4, columns, values), (Vector{{1, 1.5, 3, -6}}));
}

TEST(Rule, NeedsACoefficientForEveryCandidate) {
  const LinearRule rule{Vector{{1, 2, 3, 4}}, 7};
  const std::string message =
      support::thrown_message([&] { static_cast<void>(coefficient_errors(rule, 5, columns, values)); });
  EXPECT_EQ(message.find("the rule has 4 coefficients and the truth 5 candidates"), 0u) << message;
}

}  // namespace
}  // namespace quartic::rule_test
