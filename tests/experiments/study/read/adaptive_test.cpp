#include <gtest/gtest.h>

#include <cmath>

#include "core/require.hpp"
#include "experiments/study/arm.hpp"
#include "experiments/study/read/parse_study.hpp"
#include "experiments/study/study.hpp"

namespace quartic::adaptive_test {
namespace {

const std::string rest = R"(sizes = [20, 50, 150]
[world]
kind = "sparse_linear"
candidates = 100
relevant = 5
[[arm]]
name = "lasso"
model = "lasso"
[[arm]]
name = "cheap"
model = "least_squares"
expert = { correct = 5 }
replicates = 400
)";

Study parsed(const std::string& head) {
  return parse_study(head + rest, "a.toml");
}

std::string problem_of(const std::string& head) {
  try {
    static_cast<void>(parsed(head));
  } catch (const InvalidInput& error) {
    return error.what();
  }
  return "";
}

TEST(StudyAdaptive, ReadsARuleOnTheLogError) {
  const Study study = parsed("replicates = { until = \"se(log error) < 0.02\", between = [60, 3000] }\n");
  ASSERT_TRUE(study.adaptive);
  EXPECT_EQ(study.adaptive->log_error_se, 0.02);
  EXPECT_EQ(study.adaptive->least, 60);
  EXPECT_EQ(study.adaptive->most, 3000);
  EXPECT_EQ(study.replicates, 3000);
  EXPECT_TRUE(study.adaptive->targets.empty());
  EXPECT_TRUE(std::isinf(study.adaptive->budget));
}

TEST(StudyAdaptive, ReadsATargetAndABudget) {
  const Study study = parsed(
      "target = { law = \"data_exponent\", arm = \"lasso\", half_width = 0.05, from = 50, form = \"power\" "
      "}\n"
      "budget = 1e14\n");
  ASSERT_TRUE(study.adaptive && study.adaptive->targets.size() == 1);
  EXPECT_EQ(study.adaptive->least, 50);
  EXPECT_EQ(study.adaptive->most, 2000);
  EXPECT_EQ(study.adaptive->budget, 1e14);
  EXPECT_EQ(study.adaptive->targets.front().half_width, 0.05);
  EXPECT_EQ(study.adaptive->targets.front().law.arm, "lasso");
  EXPECT_EQ(study.adaptive->targets.front().law.law, LawKind::data_exponent);
  EXPECT_EQ(study.adaptive->targets.front().law.from, 50);
  EXPECT_EQ(study.adaptive->targets.front().law.form, LawForm::power);
  EXPECT_EQ(study.adaptive->targets.front().law.confidence, 0.95);
}

const std::string plain_target =
    "target = { law = \"data_exponent\", arm = \"lasso\", half_width = 0.05, from = 50";

TEST(StudyAdaptive, ReadsFurtherSizesOfATarget) {
  const Study study = parsed(plain_target + ", sizes = [100, 400] }\n");
  EXPECT_EQ(study.adaptive->targets.front().sizes, (std::vector<Index>{100, 400}));
  EXPECT_EQ(study.sizes, (std::vector<Index>{20, 50, 100, 150, 400}));
  EXPECT_EQ(given_sizes(study), (std::vector<Index>{20, 50, 150}));
  const Cell cell = study.cells.front();
  EXPECT_EQ(count_replicates(study, cell.arms[0], 400), 2000);  // at the most
  EXPECT_EQ(count_replicates(study, cell.arms[1], 400), 0);     // not the target's
  EXPECT_EQ(count_replicates(study, cell.arms[1], 150), 400);
  EXPECT_TRUE(parsed(plain_target + ", sizes = [] }\n").adaptive->targets.front().sizes.empty());
  EXPECT_EQ(parsed(plain_target + ", sizes = [150, 400] }\n").adaptive->targets.front().sizes,
            std::vector<Index>{400})
      << "every arm runs 150";
  EXPECT_EQ(parsed(plain_target + ", sizes = { from = 300, to = 3000, per_decade = 2 } }\n")
                .adaptive->targets.front()
                .sizes,
            (std::vector<Index>{300, 949, 3000}));
}

TEST(StudyAdaptive, TriesFurtherSizesOnTheTargetsArmAlone) {
  const std::string head = plain_target + ", sizes = [400] }\n";
  const std::string network = "[[arm]]\nname = \"net\"\nmodel = \"mlp\"\nwidth = \"round(150/n)\"\n";
  EXPECT_NO_THROW(parse_study(head + rest + network, "a.toml"));  // no units at 400
  const std::string targets = "[[arm]]\nname = \"lasso\"\nmodel = \"mlp\"\nwidth = \"round(150/n)\"\n";
  const std::string without = rest.substr(0, rest.find("[[arm]]")) + targets;
  EXPECT_THROW(parse_study(head + without, "a.toml"), InvalidInput);
}

const std::string two_arms = R"([world]
kind = "sparse_linear"
candidates = [100, 200]
relevant = 5
[[arm]]
name = "lasso"
model = "lasso"
[[arm]]
name = "expert"
model = "least_squares"
expert = { correct = 4, wrong = 1 }
)";
const std::string crossing_head = "target = { law = \"crossing\", arm = \"lasso\", half_width = 0.01";
const std::string rest_of_crossing =
    ", against = { arm = \"expert\" }, near = 1.5, sizes = { from = 50, to = 500, per_decade = 20 } }\n";

