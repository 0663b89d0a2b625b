#include "tests/architecture/mirrors.hpp"

#include <gtest/gtest.h>

#include <filesystem>

namespace quartic::architecture::mirrors_test {
namespace {

const Source source{"laws/a.cpp", {}};
const Source whole{"tests/laws/whole_test.cpp", {}};
const Exception exception{{"laws/a.cpp"}, "tests/laws/whole_test.cpp", "A part of the whole."};

TEST(UntestedSources, HaveNoTestOfTheirName) {
  EXPECT_EQ(untested_sources({source}, {}).size(), 1u);
  EXPECT_TRUE(untested_sources({source, {"tests/laws/a_test.cpp", {}}}, {}).empty());
  EXPECT_TRUE(untested_sources({source, {"tests/laws/a_statistics.cpp", {}}}, {}).empty());
  EXPECT_TRUE(untested_sources({source, {"tests/laws/a_long.cpp", {}}}, {}).empty());
  EXPECT_EQ(untested_sources({source, {"tests/sim/a_test.cpp", {}}}, {}).size(), 1u);
  EXPECT_EQ(untested_sources({{"laws/a_part.cpp", {}}, {"tests/laws/a_test.cpp", {}}}, {}).size(), 1u);
  EXPECT_EQ(untested_sources({{"cli/verbs/a.cpp", {}}}, {}).size(), 1u);
  EXPECT_TRUE(untested_sources({{"laws/a.hpp", {}}, {"bench/a.cpp", {}}, {"python/a.cpp", {}}}, {}).empty());
}

TEST(UntestedSources, MayStandInTheTableWithAReason) {
  EXPECT_TRUE(untested_sources({source, whole}, {exception}).empty());
  EXPECT_EQ(untested_sources({source, whole, {"laws/b.cpp", {}}}, {exception}).size(), 1u);
}

TEST(TableOfUntestedSources, HoldsNothingThatIsNotNeeded) {
  EXPECT_EQ(untested_sources({whole}, {exception}).size(), 1u) << "no such source";
  EXPECT_EQ(untested_sources({source, whole, {"tests/laws/a_test.cpp", {}}}, {exception}).size(), 1u)
      << "tested";
  EXPECT_EQ(untested_sources({source}, {exception}).size(), 1u) << "no such test";
  EXPECT_EQ(untested_sources({source, whole}, {{exception.sources, exception.test, ""}}).size(), 1u)
      << "no reason";
}

TEST(TableOfUntestedSources, NamesEverySourceOfTheProjectThatHasNone) {
  const std::string root = QUARTIC_SOURCE_DIR;
  const std::vector<Exception> exceptions = read_exceptions(root + "/tests/architecture/untested.txt");
  EXPECT_GT(exceptions.size(), 10u);
  Tree tree = read_tree(root);
  for (const auto& test :
       std::filesystem::directory_iterator(root + "/page/tests"))  // of what browsers alone compile
    tree.push_back({"page/tests/" + test.path().filename().string(), {}});
  for (const std::string& violation : untested_sources(tree, exceptions)) ADD_FAILURE() << violation;
}

}  // namespace
}  // namespace quartic::architecture::mirrors_test
