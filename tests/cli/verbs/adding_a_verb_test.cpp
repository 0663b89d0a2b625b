/// The verb that docs/adding-a-verb.md shows: its code is taken out of the page.
#include <gtest/gtest.h>

#include <sstream>

#include "cli/verbs/verb.hpp"

namespace quartic {
Verb seed_verb();
}  // namespace quartic

namespace quartic::adding_a_verb_test {
namespace {

TEST(AddingAVerb, ShowsAVerbThatWorks) {
  const Verb verb = seed_verb();
  std::ostringstream out, err;
  const Console console{.out = out, .err = err};
  const std::vector<std::string> words = {"a", "--bare"};
  const Catalogues catalogues = built_in_catalogues();
  EXPECT_EQ(verb.run(parse_request(verb.text, words), {"quartic", catalogues, console}), exit_status::done);
  EXPECT_EQ(out.str(), "3826002220");  // 0xE40C292C, the published hash of "a"
  EXPECT_EQ(synopsis(verb.text), "quartic seed WORD");
}

}  // namespace
}  // namespace quartic::adding_a_verb_test
