/// Two runs of the built program side by side.
#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "tests/cli/run_quartic.hpp"

namespace quartic::compare_test {
namespace {

using nlohmann::json;
using testing::Outcome;
using testing::run_quartic;

/// A folder with runs of small.toml by name.
class Compare : public ::testing::Test {
 protected:
  void SetUp() override { testing::write_text(folder / "small.toml", testing::small_study); }
  void run(const std::string& name, const std::string& options = "") {
    EXPECT_EQ(run_quartic(folder, "run small.toml --quiet --out " + name + " " + options).status, 0)
        << options;
  }
  Outcome compare(const std::string& words) { return run_quartic(folder, "compare " + words); }
  bool says(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

  testing::Scratch folder;
};

TEST_F(Compare, TellsThePairedDifferencesOfTwoRuns) {
  run("a");
  run("b", "--set world.noise=2");
  const json document = json::parse(compare("a b --json").out);
  ASSERT_EQ(document["errors"].size(), 9U);  // arms x sizes
  for (const json& error : document["errors"]) {
    EXPECT_EQ(error["replicates"], 6);
    const double mean_a = error["mean_a"], mean_b = error["mean_b"], difference = error["difference"];
    EXPECT_NEAR(difference, mean_b - mean_a, 1e-12);
    EXPECT_LE(error["low"].get<double>(), difference);
    EXPECT_GE(error["high"].get<double>(), difference);
  }
  const Outcome text = compare("a b");
  EXPECT_EQ(text.status, 0) << text.err;
  for (const char* part : {"A  a: A small study, seed 7", "regularised*", "B - A", "B is worse", "Claims",
                           "The oracle learns from data"})
    EXPECT_TRUE(says(text.out, part)) << part << "\n" << text.out;
}

// The error of least squares grows as the square of the noise: four times the error, replicate by replicate.
TEST_F(Compare, IntervalsAreThoseOfPairs) {
  run("a", "--set replicates=20");
  run("b", "--set replicates=12 --set world.noise=2");
  const json errors = json::parse(compare("a b --json").out)["errors"];
  for (const json& error : errors) {
    EXPECT_EQ(error["replicates"], 12);
    if (error["arm"] != "oracle") continue;
    const double mean = error["mean_a"], low = error["low"], high = error["high"];
    EXPECT_NEAR(error["difference"].get<double>(), 3 * mean, 1e-9);
    EXPECT_GT(low, 0);
    EXPECT_NEAR((low + high) / 2, 3 * mean, 1e-9);
  }
}

TEST_F(Compare, ARunDoesNotDifferFromItself) {
  run("a");
  const json document = json::parse(compare("a a --json").out);
  EXPECT_EQ(document["errors"].size(), 9U);
  for (const json& error : document["errors"]) {
    EXPECT_EQ(error["difference"], 0);
    EXPECT_EQ(error["low"], 0);
  }
  EXPECT_FALSE(says(compare("a a").out, "B is"));
}

TEST_F(Compare, TakesTheCellsSizesAndArmsThatBothHave) {
  run("a", "--set world.noise=1,2 --set sizes=[30,60]");
  run("b", "--set world.noise=2,3 --set sizes=[60,120] --seed 8");
  const json document = json::parse(compare("a b --json").out);
  ASSERT_EQ(document["errors"].size(), 3U);
  for (const json& error : document["errors"]) {
    EXPECT_EQ(error["settings"]["world.noise"], 2);
    EXPECT_EQ(error["n"], 60);
  }
  EXPECT_TRUE(says(compare("a b").out, "The seeds differ"));
  ASSERT_EQ(document["claims"].size(), 3U);  // noise 1, 2, 3
  EXPECT_TRUE(document["claims"][0]["b"].is_null());
  EXPECT_TRUE(document["claims"][1]["a"].is_object());
  EXPECT_TRUE(document["claims"][1]["b"].is_object());
  EXPECT_TRUE(document["claims"][2]["a"].is_null());
}

TEST_F(Compare, RefusesWhatHasNothingInCommon) {
  run("a");
  run("b", "--set world.noise=2,3");
  const Outcome none = compare("a b");
  EXPECT_EQ(none.status, 2);
  EXPECT_TRUE(says(none.err, "share no fit")) << none.err;
  EXPECT_TRUE(says(none.err, "a sweep over world.noise")) << none.err;
  EXPECT_EQ(compare("a nowhere").status, 2);
  EXPECT_EQ(compare("a").status, 2);
}

}  // namespace
}  // namespace quartic::compare_test
