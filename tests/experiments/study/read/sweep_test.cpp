// Which cells a study has: lists, ranges, ties, conditions, cases.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "core/require.hpp"
#include "experiments/study/read/parse_study.hpp"
#include "experiments/study/study.hpp"
#include "tests/support/thrown_message.hpp"

namespace quartic::sweep_test {
namespace {

using support::thrown_message;
using Rows = std::vector<std::vector<std::string>>;

const std::string head = "title = \"Sweep\"\nsizes = [10]\nreplicates = 3\n";
const std::string world = "[world]\nkind = \"sparse_linear\"\n";
const std::string arms = R"([[arm]]
name = "expert"
model = "least_squares"
expert = { correct = 2 }
[[arm]]
name = "lasso"
model = "lasso"
)";

Study sweep(const std::string& top, const std::string& options, const std::string& rest = "",
            const StudyEdits& edits = {}) {
  return parse_study(head + top + world + options + arms + rest, "sweep.toml", edits);
}

/// What the settings of each cell hold.
Rows rows_of(const Study& study) {
  Rows rows;
  for (const Cell& cell : study.cells) {
    rows.emplace_back();
    for (const auto& setting : cell.settings) rows.back().push_back(setting.second);
  }
  return rows;
}

std::vector<std::string> column(const Study& study, std::size_t k = 0) {
  std::vector<std::string> values;
  for (const std::vector<std::string>& row : rows_of(study)) values.push_back(row.at(k));
  return values;
}

using Texts = std::vector<std::string>;

TEST(Sweep, AValueStandsOnceInAList) {
  const auto problem = [](const std::string& top, const std::string& options) {
    return thrown_message([&] { static_cast<void>(sweep(top, options)); });
  };
  EXPECT_EQ(
      problem("", "noise = [1.0, 1, 2]\n"),
      "sweep.toml:6: world.noise: 1 stands there twice (every value makes cells of its own). Write it once.");
  const std::string zip = "zip = [\"world.noise\", \"world.candidates\"]\n";
  EXPECT_NE(problem(zip, "noise = [1, 2, 1]\ncandidates = [100, 200, 100]\n").find("twice"),
            std::string::npos);
  EXPECT_EQ(problem(zip, "noise = [1, 1, 2]\ncandidates = [100, 200, 200]\n"), "")
      << "no two cells are alike";
  EXPECT_EQ(problem("", "candidates = { from = 20, to = 22, points = 9 }\n"), "") << "a range rounds";
}

TEST(Sweep, ARangeIsAnAxis) {
  EXPECT_EQ(column(sweep("", "noise = { from = 0.1, to = 10, points = 3, scale = \"log\" }\n")),
            (Texts{"0.1", "1", "10"}));
  EXPECT_EQ(column(sweep("", "noise = { from = 1, to = 2, points = 5 }\n")),
            (Texts{"1", "1.25", "1.5", "1.75", "2"}));
  EXPECT_EQ(column(sweep("", "noise = { from = 0.1, to = 0.75, step = 0.1 }\n")),
            (Texts{"0.1", "0.2", "0.3", "0.4", "0.5", "0.6", "0.7"}));
  EXPECT_EQ(column(sweep("", "noise = { from = 1, to = 100, per_decade = 2 }\n")),
            (Texts{"1", "3.16227766017", "10", "31.6227766017", "100"}));
  EXPECT_EQ(column(sweep("", "noise = { from = 2, to = 2, points = 1 }\n")), (Texts{"2"}));
}

TEST(Sweep, ARangeMaySpanMoreThanTheLargestNumber) {
  EXPECT_EQ(column(sweep("", "noise = { from = 1e-160, to = 1e160, points = 5, scale = \"log\" }\n")),
            (Texts{"1e-160", "1e-80", "1", "1e+80", "1e+160"}));
  EXPECT_EQ(column(sweep("", "noise = { from = 0, to = 1.6e308, points = 5 }\n")),
            (Texts{"0", "4e+307", "8e+307", "1.2e+308", "1.6e+308"}));
}

TEST(Sweep, ARangeOfCountsIsRoundedAndDistinct) {
  EXPECT_EQ(column(sweep("", "candidates = { from = 20, to = 24, points = 9 }\n")),
            (Texts{"20", "21", "22", "23", "24"}));
  EXPECT_EQ(column(sweep("", "candidates = { from = 20, to = 2000, per_decade = 1 }\n")),
            (Texts{"20", "200", "2000"}));
}

TEST(Sweep, SizesTakeTheSameRanges) {
  const auto sizes = [](const std::string& range) {
    return sweep("", "", "", {"", {{"sizes", range}}}).sizes;
  };
  EXPECT_EQ(sizes("{ from = 10, to = 40, step = 10 }"), (std::vector<Index>{10, 20, 30, 40}));
  EXPECT_EQ(sizes("{ from = 10, to = 1000, points = 3, scale = \"log\" }"),
            (std::vector<Index>{10, 100, 1000}));
  EXPECT_EQ(sizes("10:1000:log:3"), (std::vector<Index>{10, 100, 1000}));
  EXPECT_EQ(sizes("10,20,50"), (std::vector<Index>{10, 20, 50}));
}

TEST(Sweep, TheCommandLineTakesListsAndRanges) {
  const auto values = [](const std::string& key, const std::string& value) {
    return column(sweep("", "", "", {"", {{key, value}}}));
  };
  EXPECT_EQ(values("world.candidates", "500,1000,2000"), (Texts{"500", "1000", "2000"}));
  EXPECT_EQ(values("world.noise", "0.1:10:log:3"), (Texts{"0.1", "1", "10"}));
  EXPECT_EQ(values("world.noise", "1:2:linear:3"), (Texts{"1", "1.5", "2"}));
  EXPECT_EQ(values("arm.lasso.penalty", "cv, theory, 0.5"), (Texts{"cv", "theory", "0.5"}));
  EXPECT_EQ(values("world.candidates", "max(20, n),2*n"), (Texts{"max(20, n)", "2*n"}));
  EXPECT_EQ(values("world.noise", "[1, 2]"), (Texts{"1", "2"}));
  EXPECT_EQ(sweep("", "", "", {"", {{"title", "One, two: three"}}}).title, "One, two: three");
}

TEST(Sweep, WhatTheCommandLineCannotBeIsRefused) {
  const auto error = [](const std::string& value) {
    return thrown_message([&] { sweep("", "", "", {"", {{"world.noise", value}}}); });
  };
  for (const char* value : {"0.1:10:7", "0.1:10:lag:7", "a:10:log:7", ":::", "0.1:10:log:"})
    EXPECT_NE(error(value).find("this is no range (one is from:to:scale:points"), std::string::npos)
        << value << " -> " << error(value);
  EXPECT_NE(error("1,,2").find("a value of the list is missing"), std::string::npos) << error("1,,2");
  EXPECT_NE(error("0.1:10:log:1").find("one point between two ends"), std::string::npos);
}

TEST(Sweep, TiedAxesMoveTogether) {
  const Study study = sweep("zip = [\"world.noise\", \"arm.lasso.penalty\"]\n",
                            "noise = [1, 2, 3]\ncandidates = [20, 30]\n", "penalty = [0.1, 0.2, 0.3]\n");
  EXPECT_EQ(rows_of(study), (Rows{{"1", "20", "0.1"},
                                  {"1", "30", "0.1"},
                                  {"2", "20", "0.2"},
                                  {"2", "30", "0.2"},
                                  {"3", "20", "0.3"},
                                  {"3", "30", "0.3"}}));
}

TEST(Sweep, SeveralTiesStandSideBySide) {
  const Study study = sweep(
      "zip = [[\"world.noise\", \"world.candidates\"], [\"arm.expert.expert.correct\", "
      "\"arm.lasso.penalty\"]]\n",
      "noise = [1, 2]\ncandidates = [20, 30]\n", "penalty = [0.1, 0.2]\n",
      {"", {{"arm.expert.expert.correct", "[1, 2]"}}});
  EXPECT_EQ(study.cells.size(), 4u);
  EXPECT_EQ(rows_of(study)[1], (Texts{"1", "20", "2", "0.2"}));
}

TEST(Sweep, TiedAxesOfUnequalLengthAreRefused) {
  const std::string error = thrown_message([] {
    sweep("zip = [\"world.noise\", \"world.candidates\"]\n", "noise = [1, 2, 3]\ncandidates = [20, 30]\n");
  });
  EXPECT_EQ(
      error,
      "sweep.toml:4: zip: world.noise has 3 values and world.candidates has 2 (tied lists are read side by "
      "side). Make them equally long.");
  const std::string twice = thrown_message([] {
    sweep("zip = [[\"world.noise\", \"world.candidates\"], [\"world.noise\", \"world.relevant\"]]\n",
          "noise = [1, 2]\ncandidates = [20, 30]\nrelevant = [1, 2]\n");
  });
  EXPECT_NE(twice.find("world.noise is tied twice"), std::string::npos) << twice;
}

TEST(Sweep, AConditionDropsCells) {
  const Study study = sweep("where = \"candidates > 2*relevant and not noise == 3\"\n",
                            "candidates = [20, 40, 60]\nrelevant = [5, 10, 20]\nnoise = [1, 3]\n");
  EXPECT_EQ(rows_of(study), (Rows{{"20", "5", "1"},
                                  {"40", "5", "1"},
                                  {"40", "10", "1"},
                                  {"60", "5", "1"},
                                  {"60", "10", "1"},
                                  {"60", "20", "1"}}));
  for (std::size_t i = 0; i < study.cells.size(); ++i) EXPECT_EQ(study.cells[i].id, static_cast<Index>(i));
}

TEST(Sweep, AConditionQuotesDefaultsAndArms) {
  EXPECT_EQ(column(sweep("where = \"candidates <= 2*relevant\"\n", "candidates = [15, 20, 21]\n")),
            (Texts{"15", "20"}));  // relevant is 10 unless told otherwise
  EXPECT_EQ(rows_of(sweep("where = \"arm.lasso.penalty < world.noise\"\n", "noise = [1, 2]\n",
                          "penalty = [0.5, 1.5]\n")),
            (Rows{{"1", "0.5"}, {"2", "0.5"}, {"2", "1.5"}}));
}

TEST(Sweep, AConditionAgreesWithAskingEveryPoint) {
  const Study all = sweep("",
                          "candidates = { from = 20, to = 60, step = 1 }\n"
                          "noise = { from = 1, to = 5, points = 9 }\nrelevant = [3, 5, 7]\n");
  const Study some = sweep("where = \"candidates*noise > 100 or relevant == 5\"\n",
                           "candidates = { from = 20, to = 60, step = 1 }\n"
                           "noise = { from = 1, to = 5, points = 9 }\nrelevant = [3, 5, 7]\n");
  Rows expected;
  for (const std::vector<std::string>& row : rows_of(all))
    if (std::stod(row[0]) * std::stod(row[1]) > 100 || row[2] == "5") expected.push_back(row);
  EXPECT_GT(expected.size(), 500u);
  EXPECT_EQ(rows_of(some), expected);
}

TEST(Sweep, CasesAreCellsOfTheirOwn) {
  const Study study = sweep("", "", R"([[case]]
world.candidates = 50
[[case]]
world.candidates = 70
arm.lasso.penalty = 0.5
)");
  ASSERT_EQ(study.cells.size(), 2u);
  EXPECT_EQ(rows_of(study), (Rows{{"50", "cv"}, {"70", "0.5"}}));
  EXPECT_EQ(std::get<Index>(study.cells[1].world.options.at("candidates")), 70);
  EXPECT_EQ(std::get<double>(study.cells[1].arms[1].model.options.at("penalty")), 0.5);
}

TEST(Sweep, CasesStandAfterTheGrid) {
  const Study study =
      sweep("", "noise = [1, 2]\n", "[[case]]\nworld.noise = 7\nworld.candidates = [20, 30]\n");
  EXPECT_EQ(rows_of(study), (Rows{{"1", "1000"}, {"2", "1000"}, {"7", "20"}, {"7", "30"}}));
  for (std::size_t i = 0; i < study.cells.size(); ++i) EXPECT_EQ(study.cells[i].id, static_cast<Index>(i));
}

TEST(Sweep, ACaseKeepsTheAxesItDoesNotName) {
  const Study study = sweep("", "noise = [1, 2]\n", "[[case]]\nworld.candidates = 30\n");
  EXPECT_EQ(rows_of(study), (Rows{{"1", "1000"}, {"2", "1000"}, {"1", "30"}, {"2", "30"}}));
}

TEST(Sweep, ACaseMayUntieWhatItGivesOneValue) {
  const Study study =
      sweep("zip = [\"world.noise\", \"world.candidates\"]\n", "noise = [1, 2]\ncandidates = [20, 30]\n",
            "[[case]]\nworld.noise = 5\nworld.candidates = 90\n");
  EXPECT_EQ(rows_of(study), (Rows{{"1", "20"}, {"2", "30"}, {"5", "90"}}));
}

TEST(Sweep, ClaimsNameTheCellsOfCases) {
  const std::string claim = R"([[claim]]
arm = "lasso"
law = "plateau"
at_most = 0.5
cells = { world.candidates = 50 }
)";
  const Study study =
      sweep("", "", "[[case]]\nworld.candidates = 50\n[[case]]\nworld.candidates = 70\n" + claim);
  ASSERT_EQ(study.claims.size(), 1u);
  EXPECT_EQ(study.claims[0].cells.size(), 1u);
}

