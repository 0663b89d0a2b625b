#include "experiments/tables/built_in.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "experiments/platform/csv.hpp"
#include "tests/support/imagenet_points.hpp"
#include "tests/support/thrown_message.hpp"

namespace quartic::built_in_test {
namespace {

CsvTable imagenet() {
  return parse_csv(built_in_tables().at("imagenet"), "imagenet");
}
std::vector<Machine> conversions() {
  return read_machines(built_in_tables().at("conversions"), "conversions");
}

TEST(ImageNetTable, HoldsThePublishedPoints) {
  const CsvTable table = imagenet();
  const Vector flops = 1e9 * read_numbers(table, table.column("gflop"));
  const Vector errors = read_numbers(table, table.column("top1_error"));
  ASSERT_EQ(flops.size(), 13);
  EXPECT_TRUE(flops.isApprox(support::imagenet_flops(), 1e-15));
  EXPECT_TRUE(errors.isApprox(support::imagenet_errors(), 1e-15));
}

TEST(ImageNetTable, ComputesWhatItRecordsWhereTheMachineIsKnown) {
  const CsvTable table = imagenet();
  const auto column = [&](const char* name) { return read_numbers(table, table.column(name)); };
  const Vector processors = column("processors"), rate = column("peak_gflops"), days = column("days"),
               gflop = column("gflop");
  int known = 0;
  for (Index row = 0; row < table.rows(); ++row) {
    if (std::isnan(processors[row])) continue;
    EXPECT_NEAR(job_gflop(processors[row], rate[row], 24 * days[row]), gflop[row], 1e-12 * gflop[row]);
    ++known;
  }
  EXPECT_EQ(known, 2);
}

TEST(ImageNetTable, CitesEverySystem) {
  const CsvTable table = imagenet();
  for (Index row = 0; row < table.rows(); ++row)
    EXPECT_GT(table.at(row, table.column("publication")).size(), 20u) << table.at(row, 0);
}

TEST(Conversions, BeginWithThePublishedOnes) {
  const std::vector<Machine> machines = conversions();
  const Machine& machine = machine_named(machines, "");
  EXPECT_EQ(machine.name, "P100");
  EXPECT_NEAR(gflop_rates(machine).pounds, 7.897e-9, 0.0005e-9);
  EXPECT_NEAR(gflop_rates(machine).dollars, 1.2454e-8, 0.00005e-8);
}

TEST(Conversions, KnowTheEnergyOfEveryGeneration) {
  const std::vector<Machine> machines = conversions();
  EXPECT_GE(machines.size(), 5u);
  for (const Machine& machine : machines) {
    const GflopRates rates = gflop_rates(machine);
    EXPECT_NEAR(std::log10(rates.kwh), -8, 1.2) << machine.name;
    EXPECT_GT(rates.pounds, 0.9 * rates.kwh) << machine.name;
    EXPECT_FALSE(machine.source.empty()) << machine.name;
  }
  EXPECT_LT(gflop_rates(machine_named(machines, "H100")).kwh,
            0.1 * gflop_rates(machine_named(machines, "GTX 580")).kwh);
}

TEST(Conversions, OfAUserMayLeaveFieldsEmpty) {
  const std::vector<Machine> machines = read_machines(
      "hardware;processors;peak_gflops;hours;watts;pue;pounds_co2_per_kwh;dollars\nmine;2;100;1;500;1,5;;\n",
      "mine.csv");
  EXPECT_NEAR(gflop_rates(machines.at(0)).kwh, 0.75 / 720000, 1e-18);
  EXPECT_TRUE(std::isnan(gflop_rates(machines.at(0)).pounds));
}

TEST(Conversions, ThatCannotBeUsedAreRefused) {
  const std::string header = "hardware,processors,peak_gflops,hours,watts,pue,pounds_co2_per_kwh,dollars\n";
  const auto message = [](const std::string& csv) {
    return support::thrown_message([&] { read_machines(csv, "mine.csv"); });
  };
  EXPECT_EQ(
      message(header + "mine,2,100,0,1,1,1,1\n"),
      "mine.csv:2: hours is 0 (a machine has a positive one). Correct it, or leave the field empty where "
      "it is not known.");
  EXPECT_NE(message("hardware,watts\nmine,3\n").find("processors"), std::string::npos);
  const std::string unknown = support::thrown_message([] { machine_named(conversions(), "P10"); });
  EXPECT_NE(unknown.find("Did you mean \"P100\"?"), std::string::npos) << unknown;
}

// "... the six-fold improvement in performance from the GTX 580 to the P100."
TEST(Generations, OfTheProgramBeginWithTheSixfoldStep) {
  const std::vector<Generation> generations =
      read_generations(built_in_tables().at("generations"), "generations");
  ASSERT_GE(generations.size(), 6u);
  EXPECT_EQ(generations[0].name + " " + generations[1].name, "GTX 580 P100");
  EXPECT_NEAR(operations_gained(generations[0], generations[1], MachineCost::hours), 6, 0.1);
  bool any_specialised = false;
  for (const Generation& one : generations) {
    any_specialised |= one.specialised;
    EXPECT_FALSE(one.source.empty()) << one.name;
    EXPECT_FALSE(one.precision.empty()) << one.name;
    EXPECT_TRUE(one.price > 0 || one.dollars_per_hour > 0) << one.name;
    EXPECT_NEAR(std::log10(generation_bill(one, 1e9).kwh), -8.5, 1.5) << one.name;
  }
  EXPECT_TRUE(any_specialised);
}

TEST(Generations, OfAUserAreReadOrRefused) {
  const std::string header =
      "hardware,year,kind,precision,peak_gflops,watts,price,dollars_per_hour,pue,pounds_co2_per_kwh\n";
  const auto read = [&](const std::string& rows) { return read_generations(header + rows, "mine.csv"); };
  const std::vector<Generation> mine = read("mine,2024,specialised,int8,5000,,,1.5,,\n");
  EXPECT_TRUE(mine.at(0).specialised);
  EXPECT_TRUE(std::isnan(generation_bill(mine[0], 1).kwh));
  const auto message = [&](const std::string& rows) { return support::thrown_message([&] { read(rows); }); };
  EXPECT_NE(message("mine,2024,special,int8,5000,,,,,\n").find("mine.csv:2: unknown kind \"special\""),
            std::string::npos);
  EXPECT_NE(message("mine,2024,general,int8,,,,,,\n").find("peak_gflops is empty"), std::string::npos);
  EXPECT_NE(message("").find("no rows"), std::string::npos);
}

}  // namespace
}  // namespace quartic::built_in_test
