#include "laws/frontiers/machine.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/rounded.hpp"

namespace quartic::machine_test {
namespace {

using support::rounded;
using support::to_digits;

/// Strubell, Ganesh & McCallum 2019: the base transformer.
const Machine p100{.name = "P100",
                   .processors = 8,
                   .peak_gflops = 9526,
                   .hours = 12,
                   .watts = 1415.78,
                   .pue = 1.58,
                   .pounds_per_kwh = 0.954,
                   .pounds = 26,
                   .dollars = 41};
const Machine alexnet{.name = "AlexNet", .processors = 2, .peak_gflops = 1580, .hours = 5.5 * 24};
const Machine nasnet{.name = "NASNet-A", .processors = 500, .peak_gflops = 9520, .hours = 4 * 24};

TEST(Machine, GivesThePublishedConversions) {
  const GflopRates rates = gflop_rates(p100);
  EXPECT_NEAR(rates.pounds, 7.897e-9, 0.0005e-9);
  EXPECT_NEAR(rates.dollars, 1.2454e-8, 0.00005e-8);
}

TEST(Machine, GivesThePublishedEnergyAndCarbonDioxide) {
  EXPECT_NEAR(job_kwh(p100), 26.8432, 1e-4);
  Machine computed = p100;
  computed.pounds = Machine::not_known;
  const double gflop = job_gflop(8, 9526, 12);
  EXPECT_NEAR(gflop_rates(computed).pounds * gflop, 25.6084, 1e-4);  // published as 26
  EXPECT_NEAR(gflop_rates(computed).kwh * gflop, job_kwh(p100), 1e-9);
}

TEST(Machine, CountsThePublishedComputing) {
  EXPECT_NEAR(job_gflop(2, 1580, 5.5 * 24), 1.501632e9, 1);
  EXPECT_NEAR(job_gflop(500, 9520, 4 * 24), 1.645056e12, 1e3);
}

TEST(Machine, WithoutPriceHasNoCostInDollars) {
  Machine free_of_charge = p100;
  free_of_charge.dollars = Machine::not_known;
  EXPECT_TRUE(std::isnan(gflop_rates(free_of_charge).dollars));
  EXPECT_FALSE(std::isnan(gflop_rates(free_of_charge).pounds));
}

TEST(Growth, FromAlexNetToNasNetIsThePublishedOne) {
  const Growth times = growth(alexnet, nasnet);
  EXPECT_EQ(rounded(times.computing, 1), 1095.5);
  EXPECT_EQ(rounded(times.rate, 2), 6.03);
  EXPECT_EQ(rounded(times.two_point_exponent(36.7 / 17.3), 2), 9.31);
  EXPECT_NEAR(times.processors * times.rate * times.hours, times.computing, 1e-9);
  EXPECT_NEAR(times.hardware_share(), 0.2566, 5e-5);
}

TEST(Growth, ByAnExponentOfNineIsThePublishedOne) {
  EXPECT_EQ(std::pow(2, 9), 512);
  EXPECT_EQ(to_digits(std::pow(11.5 / 5, 9), 2), 1.8e3);
}

}  // namespace
}  // namespace quartic::machine_test
