#include "laws/curves/crossing.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "core/random/stream.hpp"
#include "core/types.hpp"
#include "laws/theory/least_squares.hpp"

namespace quartic::exponent_test {
namespace {

/// Replicates that spread by a factor of 1.1 about this curve, with this mean and geometric mean to second
/// order.
Matrix around(const Vector& curve, Index replicates = 10) {
  Matrix values(replicates, curve.size());
  for (Index r = 0; r < replicates; ++r)
    for (Index j = 0; j < curve.size(); ++j) values(r, j) = curve[j] * (1 + 0.1 * ((r + j) % 2 ? 1 : -1));
  return values;
}

Vector flexible(const Vector& sizes) {
  return sizes.unaryExpr([](double n) { return least_squares_risk({.rows = n, .columns = 1000}) / 10; });
}

TEST(DataExponent, IsTwoForAnErrorOfOneOverN) {
  const Vector sizes{{100, 200, 500, 1000}};
  const LawEstimate q = data_exponent({sizes, around(7 / sizes.array())});
  EXPECT_NEAR(q.value.estimate, 2, 1e-12);
  EXPECT_LT(q.value.low, 2);
  EXPECT_GT(q.value.high, 2);
  EXPECT_EQ(q.note, "");
}

TEST(DataExponent, NamesSizesThatLostAllTheirFits) {
  const Vector sizes{{100, 200, 500, 1000}};
  MeasuredCurve curve{sizes, around(7 / sizes.array())};
  curve.errors.col(3).setConstant(nan);
  EXPECT_NE(data_exponent(curve).note.find("run more replicates"), std::string::npos) << "nothing ran there";
  curve.excluded = 10;
  EXPECT_EQ(
      data_exponent(curve).note,
      "At n = 1000 all 10 fits failed or diverged: lower the rate, or leave these sizes out by from and to.");
  EXPECT_EQ(plateau(curve).note, data_exponent(curve).note);
  curve.errors.setConstant(nan);
  curve.excluded = 40;
  EXPECT_NE(data_exponent(curve).note.find("all 40 fits failed or diverged: lower the rate."),
            std::string::npos);
}

TEST(ComputeExponent, UsesMeanFlopsInThePlaceOfN) {
  const Vector sizes{{100, 200, 500, 1000}};
  const LawEstimate q = compute_exponent({sizes, around(7 / sizes.array()), around(sizes.array().square())});
  EXPECT_NEAR(q.value.estimate, 4, 1e-12);
  EXPECT_NE(compute_exponent({sizes, around(7 / sizes.array())}).note, "");
}

// A total of very many predictions is much the same at all sizes: a power of it is rounding, or nearly so.
TEST(ComputeExponent, IsNoneWhereTheComputingHardlyGrows) {
  const Vector sizes{{100, 200, 500, 1000}};
  for (const double uses : {1e9, 1e12, 1e18, 1e300}) {
    const LawEstimate q = compute_exponent({sizes, around(7 / sizes.array()), around(uses + sizes.array())});
    EXPECT_TRUE(std::isnan(q.value.low)) << uses;
    EXPECT_NE(q.note.find("hardly grows"), std::string::npos) << q.note;
  }
  EXPECT_FALSE(std::isnan(
      compute_exponent({sizes, around(7 / sizes.array()), around(1e4 + sizes.array())}).value.low));
}

TEST(ComputeExponent, SaysWhereItCostsNothing) {
  const Vector sizes{{100, 200, 500, 1000}};
  EXPECT_NE(compute_exponent({sizes, around(7 / sizes.array()), around(sizes.array() - 100)})
                .note.find("At n = 100 it takes no operation"),
            std::string::npos);
}

TEST(ComputeExponent, DoesNotDependOnTheScaleOfFlops) {
  const Vector sizes{{100, 200, 500}};
  const Matrix errors = around(7 / sizes.array()), flops = around(sizes.array().square());
  const Interval one = compute_exponent({sizes, errors, flops}).value;
  const Interval many = compute_exponent({sizes, errors, 1e9 * flops}).value;
  EXPECT_NEAR(one.low, many.low, 1e-9);
  EXPECT_NEAR(one.high, many.high, 1e-9);
}

TEST(DataExponent, IsUnboundedWhereTheErrorMayNotFall) {
  const Vector sizes{{100, 200, 500, 1000}};
  const Matrix errors = around(Vector{{0.102, 0.1, 0.1, 0.099}});
  const LawEstimate q = data_exponent({sizes, errors});
  EXPECT_TRUE(std::isinf(q.value.high));
  EXPECT_NE(q.note.find("plateau"), std::string::npos);
}

TEST(DataExponent, IsAboveEveryBoundWhereTheErrorSurelyDoesNotFall) {
  const Vector sizes{{100, 200, 500}};
  const LawEstimate q = data_exponent({sizes, around(Vector{{1, 10, 100}})});
  EXPECT_EQ(q.value.low, infinity);
  EXPECT_NE(q.note.find("plateau"), std::string::npos);
  EXPECT_EQ(judge_law({Expectation::Kind::at_least, 6, 0}, q).verdict, Verdict::supported);
  EXPECT_EQ(judge_law({Expectation::Kind::about, 6, 1}, q).verdict, Verdict::rejected);
}

/// 5/sqrt(n) over a floor at so many sizes, twenty replicates 2 % apart.
MeasuredCurve floored(double floor, Index sizes) {
  MeasuredCurve curve{Vector(sizes), Matrix(20, sizes)};
  Stream stream(4);
  for (Index k = 0; k < sizes; ++k) {
    curve.sizes[k] = 100 * std::exp2(k);
    for (Index r = 0; r < 20; ++r)
      curve.errors(r, k) = (floor + 5 / std::sqrt(curve.sizes[k])) * std::exp(0.02 * stream.normal());
  }
  return curve;
}

TEST(DataExponent, IsReadByEveryLawThatIsNotExcluded) {
  const LawEstimate open = data_exponent(floored(0, 10));
  ASSERT_EQ(open.readings.size(), 3u);
  EXPECT_EQ(open.fit.law.form, LawForm::power);
  EXPECT_EQ(open.by_law().estimate, open.value.estimate);
  EXPECT_LT(open.value.low, open.by_law().low);
  const LawEstimate decided = data_exponent(floored(0.1, 10));
  EXPECT_EQ(decided.fit.law.form, LawForm::floor);
  EXPECT_TRUE(decided.readings[1].excluded);
  EXPECT_NEAR(decided.value.estimate, 4, 0.3);
  const LawEstimate named = data_exponent(floored(0.1, 10), {.form = LawForm::power});
  ASSERT_EQ(named.readings.size(), 1u);
  EXPECT_GT(named.value.low, 4.5);
}

TEST(DataExponent, LeavesAllLawsOpenBetweenFiveSizes) {
  const LawEstimate few = data_exponent(floored(0.1, 5));
  for (const Reading& reading : few.readings) EXPECT_FALSE(reading.excluded) << to_string(reading.form);
  EXPECT_LT(few.value.low, 4);
  EXPECT_GT(few.value.high, few.by_law().low);
}

TEST(DataExponent, OfABoundThatAllReadingsMeetIsSupported) {
  const Judgement judgement =
      judge_law({Expectation::Kind::at_least, 2, 0.1}, data_exponent(floored(0.02, 8)));
  EXPECT_EQ(judgement.verdict, Verdict::supported) << judgement.reason;
}

TEST(DataExponent, WarnsInTheMeasureOfPerformanceAskedFor) {
  const MeasuredCurve bent = floored(0.1, 10);
  const auto first = [&](double root) {
    return data_exponent(bent, {.form = LawForm::power, .root = root}).warnings.front().text;
  };
  EXPECT_NE(first(1), first(2));
  EXPECT_NEAR(data_exponent(bent, {.root = 1}).value.high, data_exponent(bent).value.high / 2, 1e-12);
}

TEST(DataExponent, IsNoneThroughAPeak) {
  const Vector sizes{{100, 200, 500, 1000, 2000, 5000}};
  const LawEstimate peak = data_exponent({sizes, around(Vector{{1, 1.1, 3, 40, 0.5, 0.2}})});
  EXPECT_TRUE(std::isnan(peak.value.estimate));
  EXPECT_NE(peak.note.find("no law holds"), std::string::npos) << peak.note;
}

TEST(DataExponent, SaysWhatIsMissing) {
  const Vector sizes{{100, 200, 500}};
  const Vector curve = 7 / sizes.array();
  EXPECT_NE(data_exponent({sizes, around(curve, 1)}).note.find("replicates"), std::string::npos);
  EXPECT_NE(data_exponent({sizes.head(2), around(curve.head(2))}).note.find("sizes"), std::string::npos);
  Matrix errors = around(curve);
  errors(3, 1) = 0;
  EXPECT_NE(data_exponent({sizes, errors}, {.average = Average::geometric_mean}).note.find("positive"),
            std::string::npos);
  EXPECT_TRUE(std::isfinite(data_exponent({sizes, errors}).value.low));
}

TEST(DataExponent, DropsFailedFits) {
  const Vector sizes{{100, 200, 500}};
  Matrix errors = around(7 / sizes.array());
  errors(0, 0) = errors(1, 0) = errors(5, 2) = errors(6, 2) = NAN;
  EXPECT_NEAR(data_exponent({sizes, errors}).value.estimate, 2, 1e-3);
}

TEST(Plateau, IsTheLevelOverTheSizes) {
  const Vector sizes{{100, 200}};
  EXPECT_NEAR(plateau({sizes, around(Vector{{0.1, 0.4}})}).value.estimate, 0.25, 1e-12);
  const LawEstimate geometric =
      plateau({sizes, around(Vector{{0.1, 0.4}})}, {.average = Average::geometric_mean});
  EXPECT_NEAR(geometric.value.estimate, 0.2 * std::sqrt(0.99), 1e-12);
  EXPECT_NE(plateau({sizes, around(Vector{{0.1, 0.4}}, 1)}).note, "");
  EXPECT_NE(plateau({Vector(0), Matrix(5, 0)}).note, "");
}

TEST(Crossing, OfTheFigureIsAt1401) {
  const Vector sizes{{1100, 1500, 2000, 3000}};
  const MeasuredCurve oracle{Vector{{10, 15}}, around(Vector{{0.9, 0.25}}, 40)};
  const LawEstimate n = crossing({{sizes, around(flexible(sizes))}, oracle, 1});
  EXPECT_NEAR(n.value.estimate, 1401, 1e-4);
  EXPECT_LT(n.value.low, 1401);
  EXPECT_GT(n.value.high, 1401);
  EXPECT_EQ(n.note, "");
}

TEST(Crossing, BeyondTheSizesIsFlagged) {
  const Vector sizes{{1500, 2000, 3000}};
  const LawEstimate n =
      crossing({{sizes, around(flexible(sizes))}, {Vector{{15}}, around(Vector{{0.25}})}, 0});
  EXPECT_NEAR(n.value.estimate, 1401, 1e-3);
  EXPECT_NE(n.note.find("extrapolation"), std::string::npos);
}

TEST(Crossing, OfTwoCurvesIsWhereTheirLawsMeet) {
  const Vector sizes{{1100, 1500, 2000, 3000}};
  const MeasuredCurve falling{sizes, around(100 / sizes.array().square())};
  const MeasuredCurve slow{sizes, around(0.1 / sizes.array())};  // meet at n = 1000, before both
  EXPECT_TRUE(std::isnan(crossing({falling, slow}).value.estimate));
  const MeasuredCurve low{sizes, around(0.02 / sizes.array())};  // meet at n = 5000, beyond both
  const LawEstimate n = crossing({falling, low});
  EXPECT_NEAR(n.value.estimate, 5000, 1e-2);
  EXPECT_NE(n.note.find("extrapolation"), std::string::npos);
}

TEST(Crossing, NeverComesWhereTheArmStaysBehind) {
  const Vector sizes{{1100, 1500, 2000, 3000}};
  const Vector flops = sizes.array().square();
  const MeasuredCurve ahead{sizes, around(0.1 / sizes.array()), around(sizes)};
  const MeasuredCurve behind{sizes, around(20 / sizes.array()), around(flops)};
  const LawEstimate n = crossing({behind, ahead});
  EXPECT_EQ(n.value.estimate, infinity);
  EXPECT_EQ(n.value.low, 3e6) << "a thousand times the largest size";
  EXPECT_EQ(n.value.high, infinity);
  EXPECT_NE(n.note.find("stays behind up to n = 3e+06,"), std::string::npos) << n.note;
  const LawEstimate multiple = compute_multiple({behind, ahead});
  EXPECT_EQ(multiple.value.estimate, infinity);
  EXPECT_NEAR(multiple.value.low, 3e6, 1) << "n^2 over n";
  EXPECT_TRUE(std::isnan(crossing({ahead, behind}).value.estimate)) << "there is nobody to catch up with";
}

TEST(Crossing, IsNoneWhereAnArmThatWasAheadIsOvertaken) {
  const Vector sizes{{20, 40, 80, 160}};
  const MeasuredCurve stalls{sizes, around(0.4 + 0 * sizes.array())};
  const MeasuredCurve learns{sizes, around(20 / sizes.array())};  // behind up to 50
  EXPECT_EQ(crossing({stalls, learns}).value.estimate, infinity);
  EXPECT_NEAR(crossing({learns, stalls}).value.estimate, 50, 0.1);
}

TEST(Crossing, IsNotFoundWhereTheErrorRises) {
  const Vector sizes{{10, 20, 40}};
  const MeasuredCurve rising{sizes, around(Vector{{1, 2, 4}})};
  const LawEstimate n = crossing({rising, {Vector{{15}}, around(Vector{{0.25}})}, 0});
  EXPECT_TRUE(std::isnan(n.value.estimate));
  EXPECT_NE(n.note, "");
}

TEST(Crossing, ServesArmsWithDifferentNumbersOfReplicates) {
  const Vector sizes{{1100, 1500, 2000, 3000}};
  const MeasuredCurve oracle{Vector{{15}}, around(Vector{{0.25}}, 5000)};
  const LawEstimate n = crossing({{sizes, around(flexible(sizes), 1000)}, oracle, 0});
  EXPECT_NEAR(n.value.estimate, 1401, 1e-4);
  const MeasuredCurve few{sizes, around(flexible(sizes), 1)};
  EXPECT_NE(crossing({few, oracle, 0}).note.find("replicates"), std::string::npos);
}

TEST(ComputeMultiple, ComparesFlopsAtTheCrossing) {
  const Vector sizes{{1100, 1500, 2000, 3000}};
  const MeasuredCurve arm{sizes, around(flexible(sizes)), around(sizes.array().pow(3))};
  const MeasuredCurve oracle{Vector{{10, 15}}, around(Vector{{0.9, 0.25}}), around(Vector{{100, 1000}})};
  const LawEstimate ratio = compute_multiple({arm, oracle, 1});
  EXPECT_NEAR(ratio.value.estimate / (std::pow(1401., 3) / 1000), 1, 1e-6);
  const MeasuredCurve other{sizes, around(Vector::Constant(4, 0.25)), around(sizes.array().pow(2))};
  EXPECT_NE(compute_multiple({arm, {oracle.sizes, oracle.errors}, 1}).note, "");
  EXPECT_NEAR(compute_multiple({arm, other}).value.estimate, 1401, 0.01);
}

// Beyond the sizes training, n^2, and predictions, 10^7 at each of them, go on each by itself.
TEST(ComputeMultiple, AddsUpPartsBeyondTheSizes) {
  const Vector sizes{{1100, 1150, 1200, 1250}};
  const Matrix training = around(sizes.array().square()), running = around(Vector::Constant(4, 1e7));
  MeasuredCurve arm{sizes, around(flexible(sizes)), training + running};
  arm.parts = {training, Matrix::Zero(running.rows(), 4), running};
  const MeasuredCurve level{sizes, around(Vector::Constant(4, 0.25)), around(Vector::Constant(4, 1))};
  const double n = crossing({arm, level}).value.estimate;
  EXPECT_GT(n, 1300);
  EXPECT_NEAR(compute_multiple({arm, level}).value.estimate / (n * n + 1e7), 1, 1e-6);
}

}  // namespace
}  // namespace quartic::exponent_test
