#include "sim/parts/sigmoid_tables.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>

namespace quartic::detail::sigmoid_tables_test {
namespace {

using Wide = long double;

constexpr int terms = 12;
// Of 113 bits: libc++ 14 writes the one of std::numbers as a double.
constexpr Wide inverse_root_pi = 0.564189583547756286948079451560772586L;

// e^x for x >= 0: a sum of positive terms loses no digits.
Wide exponential_series(Wide x) {
  Wide sum = 1, term = 1;
  for (int n = 1; term > sum * 1e-22L; ++n) {
    term *= x / n;
    sum += term;
  }
  return sum;
}

SigmoidSeries rounded(const std::array<Wide, terms>& wide) {
  SigmoidSeries series{};
  for (std::size_t n = 0; n < terms; ++n) series[n] = static_cast<double>(wide[n]);
  return series;
}

// erf x = 2/sqrt(pi) e^(-x^2) (x + 2 x^3/3 + 4 x^5/(3 5) + ...), positive terms again. Its derivative
// d = 2/sqrt(pi) e^(-x^2) obeys d' = -2 x d.
SigmoidSeries error_function_at(Wide node) {
  Wide sum = node, term = node;
  for (int n = 1; term > sum * 1e-22L; ++n) {
    term *= 2 * node * node / (2 * n + 1);
    sum += term;
  }
  std::array<Wide, terms> c{}, d{};
  d[0] = 2 * inverse_root_pi / exponential_series(node * node);
  c[0] = d[0] * sum;
  for (int n = 0; n + 1 < terms; ++n) {
    d[n + 1] = -2 * (node * d[n] + (n > 0 ? d[n - 1] : 0)) / (n + 1);
    c[n + 1] = d[n] / (n + 1);
  }
  return rounded(c);
}

// y = tanh x obeys y' = 1 - y^2.
SigmoidSeries hyperbolic_tangent_at(Wide node) {
  const Wide decay = 1 / exponential_series(2 * node);
  std::array<Wide, terms> c{};
  c[0] = (1 - decay) / (1 + decay);
  for (int n = 0; n + 1 < terms; ++n) {
    Wide square = 0;
    for (int k = 0; k <= n; ++k) square += c[k] * c[n - k];
    c[n + 1] = ((n == 0 ? 1 : 0) - square) / (n + 1);
  }
  return rounded(c);
}

// The bits of the tables where long double has as many as when they were written; with more or fewer it
// rounds otherwise now and then.
template <std::size_t nodes>
void expect_computed(const std::array<SigmoidSeries, nodes>& truth, SigmoidSeries (*series_at)(Wide)) {
  const int bits = std::numeric_limits<Wide>::digits;
  const double allowed = bits == 64 ? 0 : std::ldexp(1, 6 - std::min(bits, 64));
  for (std::size_t k = 0; k < nodes; ++k) {
    const SigmoidSeries computed = series_at(static_cast<Wide>(k) / 8);
    for (std::size_t n = 0; n < computed.size(); ++n)
      EXPECT_NEAR(truth[k][n], computed[n], allowed) << "node " << k << "/8, power " << n;
  }
}

TEST(SigmoidTables, HoldTheSeriesOfTheErrorFunction) {
  expect_computed(error_function_series, error_function_at);
}

TEST(SigmoidTables, HoldTheSeriesOfTheHyperbolicTangent) {
  expect_computed(hyperbolic_tangent_series, hyperbolic_tangent_at);
}

}  // namespace
}  // namespace quartic::detail::sigmoid_tables_test
