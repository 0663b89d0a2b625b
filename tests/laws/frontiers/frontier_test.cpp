#include "laws/frontiers/frontier.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace quartic::frontier_test {
namespace {

/// Replicates that all spread by a factor of 1.05 about these errors.
MeasuredCurve curve(const Vector& errors, const Vector& flops, Index replicates = 10) {
  MeasuredCurve made{Vector::LinSpaced(errors.size(), 1, static_cast<double>(errors.size())),
                     Matrix(replicates, errors.size()), Matrix(replicates, errors.size())};
  for (Index r = 0; r < replicates; ++r)
    for (Index k = 0; k < errors.size(); ++k) {
      made.errors(r, k) = errors[k] * (1 + 0.05 * ((r + k) % 2 ? 1 : -1));
      made.flops(r, k) = flops[k];
    }
  return made;
}

TEST(Frontier, HoldsThePointsThatNoneUndercuts) {
  const MeasuredCurve curves[] = {curve(Vector{{1, 0.5, 0.4}}, Vector{{1, 10, 100}}),
                                  curve(Vector{{0.9, 0.6, 0.1}}, Vector{{5, 20, 50}})};
  const std::vector<FrontierPoint> points = frontier(curves, Average::mean);
  ASSERT_EQ(points.size(), 4u);
  EXPECT_EQ(points[1].curve, 1u);
  EXPECT_EQ(points[2].curve, 0u);
  EXPECT_EQ(points[2].size, 1);
  EXPECT_EQ(points[3].flops, 50);
  for (std::size_t k = 1; k < points.size(); ++k) EXPECT_LT(points[k].error, points[k - 1].error);
}

TEST(Frontier, IsTheCheaperOfTwoModelsAtEveryError) {
  // Model p reaches e = 1/p with p^2 operations and then stalls: e = C^-1/2 along the frontier, and q = 4.
  std::vector<MeasuredCurve> curves;
  for (const double p : {10., 30., 100., 300., 1000.}) {
    const Vector flops = p * p * Vector{{1, 4, 10}};
    curves.push_back(curve(Vector{{1 / p, 1.01 / p, 1.02 / p}}, flops));
  }
  const LawEstimate q = frontier_exponent(curves);
  EXPECT_NEAR(q.value.estimate, 4, 1e-2);
  EXPECT_LT(q.value.low, q.value.estimate);
  EXPECT_GT(q.value.high, q.value.estimate);
  EXPECT_TRUE(q.warnings.empty());
}

TEST(Frontier, OfOneFallingCurveIsThatCurve) {
  const Vector flops{{1e2, 1e3, 1e4, 1e5}};
  const MeasuredCurve one[] = {curve(7 * flops.array().pow(-0.5), flops)};
  EXPECT_NEAR(frontier_exponent(one).value.estimate,
              compute_exponent(one[0], {.form = LawForm::power}).value.estimate, 0.05);
}

TEST(Frontier, SaysWhatIsMissing) {
  const Vector flops{{1, 10, 100}}, errors{{1, 0.5, 0.2}};
  const auto note = [](const MeasuredCurve& one) { return frontier_exponent({&one, 1}).note; };
  EXPECT_NE(note(curve(errors, flops, 1)).find("replicate"), std::string::npos);
  EXPECT_NE(note(curve(errors.head(2), flops.head(2))).find("three points"), std::string::npos);
  EXPECT_NE(note(curve(errors, Vector::Constant(3, 1e18) + flops)).find("hardly grows"), std::string::npos);
  MeasuredCurve unbilled = curve(errors, flops);
  unbilled.flops.resize(0, 0);
  EXPECT_NE(note(unbilled).find("flops"), std::string::npos);
  const MeasuredCurve unequal[] = {curve(errors, flops, 10), curve(errors, flops, 9)};
  EXPECT_NE(frontier_exponent(unequal).note.find("different numbers"), std::string::npos);
}

}  // namespace
}  // namespace quartic::frontier_test
