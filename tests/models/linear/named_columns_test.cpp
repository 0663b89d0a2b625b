#include "models/linear/named_columns.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "tests/support/thrown_message.hpp"

namespace quartic::detail::named_columns_test {
namespace {

TEST(NamedColumns, AreSomeOfThoseThereAre) {
  const std::vector<Index> named = {0, 4};
  require_names(named, 5);
  EXPECT_EQ(support::thrown_message([&] { require_names(named, 4); }),
            "the expert names column 4 (there are 4). Name columns from 0 on below that number.");
}

TEST(NamedColumns, ArePartOfTheFingerprint) {
  EXPECT_EQ(fingerprint_with_names("{}", {}), "{}");
  EXPECT_EQ(fingerprint_with_names("{}", std::vector<Index>{0, 4}), R"({"named":[0,4],"model":{}})");
}

}  // namespace
}  // namespace quartic::detail::named_columns_test
