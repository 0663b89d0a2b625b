/// Ranges that must be refused.
#include <gtest/gtest.h>

#include "tests/experiments/study/read/broken_study.hpp"

namespace quartic::range_test {
namespace {

using testing::Broken;
using testing::expect_refused;
using testing::sound;

const std::vector<Broken> cases = {
    {"range without fineness", 8, "noise = { from = 0.1, to = 10 }",
     "8: world.noise: \"per_decade\" is missing", "points"},
    {"range without an end", 8, "noise = { from = 0.1, points = 7 }", "8: world.noise: \"to\" is missing",
     "Write world.noise = { from = 0.1, to = 10, points = 7, scale = \"log\" }."},
    {"range spaced twice", 8, "noise = { from = 1, to = 10, points = 7, step = 1 }",
     "8: world.noise: points and step are both given", "in one way"},
    {"range from nothing", 8, "noise = { from = 0, to = 10, points = 7, scale = \"log\" }",
     "8: world.noise: a logarithmic range from 0", "above 0"},
    {"range downwards", 8, "noise = { from = 10, to = 1, points = 7 }", "8: world.noise: the range is empty",
     "from <= to"},
    {"linear decades", 8, "noise = { from = 1, to = 10, per_decade = 7, scale = \"linear\" }",
     "8: world.noise: scale = \"linear\" with per_decade", "logarithmic"},
    {"logarithmic step", 8, "noise = { from = 1, to = 10, step = 1, scale = \"log\" }",
     "8: world.noise: scale = \"log\" with a step", "added"},
    {"step of nothing", 8, "noise = { from = 1, to = 10, step = 0 }", "8: world.noise: a step of 0",
     "upwards"},
    {"one point of two", 8, "noise = { from = 1, to = 10, points = 1 }", "8: world.noise: one point",
     "both ends"},
    {"no points", 8, "noise = { from = 1, to = 10, points = 0 }", "8: world.noise.points: 0 is out of range",
     "from 1"},
    {"range too fine", 8, "noise = { from = 1, to = 10, step = 1e-9 }",
     "8: world.noise: the range has 9000000001 values", "1000000 are the most"},
    {"scale misspelt", 8, "noise = { from = 1, to = 10, points = 3, scale = \"lin\" }",
     "8: world.noise.scale: unknown word \"lin\"", "linear"},
    {"endless range", 8, "noise = { from = 1, to = inf, points = 3 }", "8: world.noise.to: inf is not finite",
     ""},
    {"range of words", 8, "coefficients = { from = 1, to = 3, points = 3 }",
     "8: world.coefficients: 1.0 does not fit", ""},
    {"range of sizes from zero", 3, "sizes = { from = 0, to = 50, step = 10 }",
     "3: sizes.from: 0 is out of range", "from 1"},
    {"count beyond all counting", 6, "candidates = 1e18", "6: world.candidates: 1e+18 is too large",
     "Write a smaller one."}};

TEST(BrokenRange, IsRefusedWithFileLineKeyAndRemedy) {
  expect_refused(cases, sound);
}

}  // namespace
}  // namespace quartic::range_test