std::string problem_of_crossing(const std::string& target, const std::string& sizes = "[20, 50, 150, 300]") {
  try {
    static_cast<void>(parse_study(target + "sizes = " + sizes + "\n" + two_arms, "a.toml"));
  } catch (const InvalidInput& error) {
    return error.what();
  }
  return "";
}

TEST(StudyAdaptive, ReadsTheTargetOfACrossing) {
  const Study study =
      parse_study(crossing_head + rest_of_crossing + "sizes = [20, 50, 150, 300]\n" + two_arms, "a.toml");
  const AdaptiveTarget& target = study.adaptive->targets.front();
  EXPECT_EQ(target.law.law, LawKind::crossing);
  EXPECT_EQ(target.law.against_arm, "expert");
  EXPECT_EQ(target.law.near, 1.5);
  EXPECT_EQ(target.sizes.size(), 20u) << "21 with 50, which every arm runs";
  EXPECT_EQ(further_sizes(study), target.sizes);
  EXPECT_EQ(given_sizes(study), (std::vector<Index>{20, 50, 150, 300}));
  const Cell cell = study.cells.front();
  for (const ArmSpec& arm : cell.arms) EXPECT_EQ(count_replicates(study, arm, target.sizes[0]), 2000);
  EXPECT_EQ(parse_study(study.text, "a.toml").text, study.text);
}

TEST(StudyAdaptive, ReadsAListOfTargetsEachOfItsCells) {
  const std::string one =
      "{ law = \"crossing\", arm = \"lasso\", against = { arm = \"expert\" }, half_width = 0.01, "
      "near = 1.5, sizes = [60, 72, 86, 103, 124], cells = { world.candidates = [100] } }";
  const std::string other =
      "{ law = \"plateau\", arm = \"lasso\", half_width = 0.05, from = 50, sizes = [103, 400], "
      "cells = { world.candidates = [200] } }";
  const std::string text = "target = [" + one + ", " + other + "]\nsizes = [20, 50, 150, 300]\n" + two_arms;
  const Study study = parse_study(text, "a.toml");
  ASSERT_EQ(study.adaptive->targets.size(), 2u);
  EXPECT_EQ(further_sizes(study), (std::vector<Index>{60, 72, 86, 103, 124, 400}));
  const Cell cell = study.cells.front();
  EXPECT_EQ(count_replicates(study, cell.arms[1], 60), 2000);
  EXPECT_EQ(count_replicates(study, cell.arms[1], 400), 0) << "of the lasso's own target";
  EXPECT_EQ(parse_study(study.text, "a.toml").text, study.text);
  const Study small = parse_study(text, "a.toml", {"", {{"world.candidates", "100"}}});
  EXPECT_EQ(small.adaptive->targets.size(), 1u);
  EXPECT_EQ(small.sizes, (std::vector<Index>{20, 50, 60, 72, 86, 103, 124, 150, 300}))
      << "400 was of the other";
  try {
    static_cast<void>(parse_study(text, "a.toml", {"", {{"world.candidates", "300"}}}));
    ADD_FAILURE() << "no target is about a cell";
  } catch (const InvalidInput& error) {
    EXPECT_NE(std::string(error.what()).find("no target is about any cell"), std::string::npos)
        << error.what();
  }
}