TEST(Sweep, TheTextOfAStudyReadsBackToItsCells) {
  const Study study = sweep("zip = [\"world.noise\", \"world.relevant\"]\nwhere = \"candidates > 25\"\n",
                            "noise = { from = 0.1, to = 10, points = 3, scale = \"log\" }\n"
                            "relevant = [2, 3, 4]\ncandidates = [20, 30, 40]\n",
                            "[[case]]\nworld.candidates = 77\narm.lasso.penalty = [0.1, 0.2]\n");
  const Study again = parse_study(study.text, "sweep.toml");
  EXPECT_EQ(again.text, study.text);
  EXPECT_EQ(rows_of(again), rows_of(study));
  EXPECT_EQ(study.cells.size(), 6u + 6u);
}

TEST(Sweep, AMillionCellsCostNothingUntilTheyAreAskedFor) {
  const Study study = sweep("",
                            "noise = { from = 1, to = 10, points = 100 }\n"
                            "candidates = { from = 101, to = 200, step = 1 }\n",
                            "penalty = { from = 0.001, to = 1, points = 100, scale = \"log\" }\n");
  ASSERT_EQ(study.cells.size(), 1000000u);
  const Cell last = study.cells[999999];
  EXPECT_EQ(last.id, 999999);
  EXPECT_EQ(last.settings,
            (std::vector<std::pair<std::string, std::string>>{
                {"world.noise", "10"}, {"world.candidates", "200"}, {"arm.lasso.penalty", "1"}}));
  EXPECT_EQ(study.cells.ranges().size(), 1u);
}

