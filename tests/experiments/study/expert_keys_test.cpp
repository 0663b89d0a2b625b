#include "experiments/study/expert_keys.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "experiments/study/read/parse_study.hpp"
#include "experiments/study/schema.hpp"
#include "tests/support/thrown_message.hpp"

namespace quartic::expert_keys_test {
namespace {

Study study_of(const std::string& expert, const StudyEdits& edits = {}) {
  return parse_study(
      "sizes = [20]\nreplicates = 2\n[world]\nkind = \"sparse_linear\"\ncandidates = 50\n[[arm]]\nname = \"a\"\n"
      "model = \"least_squares\"\nexpert = { " +
          expert + " }\n",
      "study.toml", edits);
}

Expert expert_of(const std::string& text) {
  return *study_of(text).cells[0].arms[0].expert;
}

TEST(ExpertKeys, AreReadIntoTheExpert) {
  const Expert expert = expert_of(
      "recall = 0.9, false = 0.1, noise = 0.2, missing = 0.3, wrong_form = 0.4, wrong_sign = 0.5, "
      "forgets = \"least_important\", weight = \"signal\"");
  EXPECT_EQ(expert.recall, 0.9);
  EXPECT_EQ(expert.false_share, 0.1);
  EXPECT_EQ(expert.noise, 0.2);
  EXPECT_EQ(expert.missing, 0.3);
  EXPECT_EQ(expert.wrong_form, 0.4);
  EXPECT_EQ(expert.wrong_sign, 0.5);
  EXPECT_EQ(expert.forgets, Forgets::least_important);
  EXPECT_EQ(expert.weight, Weight::signal);
}

TEST(ExpertKeys, CountsAndSharesMix) {
  const Expert by_count = expert_of("correct = 9, false = 0.1"),
               by_share = expert_of("recall = 1, wrong = 3");
  EXPECT_EQ(by_count.correct, 9);
  EXPECT_EQ(by_count.false_share, 0.1);
  EXPECT_EQ(by_share.recall, 1.0);
  EXPECT_EQ(by_share.wrong, 3);
}

TEST(ExpertKeys, AListSaysAllOfIt) {
  const Expert listed = expert_of("columns = \"3, 7\", noise = 0.5");
  EXPECT_EQ(listed.columns, "3, 7");
  EXPECT_EQ(canonical_json(expert_values(listed)), R"({"columns":"3, 7","noise":0.5})");
  EXPECT_EQ(describe_expert(listed), "columns 3, 7, noise 0.5");
  for (const std::string other : {"correct = 3", "recall = 0.5", "wrong = 1", "false = 0.1",
                                  "forgets = \"at_random\"", "weight = \"count\""})
    EXPECT_NE(support::thrown_message([&] { study_of("columns = \"3\", " + other); }).find("stands beside"),
              std::string::npos)
        << other;
  const std::string far = support::thrown_message([] { study_of("columns = \"3, 50\""); });
  EXPECT_NE(far.find("arm.a.expert.columns"), std::string::npos) << far;
  EXPECT_NE(far.find("columns 0 to 49"), std::string::npos) << far;
}

TEST(ExpertKeys, AListThatIsSetReplacesCountsAndTheReverse) {
  const Expert listed =
      *study_of("correct = 9, wrong = 1", {"", {{"arm.a.expert.columns", "3 7"}}}).cells[0].arms[0].expert;
  EXPECT_EQ(canonical_json(expert_values(listed)), R"({"columns":"3 7"})");
  const Expert counted =
      *study_of("columns = \"3\"", {"", {{"arm.a.expert.correct", "4"}}}).cells[0].arms[0].expert;
  EXPECT_EQ(expert_values(counted), expert_values({.correct = 4}));
}

TEST(ExpertKeys, AShareThatIsSetReplacesTheCountOfTheSameThing) {
  const auto edited = [](const std::string& text, std::vector<std::pair<std::string, std::string>> sets) {
    return *study_of(text, {"", std::move(sets)}).cells[0].arms[0].expert;
  };
  const Expert by_share =
      edited("correct = 9, wrong = 1", {{"arm.a.expert.recall", "0.5"}, {"arm.a.expert.false", "0.2"}});
  EXPECT_EQ(expert_values(by_share), expert_values({.recall = 0.5, .false_share = 0.2}));
  const Expert by_count = edited("recall = 0.9, wrong = 1", {{"arm.a.expert.correct", "4"}});
  EXPECT_EQ(expert_values(by_count), expert_values({.correct = 4, .wrong = 1}));
}

TEST(ExpertKeys, ValuesAreThoseThatMakeTheExpert) {
  EXPECT_EQ(canonical_json(expert_values({.correct = 9, .wrong = 1})),
            R"({"correct":9,"forgets":"at_random","wrong":1})");
  EXPECT_EQ(canonical_json(expert_values({.recall = 0.5, .missing = 0.25})),
            R"({"forgets":"at_random","missing":0.25,"recall":0.5,"wrong":0})");
}

TEST(ExpertKeys, EveryValueIsReadBackAsItIsWritten) {
  const Expert worst{.recall = 0.5,
                     .false_share = 0.25,
                     .weight = Weight::signal,
                     .noise = 2,
                     .missing = 0.5,
                     .wrong_form = 0.5,
                     .wrong_sign = 0.5};
  Expert read;
  for (const auto& [key, value] : expert_values(worst)) detail::set_key(read, key, value);
  EXPECT_EQ(expert_values(read), expert_values(worst));
  EXPECT_EQ(expert_values(worst).size(), detail::expert_table().size() - 3)
      << "counts are shares here, and nothing is listed";
}

TEST(ExpertKeys, AreToldInAFewWords) {
  EXPECT_EQ(describe_expert({.correct = 9, .wrong = 1}), "9 right, 1 wrong");
  EXPECT_EQ(describe_expert({.recall = 0.9, .false_share = 0.1, .weight = Weight::signal, .noise = 0.2}),
            "recall 0.9, false 0.1, by signal, noise 0.2");
}

TEST(ExpertKeys, EveryOneMayBeSwept) {
  const Study study = study_of(
      "recall = { from = 0.5, to = 1, points = 6 }, false = [0, 0.5], noise = [0.0, 1.0], missing = [0, 0.1], "
      "wrong_form = [0, 1], wrong_sign = [0, 0.5]");
  EXPECT_EQ(study.cells.size(), 6u * 32u);
  const Cell cell = study.cells[study.cells.size() - 1];
  EXPECT_EQ(cell.arms[0].expert->recall, 1.0);
  EXPECT_EQ(cell.arms[0].expert->wrong_sign, 0.5);
  EXPECT_EQ(cell.settings[0].first, "arm.a.expert.recall");
  EXPECT_EQ(cell.settings[0].second, "1");
  EXPECT_EQ(study_of("columns = [\"3 7\", \"4\", \"5,6\"]").cells.size(), 3u);
  EXPECT_EQ(
      study_of("columns = \"3\"", {"", {{"arm.a.expert.columns", "4"}}}).cells[0].arms[0].expert->columns,
      "4");
  EXPECT_EQ(study_of("recall = 1", {"", {{"arm.a.expert.noise", "[0, 0.1, 0.2]"}}}).cells.size(), 3u);
}

TEST(ExpertKeys, SchemaWantsACountOrAShare) {
  const auto schema = nlohmann::json::parse(study_schema(built_in_catalogues()));
  const std::string text = schema.dump();
  EXPECT_NE(
      text.find(R"("oneOf":[{"required":["correct"]},{"required":["recall"]},{"required":["columns"]}])"),
      std::string::npos);
}

}  // namespace
}  // namespace quartic::expert_keys_test
