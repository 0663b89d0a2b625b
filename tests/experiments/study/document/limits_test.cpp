#include "experiments/study/document/limits.hpp"

#include <gtest/gtest.h>

#include "experiments/study/document/document.hpp"
#include "experiments/study/read/parse_study.hpp"
#include "tests/support/thrown_message.hpp"

namespace quartic::detail::limits_test {
namespace {

using support::thrown_message;

/// "a.a.a", of so many parts.
std::string key(std::size_t parts, const std::string& part = "a") {
  std::string text = part;
  while (--parts > 0) text += "." + part;
  return text;
}

std::string repeated(const std::string& text, std::size_t times) {
  std::string all;
  while (times-- > 0) all += text;
  return all;
}

std::string refusal(const std::string& text) {
  return thrown_message([&] { read_document(text, "deep.toml"); });
}

TEST(StudyLimits, EndTheNestingOfKeysAndLists) {
  const std::string deep = key(15000);
  const std::vector<std::string> texts = {deep + " = 1",
                                          "[" + deep + "]",
                                          "[[" + deep + "]]",
                                          key(15000, "\"x,\"") + " = 1",
                                          key(15000, " 'x=' ") + " = 1",
                                          key(15000, "1") + " = 1",
                                          "x = { " + deep + " = 1 }",
                                          "x = '#' # [\n" + deep + " = 1",
                                          "x = \"\"\"a\"\"\"\"\"\n" + deep + " = 1",
                                          "x = { y = \"\"\"a\"\"\"\", " + deep + " = 1 }",
                                          "x = '''a\\'''\n" + deep + " = 1",
                                          "x = \"\\\\\"\n" + deep + " = 1",
                                          "x = \"\"\n" + deep + " = 1",
                                          repeated(key(90) + " = { ", 200) + "x = 1" + repeated(" }", 200),
                                          "x = " + repeated("[", 15000),
                                          deep + " = 1\nand then no TOML"};
  for (const std::string& text : texts)
    EXPECT_NE(refusal(text).find("nest deeper than 100 levels"), std::string::npos)
        << text.substr(0, 60) << "\n"
        << refusal(text).substr(0, 200);
  EXPECT_TRUE(refusal("\n\n" + deep + " = 1").starts_with("deep.toml:3: "))
      << refusal("\n\n" + deep + " = 1");
}

TEST(StudyLimits, LeaveWhatPeopleWrite) {
  const std::string dots(500, '.');
  for (const std::string& text :
       {key(90) + " = 1", "[" + key(90) + "]\n" + key(90) + " = 1", "# " + dots, "x = \"" + dots + "\"",
        "x = '''\n" + dots + "'''\ny = 1.5", "x = \"\"\"\n\\\"\"\"" + dots + "\"\"\"",
        "x = [" + repeated("0.5, ", 1000) + "]", "x = [\n" + repeated("[0.5, 1.5],\n", 1000) + "]",
        repeated("[[arm]]\nname.first = 1.5\n", 1000)})
    EXPECT_EQ(refusal(text), "") << text.substr(0, 60);
}

TEST(StudyLimits, EndTextsAndKeys) {
  EXPECT_EQ(refusal("x = \"" + std::string(10000, 'a') + "\""), "");
  EXPECT_EQ(refusal("\nx = \"" + std::string(10001, 'a') + "\""),
            "deep.toml:2: a text of 10001 bytes (10000 are the most). Shorten it.");
  EXPECT_EQ(refusal(std::string(201, 'a') + " = 1"),
            "deep.toml:1: a key of 201 bytes (200 are the most). Shorten it.");
  EXPECT_NE(refusal(std::string(most_study_bytes + 1, '#')).find("is too large"), std::string::npos);
}

TEST(StudyLimits, HoldForOverrides) {
  const auto refused = [](const std::string& name, const std::string& value) {
    return thrown_message([&] {
      parse_study("x = 1", "a.toml", {.effort = "", .overrides = {{name, value}}});
    });
  };
  EXPECT_NE(refused(key(8000), "1").find("the key has more than 100 parts"), std::string::npos);
  EXPECT_NE(refused("world.noise", "{" + key(15000) + "=1}").find("nest deeper"), std::string::npos);
  EXPECT_NE(refused("title", std::string(10001, 'a')).find("a text of 10001 bytes"), std::string::npos);
}

}  // namespace
}  // namespace quartic::detail::limits_test
