#include "laws/curves/error_multiple.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "core/random/stream.hpp"

namespace quartic::error_multiple_test {
namespace {

/// Log-normal about 1/n; the arm has `multiple` times that, and a part of its luck in common with the other.
struct Pair {
  MeasuredCurve arm, other;
};
Pair drawn(double multiple, double common, Index replicates, std::uint64_t seed) {
  const Vector sizes{{50, 100, 200}};
  Stream stream(seed);
  Pair pair{{sizes, Matrix(replicates, 3), Matrix()}, {sizes, Matrix(replicates, 3), Matrix()}};
  for (Index r = 0; r < replicates; ++r)
    for (Index k = 0; k < 3; ++k) {
      const double luck = stream.normal(), own = stream.normal();
      pair.other.errors(r, k) = std::exp(0.5 * luck) / sizes[k];
      pair.arm.errors(r, k) =
          multiple * std::exp(0.5 * (common * luck + std::sqrt(1 - common * common) * own)) / sizes[k];
    }
  return pair;
}

TEST(ErrorMultiple, IsTheRatioOfErrorsThatAreProportional) {
  Pair pair = drawn(1, 1, 20, 1);
  pair.arm.errors = 1.5 * pair.other.errors;
  const LawEstimate estimate = error_multiple({pair.arm, pair.other});
  EXPECT_NEAR(estimate.value.estimate, 1.5, 1e-12);
  EXPECT_NEAR(estimate.value.high, 1.5, 1e-9) << "what both owe to luck is gone";
  EXPECT_EQ(estimate.note, "");
}

TEST(ErrorMultiple, IsNarrowerForArmsThatShareTheirLuck) {
  const auto width = [](double common) {
    const Pair pair = drawn(1.2, common, 100, 2);
    const Interval value = error_multiple({pair.arm, pair.other}).value;
    EXPECT_LT(value.low, 1.2);
    EXPECT_GT(value.high, 1.2);
    return value.high - value.low;
  };
  EXPECT_LT(width(0.99), 0.3 * width(0));
}

TEST(ErrorMultiple, HoldsAnArmAgainstOneSizeOfTheOther) {
  const Vector sizes{{50, 100}};
  const MeasuredCurve arm{sizes, Matrix{{0.2, 0.1}, {0.2, 0.1}}, Matrix()};
  const MeasuredCurve other{Vector{{70}}, Matrix{{0.1}, {0.1}}, Matrix()};
  EXPECT_NEAR(error_multiple({arm, other, 0}).value.estimate, std::sqrt(2.0), 1e-12);
}

TEST(ErrorMultiple, SaysWhatStandsInItsWay) {
  const Pair one = drawn(1, 0, 1, 3);
  EXPECT_NE(error_multiple({one.arm, one.other}).note.find("replicates"), std::string::npos);
  Pair zero = drawn(1, 0, 5, 4);
  zero.other.errors.col(1).setZero();
  EXPECT_NE(error_multiple({zero.arm, zero.other}).note.find("positive"), std::string::npos);
  EXPECT_NE(error_multiple({{Vector(0), Matrix(5, 0), Matrix()}, {Vector(0), Matrix(5, 0), Matrix()}}).note,
            "");
}

}  // namespace
}  // namespace quartic::error_multiple_test
