// Moments of findings, and prevalence, Bayes and the signal against draws, within 5 standard errors.
#include <gtest/gtest.h>

#include <cmath>

#include "sim/findings/factor_grid.hpp"
#include "sim/worlds/xray.hpp"

namespace quartic::xray_statistics {
namespace {

// The mean is within 5 of its standard errors.
void expect_mean(const Vector& values, double expected, const char* what) {
  const double n = static_cast<double>(values.size()), mean = values.mean();
  EXPECT_NEAR(mean, expected, 5 * std::sqrt((values.array() - mean).square().sum()) / n) << what;
}

TEST(Xray, FindingsHaveTheirMomentsAndGoTogetherByPlace) {
  for (const double c : {0., 0.3, 0.9}) {
    const Truth truth = Xray{.candidates = 10, .relevant = 5, .correlation = c}.draw(Stream(1));
    const Matrix x = truth.x({0, 200'000}, {0, 10}, Stream(2));
    const detail::FactorGrid grid = detail::make_factor_grid(c);
    for (Index j = 0; j < 5; ++j) {
      expect_mean(x.col(j), 0, "mean");
      expect_mean(x.col(j).cwiseAbs2(), 1, "variance");
      for (Index k = 0; k < j; ++k)
        expect_mean(x.col(j).cwiseProduct(x.col(k)), detail::covariance_of(grid, kind_of(j), kind_of(k)),
                    "covariance");
      for (Index k = 5; k < 10; ++k) expect_mean(x.col(j).cwiseProduct(x.col(k)), 0, "of two places");
    }
  }
}

struct Case {
  Index relevant;
  double correlation, signal, rules, prevalence;
  const char* coefficients;
};

class EveryXray : public testing::TestWithParam<Case> {
 protected:
  Truth draw() const {
    const Case& c = GetParam();
    return Xray{.candidates = 300,
                .relevant = c.relevant,
                .correlation = c.correlation,
                .coefficients = c.coefficients,
                .signal = c.signal,
                .rules = c.rules,
                .prevalence = c.prevalence}
        .draw(Stream(1));
  }
  static constexpr Range rows = {0, 400'000};
};

TEST_P(EveryXray, FactsAreWhatFreshRowsShow) {
  const Truth truth = draw();
  const Facts facts = truth.facts();
  const Vector p = truth.mean(rows, Stream(2));
  expect_mean(p, facts.at("prevalence"), "prevalence");
  expect_mean(p.cwiseMin((1 - p.array()).matrix()), facts.at("bayes_error"), "Bayes");
  const Vector y = truth.y({0, 100'000}, Stream(3));
  expect_mean(y, facts.at("prevalence"), "labels");
  expect_mean(facts.at("prevalence") < 0.5 ? y : Vector(1 - y.array()), facts.at("constant_error"),
              "constant");
}

// Whose chances are never 1 to rounding.
class EveryMildXray : public EveryXray {};

// u is the log odds less the intercept.
TEST_P(EveryMildXray, ScoresHaveMeanZeroAndTheSignal) {
  const Truth truth = draw();
  const Vector p = truth.mean(rows, Stream(2));
  const Vector u = (p.array() / (1 - p.array())).log() - truth.facts().at("intercept");
  expect_mean(u, 0, "mean");
  expect_mean(u.cwiseAbs2(), truth.facts().at("signal"), "signal");
}

const auto mild =
    testing::Values(Case{100, 0.3, 4, 0, 0.2, "gaussian"}, Case{100, 0.3, 16, 0.3, 0.2, "gaussian"},
                    Case{10, 0.3, 4, 0, 0.5, "equal"}, Case{10, 0.6, 4, 0.5, 0.1, "signs"},
                    Case{30, 0, 1, 0.2, 0.7, "decay(1)"}, Case{200, 0.9, 9, 0.1, 0.02, "equal"},
                    Case{2, 0.3, 4, 0.9, 0.3, "equal"}, Case{3, 0.3, 0.5, 0, 0.4, "decay(1)"},
                    Case{1, 0.3, 4, 0, 0.2, "equal"}, Case{10, 0.3, 0.01, 0, 0.5, "gaussian"},
                    Case{300, 0.3, 4, 0.2, 0.5, "equal"});
INSTANTIATE_TEST_SUITE_P(Xray, EveryXray, mild);
INSTANTIATE_TEST_SUITE_P(Xray, EveryMildXray, mild);
INSTANTIATE_TEST_SUITE_P(LoudXray, EveryXray,
                         testing::Values(Case{2, 0.3, 3000, 0, 0.2, "equal"},
                                         Case{10, 0.3, 3000, 0.2, 0.3, "gaussian"},
                                         Case{10, 0.3, 1e6, 0, 0.2, "gaussian"}));

}  // namespace
}  // namespace quartic::xray_statistics
