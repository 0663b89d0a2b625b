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
  for (const char* law : {"equal", "gaussian", "signs", "decay(1)"}) {
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

TEST(Coefficients, RefusesUnknownLaws) {
  EXPECT_EQ(
      support::thrown_message([] { require_coefficients("gausian"); }),
      "coefficients = \"gausian\" (it understands equal, gaussian, signs, decay(exponent)). Did you mean "
      "\"gaussian\"?");
  EXPECT_NE(support::thrown_message([] { require_coefficients("decay(-1)"); }).find("0 to 20"),
            std::string::npos);
  EXPECT_EQ(support::thrown_message([] { draw_support("last", 3, 1, Stream(1)); }),
            "support = \"last\" (it understands random, first). Write one of these.");
}

}  // namespace
}  // namespace quartic::coefficients_test
