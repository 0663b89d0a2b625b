#include "experiments/study/keys.hpp"

#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>

#include "experiments/study/read/parse_study.hpp"
#include "experiments/study/schema.hpp"
#include "tests/support/key_page.hpp"
#include "tests/support/thrown_message.hpp"

namespace quartic::keys_test {
namespace {

using detail::KeyTable;
using support::thrown_message;
using testing::expect_on_page;
using Lines = std::map<std::string, std::string>;  // key -> TOML

std::string inline_table(const Lines& lines) {
  std::string text;
  for (const auto& [key, value] : lines) text += (text.empty() ? "{ " : ", ") + key + " = " + value;
  return text + " }";
}

/// A table of a study, with what it needs, and how it stands in one.
struct Place {
  const KeyTable& keys;
  Lines lines;
  std::string key;            ///< of the study; "": the study itself
  std::string before, after;  ///< around the table, in TOML
};

std::string study_with(const Place& place, const std::string& key, const std::string& value) {
  Lines study = {{"sizes", "[20, 40]"},
                 {"replicates", "20"},
                 {"world", "{ kind = \"sparse_linear\" }"},
                 {"arm", "[{ name = \"a\", model = \"lasso\" }, { name = \"b\", model = \"ridge\" }]"}};
  Lines lines = place.lines;
  lines[key] = value;
  if (place.key.empty())
    study[key] = value;
  else
    study[place.key] = place.before + inline_table(lines) + place.after;
  std::string text;
  for (const auto& [name, toml] : study) text += name + " = " + toml + "\n";
  return text;
}

std::vector<Place> places() {
  const std::string arm = "[{ name = \"b\", model = \"ridge\" }, ";
  return {{detail::study_keys(), {}, "", "", ""},
          {detail::arm_keys(), {{"name", "\"a\""}, {"model", "\"lasso\""}}, "arm", arm, "]"},
          {detail::expert_keys(), {}, "arm", arm + "{ name = \"a\", model = \"lasso\", expert = ", " }]"},
          {detail::range_keys(), {{"from", "10"}, {"to", "20"}, {"points", "2"}}, "sizes", "", ""},
          {detail::replicates_keys(), {{"until", "\"se(log error) < 0.1\""}}, "replicates", "", ""},
          {detail::claim_keys(),
           {{"arm", "\"a\""}, {"law", "\"frontier_exponent\""}, {"expect", "2"}},
           "claim",
           "[",
           "]"},
          {detail::against_keys(),
           {{"arm", "\"b\""}},
           "claim",
           "[{ arm = \"a\", law = \"crossing\", expect = 2, against = ",
           " }]"},
          {detail::theory_keys(), {{"arm", "\"a\""}, {"curve", "\"1/n\""}}, "theory", "[", "]"},
          {detail::case_keys(), {{"world", "{ noise = 2 }"}}, "case", "[", "]"},
          {detail::causes_keys(),
           {{"arm", "\"a\""},
            {"under_converged", "\"b\""},
            {"best_of", "\"2\""},
            {"tuning", "\"2\""},
            {"few", "[20, 40]"}},
           "causes",
           "",
           ""},
          {detail::remedies_keys(), {{"against", "\"a\""}, {"at_error", "0.1"}}, "remedies", "", ""}};
}

TEST(StudyKeys, EveryKeyIsRead) {
  for (const Place& place : places())
    for (const detail::Key& key : place.keys.keys) {
      const std::string text = study_with(place, key.name, "[[true]]");
      const std::string message = thrown_message([&] { parse_study(text, "wrong.toml"); });
      EXPECT_NE(message.find(key.name), std::string::npos) << text << message;
      EXPECT_EQ(message.find("unknown key"), std::string::npos) << text << message;
    }
}

TEST(StudyKeys, NoOtherKeyIsRead) {
  for (const Place& place : places()) {
    const std::string text = study_with(place, "another", "1");
    const std::string message = thrown_message([&] { parse_study(text, "wrong.toml"); });
    const bool refused_by_cases = message.find("case.another: a case cannot change it") != std::string::npos;
    EXPECT_TRUE(refused_by_cases || message.find("unknown key \"another\"") != std::string::npos)
        << text << message;
  }
}

// Whoever reads a run again has but this text. A key that is new to the table needs a value here.
TEST(StudyKeys, AreKeptInTheTextOfTheStudy) {
  const Lines values = {
      {"title", "\"kept\""},
      {"question", "\"kept\""},
      {"source", "\"kept\""},
      {"schema_version", "1"},
      {"seed", "77"},
      {"replicates", "{ until = \"se(log error) < 0.1\", between = [50, 60] }"},
      {"target", "{ law = \"plateau\", arm = \"a\", half_width = 0.5 }"},
      {"budget", "77"},
      {"sizes", "[20, 77]"},
      {"observations", "\"kept\""},
      {"truth_seed", "77"},
      {"uses", "77"},
      {"pretraining_shared_by", "77"},
      {"storage", "\"float\""},
      {"performance", "\"error\""},
      {"world", "{ kind = \"sparse_linear\", noise = 0.77 }"},
      {"arm", "[{ name = \"a\", model = \"lasso\" }, { name = \"b\", model = \"ridge\", penalty = 0.77 }]"},
      {"zip", "[\"world.noise\", \"world.candidates\"]"},
      {"where", "\"noise > 0\""},
      {"case", "[{ world = { noise = 0.77 } }]"},
      {"claim", "[{ arm = \"a\", law = \"plateau\", expect = 0.77 }]"},
      {"theory", "[{ arm = \"a\", curve = \"0.77/n\" }]"},
      {"causes",
       "{ arm = \"a\", under_converged = \"b\", best_of = \"2\", tuning = \"2\", few = [20, 40], floor = 0.77 }"},
      {"remedies", "{ against = \"a\", at_error = 0.77 }"}};
  const std::map<std::string, std::string> needed = {
      {"zip", "world.noise = [1, 2]\nworld.candidates = [100, 200]\n"},
      {"where", "world.noise = [1, 2]\n"},
      {"target", "replicates = { between = [50, 60] }\n"},
      {"budget", "replicates = { until = \"se(log error) < 0.1\" }\n"}};
  for (const detail::Key& key : detail::study_keys().keys) {
    if (key.name == "effort" || key.name == "include") continue;  // are in force
    ASSERT_TRUE(values.contains(key.name)) << key.name;
    std::string text;
    Lines lines = {{"sizes", "[20, 40]"},
                   {"replicates", "20"},
                   {"world", "{ kind = \"sparse_linear\" }"},
                   {"arm", "[{ name = \"a\", model = \"lasso\" }, { name = \"b\", model = \"ridge\" }]"}};
    if (needed.contains(key.name)) {
      text = needed.at(key.name);
      lines.erase(text.substr(0, text.find_first_of(". ")));
      if (text.starts_with("world")) text += "world.kind = \"sparse_linear\"\n";
    }
    lines[key.name] = values.at(key.name);
    for (const auto& [name, value] : lines) text += name + " = " + value + "\n";
    const Study study = parse_study(text, "kept.toml");
    const std::string again = parse_study(study.text, "kept.toml").text;
    EXPECT_EQ(again, study.text) << key.name;
    EXPECT_TRUE(key.name == "case" || again.find(key.name) != std::string::npos) << key.name << "\n" << again;
    EXPECT_TRUE(again.find("77") != std::string::npos || again.find("kept") != std::string::npos ||
                again.find(values.at(key.name)) != std::string::npos)
        << key.name << "\n"
        << again;
  }
}

TEST(StudyKeys, StandOnThePage) {
  const std::pair<const char*, const KeyTable&> tables[] = {
      {"study", detail::study_keys()},   {"arm", detail::arm_keys()},
      {"expert", detail::expert_keys()}, {"range", detail::range_keys()},
      {"claim", detail::claim_keys()},   {"replicates", detail::replicates_keys()},
      {"target", detail::target_keys()}, {"theory", detail::theory_keys()},
      {"causes", detail::causes_keys()}, {"remedies", detail::remedies_keys()}};
  for (const auto& [name, keys] : tables) expect_on_page("study-files.md", name, keys);
}

/// Every key of a table, anywhere in the schema, with its description.
void expect_in_schema(const KeyTable& keys, const std::string& schema) {
  for (const detail::Key& key : keys.keys) {
    EXPECT_NE(schema.find("\"" + key.name + "\": {"), std::string::npos) << key.name;
    if (key.kind.inside) expect_in_schema(*key.kind.inside, schema);
  }
}

TEST(StudyKeys, StandInTheSchema) {
  expect_in_schema(detail::study_keys(), study_schema(built_in_catalogues()));
}

}  // namespace
}  // namespace quartic::keys_test
