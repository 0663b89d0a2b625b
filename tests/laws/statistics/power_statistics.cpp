// Whether the replicates that are called for give the power that is asked for: 1000 studies, five binomial
// standard errors.
#include <gtest/gtest.h>

#include <cmath>

#include "core/random/stream.hpp"
#include "laws/curves/exponent.hpp"
#include "laws/statistics/power.hpp"

namespace quartic::power_statistics {
namespace {

constexpr Index studies = 1000;
const double error_of_share = std::sqrt(0.9 * 0.1 / studies);

PowerDesign design() {
  PowerDesign made{
      .sizes = Vector(8), .spread = 0.4, .expect = 2, .margin = 0.15, .against = 2.4, .of_computing = false};
  for (Index k = 0; k < 8; ++k) made.sizes[k] = std::round(100 * std::pow(100, static_cast<double>(k) / 7));
  return made;
}

/// Of studies whose exponent is q, the share with this verdict on the design's claim.
double share(Verdict verdict, double q, Index replicates) {
  const PowerDesign made = design();
  Index count = 0;
  for (Index study = 0; study < studies; ++study) {
    MeasuredCurve curve{made.sizes, Matrix(replicates, made.sizes.size())};
    Stream stream = Stream(12).child(static_cast<std::uint64_t>(study));
    for (Index r = 0; r < replicates; ++r)
      for (Index k = 0; k < made.sizes.size(); ++k)
        curve.errors(r, k) = std::pow(made.sizes[k], -2 / q) * std::exp(made.spread * stream.normal());
    const LawEstimate law = data_exponent(curve, {.form = LawForm::power, .floor = 0});
    count += judge({Expectation::Kind::about, made.expect, made.margin}, law.value).verdict == verdict;
  }
  return static_cast<double>(count) / studies;
}

TEST(Power, IsReachedWithTheReplicatesCalledFor) {
  const Index replicates = replicates_needed(design());
  EXPECT_GT(share(Verdict::supported, 2, replicates), 0.9 - 5 * error_of_share) << replicates;
  EXPECT_GT(share(Verdict::rejected, 2.4, replicates), 0.9 - 5 * error_of_share) << replicates;
}

TEST(Power, IsNotReachedWithHalfOfThem) {
  EXPECT_LT(share(Verdict::supported, 2, replicates_needed(design()) / 2), 0.8);
}

}  // namespace
}  // namespace quartic::power_statistics
