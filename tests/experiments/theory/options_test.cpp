#include "experiments/theory/options.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace quartic::options_test {
namespace {

const OptionValues options = {
    {"count", Index{3}}, {"number", 0.5}, {"word", std::string("cv")}, {"flag", true}};

TEST(OverlayOptions, AreReadByTheirKind) {
  EXPECT_EQ(number_option(options, "count"), 3);
  EXPECT_EQ(number_option(options, "number"), 0.5);
  EXPECT_TRUE(std::isnan(number_option(options, "other")));
  EXPECT_TRUE(std::isnan(number_option(options, "word")));
  EXPECT_EQ(word_option(options, "word"), "cv");
  EXPECT_EQ(word_option(options, "other"), "");
  EXPECT_TRUE(flag_option(options, "flag"));
  EXPECT_FALSE(flag_option(options, "other"));
}

}  // namespace
}  // namespace quartic::options_test
