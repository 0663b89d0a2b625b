#include "laws/curves/ratio.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "core/random/stream.hpp"

namespace quartic::ratio_test {
namespace {

const Vector sizes{{50, 100, 200, 400, 800}};

/// error = scale n^-slope, flops = price n.
struct Planted {
  double scale = 1, slope = 1, price = 1;
  double error(double n) const { return scale * std::pow(n, -slope); }
};

/// Both arms about their laws, by log-normal luck of which they have a share in common.
struct Luck {
  double spread = 0.3, common = 0.95;
  Index replicates = 20;
  std::uint64_t seed = 1;
};
RatioQuestion drawn(const Planted& arm, const Planted& against, const Luck& luck,
                    RatioQuestion question = {}) {
  Stream stream(luck.seed);
  for (MeasuredCurve* curve : {&question.arm, &question.against})
    *curve = {sizes, Matrix(luck.replicates, 5), Matrix(luck.replicates, 5)};
  for (Index r = 0; r < luck.replicates; ++r)
    for (Index k = 0; k < 5; ++k) {
      const double shared = stream.normal(), n = sizes[k];
      for (const auto& [curve, law] : {std::pair{&question.arm, arm}, {&question.against, against}}) {
        const double z = luck.common * shared + std::sqrt(1 - luck.common * luck.common) * stream.normal();
        curve->errors(r, k) = law.error(n) * std::exp(luck.spread * z - luck.spread * luck.spread / 2);
        curve->flops(r, k) = law.price * n;
      }
    }
  return question;
}

const LawOptions as_power = {.form = LawForm::power, .floor = 0};

/// What the lines through log mean errors owe to luck, to first order: a mean of `replicates` has log variance v =
/// (exp(spread^2) - 1)/replicates, the covariance of a line's values at n and m is v (1/5 + (log n - l)(log m - l)/S),
/// l the mean of log n over sizes and S = sum (log n - l)^2, that of its slope v/S; between arms common^2 of it.
class Scatter {
 public:
  Scatter(const Planted& arm, const Planted& against, const Luck& luck)
      : arm_(arm),
        against_(against),
        shared_(luck.common * luck.common),
        variance_(std::expm1(luck.spread * luck.spread) / static_cast<double>(luck.replicates)) {}

  /// Standard errors of the logarithms of the ratio of exponents, and of that of sizes at which an error is reached.
  double of_exponents() const { return standard_error(1 / squares(), 1 / squares(), 1 / squares()); }
  double of_costs(double error) const {
    const double n = reached(arm_, error), m = reached(against_, error);
    return standard_error(covariance(n, n), covariance(m, m), covariance(n, m));
  }

 private:
  static double reached(const Planted& law, double error) {
    return std::pow(law.scale / error, 1 / law.slope);
  }
  static double squares() { return (sizes.array().log() - sizes.array().log().mean()).square().sum(); }
  static double covariance(double n, double m) {
    const double middle = sizes.array().log().mean();
    return 0.2 + (std::log(n) - middle) * (std::log(m) - middle) / squares();
  }
  double standard_error(double own, double other, double between) const {
    const double q = arm_.slope, r = against_.slope;
    return std::sqrt(variance_ * (own / (q * q) + other / (r * r) - 2 * shared_ * between / (q * r)));
  }

