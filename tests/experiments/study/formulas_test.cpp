#include "experiments/study/formulas.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "models/linear/lasso/lasso.hpp"
#include "tests/support/thrown_message.hpp"

namespace quartic::formulas_test {
namespace {

const OptionInfo& penalty() {
  static const std::vector<OptionInfo> options = describe(Lasso::options());
  return *std::find_if(options.begin(), options.end(), [](const auto& one) { return one.name == "penalty"; });
}

TEST(Formulas, OfWordsQuoteTheTruth) {
  const Variables variables = {{"constant", 2}, {"noise", 3}, {"columns", std::exp(2.0)}, {"n", 100}};
  EXPECT_NEAR(std::get<double>(resolve(penalty(), std::string("theory_known"), variables)), 2 * 3 * 0.2,
              1e-12);
  EXPECT_EQ(resolve(penalty(), std::string("cv"), variables), OptionValue(std::string("cv")));
}

TEST(Formulas, OfWordsAreNamedByTheWordWhereTheTruthHasNoSuchNumber) {
  const Variables classes = {{"constant", 2}, {"bayes_error", 0.1}, {"columns", 7}, {"n", 100}};
  EXPECT_EQ(
      support::thrown_message([&] { resolve(penalty(), std::string("theory_known"), classes); }),
      "penalty = \"theory_known\" is constant*noise*sqrt(2*log(columns)/n) (nothing here has a number of the "
      "name \"noise\"). Give penalty a number, or another word.");
}

}  // namespace
}  // namespace quartic::formulas_test
