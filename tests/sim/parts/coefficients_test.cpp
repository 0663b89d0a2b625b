#include "sim/parts/coefficients.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "tests/support/thrown_message.hpp"

namespace quartic::coefficients_test {
namespace {

TEST(Coefficients, AreOnTheirNaturalScale) {
  for (double b : draw_coefficients("equal", 20, Stream(1))) EXPECT_EQ(b, 1);
  for (double b : draw_coefficients("signs", 20, Stream(1))) EXPECT_EQ(std::abs(b), 1);
  const std::vector<double> decaying = draw_coefficients("decay(0.5)", 20, Stream(1));
  for (std::size_t k = 0; k < decaying.size(); ++k) EXPECT_NEAR(decaying[k], 1 / std::sqrt(k + 1.0), 1e-15);
}

TEST(Coefficients, FallEvenlyOrByHalves) {
  EXPECT_EQ(draw_coefficients("linear(10, 0.5)", 5, Stream(1)),
            (std::vector<double>{10, 7.625, 5.25, 2.875, 0.5}));
  EXPECT_EQ(draw_coefficients("linear(10, 0.5)", 1, Stream(1)), (std::vector<double>{10}));
  EXPECT_EQ(draw_coefficients("halving(2)", 5, Stream(1)), (std::vector<double>{1, 1, 0.5, 0.25, 0.125}));
}

TEST(Coefficients, AreNotHalvedUntilNothingIsLeft) {
  const std::vector<double> most = draw_coefficients("halving(3)", 163, Stream(1));
  EXPECT_EQ(most.back(), std::ldexp(1.0, -160));
  EXPECT_GT(most.back(), 1e-50);
  EXPECT_EQ(
      support::thrown_message([] { draw_coefficients("halving(3)", 164, Stream(1)); }),
      "coefficients = \"halving(3)\" of 164 columns (the last would be halved until nothing is left of it). "
      "Let 163 or fewer be relevant, or more be equal.");
}

TEST(Coefficients, SignsAreFair) {
  double sum = 0;
  for (double b : draw_coefficients("signs", 100000, Stream(2))) sum += b;
  EXPECT_NEAR(sum, 0, 5 * std::sqrt(100000.0));
}

TEST(Coefficients, GaussianOnesAreStandardNormals) {
  double sum = 0, squares = 0;
  for (double b : draw_coefficients("gaussian", 100000, Stream(3))) {
    sum += b;
    squares += b * b;
  }
  EXPECT_NEAR(sum, 0, 5 * std::sqrt(1e5));
  EXPECT_NEAR(squares, 1e5, 5 * std::sqrt(2e5));
}

TEST(Coefficients, DoNotDependOnHowManyThereAre) {
  for (const char* law : {"equal", "gaussian", "signs", "decay(1)", "halving(3)"}) {
    const std::vector<double> many = draw_coefficients(law, 100, Stream(4));
    for (Index few : {1, 2, 3, 50})
      EXPECT_EQ(draw_coefficients(law, few, Stream(4)), std::vector<double>(many.begin(), many.begin() + few))
          << law;
  }
}

TEST(Coefficients, SupportIsFirstOrASampleOfAll) {
  EXPECT_EQ(draw_support("first", 100, 4, Stream(5)), (std::vector<Index>{0, 1, 2, 3}));
  std::set<Index> seen;
  for (std::uint64_t seed = 0; seed < 2000; ++seed)
    for (Index column : draw_support("random", 20, 3, Stream(seed))) seen.insert(column);
  EXPECT_EQ(seen.size(), 20);
  EXPECT_EQ(*seen.begin(), 0);
  EXPECT_EQ(*seen.rbegin(), 19);
}

// As R's round(seq(1, p, length = s)) has them, less 1.
TEST(Coefficients, SpacedSupportGoesFromTheFirstColumnToTheLast) {
  EXPECT_EQ(draw_support("spaced", 10, 5, Stream(5)), (std::vector<Index>{0, 2, 5, 7, 9}));
  EXPECT_EQ(draw_support("spaced", 100, 5, Stream(5)), (std::vector<Index>{0, 25, 49, 74, 99}));
  EXPECT_EQ(draw_support("spaced", 7, 7, Stream(5)), (std::vector<Index>{0, 1, 2, 3, 4, 5, 6}));
  EXPECT_EQ(draw_support("spaced", 7, 1, Stream(5)), (std::vector<Index>{0}));
}

TEST(Coefficients, RefusesUnknownLaws) {
  EXPECT_EQ(
      support::thrown_message([] { require_coefficients("gausian"); }),
      "coefficients = \"gausian\" (it understands equal, gaussian, signs, decay(exponent), linear(from, to), "
      "halving(equal)). Did you mean \"gaussian\"?");
  EXPECT_NE(support::thrown_message([] { require_coefficients("decay(-1)"); }).find("0 to 20"),
            std::string::npos);
  EXPECT_NE(support::thrown_message([] { require_coefficients("linear(1, -1)"); }).find("of one sign"),
            std::string::npos);
  EXPECT_NE(support::thrown_message([] { require_coefficients("halving(1.5)"); }).find("whole number"),
            std::string::npos);
  for (const char* text : {"linear(1e200, 1)", "linear(-1, -1e51)", "linear(1e-60, 2)", "linear(0, 1)"})
    EXPECT_NE(support::thrown_message([&] { require_coefficients(text); }).find("between 1e-50 and 1e50"),
              std::string::npos)
        << text;
  EXPECT_EQ(support::thrown_message([] { draw_support("last", 3, 1, Stream(1)); }),
            "support = \"last\" (it understands random, first, spaced). Write one of these.");
}

}  // namespace
}  // namespace quartic::coefficients_test
