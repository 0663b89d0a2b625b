/// Runs whose target may be given further sizes: what they report and leave, and that they are made anew.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/cli/store_folder.hpp"

namespace quartic::adaptive_test {
namespace {

using nlohmann::json;
using testing::Outcome;
using testing::read_text;
using testing::StoreFolder;

/// Sizes that span a factor of 2 tell little of an exponent: 70 and 130 pay. 50,000 costs too much.
const std::string further_study = R"(title = "Far enough"
replicates = { between = [20, 3000] }
sizes = [20, 30, 45]
target = { law = "data_exponent", arm = "oracle", form = "power", half_width = 0.15, sizes = [70, 130, 50000] }
[world]
kind = "sparse_linear"
candidates = 8
relevant = 2
[[arm]]
name = "oracle"
model = "least_squares"
expert = { correct = 2 }
[[arm]]
name = "all"
model = "least_squares"
[[claim]]
arm = "oracle"
law = "data_exponent"
expect = 2.0
margin = 0.5
[[claim]]
arm = "all"
law = "crossing"
against = { arm = "oracle" }
at_least = 10
)";

class FurtherSizes : public StoreFolder {
 protected:
  void SetUp() override {
    testing::write_text(folder / "far.toml", further_study);
    ran = quartic("run far.toml --out far");
  }
  Outcome ran;
};

TEST_F(FurtherSizes, StandInTheReportWhereTheyWereOpened) {
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_TRUE(says(ran.out, "Further sizes that were opened: n = ")) << ran.out;
  EXPECT_TRUE(says(ran.out, "that were not:")) << ran.out;
  EXPECT_TRUE(says(ran.out, "n = 50,000.")) << ran.out;
  EXPECT_FALSE(says(ran.out, "\n  50,000")) << "a row of the table of errors";
  EXPECT_TRUE(says(ran.out, "mean fit at n = 45")) << "the largest size of all arms\n" << ran.out;
}

TEST_F(FurtherSizes, StandInNoFileWhereTheyWereNotOpened) {
  const std::string records = read_text(folder / "far/records.csv"),
                    summary = read_text(folder / "far/summary.csv");
  EXPECT_TRUE(says(summary, ",oracle,130,")) << summary;
  EXPECT_FALSE(says(summary, ",50000,")) << summary;
  EXPECT_FALSE(says(summary, ",all,130,")) << summary;
  EXPECT_FALSE(says(records, ",50000,"));
  const json findings = json::parse(read_text(folder / "far/findings.json"));
  EXPECT_EQ(findings["adaptive"]["rule"]["target"]["sizes"], json({70, 130, 50000}));
  EXPECT_EQ(findings["adaptive"]["replicates"][0]["by_size"].back(), 0);
}

TEST_F(FurtherSizes, AreDecidedAnewFromTheStore) {
  const std::string before = results("far");
  const json status = json::parse(quartic("status far --json").out);
  EXPECT_EQ(status["left"], 0);
  EXPECT_EQ(status["may_grow"], false);
  EXPECT_EQ(quartic("export far").status, 0);
  EXPECT_EQ(quartic("export far --format npy").status, 0);
  EXPECT_EQ(results("far"), before);
  quartic("run far.toml --out far --extend --threads 1");
  EXPECT_EQ(results("far"), before);
  EXPECT_EQ(quartic("merge all far").status, 0);
  EXPECT_EQ(read_text(folder / "all/records.csv"), read_text(folder / "far/records.csv"));
  EXPECT_EQ(quartic("verify far").status, 0);
}

TEST_F(FurtherSizes, AreToldOfByCheckPlanFitAndReport) {
  EXPECT_TRUE(says(quartic("check far.toml").out, "2 arms at 3 sizes and up to 3 further ones"));
  const Outcome plan = quartic("plan far.toml");
  EXPECT_EQ(plan.status, 0) << plan.err;
  EXPECT_TRUE(says(plan.out, "27,000")) << "3 sizes of two arms, 3 of one, 3,000 times\n" << plan.out;
  EXPECT_EQ(quartic("fit far").status, 0);
  EXPECT_EQ(quartic("report far").status, 0);
  EXPECT_TRUE(says(read_text(folder / "far/report.html"), "50,000 (where it tells most)"));
}

/// Least squares on 30 columns overtakes whoever knows four of five and names a wrong one where the closed forms
/// 6/(n - 31) and .2 + 2/(n - 6) cross, at 56; whoever knows all five is never overtaken.
const std::string search_study = R"(title = "Where"
replicates = { between = [20, 400] }
budget = 1e10
sizes = [40, 52, 72, 110, 160]
[[target]]
law = "crossing"
arm = "all"
against = { arm = "expert" }
near = 1.6
half_width = 0.04
sizes = { from = 42, to = 110, per_decade = 18 }
[[target]]
law = "plateau"
arm = "expert"
half_width = 1
[world]
kind = "sparse_linear"
candidates = 30
relevant = 5
[[arm]]
name = "expert"
model = "least_squares"
expert = { correct = [4, 5], wrong = [1, 0] }
[[arm]]
name = "all"
model = "least_squares"
[[claim]]
arm = "all"
law = "crossing"
against = { arm = "expert" }
near = 1.6
expect = "theory"
)";

class Search : public StoreFolder {
 protected:
  void SetUp() override {
    std::string text = search_study;
    text.insert(0, "zip = [\"arm.expert.expert.correct\", \"arm.expert.expert.wrong\"]\n");
    testing::write_text(folder / "where.toml", text);
    ran = quartic("run where.toml --out where");
  }
  Outcome ran;
};

TEST_F(Search, FindsTheCrossingAndSaysNever) {
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_TRUE(says(ran.out, "\"never\"")) << ran.out;
  const json findings = json::parse(read_text(folder / "where/findings.json"));
  const json found = findings["findings"][0], never = findings["findings"][1];
  EXPECT_EQ(found["verdict"], "supported") << found;
  EXPECT_NEAR(found["expect"].get<double>(), 56, 0.5);
  EXPECT_NEAR(found["estimate"].get<double>(), 56, 5);
  EXPECT_EQ(found["near"], 1.6);
  EXPECT_EQ(never["verdict"], "supported") << never;
  EXPECT_EQ(findings["adaptive"]["stopped"], "rules hold");
  const std::string summary = read_text(folder / "where/summary.csv");
  EXPECT_TRUE(says(summary, "\n0,all,68,") && !says(summary, "\n1,all,68,"))
      << "sizes are opened in the first cell alone";
}

TEST_F(Search, IsDecidedAnewAndDrawn) {
  const std::string before = results("where");
  EXPECT_EQ(json::parse(quartic("status where --json").out)["left"], 0);
  EXPECT_EQ(quartic("export where").status, 0);
  EXPECT_EQ(quartic("export where --format npy").status, 0);
  quartic("run where.toml --out where --extend --threads 1");
  EXPECT_EQ(results("where"), before);
  EXPECT_EQ(quartic("verify where").status, 0);
  EXPECT_EQ(quartic("merge all where").status, 0);
  EXPECT_EQ(read_text(folder / "all/records.csv"), read_text(folder / "where/records.csv"));
  EXPECT_EQ(quartic("report where").status, 0);
  EXPECT_EQ(quartic("plot where --x correct --y crossing").status, 0);
  EXPECT_EQ(quartic("plot where --x correct --y best_arm").status, 0);
  EXPECT_TRUE(says(quartic("plan where.toml").out, "(searches"));
}

}  // namespace
}  // namespace quartic::adaptive_test
