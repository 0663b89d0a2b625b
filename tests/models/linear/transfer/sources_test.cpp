#include "models/linear/transfer/sources.hpp"

#include <gtest/gtest.h>

#include "core/require.hpp"
#include "tests/support/linear_problem.hpp"

namespace quartic::sources_test {
namespace {

TEST(Sources, ArePooledInTheirOrderWhateverTheirPrecision) {
  const Data a = gaussian_problem(3, 2, 1), b = in_single_precision(gaussian_problem(4, 2, 2));
  const Data pooled = detail::pooled_sources(gaussian_problem(5, 2, 3).with_sources({a, b}));
  ASSERT_EQ(pooled.rows(), 7);
  EXPECT_EQ(pooled.block({0, 3}, {0, 2}), a.block({0, 3}, {0, 2}));
  EXPECT_EQ(pooled.block({3, 4}, {0, 2}), b.block({0, 4}, {0, 2}));
  EXPECT_EQ(Vector(pooled.y().tail(4)), Vector(b.y()));
}

TEST(Sources, AreRefusedWhereThereAreNoneOrOneIsEmpty) {
  const Data data = gaussian_problem(5, 2, 3);
  EXPECT_THROW(detail::require_sources(data, "it"), InvalidInput);
  EXPECT_THROW(detail::require_sources(data.with_sources({data, data.prefix(0)}), "it"), InvalidInput);
  EXPECT_NO_THROW(detail::require_sources(data.with_sources({data}), "it"));
}

}  // namespace
}  // namespace quartic::sources_test
