#include "experiments/overlay_options.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace quartic {
namespace {

const OptionValues options = {
    {"count", Index{3}}, {"number", 0.5}, {"word", std::string("cv")}, {"flag", true}};

TEST(OverlayOptions, AreThoseSetElseTheirDefaults) {
  EXPECT_EQ(number_option(options, "count", 7), 3);
  EXPECT_EQ(number_option(options, "number", 7), 0.5);
  EXPECT_EQ(number_option(options, "other", 7), 7);
  EXPECT_TRUE(std::isnan(number_option(options, "word", 7)));
  EXPECT_EQ(word_option(options, "word", "none"), "cv");
  EXPECT_EQ(word_option(options, "other", "none"), "none");
  EXPECT_TRUE(flag_option(options, "flag", false));
  EXPECT_FALSE(flag_option(options, "other", false));
}

}  // namespace
}  // namespace quartic
