#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>

#include "tests/support/planted_remedies.hpp"

namespace quartic::remedies_statistics {
namespace {

// Multiples of exactly 1/saving. A verdict against one of them is wrong in 2.5 % of studies, and that against all of them
// in no more, however many there are; 5 standard errors of a count of 200 are allowed.
TEST(Remedies, AtTheBorderFewVerdictsAreWrong) {
  int one = 0, all = 0;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    const RemediesFinding finding =
        found(planted_remedies({{}, {.price = 0.5}, {.price = 0.5}}, 12, 50 + seed));
    one += finding.remedies.front().muted.verdict == Verdict::rejected;
    all += finding.muted.verdict == Verdict::rejected;
  }
  const double most = 200 * (0.025 + 5 * std::sqrt(0.025 * 0.975 / 200));
  EXPECT_LE(one, most);
  EXPECT_LE(all, most);
}

}  // namespace
}  // namespace quartic::remedies_statistics
