/// Logistic regression where the columns are a tenth of the rows, against the theory of Sur & Candes (2019).
#include <gtest/gtest.h>

#include "laws/theory/logistic.hpp"
#include "models/linear/logistic/logistic_regression.hpp"
#include "tests/support/class_problem.hpp"

namespace quartic::logistic_statistics {
namespace {

struct Mean {
  double sum = 0, squares = 0, count = 0;
  void add(double number) {
    sum += number;
    squares += number * number;
    ++count;
  }
  double value() const { return sum / count; }
  double standard_error() const { return std::sqrt((squares / count - value() * value()) / (count - 1)); }
};

// Golden values: kappa = .1, gamma^2 = 5. The tolerance of an asymptotic formula.
TEST(LogisticRegression, InflatesTheCoefficientsAsSurAndCandesFound) {
  const Index n = 4000, p = 400;
  const LogisticState state = logistic_state({.aspect = 0.1, .strength = 5});
  EXPECT_NEAR(state.alpha, 1.168, 5e-3);
  EXPECT_NEAR(state.sigma, 3.347, 5e-3);
  const double coefficient = std::sqrt(5.0 / static_cast<double>(p));
  Mean slope, scale;
  for (std::uint64_t replicate = 0; replicate < 200; ++replicate) {
    const Fit fitted = fit(LogisticRegression{}, logistic_problem(n, p, std::sqrt(5.0), 1000 + replicate));
    ASSERT_EQ(fitted.report.status, FitStatus::converged);
    const Vector b = fitted.predict.linear()->coefficients / coefficient;
    slope.add(b.mean());
    scale.add((coefficient * (b.array() - b.mean())).matrix().norm() / std::sqrt(0.1));
  }
  RecordProperty("slope", std::to_string(slope.value()));
  RecordProperty("scale", std::to_string(scale.value()));
  EXPECT_NEAR(slope.value(), state.alpha, std::max(5 * slope.standard_error(), 0.015 * state.alpha));
  EXPECT_NEAR(scale.value(), state.sigma, std::max(5 * scale.standard_error(), 0.015 * state.sigma));
}

// Above the threshold the classes are separable, below they are not: with 200 columns the transition is narrower than that.
TEST(LogisticRegression, IsSeparatedFromTheThresholdOn) {
  const double threshold = logistic_threshold(5);
  const Index p = 200;
  for (const double factor : {0.75, 1.33}) {
    const auto n = static_cast<Index>(static_cast<double>(p) / (factor * threshold));
    for (std::uint64_t replicate = 0; replicate < 10; ++replicate) {
      const Fit fitted = fit(LogisticRegression{}, logistic_problem(n, p, std::sqrt(5.0), replicate));
      EXPECT_EQ(fitted.report.status, factor < 1 ? FitStatus::converged : FitStatus::separated) << n;
    }
  }
}

}  // namespace
}  // namespace quartic::logistic_statistics