TEST(Sweep, ASampleShowsEveryValueOfEveryAxisAndTheCorners) {
  const Study study = sweep("where = \"candidates > 10*noise\"\n",
                            "noise = { from = 1, to = 10, points = 100 }\n"
                            "candidates = { from = 81, to = 180, step = 1 }\n",
                            "penalty = { from = 0.001, to = 1, points = 70, scale = \"log\" }\n");
  ASSERT_GT(study.cells.size(), 500000u);
  const std::vector<std::size_t> sample = study.cells.sample(2000);
  EXPECT_LT(sample.size(), 2000u);
  EXPECT_TRUE(std::is_sorted(sample.begin(), sample.end()));
  EXPECT_EQ(sample.front(), 0u);
  EXPECT_EQ(sample.back(), study.cells.size() - 1);
  std::vector<std::set<std::string>> seen(3);
  for (const std::size_t position : sample)
    for (std::size_t k = 0; k < 3; ++k) seen[k].insert(study.cells[position].settings[k].second);
  EXPECT_EQ(seen[0].size(), 100u);
  EXPECT_EQ(seen[1].size(), 100u);
  EXPECT_EQ(seen[2].size(), 70u);
  EXPECT_EQ(sample, study.cells.sample(2000));
}

TEST(Sweep, AValueThatNoWorldTakesIsFoundAmongAMillionCells) {
  const std::string error = thrown_message([] {
    sweep("",
          "noise = { from = 1, to = 10, points = 1000 }\ncandidates = { from = 20, to = 1019, step = 1 }\n",
          "", {"", {{"arm.expert.expert.correct", "5,10,11"}}});
  });
  EXPECT_NE(error.find("arm.expert.expert.correct: 11 is more than there are"), std::string::npos) << error;
}

}  // namespace
}  // namespace quartic::sweep_test
