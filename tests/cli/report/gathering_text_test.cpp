/// A class's runs of one study, gathered by the built program.
#include <gtest/gtest.h>

#include "tests/cli/store_folder.hpp"

namespace quartic::gathering_text_test {
namespace {

using testing::Outcome;
using testing::StoreFolder;

class Gather : public StoreFolder {
 protected:
  void run_groups() {
    for (const char* name : {"anna", "ben", "o'neill & co"})
      EXPECT_EQ(
          run(std::string("--seed-from '") + (name[0] == 'o' ? "oneill" : name) + "' --out \"" + name + "\"")
              .status,
          0);
  }
};

TEST_F(Gather, TellsEveryGroupAndAllTogether) {
  run_groups();
  const Outcome told = quartic("gather anna ben/ \"o'neill & co\" --out gathered");
  if (testing::has_gnuplot()) {
    EXPECT_EQ(told.status, 0) << told.err;
    EXPECT_TRUE(says(told.out, "gathered.png"));
    EXPECT_TRUE(std::filesystem::exists(path("gathered/gathered.svg")));
  }
  for (const char* part : {"3 groups, up to 18 replicates", "The oracle learns from data", "anna", "ben",
                           "o'neill & co", "all together", "supported"})
    EXPECT_TRUE(says(told.out, part)) << part << "\n" << told.out;
  EXPECT_TRUE(
      says(testing::read_text(folder / "gathered/gathered.gp"), "Thin lines: the means of 3 groups."));
}

TEST_F(Gather, ShowsArmsOfTheGroupsOwnSideBySide) {
  run("--seed-from anna --out anna");
  run("--seed-from ben --set arm.oracle.expert.wrong=2 --out ben");
  const Outcome told = quartic("gather anna ben --out gathered");
  EXPECT_TRUE(says(told.out, "not put together: oracle")) << told.out << told.err;
  EXPECT_FALSE(says(told.out.substr(told.out.find("The oracle learns")), "all together")) << told.out;
  const std::string script = testing::read_text(folder / "gathered/gathered.gp");
  EXPECT_TRUE(says(script, "oracle, anna") && says(script, "oracle, ben")) << script;
}

TEST_F(Gather, PutsRemediesTogether) {
  const std::string asked = " --set remedies.against=oracle --set remedies.at_error=0.1";
  for (const char* name : {"anna", "ben"})
    EXPECT_EQ(run(std::string("--seed-from ") + name + asked + " --out " + name).status, 0);
  const Outcome told = quartic("gather anna ben --out gathered");
  const std::string pooled = "all together: What remedies do to the computing of oracle";
  EXPECT_TRUE(says(told.out, "The effects on training are muted") && says(told.out, pooled))
      << told.out << told.err;
}

TEST_F(Gather, RefusesRunsThatAreNoGroups) {
  run("--out a");
  run("--out b");
  run("--seed 8 --set world.noise=3 --out c");
  EXPECT_EQ(quartic("gather a").status, 2);
  const Outcome same = quartic("gather a b"), other = quartic("gather a c"),
                none = quartic("gather a nowhere");
  EXPECT_EQ(same.status, 2);
  EXPECT_TRUE(says(same.err, "has the seed of a")) << same.err;
  EXPECT_EQ(other.status, 2);
  EXPECT_TRUE(says(other.err, "another study")) << other.err;
  EXPECT_EQ(none.status, 2);
  EXPECT_FALSE(none.err.empty());
}

}  // namespace
}  // namespace quartic::gathering_text_test
