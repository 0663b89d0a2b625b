/// The same operations on every generation of hardware, billed by the built program.
#include "cli/hardware/hardware_text.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "tests/cli/store_folder.hpp"

namespace quartic::hardware_text_test {
namespace {

using nlohmann::json;
using testing::StoreFolder;

class Hardware : public StoreFolder {
 protected:
  json billed(const std::string& words) {
    const testing::Outcome outcome = quartic("hardware " + words + " --json");
    EXPECT_EQ(outcome.status, 0) << words << outcome.err;
    return json::parse(outcome.out);
  }
};

// 3.6e15 operations are an hour at 1000 GFLOP/s.
constexpr const char* own_table =
    "hardware,year,kind,precision,peak_gflops,watts,price,dollars_per_hour,pue,pounds_co2_per_kwh\n"
    "first,2010,general,float32,1000,100,26298,1,1,1\n"
    "second,2012,general,float32,10000,100,26298,1,1,1\n"
    "chip,2013,specialised,int8,40000,200,,2,1,1\n"
    "third,2014,general,float32,20000,100,26298,1,1,1\n";

TEST_F(Hardware, BillsEveryGenerationAndWhatItBuys) {
  testing::write_text(folder / "own.csv", own_table);
  const json told = billed("--flops 3.6e15 --exponent 4 --generations own.csv");
  ASSERT_EQ(told["generations"].size(), 4u);
  const json& first = told["generations"][0];
  EXPECT_NEAR(first["hours"].get<double>(), 1, 1e-12);
  EXPECT_NEAR(first["kwh"].get<double>(), 0.1, 1e-12);
  EXPECT_NEAR(first["kg_co2"].get<double>(), 0.045359237, 1e-12);
  EXPECT_NEAR(first["bought"].get<double>(), 1, 1e-9);
  EXPECT_NEAR(first["rented"].get<double>(), 1, 1e-12);
  const json& second = told["generations"][1];
  EXPECT_NEAR(second["operations_gained"].get<double>(), 10, 1e-9);
  EXPECT_NEAR(second["performance_gained"]["estimate"].get<double>(), std::pow(10, 0.25), 1e-9);
  EXPECT_TRUE(told["generations"][2]["operations_gained"].is_null()) << "it cannot be bought";
  EXPECT_NEAR(
      billed("--flops 1 --cost energy --from second -g own.csv")["generations"][0]["operations_gained"]
          .get<double>(),
      0.1, 1e-12);
}

TEST_F(Hardware, HoldsSpecialisedOnesAgainstTheGeneralOnesOfTheirTime) {
  testing::write_text(folder / "own.csv", own_table);
  const json pair = billed("--flops 1 -g own.csv")["specialised"].at(0);
  EXPECT_EQ(pair["hardware"], "chip, int8");
  EXPECT_EQ(pair["against"], "second, float32");
  EXPECT_NEAR(pair["rented"].get<double>(), 2, 1e-12);
  EXPECT_NEAR(pair["energy"].get<double>(), 2, 1e-12);
  const testing::Outcome text = quartic("hardware --flops 1e18 -q 2 -g own.csv");
  EXPECT_TRUE(
      says(text.out, "chip, int8 (specialised) against second, float32: 2.00 times the operations a dollar"))
      << text.out;
}

TEST_F(Hardware, BillsARunOrOneFitOfAnArmWithItsExponent) {
  ASSERT_EQ(run("--out made").status, 0);
  const json all = billed("made"), one = billed("made --arm regularised");
  EXPECT_GT(all["flops"].get<double>(), one["flops"].get<double>());
  EXPECT_TRUE(all["exponent"].is_null());
  EXPECT_LT(one["exponent"]["low"].get<double>(), one["exponent"]["high"].get<double>());
  const json& h100 = one["generations"].at(7);
  EXPECT_LT(h100["performance_gained"]["low"].get<double>(),
            h100["performance_gained"]["high"].get<double>());
  EXPECT_EQ(billed("made --arm regularised -q 3")["exponent"]["low"], 3);
}

TEST_F(Hardware, CountsTheUsesOfTheStudy) {
  ASSERT_EQ(run("--out made").status, 0);
  ASSERT_EQ(run("--set uses=1e6 --out used").status, 0);
  EXPECT_GT(billed("used --arm oracle")["flops"].get<double>(),
            1e6 + billed("made --arm oracle")["flops"].get<double>());
  EXPECT_EQ(billed("used")["flops"], billed("made")["flops"]) << "no run makes these predictions";
  ASSERT_EQ(run("--set pretraining_shared_by=10 --out shared").status, 0);
  EXPECT_EQ(billed("shared --arm oracle")["flops"], billed("made --arm oracle")["flops"])
      << "it has no pre-training";
  EXPECT_EQ(billed("used --arm regularised")["exponent"], billed("made --arm regularised")["exponent"]);
}

TEST_F(Hardware, TakesATableOfPeakRatesAlone) {
  testing::write_text(folder / "bare.csv", "hardware,peak_gflops\nslow,10\nfast,40\n");
  const json told = billed("--flops 3.6e13 -g bare.csv");
  EXPECT_NEAR(told["generations"][0]["hours"].get<double>(), 1, 1e-12);
  EXPECT_NEAR(told["generations"][1]["operations_gained"].get<double>(), 4, 1e-12);
  EXPECT_EQ(told["generations"][1]["kind"], "general");
  EXPECT_TRUE(told["generations"][1]["bought"].is_null());
  EXPECT_EQ(quartic("hardware --flops 1 --cost bought -g bare.csv").status, 2) << "no price is known";
}

TEST_F(Hardware, RefusesWhatItCannotBill) {
  ASSERT_EQ(run("--out made").status, 0);
  for (const auto& [words, part] : std::vector<std::pair<std::string, std::string>>{
           {"", "neither a run nor --flops"},
           {"made --flops 1e9", "both a run and --flops"},
           {"--flops 1e9 --arm oracle", "--arm was given without a run"},
           {"made --arm orcale", "Did you mean \"oracle\"?"},
           {"--flops 1e9 --cost money", "there is no such cost"},
           {"--flops 1e9 --from H10", "Did you mean \"H100\"?"},
           {"--flops 1e9 --cost rented --from 'GTX 580'", "the table does not tell its cost \"rented\""},
           {"--flops 1e9 --reached 2", "--reached is above 1"},
           {"--flops nothing", "positive number"}}) {
    const testing::Outcome outcome = quartic("hardware " + words);
    EXPECT_EQ(outcome.status, 2) << words;
    EXPECT_TRUE(says(outcome.err, part)) << words << outcome.err;
  }
}

}  // namespace
}  // namespace quartic::hardware_text_test
