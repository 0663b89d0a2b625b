#include "experiments/tables/keys.hpp"

#include <gtest/gtest.h>

#include "experiments/study/schema.hpp"
#include "experiments/tables/table_study.hpp"
#include "tests/support/json_schema.hpp"
#include "tests/support/key_page.hpp"
#include "tests/support/thrown_message.hpp"

namespace quartic::keys_test {
namespace {

using support::thrown_message;
using testing::expect_on_page;

const std::string claim = "[{ expect = 4 }]";

std::string refusal(const std::string& key, const std::string& table, const std::string& claims) {
  std::string text = "table = " + table + "\nclaim = " + claims + "\n";
  if (key == "table" || key == "claim") text.clear();
  if (!key.empty()) text += key + " = [[true]]\n";
  return thrown_message([&] { parse_table_study(text, "wrong.toml"); });
}

void expect_read(const std::string& message, const std::string& key) {
  EXPECT_NE(message.find(key), std::string::npos) << key << message;
  EXPECT_EQ(message.find("unknown key"), std::string::npos) << message;
}

TEST(TableStudyKeys, EveryKeyIsRead) {
  for (const auto& key : detail::table_study_keys().keys)
    expect_read(refusal(key.name, "{ name = \"imagenet\" }", claim), key.name);
  for (const auto& key : detail::table_source_keys().keys)
    expect_read(refusal("",
                        "{ " + std::string(key.name == "name" ? "" : "name = \"imagenet\", ") + key.name +
                            " = [[true]] }",
                        claim),
                key.name);
  for (const auto& key : detail::table_claim_keys().keys)
    expect_read(refusal("", "{ name = \"imagenet\" }", "[{ " + key.name + " = [[true]] }]"), key.name);
}

TEST(TableStudyKeys, StandOnThePage) {
  expect_on_page("recorded.md", "table study", detail::table_study_keys());
  expect_on_page("recorded.md", "table", detail::table_source_keys());
  expect_on_page("recorded.md", "table claim", detail::table_claim_keys());
}

TEST(TableStudyKeys, TheSchemaAcceptsTheBuiltInStudies) {
  const auto schema =
      testing::Json::parse(study_schema(built_in_catalogues(), {&detail::table_study_keys()}));
  for (const auto& [name, text] : built_in_table_studies()) {
    testing::Json study = testing::to_json(detail::read_document(text, name));
    EXPECT_TRUE(testing::valid(study, schema)) << name;
    study["floor"] = 0;
    EXPECT_FALSE(testing::valid(study, schema)) << name;
  }
}

}  // namespace
}  // namespace quartic::keys_test
