#include "core/words.hpp"

#include <gtest/gtest.h>

namespace quartic::words_test {
namespace {

enum class Colour { red, green };
constexpr Words<Colour, 2> colour_words = {{{Colour::red, "rot"}, {Colour::green, "gruen"}}};

TEST(Words, GoBothWays) {
  EXPECT_EQ(word_for(colour_words, Colour::green), "gruen");
  EXPECT_EQ(parse_word(colour_words, "rot"), Colour::red);
  EXPECT_EQ(parse_word(colour_words, "red"), std::nullopt);
}

TEST(Words, AreJoinedByCommasOrByAnotherSeparator) {
  const std::vector<std::string> words = {"a", "b", "c"};
  EXPECT_EQ(joined(words), "a, b, c");
  EXPECT_EQ(joined(words, "|"), "a|b|c");
  EXPECT_EQ(joined({}), "");
}

TEST(Words, AreListedInTheOrderOfTheTable) {
  EXPECT_EQ(spell_all(colour_words), (std::vector<std::string>{"rot", "gruen"}));
}

}  // namespace
}  // namespace quartic::words_test
