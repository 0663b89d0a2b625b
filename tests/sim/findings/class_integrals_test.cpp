#include "sim/findings/class_integrals.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "sim/parts/class_law.hpp"

namespace quartic::class_integrals_test {
namespace {

using namespace quartic::detail;

// phi(t) = e^(-t^2 signal/2), down to 1e-14.
CharacteristicFunction gaussian(double signal) {
  const double period = 60 + 16 * std::sqrt(signal), step = 2 * std::acos(-1.) / period;
  const auto count = static_cast<std::size_t>(8 / std::sqrt(signal) / step) + 2;
  Wave phi = Wave::constant(0, count);
  for (std::size_t m = 0; m < count; ++m) {
    const double t = step * static_cast<double>(m);
    phi.real[m] = std::exp(-t * t * signal / 2);
  }
  return {step, phi};
}

TEST(ClassIntegrals, AreThoseOfGaussianScores) {
  for (const double signal : {0.05, 1., 4., 30.})
    for (const double intercept : {0., -0.7, 3., -12.}) {
      const ClassLaw law{Link::logistic, intercept, signal};
      EXPECT_NEAR(logistic_mean(gaussian(signal), intercept), law.prevalence(), 1e-12)
          << signal << " " << intercept;
      EXPECT_NEAR(least_error(gaussian(signal), intercept), law.bayes_error(), 1e-12)
          << signal << " " << intercept;
    }
}

TEST(ClassIntegrals, KnowTheBestErrorOfAGaussianScore) {
  EXPECT_NEAR(least_error(gaussian(4), 0), 0.222010, 1e-6);
}

TEST(ClassIntegrals, FindTheInterceptOfAPrevalence) {
  for (const double signal : {0.05, 4., 30.})
    for (const double prevalence : {1e-4, 0.2, 0.5, 0.93})
      EXPECT_NEAR(intercept_of(gaussian(signal), prevalence, 40),
                  law_of_prevalence(Link::logistic, signal, prevalence).intercept, 1e-9)
          << signal << " " << prevalence;
}

TEST(ClassIntegrals, StopAtTheLimit) {
  EXPECT_NEAR(intercept_of(gaussian(1), 0.001, 2), -2, 1e-6);
}

// Two scores, u and -u, of which one is near the kink: whatever its distance from it, in units of 1/T, the bound holds.
TEST(ClassIntegrals, FadingChangesTheErrorByLessThanItsBound) {
  const double step = 0.05, u = 1;
  double tightest = 1e9;
  for (const std::size_t count : {500, 4000})
    for (double x = -40; x <= 40; x += 0.173) {
      CharacteristicFunction law{step, Wave::oscillation(step * u, count)};
      law.phi.imaginary.assign(count, 0.0);  // cos(ut)
      const double s = x / law.end(), intercept = s - u;
      const double exact =
          (1 / (1 + std::exp(std::abs(s))) + 1 / (1 + std::exp(std::abs(intercept - u)))) / 2;
      const double change = std::abs(least_error(faded(law), intercept) - exact);
      const double bound = fading_error(law, intercept);
      EXPECT_LE(change, bound) << count << " " << x;
      tightest = std::min(tightest, bound / change);
    }
  EXPECT_LT(tightest, 1.3);
}

}  // namespace
}  // namespace quartic::class_integrals_test
