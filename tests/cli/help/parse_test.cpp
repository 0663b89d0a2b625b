#include "cli/help/parse.hpp"

#include <gtest/gtest.h>

#include "cli/verbs/verb.hpp"
#include "core/require.hpp"

namespace quartic::parse_test {
namespace {

Request parse(const std::string& verb, const std::vector<std::string>& words) {
  return parse_request(verb_named(verb).text, words);
}

std::string refusal(const std::string& verb, const std::vector<std::string>& words) {
  try {
    parse(verb, words);
  } catch (const InvalidInput& error) {
    return error.what();
  }
  return "";
}

TEST(Parse, TakesArgumentsOptionsAndFlagsInAnyOrder) {
  const Request request =
      parse("run", {"--effort", "paper", "figure2", "--set", "a=1", "-j", "2", "--set=b=2", "--json"});
  EXPECT_EQ(request.value("EXPERIMENT"), "figure2");
  EXPECT_EQ(request.value("--effort"), "paper");
  EXPECT_EQ(request.value("--threads"), "2");
  EXPECT_EQ(request.all("--set"), (std::vector<std::string>{"a=1", "b=2"}));
  EXPECT_TRUE(request.has("--json"));
  EXPECT_FALSE(request.has("--plot"));
}

TEST(Parse, TakesADashForStandardInput) {
  EXPECT_EQ(parse("run", {"-"}).value("EXPERIMENT"), "-");
}

TEST(Parse, KeepsValuesWithCommasBracketsAndBlanks) {
  const Request request = parse("run", {"figure2", "--set", "sizes=[10, 20]", "--set", "title=two words"});
  EXPECT_EQ(request.all("--set"), (std::vector<std::string>{"sizes=[10, 20]", "title=two words"}));
}

TEST(Parse, AnswersAMisspeltOptionWithTheNearest) {
  EXPECT_NE(refusal("run", {"figure2", "--efort", "paper"}).find("Did you mean \"--effort\"?"),
            std::string::npos);
  EXPECT_NE(refusal("run", {"figure2", "--sed=3"}).find("Did you mean \"--se"), std::string::npos);
}

TEST(Parse, SaysWhichArgumentIsMissingAndWhatItIs) {
  const std::string message = refusal("run", {});
  EXPECT_NE(message.find("EXPERIMENT is missing"), std::string::npos);
  EXPECT_NE(message.find("quartic list experiments"), std::string::npos);
}

TEST(Parse, RefusesAWordTooMany) {
  EXPECT_NE(refusal("run", {"figure2", "xray"}).find("one word too many: \"xray\""), std::string::npos);
}

TEST(Parse, RefusesAnOptionWithoutItsValue) {
  EXPECT_NE(refusal("run", {"figure2", "--seed"}).find("--seed has no value"), std::string::npos);
}

TEST(Parse, RefusesAnOptionGivenTwice) {
  EXPECT_NE(refusal("run", {"figure2", "--seed", "1", "--seed", "2"}).find("--seed was given more than once"),
            std::string::npos);
}

TEST(Parse, RefusesAValueForAFlag) {
  EXPECT_NE(refusal("run", {"figure2", "--json=yes"}).find("--json was given a value"), std::string::npos);
}

TEST(Settings, AreSplitAtTheFirstEqualsSign) {
  EXPECT_EQ(parse_setting("a.b=c=d"), (std::pair<std::string, std::string>{"a.b", "c=d"}));
  EXPECT_THROW(parse_setting("replicates"), InvalidInput);
  EXPECT_THROW(parse_setting("=3"), InvalidInput);
}

}  // namespace
}  // namespace quartic::parse_test
