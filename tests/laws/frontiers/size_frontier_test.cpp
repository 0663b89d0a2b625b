#include "laws/frontiers/size_frontier.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "core/random/stream.hpp"
#include "laws/theory/power_law_limits.hpp"

namespace quartic::size_frontier_test {
namespace {

/// Models of these sizes in a world of power laws, 32 to 4,096 steps each: exact errors times replicates' own
/// noise.
std::vector<SizedCurve> models(std::span<const double> sizes, double noise = 0, Index replicates = 10) {
  const PowerLawSgd design{};
  std::vector<SizedCurve> curves;
  Stream stream(51);
  for (const double size : sizes) {
    SizedCurve sized{{Vector(8), Matrix(replicates, 8)}, Vector::Constant(8, size)};
    for (Index k = 0; k < 8; ++k) {
      sized.curve.sizes[k] = std::exp2(5 + k);
      const double risk = power_law_sgd_risk(design, size, sized.curve.sizes[k]);
      for (Index r = 0; r < replicates; ++r)
        sized.curve.errors(r, k) = risk * std::exp(noise * stream.normal());
    }
    curves.push_back(std::move(sized));
  }
  return curves;
}

/// q of the least exact errors between two budgets.
double exact(double from, double to) {
  const PowerLawSgd design{};
  return 2 * std::log(to / from) /
         std::log(power_law_optimum(design, from).risk / power_law_optimum(design, to).risk);
}

constexpr double small[] = {12, 24, 48, 96}, large[] = {48, 96, 192, 384}, wide[] = {6, 12, 24, 48, 96, 192},
                 study[] = {12, 24, 48, 96, 192, 384};

/// The answer of parabolas is a matter of which sizes were tried, by a whole unit of q; no noise is at work.
TEST(SizeFrontier, ParabolasReadWhatTheWindowSaysEvenWithoutNoise) {
  EXPECT_NEAR(isoflop_exponent(models(small)).value.estimate, 6.83, 0.01);
  EXPECT_NEAR(isoflop_exponent(models(large)).value.estimate, 7.94, 0.01);
  EXPECT_NEAR(isoflop_exponent(models(wide)).value.estimate, 6.57, 0.01);
  EXPECT_NEAR(isoflop_exponent(models(study)).value.estimate, 6.14, 0.01);
  EXPECT_NEAR(exact(3072, 49152), 7.04, 0.01);
  EXPECT_NEAR(exact(12288, 196608), 6.94, 0.01);
  EXPECT_NEAR(exact(6144, 24576), 7.03, 0.01);
  EXPECT_NEAR(exact(12288, 49152), 6.99, 0.01);
}

TEST(SizeFrontier, OneCurveForAllBudgetsReadsTheExactExponentInEveryWindow) {
  EXPECT_NEAR(collapse_exponent(models(small)).value.estimate, exact(3072, 49152), 0.1);
  EXPECT_NEAR(collapse_exponent(models(large)).value.estimate, exact(12288, 196608), 0.1);
  EXPECT_NEAR(collapse_exponent(models(wide)).value.estimate, exact(6144, 24576), 0.1);
  EXPECT_NEAR(collapse_exponent(models(study)).value.estimate, exact(12288, 49152), 0.1);
}

/// Errors e + A N^-.5 + 2 n^-.4, with noise: q = 2/.5 + 2/.4 above the floor e.
std::vector<SizedCurve> sums(double floor, double of_parameters, double noise) {
  std::vector<SizedCurve> curves = models(study);
  Stream stream(77);
  for (SizedCurve& sized : curves)
    for (Index k = 0; k < 8; ++k)
      for (Index r = 0; r < sized.curve.errors.rows(); ++r)
        sized.curve.errors(r, k) = (floor + of_parameters * std::pow(sized.parameters[k], -0.5) +
                                    2 * std::pow(sized.curve.sizes[k], -0.4)) *
                                   std::exp(noise * stream.normal());
  return curves;
}

TEST(SizeFrontier, TheLawInTwoCausesReadsTheExponentsOfASum) {
  const LawEstimate exact = two_causes_exponent(sums(0.01, 1, 0));
  EXPECT_NEAR(exact.value.estimate, 9, 1e-4);
  EXPECT_EQ(exact.note, "Performance is that of the error above a floor of 0.01.");
  const LawEstimate noisy = two_causes_exponent(sums(0.01, 1, 0.01));
  EXPECT_LT(noisy.value.low, 9);
  EXPECT_GT(noisy.value.high, 9);
}

TEST(SizeFrontier, TheLawInTwoCausesHasNoExponentWhereParametersDoNotCount) {
  const LawEstimate estimate = two_causes_exponent(sums(0, 0, 0.01));
  EXPECT_TRUE(std::isnan(estimate.value.low));
  EXPECT_TRUE(estimate.note.starts_with("A term of the law in two causes vanishes")) << estimate.note;
}

TEST(SizeFrontier, HasIntervalsOverReplicates) {
  const std::vector<SizedCurve> noisy = models(small, 0.05);
  for (const LawEstimate& q : {isoflop_exponent(noisy), collapse_exponent(noisy)}) {
    EXPECT_LT(q.value.low, q.value.estimate);
    EXPECT_GT(q.value.high, q.value.estimate);
    EXPECT_LT(q.value.high - q.value.low, 2);
    EXPECT_EQ(q.note, "");
  }
  const Interval exact_data = isoflop_exponent(models(small)).value;
  EXPECT_NEAR(exact_data.high, exact_data.low, 1e-6);
}

TEST(SizeFrontier, SaysWhatIsMissing) {
  const auto note = [](const std::vector<SizedCurve>& curves) { return isoflop_exponent(curves).note; };
  std::vector<SizedCurve> curves = models(small);
  EXPECT_NE(note({curves[0], curves[1]}).find("three arms"), std::string::npos);
  EXPECT_NE(note(models(small, 0, 1)).find("two"), std::string::npos);
  curves[1] = models(small, 0, 9)[1];
  EXPECT_NE(note(curves).find("different numbers"), std::string::npos);
  curves = models(small);
  curves[1].parameters.setConstant(NAN);
  EXPECT_NE(note(curves).find("parameters"), std::string::npos);
  constexpr double odd[] = {12, 25, 53, 97};
  EXPECT_NE(note(models(odd)).find("budgets"), std::string::npos);
  EXPECT_TRUE(std::isnan(isoflop_exponent(models(odd)).value.estimate));
}

TEST(SizeFrontier, HasNoParabolaWhoseLeastErrorIsBelowZero) {
  std::vector<SizedCurve> curves;
  for (const double size : {1., 2., 4., 8.}) {  // falls and rises by a factor of ten a size
    SizedCurve sized{{Vector{{8 / size, 16 / size}}, Matrix(2, 2)}, Vector::Constant(2, size)};
    sized.curve.errors.setConstant(std::pow(10., std::abs(std::log2(size) - 1.2)) / 10 - 0.1);
    curves.push_back(sized);
  }
  EXPECT_NE(isoflop_exponent(curves).note.find("above zero"), std::string::npos);
}

}  // namespace
}  // namespace quartic::size_frontier_test