TEST(StudyAdaptive, SaysWhatIsWrongWithTheTargetOfACrossing) {
  const std::string sizes = ", sizes = { from = 50, to = 500, per_decade = 20 } }\n";
  const std::pair<std::string, const char*> broken[] = {
      {crossing_head + ", near = 1.5" + sizes, "the other arm is missing"},
      {crossing_head + ", near = 1.5, against = { arm = \"exprt\" }" + sizes, "unknown arm \"exprt\""},
      {crossing_head + ", near = 1.5, against = { arm = \"lasso\" }" + sizes, "compared with itself"},
      {crossing_head + ", near = 1.5, against = { arm = \"expert\", n = 50 }" + sizes, "it names one size"},
      {crossing_head + ", against = { arm = \"expert\" }" + sizes, "near: the key is missing"},
      {crossing_head + ", near = 1, against = { arm = \"expert\" }" + sizes, "no size lies within it"},
      {crossing_head + ", near = 1.1, against = { arm = \"expert\" }" + sizes, "could not be bracketed"},
      {crossing_head + ", near = 1.5, against = { arm = \"expert\" } }\n", "no further sizes are given"},
      {crossing_head +
           ", near = 1.5, from = 100, against = { arm = \"expert\" }, sizes = [120, 140, 170] }\n",
       "fewer than three sizes of the study"},
      {crossing_head + ", form = \"power\"" + rest_of_crossing, "have a form"},
      {"target = { law = \"crossing\", arm = \"lasso\", half_width = 0" + rest_of_crossing,
       "no positive width"},
      {"target = { law = \"plateau\", arm = \"lasso\", half_width = 0.1, near = 2 }\n", "about no crossing"},
      {"target = { law = \"plateau\", arm = \"lasso\", half_width = 0.1, against = { arm = \"expert\" } }\n",
       "no second arm"},
      {"target = []\n", "the list is empty"},
      {"target = [3]\n", "target 1: "},
  };
  for (const auto& [target, part] : broken)
    EXPECT_NE(problem_of_crossing(target).find(part), std::string::npos)
        << target << problem_of_crossing(target);
  EXPECT_EQ(problem_of_crossing(crossing_head + rest_of_crossing), "");
  const std::string own = two_arms + "replicates = 40\n";
  EXPECT_THROW(parse_study(crossing_head + rest_of_crossing + "sizes = [20, 50, 150, 300]\n" + own, "a.toml"),
               InvalidInput);
}

TEST(StudyAdaptive, ANumberOfReplicatesIsNoRule) {
  EXPECT_FALSE(parsed("replicates = 7\n").adaptive);
  EXPECT_EQ(parsed("replicates = 7\n").replicates, 7);
}

