#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "core/random/stream.hpp"
#include "laws/curves/crossing.hpp"
#include "laws/curves/power_law.hpp"
#include "laws/statistics/root.hpp"
#include "laws/theory/least_squares.hpp"

namespace quartic::exponent_statistics {
namespace {

double chi_squared(Index df, Stream stream) {
  std::vector<double> normals(static_cast<std::size_t>(df));
  stream.fill_normal(normals);
  double sum = 0;
  for (double z : normals) sum += z * z;
  return sum;
}

/// A synthetic study of least squares on p columns, noise 1: the excess risk is exactly chi2_p/chi2_{n-p+1}.
struct SyntheticArm {
  Index columns;
  std::vector<Index> sizes;
  Index replicates;
};

MeasuredCurve draw(const SyntheticArm& arm, const Stream& stream) {
  const Index count = static_cast<Index>(arm.sizes.size());
  MeasuredCurve curve{Vector(count), Matrix(arm.replicates, count)};
  for (Index k = 0; k < count; ++k) {
    const Index n = arm.sizes[static_cast<std::size_t>(k)];
    curve.sizes[k] = static_cast<double>(n);
    for (Index r = 0; r < arm.replicates; ++r) {
      const Stream row = stream.child(static_cast<std::uint64_t>(n)).child(static_cast<std::uint64_t>(r));
      curve.errors(r, k) =
          chi_squared(arm.columns, row.child("above")) / chi_squared(n - arm.columns + 1, row.child("below"));
    }
  }
  return curve;
}

/// The exponent that the exact curve shows over these sizes.
double exact_exponent(const SyntheticArm& arm, Average average) {
  const Index count = static_cast<Index>(arm.sizes.size());
  LawPoints points{Vector(count), Vector(count), Vector::Ones(count)};
  for (Index k = 0; k < count; ++k) {
    points.sizes[k] = static_cast<double>(arm.sizes[static_cast<std::size_t>(k)]);
    const LeastSquaresDesign design{.rows = points.sizes[k], .columns = static_cast<double>(arm.columns)};
    points.values[k] =
        average == Average::mean ? least_squares_risk(design) : least_squares_geometric_risk(design);
  }
  return 2 / fit_power_law(points).exponent;
}

constexpr int studies = 400;

/// How often the 95 % interval of studies s = 0, 1, ... holds the truth.
template <class Estimate>
double coverage(double truth, Estimate estimate) {
  int held = 0;
  for (int s = 0; s < studies; ++s) {
    const LawEstimate measured =
        estimate(Stream(2026).child("coverage").child(static_cast<std::uint64_t>(s)));
    if (measured.value.low <= truth && truth <= measured.value.high) ++held;
  }
  return static_cast<double>(held) / studies;
}

/// Five standard errors of a coverage of 0.95 over these studies.
const double tolerance = 5 * std::sqrt(0.95 * 0.05 / studies);

TEST(JackknifeCoverage, OfADataExponentIsNominal) {
  const SyntheticArm arm{10, {30, 50, 100, 200}, 20};
  for (Average average : {Average::mean, Average::geometric_mean}) {
    const double held = coverage(exact_exponent(arm, average), [&](const Stream& stream) {
      return data_exponent(draw(arm, stream), {.average = average});
    });
    EXPECT_NEAR(held, 0.95, tolerance) << static_cast<int>(average);
  }
}

/// Where least squares on 30 columns has the error of the oracle on 3 at n = 17. By the mean 30/(n-31) =
/// 3/13.
double exact_crossing(Average average) {
  if (average == Average::mean) return 161;
  const double target = least_squares_geometric_risk({.rows = 17, .columns = 3});
  return find_root(
      [&](double n) { return least_squares_geometric_risk({.rows = n, .columns = 30}) - target; }, 40, 1000);
}

/// Both arms of one study, with this many replicates of the oracle.
LawEstimate crossing_of(const Stream& stream, Index oracle_replicates, const LawOptions& options) {
  const SyntheticArm flexible{30, {50, 70, 100, 150, 200}, 40}, oracle{3, {17}, oracle_replicates};
  return crossing({draw(flexible, stream.child("flexible")), draw(oracle, stream.child("oracle")), 0},
                  options);
}

TEST(JackknifeCoverage, OfACrossingIsNominal) {
  for (Average average : {Average::mean, Average::geometric_mean}) {
    const double held = coverage(exact_crossing(average), [&](const Stream& stream) {
      return crossing_of(stream, 40, {.average = average});
    });
    EXPECT_NEAR(held, 0.95, tolerance) << static_cast<int>(average);
  }
}

TEST(JackknifeCoverage, SurvivesUnequalNumbersOfReplicates) {
  const double held = coverage(exact_crossing(Average::mean),
                               [&](const Stream& stream) { return crossing_of(stream, 1500, {}); });
  EXPECT_NEAR(held, 0.95, tolerance);
}

}  // namespace
}  // namespace quartic::exponent_statistics
