#include "experiments/tables/table_study.hpp"
#include "experiments/study/read/parse_study.hpp"

#include <gtest/gtest.h>

#include "tests/support/thrown_message.hpp"

namespace quartic::table_study_test {
namespace {

const std::string small = R"(title = "A small table"
seed = 3
floors = [0, 0.1]
[table]
name = "mine.csv"
error = "err"
[[claim]]
says = "It is four"
regression = "forward"
floor = 0
expect = 4
[effort.classroom]
resamples = 100
)";

TableStudy parse(const std::string& text, const StudyEdits& edits = {}) {
  return parse_table_study(text, "small.toml", edits);
}
std::string refusal(const std::string& text, const StudyEdits& edits = {}) {
  return support::thrown_message([&] { parse(text, edits); });
}
std::string with(const std::string& from, const std::string& to) {
  std::string text = small;
  return text.replace(text.find(from), from.size(), to);
}

TEST(TableStudy, IsReadWithItsDefaults) {
  const TableStudy study = parse(small);
  EXPECT_EQ(study.name, "small");
  EXPECT_EQ(study.title, "A small table");
  EXPECT_EQ(study.seed, 3u);
  EXPECT_EQ(study.resamples, 2000);
  EXPECT_EQ(study.floors, (std::vector<double>{0, 0.1}));
  EXPECT_EQ(study.table.error, "err");
  EXPECT_EQ(study.table.compute, "compute");
  ASSERT_EQ(study.claims.size(), 1u);
  EXPECT_EQ(study.claims[0].regression, Regression::forward);
  EXPECT_EQ(study.claims[0].floor, 0.0);
  EXPECT_EQ(study.claims[0].expectation.value, 4);
}

TEST(TableStudy, LeavesOpenWhatAClaimDoesNotFix) {
  const TableStudy study = parse(with("regression = \"forward\"\nfloor = 0\n", "floor = \"any\"\n"));
  EXPECT_FALSE(study.claims[0].regression);
  EXPECT_FALSE(study.claims[0].floor);
}

TEST(TableStudy, TakesEffortsAndSettings) {
  const TableStudy study = parse(small, {"classroom", {{"table.unit", "1e9"}, {"seed", "7"}}});
  EXPECT_EQ(study.resamples, 100);
  EXPECT_EQ(study.table.unit, 1e9);
  EXPECT_EQ(study.seed, 7u);
  EXPECT_EQ(study.effort, "classroom");
}

TEST(TableStudy, HasATextThatReadsBackToTheSameStudy) {
  const TableStudy study = parse(small, {"classroom", {}});
  const TableStudy again = parse(study.text);
  EXPECT_EQ(again.text, study.text);
  EXPECT_EQ(again.resamples, 100);
  EXPECT_EQ(study.text.find("effort"), std::string::npos);
}

TEST(TableStudy, IsToldFromASimulatedOne) {
  EXPECT_TRUE(is_table_study(small, "small.toml"));
  EXPECT_FALSE(is_table_study(built_in_studies().at("figure2"), "figure2"));
}

TEST(TableStudy, RefusesWhatItDoesNotKnow) {
  const auto says = [](const std::string& text, const std::string& part) {
    EXPECT_NE(refusal(text).find(part), std::string::npos) << refusal(text);
  };
  says(with("floors", "floor"), "Did you mean \"floors\"?");
  says(with("[0, 0.1]", "[0.1, 0]"), "small.toml:3: floors: they are not ascending");
  says(with("\"forward\"", "\"foward\""), "Did you mean \"forward\"?");
  says(with("expect = 4", "expect = 4\nat_least = 2"), "exactly one of expect");
  says(with("name = \"mine.csv\"\n", ""), "table.name: the key is missing");
  says(with("seed = 3", "seed = -3"), "seed");
  says(with("[table]", "compare = [\"one\"]\n[table]"), "two systems");
  says(with("resamples = 100", "resamples = 0"), "out of range");
  EXPECT_NE(refusal(small, {"paper", {}}).find("classroom"), std::string::npos);
}

TEST(TableStudy, OfTheRecordedSystemsHasAllEfforts) {
  const std::string& text = built_in_table_studies().at("recorded");
  EXPECT_TRUE(is_table_study(text, "recorded"));
  for (const char* effort : {"classroom", "standard", "paper"})
    EXPECT_EQ(parse_table_study(text, "recorded", {effort, {}}).effort, effort);
}

}  // namespace
}  // namespace quartic::table_study_test
