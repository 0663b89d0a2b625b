#include "cli/films/caption.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace quartic::caption_test {
namespace {

/// A letter as seven lines of '#' and blanks.
std::string drawn(char letter) {
  const std::string text(1, letter);
  const GreyImage image = with_caption(GreyImage::Zero(7, letter_width), {text});
  std::string lines;
  for (Index i = 0; i < image.rows(); ++i) {
    for (Index j = 0; j < image.cols(); ++j) lines += image(i, j) == 255 ? '#' : ' ';
    lines += '\n';
  }
  return lines;
}

TEST(Caption, LettersLookAsTheyShould) {
  EXPECT_EQ(drawn('P'),
            "####  \n"
            "#   # \n"
            "#   # \n"
            "####  \n"
            "#     \n"
            "#     \n"
            "#     \n");
}

TEST(Caption, EveryLetterOfTheFontIsAnotherOne) {
  std::set<std::string> seen = {drawn(' ')};
  for (const char letter : std::string("0123456789acehiklnpstyP().=:"))
    EXPECT_TRUE(seen.insert(drawn(letter)).second) << letter;
}

TEST(Caption, UnknownLettersAreBlank) {
  EXPECT_EQ(drawn('Q'), drawn(' '));
}

TEST(Caption, IsEnlargedAndCutAtTheEdges) {
  const GreyImage small = with_caption(GreyImage::Zero(20, 20), {"8", 1, 2});
  const GreyImage large = with_caption(GreyImage::Zero(40, 40), {"8", 2, 4, 2});
  for (Index i = 0; i < 40; ++i)
    for (Index j = 0; j < 40; ++j) EXPECT_EQ(large(i, j), small(i / 2, j / 2));
  const GreyImage cut = with_caption(GreyImage::Zero(5, 8), {"88", -2, -3});
  EXPECT_EQ(cut.rows(), 5);
  EXPECT_EQ(cut.maxCoeff(), 255);
}

}  // namespace
}  // namespace quartic::caption_test
