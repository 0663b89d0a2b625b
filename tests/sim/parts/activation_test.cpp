#include "sim/parts/activation.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "tests/support/thrown_message.hpp"

namespace quartic::activation_test {
namespace {

const std::vector<std::string> words = {"linear", "relu", "tanh", "erf"};

double value(const Activation& g, double u) {
  g.apply({&u, 1});
  return u;
}

// E f(u, v) by the trapezoidal rule over the plane: slow, and exact to the kink of relu.
template <class F>
double expectation(double rho, F f) {
  constexpr double step = 1. / 16, reach = 8;
  const double root = std::sqrt(1 - rho * rho);
  double sum = 0;
  for (double a = -reach; a <= reach; a += step)
    for (double b = -reach; b <= reach; b += step)
      sum += std::exp(-(a * a + b * b) / 2) * f(a, rho * a + root * b);
  return sum * step * step / (2 * std::acos(-1));
}

TEST(Activation, ValuesAreThoseOfTheirNames) {
  for (double u : {-3.2, -0.4, 0., 0.7, 11.}) {
    EXPECT_EQ(value(Activation("linear"), u), u);
    EXPECT_EQ(value(Activation("relu"), u), u > 0 ? u : 0);
    EXPECT_NEAR(value(Activation("tanh"), u), std::tanh(u), 1e-15);
    EXPECT_NEAR(value(Activation("erf"), u), std::erf(u / std::sqrt(2)), 1e-15);
  }
}

TEST(Activation, MomentsAreIntegralsOverThePlane) {
  for (const std::string& word : words) {
    const Activation g(word);
    const double tolerance = word == "relu" ? 1e-3 : 1e-12;
    EXPECT_NEAR(g.mean(), expectation(0, [&](double u, double) { return value(g, u); }), tolerance) << word;
    EXPECT_NEAR(g.slope(), expectation(0, [&](double u, double) { return u * value(g, u); }), tolerance)
        << word;
    for (double rho : {-0.9, -0.3, 0., 0.5, 0.99}) {
      const double product = expectation(rho, [&](double u, double v) { return value(g, u) * value(g, v); });
      EXPECT_NEAR(g.covariance(rho), product - g.mean() * g.mean(), tolerance) << word << " " << rho;
    }
  }
}

TEST(Activation, ProductsOfSlopesAreDerivativesOfCovariances) {
  constexpr double step = 1e-5;
  for (const std::string& word : words) {
    const Activation g(word);
    for (double rho : {-0.95, -0.3, 0., 0.5, 0.95})
      EXPECT_NEAR(g.product_of_slopes(rho),
                  (g.covariance(rho + step) - g.covariance(rho - step)) / (2 * step), 1e-8)
          << word << " " << rho;
  }
}

TEST(Activation, VariancesAreThoseOfTheLiterature) {
  const double pi = std::acos(-1);
  EXPECT_NEAR(Activation("erf").covariance(1), 1. / 3, 1e-15);
  EXPECT_NEAR(Activation("relu").covariance(1), 0.5 - 1 / (2 * pi), 1e-15);
  for (const std::string& word : words) EXPECT_NEAR(Activation(word).covariance(0), 0, 1e-16) << word;
}

TEST(Activation, RefusesUnknownWords) {
  EXPECT_EQ(support::thrown_message([] { Activation("tahn"); }),
            "activation = \"tahn\" (it understands linear, relu, tanh, erf). Did you mean \"tanh\"?");
  EXPECT_EQ(support::thrown_message([] { Activation("gelu"); }),
            "activation = \"gelu\" (it understands linear, relu, tanh, erf). Did you mean \"relu\"?");
}

}  // namespace
}  // namespace quartic::activation_test
