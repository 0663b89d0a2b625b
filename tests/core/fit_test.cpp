#include "core/fit.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace quartic::fit_test {
namespace {

struct Constant {
  double value = 0;
  Vector score(const Matrix& x) const { return Vector::Constant(x.rows(), value); }
};
static_assert(Scorer<Constant>);

TEST(FitStatus, ReadsAsInTheRecords) {
  EXPECT_EQ(to_string(FitStatus::converged), "converged");
  EXPECT_EQ(to_string(FitStatus::iteration_limit), "iteration_limit");
  EXPECT_EQ(to_string(FitStatus::diverged), "diverged");
  EXPECT_EQ(to_string(FitStatus::separated), "separated");
  EXPECT_EQ(to_string(FitStatus::failed), "failed");
}

TEST(Cost, TimeIsNotMeasuredUntilSomeoneDoes) {
  EXPECT_TRUE(std::isnan(Cost{}.cpu_seconds));
  EXPECT_TRUE(std::isnan(FitReport{}.certificate));
}

TEST(LinearRule, ScoresRowsByInnerProductAndIntercept) {
  const LinearRule rule{Vector{{2, -1}}, 0.5};
  const Matrix x{{1, 1}, {0, 3}, {0, 0}};
  EXPECT_EQ(rule.score(x), (Vector{{1.5, -2.5, 0.5}}));
}

TEST(LinearRule, BillsWhatIsNotZero) {
  EXPECT_EQ((LinearRule{Vector{{2, 0, -1}}}).score_flops(), 4);
  EXPECT_EQ((LinearRule{Vector{{2, 0, -1}}, 0.5}).score_flops(), 5);
  EXPECT_EQ(Predictor(LinearRule{Vector::Zero(3)}).score_flops(), 0);
  EXPECT_TRUE(std::isnan(Predictor(Constant{7}).score_flops()));
}

TEST(Predictor, HoldsAnyStructThatScores) {
  const Predictor predictor = Constant{7};
  EXPECT_EQ(predictor.score(Matrix::Zero(3, 2)), Vector::Constant(3, 7));
  EXPECT_EQ(predictor.linear(), nullptr);
  EXPECT_FALSE(predictor.error_under({Vector::Ones(2), Vector::Ones(2)}));
}

/// The square of the constant, and the variance of the answer.
struct KnowsItsError : Constant {
  std::optional<double> error_under(const NormalLaw& law) const {
    return value * value + law.coefficients.cwiseProduct(law.deviations).squaredNorm();
  }
};

TEST(Predictor, AsksARuleThatKnowsItsErrorUnderALaw) {
  const Predictor predictor = KnowsItsError{{3}};
  EXPECT_EQ(predictor.error_under({Vector{{1, 2}}, Vector{{1, 1}}}), std::optional<double>(14));
}

TEST(Predictor, ShowsTheLinearRuleInside) {
  const Predictor predictor = LinearRule{Vector{{1, 2, 3}}, 4};
  ASSERT_NE(predictor.linear(), nullptr);
  EXPECT_EQ(predictor.linear()->coefficients, (Vector{{1, 2, 3}}));
  EXPECT_EQ(predictor.linear()->intercept, 4);
}

TEST(Predictor, ACopySharesWhatItHolds) {
  const Predictor predictor = LinearRule{Vector::Ones(2)};
  // NOLINTNEXTLINE(performance-unnecessary-copy-initialization): the copy is what is tested
  const Predictor copy = predictor;
  EXPECT_EQ(copy.linear(), predictor.linear());
}

}  // namespace
}  // namespace quartic::fit_test
