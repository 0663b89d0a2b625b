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
  EXPECT_FALSE(study.adaptive->target);
  EXPECT_TRUE(std::isinf(study.adaptive->budget));
}

TEST(StudyAdaptive, ReadsATargetAndABudget) {
  const Study study = parsed(
      "target = { law = \"data_exponent\", arm = \"lasso\", half_width = 0.05, from = 50, form = \"power\" "
      "}\n"
      "budget = 1e14\n");
  ASSERT_TRUE(study.adaptive && study.adaptive->target);
  EXPECT_EQ(study.adaptive->least, 50);
  EXPECT_EQ(study.adaptive->most, 2000);
  EXPECT_EQ(study.adaptive->budget, 1e14);
  EXPECT_EQ(study.adaptive->half_width, 0.05);
  EXPECT_EQ(study.adaptive->target->arm, "lasso");
  EXPECT_EQ(study.adaptive->target->law, LawKind::data_exponent);
  EXPECT_EQ(study.adaptive->target->from, 50);
  EXPECT_EQ(study.adaptive->target->form, LawForm::power);
  EXPECT_EQ(study.adaptive->target->confidence, 0.95);
}

const std::string target =
    "target = { law = \"data_exponent\", arm = \"lasso\", half_width = 0.05, from = 50";

TEST(StudyAdaptive, ReadsFurtherSizesOfATarget) {
  const Study study = parsed(target + ", sizes = [100, 400] }\n");
  EXPECT_EQ(study.adaptive->sizes, (std::vector<Index>{100, 400}));
  EXPECT_EQ(study.sizes, (std::vector<Index>{20, 50, 100, 150, 400}));
  EXPECT_EQ(given_sizes(study), (std::vector<Index>{20, 50, 150}));
  const Cell cell = study.cells.front();
  EXPECT_EQ(count_replicates(study, cell.arms[0], 400), 2000);  // at the most
  EXPECT_EQ(count_replicates(study, cell.arms[1], 400), 0);     // not the target's
  EXPECT_EQ(count_replicates(study, cell.arms[1], 150), 400);
  EXPECT_TRUE(parsed(target + ", sizes = [] }\n").adaptive->sizes.empty());
  EXPECT_EQ(parsed(target + ", sizes = [150, 400] }\n").adaptive->sizes, std::vector<Index>{400})
      << "every arm runs 150";
  EXPECT_EQ(parsed(target + ", sizes = { from = 300, to = 3000, per_decade = 2 } }\n").adaptive->sizes,
            (std::vector<Index>{300, 949, 3000}));
}

TEST(StudyAdaptive, TriesFurtherSizesOnTheTargetsArmAlone) {
  const std::string head = target + ", sizes = [400] }\n";
  const std::string network = "[[arm]]\nname = \"net\"\nmodel = \"mlp\"\nwidth = \"round(150/n)\"\n";
  EXPECT_NO_THROW(parse_study(head + rest + network, "a.toml"));  // no units at 400
  const std::string targets = "[[arm]]\nname = \"lasso\"\nmodel = \"mlp\"\nwidth = \"round(150/n)\"\n";
  const std::string without = rest.substr(0, rest.find("[[arm]]")) + targets;
  EXPECT_THROW(parse_study(head + without, "a.toml"), InvalidInput);
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
  EXPECT_EQ(again.adaptive->target->law, LawKind::plateau);
  EXPECT_EQ(again.adaptive->budget, 1e14);
  const Study further = parsed(target + ", sizes = [100, 400] }\n");
  const Study read_back = parse_study(further.text, "a.toml");
  EXPECT_EQ(read_back.text, further.text);
  EXPECT_EQ(read_back.sizes, further.sizes);
  EXPECT_EQ(read_back.adaptive->sizes, further.adaptive->sizes);
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
      {"target = { law = \"crossing\", arm = \"lasso\", half_width = 0.1 }\n", "unknown word \"crossing\""},
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
    EXPECT_NE(problem_of(target + rest_of_target).find(part), std::string::npos)
        << rest_of_target << problem_of(target + rest_of_target);
  for (const auto& [head, part] : broken)
    EXPECT_NE(problem_of(head).find(part), std::string::npos) << head << problem_of(head);
}

}  // namespace
}  // namespace quartic::adaptive_test
