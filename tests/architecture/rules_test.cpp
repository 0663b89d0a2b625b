#include "tests/architecture/rules.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace quartic::architecture::rules_test {
namespace {

const Tree& project() {
  static const Tree tree = read_tree(QUARTIC_SOURCE_DIR);
  return tree;
}

std::string listed(const Violations& violations) {
  std::string text;
  for (const std::string& violation : violations) text += "\n  " + violation;
  return text;
}

using Rule = Violations (*)(const Tree&);
bool holds(Rule rule, const Tree& tree) {
  return rule(tree).empty();
}
void expect_holds(Rule rule) {
  EXPECT_TRUE(holds(rule, project())) << listed(rule(project()));
}

TEST(Project, IsReadWhole) {
  EXPECT_GT(project().size(), 50u);
  for (const char* path : {"core/data.hpp", "models/catalogue.cpp", "tests/architecture/rules.cpp"})
    EXPECT_TRUE(std::any_of(project().begin(), project().end(), [&](const Source& s) {
      return s.path == path;
    })) << path;
}

TEST(Project, LibrariesStayInTheirLayer) {
  expect_holds(misplaced_libraries);
}
TEST(Project, TheLowerLayersArePure) {
  expect_holds(impure_sources);
}
TEST(Project, HeadersArePages) {
  expect_holds(unwieldy_headers);
}
TEST(Project, SourcesIncludeTheirOwnHeaderFirst) {
  expect_holds(late_own_headers);
}
TEST(Project, HeadersIncludeWhatTheyNameOfTheStandardLibrary) {
  expect_holds(missing_includes);
}
TEST(Project, EveryFileOfTestsHasItsNamespace) {
  expect_holds(shared_test_namespaces);
}
TEST(MisplacedLibraries, AreFound) {
  EXPECT_TRUE(
      holds(misplaced_libraries, {{"models/a.cpp", {"#include <cblas.h>", "#include <Eigen/Core>"}}}));
  EXPECT_FALSE(holds(misplaced_libraries, {{"models/a.hpp", {"#include <cblas.h>"}}}));
  EXPECT_FALSE(holds(misplaced_libraries, {{"laws/a.cpp", {"#include <oneapi/tbb/parallel_for.h>"}}}));
  EXPECT_FALSE(holds(misplaced_libraries, {{"experiments/a.hpp", {"#include <nlohmann/json.hpp>"}}}));
  EXPECT_FALSE(holds(misplaced_libraries, {{"core/a.cpp", {"#include <gtest/gtest.h>"}}}));
  EXPECT_TRUE(holds(misplaced_libraries, {{"python/a.hpp", {"#pragma once", "#include <pybind11/stl.h>"}}}));
  EXPECT_FALSE(holds(misplaced_libraries, {{"cli/a.cpp", {"#include <pybind11/stl.h>"}}}));
}

TEST(ImpureSources, AreFound) {
  EXPECT_TRUE(
      holds(impure_sources, {{"core/a.cpp", {"#include <cmath>  // not <thread>", "int threads = 1;"}}}));
  for (const char* line :
       {"#include <thread>", "#include <fstream>", "auto home = std::getenv(\"HOME\");", "std::cout << 1;",
        "printf(\"%d\", 1);", "#include <random>", "#include <sys/mman.h>", "#include <unistd.h>"})
    EXPECT_FALSE(holds(impure_sources, {{"laws/a.cpp", {line}}})) << line;
  EXPECT_TRUE(holds(impure_sources, {{"cli/a.cpp", {"#include <chrono>"}}}));
  EXPECT_FALSE(holds(impure_sources, {{"cli/a.cpp", {"std::mt19937 generator;"}}}));
  EXPECT_TRUE(holds(impure_sources, {{"core/machine/large_pages.cpp", {"#include <sys/mman.h>"}}}));
  EXPECT_FALSE(holds(impure_sources, {{"core/machine/large_pages.cpp", {"#include <sys/stat.h>"}}}));
}

TEST(UnwieldyHeaders, AreFound) {
  std::vector<std::string> lines(200, "");
  lines.front() = "#pragma once";
  EXPECT_TRUE(holds(unwieldy_headers, {{"core/a.hpp", lines}}));
  lines.emplace_back();
  EXPECT_FALSE(holds(unwieldy_headers, {{"core/a.hpp", lines}}));
  EXPECT_FALSE(holds(unwieldy_headers, {{"core/a.hpp", {"#include <map>"}}}));
}

TEST(LateOwnHeaders, AreFound) {
  const Source header{"core/a.hpp", {"#pragma once"}};
  EXPECT_TRUE(
      holds(late_own_headers, {{"core/a.cpp", {"#include \"core/a.hpp\"", "#include <map>"}}, header}));
  EXPECT_FALSE(
      holds(late_own_headers, {{"core/a.cpp", {"#include <map>", "#include \"core/a.hpp\""}}, header}));
  EXPECT_FALSE(holds(late_own_headers, {{"core/a.cpp", {}}, header}));
}

TEST(SharedTestNamespaces, AreFound) {
  const auto of = [](const std::string& path, const std::string& space) {
    return Tree{{path, {"namespace " + space + " {", "namespace {"}}};
  };
  EXPECT_TRUE(holds(shared_test_namespaces, of("tests/core/a_test.cpp", "quartic::a_test")));
  EXPECT_TRUE(holds(shared_test_namespaces, of("tests/core/a_long.cpp", "quartic::detail::a_long")));
  EXPECT_TRUE(holds(shared_test_namespaces, of("tests/support/oracle.hpp", "quartic::testing")));
  EXPECT_FALSE(holds(shared_test_namespaces, of("tests/core/a_test.cpp", "quartic")));
  EXPECT_FALSE(holds(shared_test_namespaces, of("tests/core/a_statistics.cpp", "quartic::a_test")));
}

TEST(MissingIncludes, AreFound) {
  const Source strings{"core/a.hpp", {"#include <string>"}};
  EXPECT_TRUE(
      holds(missing_includes, {strings, {"sim/b.hpp", {"#include \"core/a.hpp\"", "std::string b;"}}}));
  EXPECT_TRUE(holds(missing_includes, {{"sim/b.hpp", {"int b;  // not std::string"}}}));
  EXPECT_TRUE(holds(missing_includes, {{"sim/b.cpp", {"std::string b;"}}}));
  EXPECT_FALSE(holds(missing_includes, {{"sim/b.hpp", {"std::string b;"}}}));
  EXPECT_FALSE(
      holds(missing_includes, {strings, {"sim/b.hpp", {"#include \"core/a.hpp\"", "std::vector<int> b;"}}}));
}

}  // namespace
}  // namespace quartic::architecture::rules_test
