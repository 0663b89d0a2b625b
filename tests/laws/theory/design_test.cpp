#include "laws/theory/design.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/thrown_message.hpp"

namespace quartic::design_test {
namespace {

using support::thrown_message;

TEST(Design, AsksForFiniteNumbersOfAtLeastSoMuch) {
  EXPECT_EQ(thrown_message([] { detail::require_at_least("columns", 1, 1); }), "");
  EXPECT_EQ(thrown_message([] { detail::require_at_least("columns", 0.5, 1); }),
            "columns: 0.5 (the formula asks for a finite number of 1 or more). Change it.");
  for (const double number : {double(NAN), double(INFINITY), -double(INFINITY)})
    EXPECT_NE(thrown_message([&] { detail::require_at_least("rows", number, 0); }), "");
}

}  // namespace
}  // namespace quartic::design_test
