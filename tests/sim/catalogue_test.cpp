#include "sim/catalogue.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/thrown_message.hpp"

namespace quartic::catalogue_test {
namespace {

const CatalogueEntry<World>& sparse_linear() {
  const auto& all = world_catalogue();
  return *std::find_if(all.begin(), all.end(),
                       [](const auto& entry) { return entry.name == "sparse_linear"; });
}

TEST(WorldCatalogue, MakesAWorldFromValues) {
  const World world =
      sparse_linear().make({{"candidates", Index{50}}, {"covariance", std::string("ar1(0.5)")}});
  EXPECT_EQ(world.name(), "sparse_linear");
  EXPECT_EQ(world.task(), Task::regression);
  EXPECT_EQ(world.draw(Stream(1)).candidates(), 50);
  EXPECT_NE(world.fingerprint().find("\"covariance\":\"ar1(0.5)\""), std::string::npos);
}

TEST(WorldCatalogue, RefusesUnusableOptionsBeforeAnythingRuns) {
  EXPECT_EQ(support::thrown_message([] {
              sparse_linear().make({{"relevant", Index{2000}}});
            }),
            "relevant = 2000 (there are only 1000 candidates). Lower relevant or raise candidates.");
  EXPECT_NE(support::thrown_message([] {
              sparse_linear().make({{"candidate", Index{50}}});
            }).find("Did you mean \"candidates\"?"),
            std::string::npos);
  EXPECT_NE(support::thrown_message([] { sparse_linear().make({{"noise", std::string("loud")}}); }), "");
}

}  // namespace
}  // namespace quartic::catalogue_test
