#include "cli/verbs/verb.hpp"

#include <gtest/gtest.h>

#include <set>

#include "core/require.hpp"

namespace quartic::verb_test {
namespace {

TEST(Verbs, HaveAnExampleAndTextForEveryOption) {
  for (const Verb& verb : verbs()) {
    EXPECT_FALSE(verb.text.examples.empty()) << verb.text.name;
    EXPECT_FALSE(verb.text.summary.empty()) << verb.text.name;
    EXPECT_NE(verb.run, nullptr) << verb.text.name;
    for (const OptionText& option : verb.text.options) EXPECT_TRUE(option.help.ends_with(".")) << option.name;
  }
}

TEST(Verbs, HaveNamesAndOptionsOfTheirOwn) {
  std::set<std::string> names;
  for (const Verb& verb : verbs()) {
    EXPECT_TRUE(names.insert(verb.text.name).second) << verb.text.name;
    EXPECT_EQ(&verb_named(verb.text.name), &verb);
    std::set<std::string> options;
    for (const OptionText& option : verb.text.options) {
      EXPECT_TRUE(options.insert(option.name).second) << verb.text.name << " " << option.name;
      EXPECT_TRUE(option.letter.empty() || options.insert(option.letter).second)
          << verb.text.name << " " << option.letter;
    }
    EXPECT_TRUE(options.contains("--help")) << verb.text.name;
  }
}

TEST(Verbs, AreFoundByTheirName) {
  try {
    verb_named("rum");
    FAIL();
  } catch (const InvalidInput& error) {
    EXPECT_STREQ(error.what(),
                 "there is no command \"rum\" (quartic --help lists them). Did you mean \"run\"?");
  }
}

}  // namespace
}  // namespace quartic::verb_test