TEST(StudyAdaptive, CanonicalTextReadsBackToTheSameStudy) {
  const Study study = parsed(
      "replicates = { until = \"se(log error) < 0.02\", between = [60, 3000] }\n"
      "target = { law = \"plateau\", arm = \"lasso\", half_width = 0.05 }\nbudget = 1e14\n");
  const Study again = parse_study(study.text, "a.toml");
  EXPECT_EQ(again.text, study.text);
  EXPECT_EQ(again.adaptive->least, 60);
  EXPECT_EQ(again.adaptive->targets.front().law.law, LawKind::plateau);
  EXPECT_EQ(again.adaptive->budget, 1e14);
  const Study further = parsed(plain_target + ", sizes = [100, 400] }\n");
  const Study read_back = parse_study(further.text, "a.toml");
  EXPECT_EQ(read_back.text, further.text);
  EXPECT_EQ(read_back.sizes, further.sizes);
  EXPECT_EQ(read_back.adaptive->targets.front().sizes, further.adaptive->targets.front().sizes);
}

TEST(StudyAdaptive, IsSetOnTheCommandLineAndByEfforts) {
  const Study study = parse_study("replicates = 5\n" + rest +
                                      "[effort.sharp]\nreplicates = { until = \"se(log "
                                      "error) < 0.1\" }\n",
                                  "a.toml", {"sharp", {{"replicates.between", "[20, 40]"}}});
  ASSERT_TRUE(study.adaptive);
  EXPECT_EQ(study.adaptive->most, 40);
  EXPECT_EQ(study.adaptive->log_error_se, 0.1);
}

TEST(StudyAdaptive, SaysWhatIsWrongAndWhatToDo) {
  const std::pair<const char*, const char*> broken[] = {
      {"replicates = { until = \"se(error) < 0.02\" }\n", "no rule that is known"},
      {"replicates = { until = \"se(log error) < -1\" }\n", "no rule that is known"},
      {"replicates = { until = \"se(log error) < 0.02x\" }\n", "no rule that is known"},
      {"replicates = { until = \"se(log error) < 0.02\", between = [5, 50] }\n", "no range of replicates"},
      {"replicates = { until = \"se(log error) < 0.02\", between = [50, 20] }\n", "no range of replicates"},
      {"replicates = { until = \"se(log error) < 0.02\", between = 50 }\n", "no range of replicates"},
      {"replicates = { until = \"se(log error) < 0.02\", betwen = [50, 60] }\n", "\"between\""},
      {"replicates = { between = [50, 200] }\n", "nothing says when to stop"},
      {"replicates = 5\ntarget = { law = \"plateau\", arm = \"lasso\", half_width = 0.1 }\n", "contradict"},
      {"target = { law = \"plateau\", arm = \"lasso\" }\n", "no positive width"},
      {"target = { law = \"plateau\", arm = \"lasso\", half_width = 0 }\n", "no positive width"},
      {"target = { law = \"error_multiple\", arm = \"lasso\", half_width = 0.1 }\n", "unknown word"},
      {"target = { law = \"plateau\", arm = \"laso\", half_width = 0.1 }\n", "unknown arm \"laso\""},
      {"target = { arm = \"lasso\", half_width = 0.1 }\n", "the key is missing"},
      {"target = { law = \"plateau\", arm = \"cheap\", half_width = 0.1 }\n", "of its own"},
      {"target = 3\n", "a target is a table"},
      {"budget = 1e14\n", "nothing is to be decided"},
      {"budget = -1\ntarget = { law = \"plateau\", arm = \"lasso\", half_width = 0.1 }\n", "not positive"},
  };
  const std::pair<const char*, const char*> sizes[] = {
      {", sizes = [30, 400] }\n", "30 lies outside the target's from and to"},
      {", sizes = [400, 200] }\n", "not ascending"},
      {", to = 100, sizes = [90] }\n", "fewer than two sizes of the study"},
      {", sizes = 400 }\n", "target.sizes"},
      {", sizes = [0] }\n", "target.sizes"}};
  for (const auto& [rest_of_target, part] : sizes)
    EXPECT_NE(problem_of(plain_target + rest_of_target).find(part), std::string::npos)
        << rest_of_target << problem_of(plain_target + rest_of_target);
  for (const auto& [head, part] : broken)
    EXPECT_NE(problem_of(head).find(part), std::string::npos) << head << problem_of(head);
}

}  // namespace
}  // namespace quartic::adaptive_test
