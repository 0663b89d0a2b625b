// Prevalence, Bayes error and errors of rules against draws, within 5 standard errors.
#include <gtest/gtest.h>

#include <cmath>

#include "sim/worlds/sparse_classes.hpp"

namespace quartic::sparse_classes_statistics {
namespace {

// Mean and its standard error.
struct Mean {
  double mean, se;

  explicit Mean(const Vector& values)
      : mean(values.mean()),
        se(std::sqrt((values.array() - mean).square().sum()) / static_cast<double>(values.size())) {}
};

struct Case {
  const char* covariance;
  double signal, prevalence;
};

class EveryCase : public testing::TestWithParam<Case> {
 protected:
  template <class W>
  Truth draw() const {
    const auto& [covariance, signal, prevalence] = GetParam();
    return W{.candidates = 40,
             .relevant = 12,
             .covariance = covariance,
             .coefficients = "gaussian",
             .signal = signal,
             .prevalence = prevalence}
        .draw(Stream(1));
  }
  static constexpr Range rows = {0, 100'000};
};

void expect_facts(const Truth& truth, Range rows) {
  const Facts facts = truth.facts();
  const Vector y = truth.y(rows, Stream(2)), p = truth.mean(rows, Stream(2));
  const Mean prevalence(y);
  EXPECT_NEAR(facts.at("prevalence"), prevalence.mean, 5 * prevalence.se);
  const Vector wrong = (y.array() - (p.array() > 0.5).cast<double>()).abs();
  const Mean bayes(wrong);
  EXPECT_NEAR(facts.at("bayes_error"), bayes.mean, 5 * bayes.se);
}

void expect_error_of_rules(const Truth& truth, Range rows) {
  const Matrix x = truth.x(rows, {0, 40}, Stream(3));
  const Vector y = truth.y(rows, Stream(3));
  for (const double noise : {0.02, 0.2, 2.}) {
    Vector b(40);
    Stream(4).fill_normal({b.data(), 40});
    b *= noise;
    for (const Index j : truth.relevant()) b[j] += 0.5;
    const LinearRule rule{b, 0.3};
    const Mean error((y.array() - (rule.score(x).array() > 0).cast<double>()).abs());
    EXPECT_NEAR(*truth.excess_risk(rule) + truth.facts().at("bayes_error"), error.mean, 5 * error.se)
        << noise;
  }
}

TEST_P(EveryCase, FactsAreWhatFreshRowsShow) {
  expect_facts(draw<Logistic>(), rows);
  expect_facts(draw<Probit>(), rows);
}

TEST_P(EveryCase, ErrorsOfLinearRulesAreWhatFreshRowsShow) {
  expect_error_of_rules(draw<Logistic>(), rows);
  expect_error_of_rules(draw<Probit>(), rows);
}

INSTANTIATE_TEST_SUITE_P(SparseClasses, EveryCase,
                         testing::Values(Case{"isotropic", 4, 0.5}, Case{"isotropic", 4, 0.2},
                                         Case{"ar1(0.8)", 1, 0.7}, Case{"blocks(9, 0.5)", 25, 0.05},
                                         Case{"spectrum(1.5)", 0.5, 0.4}));

}  // namespace
}  // namespace quartic::sparse_classes_statistics
