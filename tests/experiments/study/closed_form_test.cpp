#include "experiments/study/closed_form.hpp"

#include <gtest/gtest.h>

#include "core/require.hpp"

namespace quartic::closed_form_test {
namespace {

TEST(ClosedForm, IsFoundByItsName) {
  ASSERT_NE(closed_form("bayes_optimal"), nullptr);
  EXPECT_EQ(closed_form("bayes_optimal")->name, "bayes_optimal");
  EXPECT_EQ(closed_form("1/n"), nullptr);
}

TEST(ClosedForm, TakesItsParametersFromTheTruth) {
  const Facts facts{{"candidates", 500}, {"relevant", 5}, {"noise", 2}, {"signal", 20}, {"tail", 1}};
  const TheoryValues values = closed_form_values(*closed_form("bayes_optimal"), facts);
  EXPECT_EQ(values, (TheoryValues{{"candidates", 500}, {"relevant", 5}, {"noise", 2}, {"coefficient", 2}}));
}

TEST(ClosedForm, RefusesAParameterThatTheTruthDoesNotTell) {
  const Facts facts{{"candidates", 500}, {"relevant", 5}, {"noise", 2}, {"signal", 20}};
  EXPECT_THROW(closed_form_values(*closed_form("lasso"), facts), InvalidInput);
}

}  // namespace
}  // namespace quartic::closed_form_test
