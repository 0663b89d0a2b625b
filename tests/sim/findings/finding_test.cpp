#include "sim/findings/finding.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "sim/findings/marginals.hpp"

namespace quartic::finding_test {
namespace {

TEST(Finding, IsNamedByItsKindAndPlace) {
  EXPECT_EQ(finding_name(0), "size_0");
  EXPECT_EQ(finding_name(4), "count_0");
  EXPECT_EQ(finding_name(15), "size_3");
  EXPECT_EQ(finding_name(16), "density_3");
  EXPECT_EQ(finding_name(87), "margin_17");
  EXPECT_EQ(finding_name(998), "present_199");
}

TEST(Finding, IsMeasuredInItsNaturalUnits) {
  const auto measured = [](FindingKind kind, double z) {
    return natural_finding(kind, detail::standardised(kind, z));
  };
  for (const double z : {-3., -0.4, 0., 0.5, 2.}) {
    EXPECT_NEAR(measured(FindingKind::size, z), std::exp(z / 2), 1e-14);
    EXPECT_EQ(measured(FindingKind::density, z), z);
    EXPECT_EQ(measured(FindingKind::margin, z), z);
    EXPECT_EQ(measured(FindingKind::present, z), z > 0.5244 ? 1 : 0);
  }
  EXPECT_EQ(measured(FindingKind::count, -1), 0);
  EXPECT_EQ(measured(FindingKind::count, 0), 1);
  EXPECT_EQ(measured(FindingKind::count, 2), 3);
  EXPECT_EQ(measured(FindingKind::count, 4), 6);
}

TEST(Finding, IsConspicuousFromAThresholdOn) {
  for (Index j = 0; j < findings_of_a_place; ++j)
    for (double z = -4; z < 4; z += 0.01) {
      const bool conspicuous = is_conspicuous(kind_of(j), detail::standardised(kind_of(j), z));
      EXPECT_EQ(conspicuous, z > detail::conspicuous_from(kind_of(j))) << j << " " << z;
    }
}

}  // namespace
}  // namespace quartic::finding_test
