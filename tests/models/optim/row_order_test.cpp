#include "models/optim/row_order.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <numeric>

namespace quartic::row_order_test {
namespace {

TEST(RowOrder, HoldsEveryRowOnce) {
  for (const Index rows : {0, 1, 2, 100}) {
    std::vector<Index> order = shuffled_rows(rows, Stream(3)), all(static_cast<std::size_t>(rows));
    std::iota(all.begin(), all.end(), Index{0});
    std::sort(order.begin(), order.end());
    EXPECT_EQ(order, all);
  }
}

TEST(RowOrder, IsEachOrderOfThreeEquallyOften) {
  std::map<std::vector<Index>, int> counts;
  for (std::uint64_t draw = 0; draw < 6000; ++draw) ++counts[shuffled_rows(3, Stream(5).child(draw))];
  EXPECT_EQ(counts.size(), 6u);
  for (const auto& [order, count] : counts) EXPECT_NEAR(count, 1000, 150);  // five standard deviations
}

}  // namespace
}  // namespace quartic::row_order_test
