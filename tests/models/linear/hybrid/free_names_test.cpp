#include "models/linear/hybrid/free_names.hpp"

#include <gtest/gtest.h>

#include "tests/support/linear_problem.hpp"

namespace quartic::free_names_test {
namespace {

using detail::FreeNames;

const std::vector<Index> names = {1, 3};

Hybrid model(const char* penalty) {
  return Hybrid{.trust = 1.0, .penalty = penalty}.advised(names);
}

TEST(FreeNames, ChoosesALargerPenaltyWithinOneStandardError) {
  const Data data = gaussian_problem(60, 40, 1);
  const Hybrid smallest = model("cv"), cautious = model("cv_1se");
  const PenaltyChoice a = FreeNames(smallest, data).choose(), b = FreeNames(cautious, data).choose();
  EXPECT_GE(b.penalty, a.penalty);
  EXPECT_EQ(a.smallest.mean, b.smallest.mean);
  EXPECT_EQ(a.flops, b.flops);
  EXPECT_GT(a.smallest.standard_error, 0);
}

// Three rows train on two, or one: two names leave nothing to the others there.
TEST(FreeNames, ValidatesWhereNamesExplainAllThatIsTrainedOn) {
  const Hybrid cv = model("cv");
  for (const Index n : {2, 3, 4}) {
    const Data data = gaussian_problem(n, 10, 2);
    const FreeNames problem(cv, data);
    const PenaltyChoice choice = problem.choose();
    EXPECT_GT(choice.penalty, 0) << n;
    EXPECT_TRUE(std::isfinite(choice.smallest.mean)) << n;
    EXPECT_TRUE(problem.fit_at(choice.penalty, Stream(1)).predict.linear()->coefficients.allFinite()) << n;
  }
}

}  // namespace
}  // namespace quartic::free_names_test
