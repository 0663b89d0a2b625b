// A thousand million normals against the exact law, within 5 standard errors.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <vector>

#include "core/random/stream.hpp"

namespace quartic::stream_statistics {
namespace {

constexpr std::size_t chunk = 8192;
constexpr std::size_t chunks = (1'000'000'000 + chunk - 1) / chunk;
constexpr int highest_moment = 8, highest_tail = 6;

struct Totals {
  double draws = 0;
  std::array<double, highest_moment + 1> power{};  // sums of z^m
  std::array<double, highest_tail + 1> beyond{};   // counts of |z| > k
  double largest = 0;
};

void add_powers(Totals& totals, std::span<const double> z) {
  std::array<double, highest_moment + 1> sum{};
  for (const double x : z) {
    const double x2 = x * x, x3 = x2 * x, x4 = x2 * x2;
    sum[1] += x;
    sum[2] += x2;
    sum[3] += x3;
    sum[4] += x4;
    sum[5] += x4 * x;
    sum[6] += x4 * x2;
    sum[7] += x4 * x3;
    sum[8] += x4 * x4;
  }
  for (int m = 1; m <= highest_moment; ++m) totals.power[m] += sum[m];
}

void add_tails(Totals& totals, std::span<const double> z) {
  std::array<std::int64_t, highest_tail + 1> count{};
  for (int k = 1; k <= highest_tail; ++k) {
    const double limit = k;
    std::int64_t above = 0;
    for (const double x : z) above += std::abs(x) > limit;
    count[k] = above;
  }
  for (int k = 1; k <= highest_tail; ++k) totals.beyond[k] += static_cast<double>(count[k]);
}

const Totals& totals() {
  static const Totals result = [] {
    Totals sums;
    Stream stream(20260101);
    std::vector<double> z(chunk);
    for (std::size_t c = 0; c < chunks; ++c) {
      stream.fill_normal(z);
      add_powers(sums, z);
      add_tails(sums, z);
      sums.largest =
          std::max(sums.largest, std::abs(*std::max_element(z.begin(), z.end(), [](double a, double b) {
                     return std::abs(a) < std::abs(b);
                   })));
      sums.draws += chunk;
    }
    return sums;
  }();
  return result;
}

// E z^m = (m - 1)!! for even m, else 0. The grid of 2^32 uniforms moves the eighth by 1e-3 at most: far below
// its error.
double exact_moment(int m) {
  if (m % 2 != 0) return 0;
  double product = 1;
  for (int factor = m - 1; factor > 1; factor -= 2) product *= factor;
  return product;
}

// P(|z| > k) of the transform on its grid: the radius takes the values r_w of 2^32 words with equal chance,
// and |r cos| exceeds k on a share (2/pi) acos(k/r) of the circle. Beyond 5 only 16,000 words count; nearer,
// the integral (the exact normal tail) is right to 1e-9.
double exact_tail(double k) {
  if (k < 5) return std::erfc(k / std::numbers::sqrt2);
  double sum = 0;
  for (std::uint32_t word = 0;; ++word) {
    const double r = std::sqrt(-2 * std::log((word + 0.5) / 4294967296.0));
    if (r <= k) return sum / 4294967296.0;
    sum += 2 / std::numbers::pi * std::acos(k / r);
  }
}

TEST(StreamStatistics, MomentsToTheEighthAreTheNormals) {
  const Totals& sums = totals();
  for (int m = 1; m <= highest_moment; ++m) {
    const double expected = exact_moment(m);
    const double se = std::sqrt((exact_moment(2 * m) - expected * expected) / sums.draws);
    EXPECT_NEAR(sums.power[m] / sums.draws, expected, 5 * se) << "moment " << m;
  }
}

TEST(StreamStatistics, TailsToSixSigmaAreTheNormals) {
  const Totals& sums = totals();
  for (int k = 1; k <= highest_tail; ++k) {
    const double expected = exact_tail(k);
    const double se = std::sqrt(expected * (1 - expected) / sums.draws);
    EXPECT_NEAR(sums.beyond[k] / sums.draws, expected, 5 * se) << "beyond " << k;
  }
}

TEST(StreamStatistics, TheGridKeepsTheTailToSixSigma) {
  EXPECT_NEAR(exact_tail(5) / std::erfc(5 / std::numbers::sqrt2), 1, 1e-4);
  EXPECT_NEAR(exact_tail(6) / std::erfc(6 / std::numbers::sqrt2), 1, 1e-2);
}

TEST(StreamStatistics, NothingLiesBeyondTheLargestRadius) {
  EXPECT_GT(totals().largest, 5.5);
  EXPECT_LE(totals().largest, std::sqrt(66 * std::numbers::ln2));
}

// Sums of products of standard normals have mean 0 and variance count; of (z^2 - 1) variance 4 count.
struct Correlation {
  double linear = 0, squares = 0, count = 0;

  void add(std::span<const double> a, std::span<const double> b) {
    double sum = 0, sum_squares = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
      sum += a[i] * b[i];
      sum_squares += (a[i] * a[i] - 1) * (b[i] * b[i] - 1);
    }
    linear += sum;
    squares += sum_squares;
    count += static_cast<double>(a.size());
  }
  void expect_none() const {
    EXPECT_NEAR(linear, 0, 5 * std::sqrt(count));
    EXPECT_NEAR(squares, 0, 5 * 2 * std::sqrt(count));
  }
};

TEST(StreamStatistics, NeighbouringPositionsAreUncorrelated) {
  std::array<Correlation, 9> lag;
  Stream stream(77);
  std::vector<double> z(chunk + lag.size());
  for (int c = 0; c < 10000; ++c) {
    stream.fill_normal(z);
    for (std::size_t l = 1; l < lag.size(); ++l)
      lag[l].add(std::span(z).first(chunk), std::span(z).subspan(l, chunk));
  }
  for (std::size_t l = 1; l < lag.size(); ++l) {
    SCOPED_TRACE(l);
    lag[l].expect_none();
  }
}

TEST(StreamStatistics, NeighbouringChildrenAreUncorrelated) {
  const Stream parent(78);
  Correlation rows, name_and_number;
  std::vector<double> now(chunk), before(chunk), other(chunk);
  for (std::uint64_t i = 0; i < 5000; ++i) {
    parent.child(i).fill_normal(now);
    if (i > 0) rows.add(now, before);
    parent.child(i).child("x").fill_normal(other);
    name_and_number.add(now, other);
    std::swap(now, before);
  }
  rows.expect_none();
  name_and_number.expect_none();
}

TEST(StreamStatistics, WordsAndNormalsOfOneStreamAreUncorrelated) {
  Stream words(79), normals(79);
  std::vector<double> u(chunk), z(chunk);
  Correlation both;
  for (int c = 0; c < 500; ++c) {
    for (double& x : u) x = (words.uniform() - 0.5) * std::sqrt(12.0);
    normals.fill_normal(z);
    both.add(u, z);
  }
  EXPECT_NEAR(both.linear, 0, 5 * std::sqrt(both.count));
}

}  // namespace
}  // namespace quartic::stream_statistics
