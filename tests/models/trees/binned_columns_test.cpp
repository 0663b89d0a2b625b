#include "models/trees/binned_columns.hpp"

#include <gtest/gtest.h>

#include "tests/support/linear_problem.hpp"
#include "tests/support/reference/boosted_stumps.hpp"

namespace quartic::binned_columns_test {
namespace {

using detail::BinnedColumns;

Data column_of(const Vector& numbers) {
  return data_of(numbers, Vector::Zero(numbers.size()));
}

std::vector<double> thresholds_of(const BinnedColumns& columns, Index column) {
  const auto found = columns.thresholds(column);
  return {found.begin(), found.end()};
}

TEST(BinnedColumns, CutBetweenNeighbours) {
  Vector numbers(8);
  numbers << 7, 1, 3, 5, 2, 8, 4, 6;
  const BinnedColumns columns(column_of(numbers), 8, 4);
  EXPECT_EQ(thresholds_of(columns, 0), (std::vector<double>{2.5, 4.5, 6.5}));
  const auto counts = columns.left_counts(0);
  EXPECT_EQ(std::vector<double>(counts.begin(), counts.end()), (std::vector<double>{2, 4, 6}));
}

TEST(BinnedColumns, CutOnceWhereRowsAreEqual) {
  Vector numbers(8);
  numbers << 0, 1, 0, 0, 0, 0, 1, 0;
  const BinnedColumns columns(column_of(numbers), 8, 8);
  EXPECT_EQ(thresholds_of(columns, 0), std::vector<double>{0.5});
  EXPECT_EQ(columns.left_counts(0)[0], 6);
  EXPECT_EQ(BinnedColumns(column_of(Vector::Constant(8, 3)), 8, 8).splits(), 0);
}

TEST(BinnedColumns, CutAfterEveryRowWhereTheseAreFew) {
  const Data data = gaussian_problem(20, 3, 1);
  EXPECT_EQ(BinnedColumns(data, 20, 64).splits(), 3 * 19);
  EXPECT_EQ(BinnedColumns(data, 1, 64).splits(), 0);
}

TEST(BinnedColumns, AreThoseOfTheObviousCount) {
  Matrix x = gaussian_matrix(200, 40, Stream(2));
  x.col(3) = x.col(3).array().round();
  x.col(7) = (x.col(7).array() > 1).cast<double>();
  const Data data = data_of(x, Vector::Zero(200));
  for (const Index bins : {2, 3, 10, 64, 256}) {
    const BinnedColumns columns(data, 150, bins);
    for (Index j = 0; j < 40; ++j) {
      EXPECT_EQ(thresholds_of(columns, j),
                reference::stump_thresholds(numbers_of<double>(Vector(x.col(j).head(150))),
                                            static_cast<std::size_t>(bins)));
      const auto thresholds = columns.thresholds(j);
      std::vector<double> counts(thresholds.size(), 0);
      for (Index i = 0; i < 200; ++i) {
        Index below = 0;
        for (std::size_t s = 0; s < thresholds.size(); ++s)
          if (x(i, j) > thresholds[s])
            below += 1;
          else if (i < 150)
            counts[s] += 1;
        EXPECT_EQ(columns.codes(j)[static_cast<std::size_t>(i)], below);
      }
      const auto left = columns.left_counts(j);
      EXPECT_EQ(std::vector<double>(left.begin(), left.end()), counts);
    }
  }
}

// Half the sum of neighbours that are next to each other, or huge, is not between them.
TEST(BinnedColumns, LeaveRowsOnBothSidesOfEveryCut) {
  const double next = std::nextafter(1.0, 2.0);
  for (const auto& [low, high] :
       {std::pair{1.0, next}, {next, std::nextafter(next, 2.0)}, {1e308, 1.7e308}, {-1.7e308, -1e308}}) {
    const BinnedColumns columns(column_of(Eigen::Vector2d(low, high)), 2, 8);
    EXPECT_EQ(columns.codes(0)[0], 0);
    EXPECT_EQ(columns.codes(0)[1], 1);
  }
}

}  // namespace
}  // namespace quartic::binned_columns_test
