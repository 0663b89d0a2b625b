#include "laws/frontiers/generations.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace quartic::generations_test {
namespace {

const Generation old_card{.name = "old",
                          .year = 2010,
                          .precision = "float32",
                          .peak_gflops = 1000,
                          .watts = 200,
                          .price = 8766,
                          .pue = 1.5,
                          .pounds_per_kwh = 1};
const Generation new_card{.name = "new",
                          .year = 2020,
                          .specialised = true,
                          .precision = "bfloat16",
                          .peak_gflops = 100000,
                          .watts = 400,
                          .price = 17532,
                          .dollars_per_hour = 2,
                          .pue = 1.5,
                          .pounds_per_kwh = 1};

// 3.6e15 operations are an hour of 10^12 a second.
TEST(Generations, BillHoursEnergyAndMoney) {
  const GenerationBill bill = generation_bill(old_card, 3.6e15);
  EXPECT_DOUBLE_EQ(bill.hours, 1);
  EXPECT_DOUBLE_EQ(bill.kwh, 0.3);
  EXPECT_DOUBLE_EQ(bill.pounds, 0.3);
  EXPECT_DOUBLE_EQ(bill.bought, 1.0 / 3) << "over three years of 8766 hours";
  EXPECT_TRUE(std::isnan(bill.rented));
  const GenerationBill slow = generation_bill(new_card, 3.6e17, {.reached = 0.25, .years = 1});
  EXPECT_DOUBLE_EQ(slow.hours, 4);
  EXPECT_DOUBLE_EQ(slow.bought, 8);
  EXPECT_DOUBLE_EQ(slow.rented, 8);
}

TEST(Generations, AreComparedByTheCostThatIsAskedFor) {
  EXPECT_DOUBLE_EQ(operations_gained(old_card, new_card, MachineCost::hours), 100);
  EXPECT_DOUBLE_EQ(operations_gained(old_card, new_card, MachineCost::bought), 50);
  EXPECT_DOUBLE_EQ(operations_gained(old_card, new_card, MachineCost::energy), 50);
  EXPECT_TRUE(std::isnan(operations_gained(old_card, new_card, MachineCost::rented)));
}

// k^4: 10,000 times the operations are ten times the performance.
TEST(Generations, BuyPerformanceByTheRootOfTheirGain) {
  const Interval gained = performance_gained(1e4, {4, 2, 8});
  EXPECT_NEAR(gained.estimate, 10, 1e-12);
  EXPECT_NEAR(gained.low, std::sqrt(10.0), 1e-12);
  EXPECT_NEAR(gained.high, 100, 1e-12);
  const Interval lost = performance_gained(1e-4, {4, 2, 8});
  EXPECT_NEAR(lost.low, 0.01, 1e-12);
  EXPECT_NEAR(lost.high, 1 / std::sqrt(10.0), 1e-12);
  EXPECT_EQ(performance_gained(100, {4, 2, INFINITY}).low, 1);
}

}  // namespace
}  // namespace quartic::generations_test
