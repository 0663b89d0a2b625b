#include "laws/statistics/row_units.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace quartic::row_units_test {
namespace {

TEST(RowUnits, LeaveOutTheRowsOfOneNameTogether) {
  const RowUnits units = units_named({"b", "a", "b", "c"});
  EXPECT_EQ(units.count, 3);
  EXPECT_EQ(units.blocks, 3);
  EXPECT_EQ(units.weights(0), Vector::Ones(4));
  EXPECT_EQ(units.weights(1), (Vector{{1, 0, 1, 1}})) << "a is the first";
  EXPECT_EQ(units.weights(2), (Vector{{0, 1, 0, 1}}));
  EXPECT_EQ(units.rows(2), (std::vector<Index>{1, 3}));
  EXPECT_EQ(units.jackknife(0.9).degrees, 2);
  EXPECT_FALSE(units.are_rows());
}

TEST(RowUnits, AreTheRowsWhereEachStandsForItself) {
  const RowUnits units = single_rows(3);
  EXPECT_TRUE(units.are_rows());
  EXPECT_EQ(units.weights(3), (Vector{{1, 1, 0}}));
  EXPECT_EQ(single_rows(5000).blocks, 200) << "many rows are left out in blocks";
}

TEST(RowUnits, AreDealtEvenlyAndInNoPattern) {
  const RowUnits units = dealt_rows(240, 20);
  for (Index unit = 0; unit < 20; ++unit)
    EXPECT_EQ(std::count(units.of_row.begin(), units.of_row.end(), unit), 12);
  Index beside = 0;
  for (std::size_t row = 20; row < 240; ++row) beside += units.of_row[row] == units.of_row[row - 20];
  EXPECT_LT(beside, 30) << "a table of twenty columns would have 220";
  EXPECT_EQ(dealt_rows(240, 20).of_row, units.of_row);
  EXPECT_EQ(dealt_rows(7, 20).count, 7);
}

}  // namespace
}  // namespace quartic::row_units_test
