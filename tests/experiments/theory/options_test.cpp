#include "experiments/theory/options.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "models/flexible/mlp/mlp.hpp"
#include "sim/worlds/teacher.hpp"

namespace quartic {
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

TEST(OverlayOptions, AreThoseSetElseTheDefaultsOfTheCatalogue) {
  const OptionValues model = model_options("mlp", {{"width", Index{3}}});
  EXPECT_EQ(number_option(model, "width"), 3);
  EXPECT_EQ(word_option(model, "optimiser"), Mlp{}.optimiser);
  EXPECT_EQ(number_option(model, "epochs"), static_cast<double>(Mlp{}.epochs));
  EXPECT_EQ(flag_option(model, "biases"), Mlp{}.biases);
  const OptionValues world = world_options("teacher", {{"noise", 2.0}});
  EXPECT_EQ(number_option(world, "noise"), 2);
  EXPECT_EQ(number_option(world, "hidden"), static_cast<double>(Teacher{}.hidden));
  EXPECT_EQ(model_options("my_own", options), options);
}

}  // namespace
}  // namespace quartic