  Planted arm_, against_;
  double shared_, variance_;
};

/// Intervals of 95 % in so many studies, less 5 standard errors of their number.
double fewest_that_hold(int studies) {
  return studies * (0.95 - 5 * std::sqrt(0.05 * 0.95 / studies));
}

// n^(1/slope): exponents are 2/slope, and a price per observation does not change them.
TEST(Ratio, OfExponentsIsThatOfSlopesTurnedOver) {
  const Planted arm{.scale = 2, .slope = 0.5, .price = 9}, against{.slope = 0.75};
  const Luck luck{.spread = 0.01, .seed = 2};
  const RatioQuestion exact = drawn(arm, against, luck);
  for (const Growing growing : {Growing::data, Growing::computing}) {
    RatioQuestion question = exact;
    question.growing = growing;
    EXPECT_NEAR(std::log(ratio(question, as_power).value.estimate), std::log(1.5),
                5 * Scatter(arm, against, luck).of_exponents());
    const auto own = growing == Growing::data ? data_exponent : compute_exponent;
    EXPECT_NEAR(ratio(question, as_power).value.estimate,
                own(exact.arm, as_power).value.estimate / own(exact.against, as_power).value.estimate, 1e-12);
  }
}

// scale n^-slope = e at n = (scale/e)^(1/slope).
TEST(Ratio, OfCostsIsThatAtTheError) {
  const Planted pruned{.scale = 1.2, .price = 2}, dense{};
  const Luck luck{.spread = 0.001, .seed = 3};
  for (const auto& [growing, truth] : {std::pair{Growing::data, 1.2}, {Growing::computing, 2.4}}) {
    const RatioQuestion question =
        drawn(pruned, dense, luck,
              {.arm = {}, .against = {}, .of = RatioOf::cost, .growing = growing, .at_error = 0.004});
    const LawEstimate estimate = ratio(question, as_power);
    EXPECT_NEAR(std::log(estimate.value.estimate), std::log(truth),
                5 * Scatter(pruned, dense, luck).of_costs(0.004));
    EXPECT_EQ(estimate.note, "");
  }
}

TEST(Ratio, SaysWhereTheErrorLiesBeyondTheSizes) {
  const Planted arm{.scale = 1.3};
  const Luck luck{.spread = 0.01, .seed = 4};
  const RatioQuestion question =
      drawn(arm, {}, luck, {.arm = {}, .against = {}, .of = RatioOf::cost, .at_error = 0.0005});
  EXPECT_NEAR(std::log(ratio(question, as_power).value.estimate), std::log(1.3),
              5 * Scatter(arm, {}, luck).of_costs(0.0005));
  EXPECT_NE(ratio(question, as_power).note.find("extrapolation"), std::string::npos);
}

// What both owe to lucky samples goes: 1 - .95^2 of the variance of arms that share none is left. A width of 200
// replicates has a relative standard error of 1/sqrt(2 (200 - 1)), two of them one of sqrt 2 times that.
TEST(Ratio, IsNarrowerForArmsThatShareTheirLuck) {
  const auto width = [](double common) {
    const Interval value =
        ratio(drawn({}, {}, {.common = common, .replicates = 200, .seed = 5}), as_power).value;
    return std::log(value.high / value.low);
  };
  EXPECT_NEAR(std::log(width(0.95) / width(0)), std::log(1 - 0.95 * 0.95) / 2, 5 / std::sqrt(199.0));
}

TEST(Ratio, IntervalsHoldTheTruthAsOftenAsTheySay) {
  const Planted arm{.scale = 1.5, .slope = 0.8, .price = 3}, against{.slope = 0.9};
  const double e = 0.005;
  const double costs = 3 * std::pow(1.5 / e, 1 / 0.8) / std::pow(1 / e, 1 / 0.9);
  for (const auto& [of, truth] : {std::pair{RatioOf::exponent, 0.9 / 0.8}, {RatioOf::cost, costs}}) {
    int held = 0;
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
      const Interval value = ratio(drawn(arm, against, {.seed = 100 + seed},
                                         {.arm = {}, .against = {}, .of = of, .at_error = e}),
                                   as_power)
                                 .value;
      held += value.low <= truth && truth <= value.high;
    }
    EXPECT_GE(held, fewest_that_hold(300));
    EXPECT_LT(held, 300) << "an interval that always holds it is too wide";
  }
}

// error = 0.1 + 1/n.
TEST(Ratio, HasNoValueWhereAnArmDoesNotReachTheError) {
  RatioQuestion question = drawn({}, {}, {.spread = 0.001, .seed = 6},
                                 {.arm = {}, .against = {}, .of = RatioOf::cost, .at_error = 0.05});
  question.arm.errors.array() += 0.1;
  const LawEstimate estimate = ratio(question);
  EXPECT_TRUE(std::isnan(estimate.value.estimate));
  EXPECT_NE(estimate.note.find("The arm does not reach an error of 0.05"), std::string::npos)
      << estimate.note;
  std::swap(question.arm, question.against);
  EXPECT_NE(ratio(question).note.find("The other arm does not reach"), std::string::npos);
}

TEST(Ratio, HasNoValueWhereErrorsDoNotFall) {
  const RatioQuestion question = drawn({.slope = -0.5}, {}, {.spread = 0.01, .seed = 7});
  const LawEstimate estimate = ratio(question, as_power);
  EXPECT_TRUE(std::isnan(estimate.value.estimate));
  EXPECT_NE(estimate.note.find("does not fall"), std::string::npos) << estimate.note;
}

// price n at the n where n^-1 = e; errors of 20 replicates, spread .3: a mean of five sizes that tells 7 %.
TEST(CostOfError, IsThePriceOfTheSizeThatReachesIt) {
  int held = 0;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    const RatioQuestion question = drawn({.price = 3}, {}, {.seed = 500 + seed});
    const Interval value = cost_of_error(question.arm, 0.005, as_power).value;
    held += value.low <= 600 && 600 <= value.high;
  }
  EXPECT_GE(held, fewest_that_hold(200));
  EXPECT_LT(held, 200) << "an interval that always holds it is too wide";
}

