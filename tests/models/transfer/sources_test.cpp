#include "models/transfer/sources.hpp"

#include <gtest/gtest.h>

#include "tests/support/linear_problem.hpp"
#include "tests/support/thrown_message.hpp"

namespace quartic::sources_test {
namespace {

using support::thrown_message;

TEST(Sources, ArePooledInTheirOrderWhateverTheirPrecision) {
  const Data a = gaussian_problem(3, 2, 1), b = in_single_precision(gaussian_problem(4, 2, 2));
  const Data pooled = detail::pooled_sources(gaussian_problem(5, 2, 3).with_sources({a, b}));
  ASSERT_EQ(pooled.rows(), 7);
  EXPECT_EQ(pooled.block({0, 3}, {0, 2}), a.block({0, 3}, {0, 2}));
  EXPECT_EQ(pooled.block({3, 4}, {0, 2}), b.block({0, 4}, {0, 2}));
  EXPECT_EQ(Vector(pooled.y().tail(4)), Vector(b.y()));
}

TEST(Sources, AreRefusedWhereThereAreNoneOrOneHasTooFewRows) {
  const Data data = gaussian_problem(5, 2, 3);
  const auto told = [](const Data& with, Index fewest) {
    return thrown_message([&] { detail::require_source_rows(detail::source_rows(with), fewest, "it"); });
  };
  EXPECT_NE(told(data, 1).find("kind = \"related\""), std::string::npos);
  EXPECT_NE(told(data.with_sources({data, data.prefix(0)}), 1).find("has 0 rows"), std::string::npos);
  EXPECT_NE(told(data.with_sources({data, data.prefix(4)}), 5).find("Give the world more source rows"),
            std::string::npos);
  EXPECT_EQ(told(data.with_sources({data}), 5), "");
}

}  // namespace
}  // namespace quartic::sources_test
