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
           ""}};
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

TEST(StudyKeys, StandOnThePage) {
  const std::pair<const char*, const KeyTable&> tables[] = {
      {"study", detail::study_keys()},   {"arm", detail::arm_keys()},
      {"expert", detail::expert_keys()}, {"range", detail::range_keys()},
      {"claim", detail::claim_keys()},   {"replicates", detail::replicates_keys()},
      {"target", detail::target_keys()}, {"theory", detail::theory_keys()},
      {"causes", detail::causes_keys()}};
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