TEST(CostOfError, SaysWhereItIsReadBeyondTheSizesAndWhereThereIsNone) {
  RatioQuestion question = drawn({}, {}, {.spread = 0.001, .seed = 8});
  EXPECT_EQ(cost_of_error(question.arm, 0.005, as_power).note, "");
  EXPECT_NE(cost_of_error(question.arm, 0.0005, as_power).note.find("extrapolation"), std::string::npos);
  question.arm.errors.array() += 0.1;
  const LawEstimate none = cost_of_error(question.arm, 0.05);
  EXPECT_TRUE(std::isnan(none.value.estimate));
  EXPECT_NE(none.note.find("The arm does not reach an error of 0.05"), std::string::npos) << none.note;
  question.arm.flops.setConstant(nan);
  EXPECT_NE(cost_of_error(question.arm, 0.2).note.find("flops"), std::string::npos);
}

// An arm over a floor of .0004 beside one without: exponents are those of the laws that neither excludes, as is the verdict.
TEST(Ratio, ReadsBothArmsByTheSameForms) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    RatioQuestion question = drawn({}, {}, {.spread = 0.1, .seed = 900 + seed});
    question.arm.errors.array() += 0.0004;
    const LawEstimate estimate = ratio(question);
    ASSERT_FALSE(estimate.readings.empty());
    for (const Reading& reading : estimate.readings) {
      const LawOptions by = {.form = reading.form};
      EXPECT_NEAR(reading.value.estimate,
                  compute_exponent(question.arm, by).value.estimate /
                      compute_exponent(question.against, by).value.estimate,
                  1e-9 * reading.value.estimate);
    }
  }
}

// The default chooses forms.
TEST(Ratio, IntervalsOfTheFormsThatAreChosenHoldTheTruthToo) {
  int held = 0;
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    const Interval value =
        ratio(drawn({.scale = 1.5, .slope = 0.8}, {.slope = 0.9}, {.seed = 2000 + seed})).value;
    held += value.low <= 0.9 / 0.8 && 0.9 / 0.8 <= value.high;
  }
  EXPECT_GE(held, fewest_that_hold(300));
}

TEST(Ratio, SaysWhatStandsInItsWay) {
  RatioQuestion question = drawn({}, {}, {.replicates = 1});
  EXPECT_NE(ratio(question).note.find("replicates"), std::string::npos);
  question = drawn({}, {}, {});
  question.against.flops.setConstant(nan);
  EXPECT_NE(ratio(question).note.find("flops"), std::string::npos);
  question.of = RatioOf::cost;
  question.at_error = 0.01;
  EXPECT_NE(ratio(question).note.find("flops"), std::string::npos);
}

}  // namespace
}  // namespace quartic::ratio_test
