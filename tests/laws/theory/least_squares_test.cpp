#include "laws/theory/least_squares.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "laws/statistics/root.hpp"

namespace quartic::least_squares_test {
namespace {

TEST(LeastSquaresTheory, MatchesBelkinHsuAndXu) {
  struct Row {
    double p, total;
    double digits;
  };
  const double per_column = 9. / 200;  // 100 of 200 matter, each 0.3, columns chosen blindly
  for (const Row& row : {Row{20, 13.767, 5e-4}, Row{50, 50.81, 5e-3}, Row{80, 27.51, 5e-3},
                         Row{120, 11.978, 5e-4}, Row{200, 7.732, 5e-4}}) {
    const LeastSquaresDesign design{.rows = 60,
                                    .columns = row.p,
                                    .signal_in_columns = per_column * row.p,
                                    .signal_left_out = 9 - per_column * row.p,
                                    .noise_variance = 1};
    EXPECT_NEAR(least_squares_risk(design) + 1, row.total, row.digits) << row.p;
  }
}

TEST(LeastSquaresTheory, GivesTheOracleAndTheExpertOfTheFigure) {
  EXPECT_DOUBLE_EQ(least_squares_risk({.rows = 15, .columns = 10}), 2.5);
  const LeastSquaresDesign expert{.rows = 100, .columns = 10, .signal_in_columns = 9, .signal_left_out = 1};
  EXPECT_DOUBLE_EQ(least_squares_risk(expert), 1 + 2 * 10. / 89);
}

TEST(LeastSquaresTheory, PutsTheCrossingsOfTheFigureWhereTheyAre) {
  const auto flexible = [](double n) { return LeastSquaresDesign{.rows = n, .columns = 1000}; };
  EXPECT_DOUBLE_EQ(least_squares_risk(flexible(1401)), least_squares_risk({.rows = 15, .columns = 10}));
  const double target = least_squares_geometric_risk({.rows = 15, .columns = 10});
  const double n = find_root(
      [&](double size) { return least_squares_geometric_risk(flexible(size)) - target; }, 1010, 3000);
  EXPECT_NEAR(n, 1557, 0.5);
}

TEST(LeastSquaresTheory, PutsTheExpertsOvertakingWhereItIs) {
  const auto gap = [](double S2) {
    return [S2](double n) {
      const LeastSquaresDesign all{.rows = n, .columns = 1000, .noise_variance = S2};
      const LeastSquaresDesign expert{.rows = n, .columns = 10, .signal_left_out = 1, .noise_variance = S2};
      return least_squares_risk(all) - least_squares_risk(expert);
    };
  };
  EXPECT_NEAR(find_root(gap(1), 1010, 1e5), 1991.0, 0.05);
  EXPECT_NEAR(find_root(gap(4), 1010, 1e5), 4961, 0.5);
}

TEST(LeastSquaresTheory, HasNoMeanNearInterpolation) {
  for (double n : {99., 100., 101.}) EXPECT_TRUE(std::isnan(least_squares_risk({.rows = n, .columns = 100})));
  EXPECT_TRUE(std::isfinite(least_squares_risk({.rows = 98, .columns = 100})));
  EXPECT_TRUE(std::isfinite(least_squares_risk({.rows = 102, .columns = 100})));
}

TEST(LeastSquaresTheory, TendsToItsLimit) {
  for (double aspect : {0.2, 0.8, 1.5, 4.}) {
    const double n = 1e7;
    const LeastSquaresDesign design{
        .rows = n, .columns = aspect * n, .signal_in_columns = 2, .noise_variance = 0.5};
    const double limit = least_squares_risk(LeastSquaresLimit{aspect, 2, 0.5});
    EXPECT_NEAR(least_squares_risk(design) / limit, 1, 1e-5) << aspect;
  }
  EXPECT_TRUE(std::isnan(least_squares_risk(LeastSquaresLimit{1, 2, 0.5})));
}

TEST(LeastSquaresTheory, GeometricMeanIsDefinedForTheWholeModelOnly) {
  EXPECT_LT(least_squares_geometric_risk({.rows = 50, .columns = 10}),
            least_squares_risk({.rows = 50, .columns = 10}));
  EXPECT_TRUE(std::isfinite(least_squares_geometric_risk({.rows = 10, .columns = 10})));
  EXPECT_TRUE(std::isnan(least_squares_geometric_risk({.rows = 9, .columns = 10})));
  EXPECT_TRUE(std::isnan(least_squares_geometric_risk({.rows = 50, .columns = 10, .signal_left_out = 1})));
}

}  // namespace
}  // namespace quartic::least_squares_test
