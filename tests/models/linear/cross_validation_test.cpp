#include "models/linear/cross_validation.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "models/linear/lasso/lasso.hpp"
#include "models/linear/lasso/path.hpp"
#include "tests/support/counting_scalar.hpp"
#include "tests/support/reference/lasso.hpp"

namespace quartic::cross_validation_test {
namespace {

TEST(CrossValidation, AveragesTheFoldsWithTheirStandardError) {
  const std::array errors = {1.0, 2.0, 4.0, 5.0};
  const ValidationError error = validation_error(errors);
  EXPECT_DOUBLE_EQ(error.mean, 3);
  EXPECT_DOUBLE_EQ(error.standard_error, std::sqrt(10.0 / 3 / 4));
}

TEST(CrossValidation, CostsWhatItsFormulaSays) {
  const double flops = count_flops([] {
    const std::array<CountingScalar, 3> errors = {1, 2, 4};
    CountingScalar sum = 0, square = 0;
    for (CountingScalar e : errors) sum += e;
    const CountingScalar mean = sum / CountingScalar(3);
    for (CountingScalar e : errors) {
      const CountingScalar deviation = e - mean;
      square += deviation * deviation;
    }
    (void)sqrt(square / CountingScalar(3 * 2));
  });
  EXPECT_EQ(validation_flops(3), flops);
}

TEST(CrossValidation, TakesTheSmallestErrorOrTheFirstWithinItsStandardError) {
  const std::vector<ValidationError> errors = {{5, 1}, {3.4, 1}, {3, 0.5}, {3, 0.5}, {4, 1}};
  EXPECT_EQ(smallest_error(errors), 2);
  EXPECT_EQ(one_standard_error(errors), 1);
}

std::vector<ValidationError> rising(int rises, double by) {
  std::vector<ValidationError> errors = {{3, 0.5}, {1, 0.5}};
  for (int k = 1; k <= rises; ++k) errors.push_back({1 + k * by, 0.5});
  return errors;
}

TEST(CrossValidation, HasRisenAfterTenRisesOfMoreThanTheStandardError) {
  EXPECT_TRUE(has_risen(rising(10, 0.06)));
  EXPECT_FALSE(has_risen(rising(9, 0.06)));
  EXPECT_FALSE(has_risen(rising(10, 0.04)));
  std::vector<ValidationError> dented = rising(12, 0.06);
  dented[8].mean = 1.1;
  EXPECT_FALSE(has_risen(dented));
}

/// Cross-validation as one would write it down: every fold alone, every penalty, no early stop.
std::vector<ValidationError> slow_curve(const reference::LassoProblem& problem,
                                        std::span<const double> penalties) {
  const Index n = problem.y.size();
  std::vector<ValidationError> errors;
  for (double penalty : penalties) {
    std::vector<double> folds;
    for (Index fold = 0; fold < 5; ++fold) {
      std::vector<Index> inside, outside;
      for (Index i = 0; i < n; ++i) (i % 5 == fold ? outside : inside).push_back(i);
      const reference::LassoProblem training{problem.x(inside, Eigen::all), problem.y(inside)};
      const Vector b = reference::coordinate_descent(training, penalty, 1e-10);
      folds.push_back((problem.y(outside) - problem.x(outside, Eigen::all) * b).squaredNorm() /
                      static_cast<double>(outside.size()));
    }
    errors.push_back(validation_error(folds));
  }
  return errors;
}

TEST(CrossValidation, ChoosesThePenaltyOfTheLassoAsTheSlowWayDoes) {
  const reference::LassoProblem problem = reference::sparse_problem(60, 40, 4, 1.5, 71);
  const Data data(problem.x, problem.y);
  const std::vector<double> penalties = detail::penalty_grid(
      detail::largest_penalty({problem.x.data(), 60, 40}, {problem.y.data(), 60}), 0.01, 40);
  const std::vector<ValidationError> errors = slow_curve(problem, penalties);
  for (const auto& [word, best] :
       {std::pair{"cv", smallest_error(errors)}, {"cv_1se", one_standard_error(errors)}}) {
    const Fit fit = Lasso{.penalty = word, .penalties = 40}.fit(data, Stream(1));
    const Fit direct = Lasso{.penalty = penalties[static_cast<std::size_t>(best)]}.fit(data, Stream(1));
    EXPECT_EQ(fit.predict.linear()->coefficients, direct.predict.linear()->coefficients) << word;
    EXPECT_EQ(fit.report.cost.fit_flops, direct.report.cost.fit_flops);
    EXPECT_GT(fit.report.cost.tuning_flops, fit.report.cost.fit_flops);
  }
}

}  // namespace
}  // namespace quartic::cross_validation_test
