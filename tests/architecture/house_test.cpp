#include "tests/architecture/house.hpp"

#include <gtest/gtest.h>

namespace quartic::architecture::house_test {
namespace {

Source including(const std::string& path, const std::string& header) {
  return {path, {"#pragma once", "#include <vector>", "#include \"" + header + "\""}};
}
Source of_length(const std::string& path, std::size_t lines) {
  return {path, std::vector<std::string>(lines)};
}
/// core <- sim, models; models <- experiments/engine <- experiments/store.
const Libraries planted = {{"core", {}, {"core/data.hpp"}},
                           {"sim", {"core"}, {"sim/catalogue.hpp"}},
                           {"models", {"core"}, {"models/catalogue.hpp"}},
                           {"experiments/engine", {"models"}, {"experiments/engine/engine.hpp"}},
                           {"experiments/store", {"experiments/engine"}, {}},
                           {"cli", {"experiments/store"}, {}}};

TEST(UpwardIncludes, AreFound) {
  const auto upward = [](const std::string& path, const std::string& header) {
    return upward_includes({including(path, header)}, planted).size();
  };
  EXPECT_EQ(upward("experiments/store/a.cpp", "core/data.hpp"), 0u) << "through engine and models";
  EXPECT_EQ(upward("experiments/engine/a.cpp", "experiments/engine/part.hpp"), 0u);
  EXPECT_EQ(upward("experiments/engine/a.cpp", "experiments/store/store.hpp"), 1u);
  EXPECT_EQ(upward("experiments/engine/a.cpp", "sim/catalogue.hpp"), 1u) << "not linked";
  EXPECT_EQ(upward("models/a.cpp", "sim/catalogue.hpp"), 1u);
  EXPECT_EQ(upward("core/a.hpp", "models/catalogue.hpp"), 1u);
  EXPECT_EQ(upward("sim/a.cpp", "support/oracle.hpp"), 1u);
  EXPECT_EQ(upward("laws/a.cpp", "core/data.hpp"), 1u) << "a folder of no library";
  EXPECT_EQ(upward("tests/a.cpp", "cli/help/help.hpp"), 0u);
}

TEST(UpwardIncludes, OfTheStreetsOfTheProgramAreFound) {
  const auto upward = [](const std::string& path, const std::string& header) {
    return upward_includes({including(path, header)}, planted).size();
  };
  EXPECT_EQ(upward("cli/verbs/a.cpp", "cli/help/help.hpp"), 0u);
  EXPECT_EQ(upward("cli/help/a.cpp", "cli/terminal/text.hpp"), 0u);
  EXPECT_EQ(upward("cli/help/a.cpp", "cli/verbs/verb.hpp"), 1u);
  EXPECT_EQ(upward("cli/help/a.cpp", "cli/report/report.hpp"), 1u);
  EXPECT_EQ(upward("cli/terminal/a.cpp", "cli/help/help.hpp"), 1u);
}

TEST(PrivateIncludes, AreFound) {
  EXPECT_TRUE(private_includes({including("models/a.cpp", "core/data.hpp")}, planted).empty());
  EXPECT_EQ(private_includes({including("models/a.cpp", "core/kernel.hpp")}, planted).size(), 1u);
  EXPECT_EQ(private_includes({including("bench/a.cpp", "core/kernel.hpp")}, planted).size(), 1u);
  EXPECT_TRUE(private_includes({including("core/random/a.cpp", "core/kernel.hpp")}, planted).empty());
  EXPECT_TRUE(private_includes({including("tests/core/a.cpp", "core/kernel.hpp")}, planted).empty());
}

TEST(LeakingHeaders, AreFound) {
  const Libraries core = {{"core", {}, {"core/data.hpp"}}};
  EXPECT_TRUE(leaking_headers({{"core/data.hpp", {}}}, core).empty());
  EXPECT_EQ(leaking_headers({including("core/data.hpp", "core/kernel.hpp")}, core).size(), 1u);
  EXPECT_EQ(leaking_headers({}, core).size(), 1u) << "listed, and not there";
}

TEST(FolderCircles, AreFound) {
  const Source down = including("laws/curves/a.cpp", "laws/statistics/b.hpp");
  EXPECT_TRUE(folder_circles({down}).empty());
  EXPECT_EQ(folder_circles({down, including("laws/statistics/b.cpp", "laws/curves/a.hpp")}).size(), 1u);
  const Source between = including("laws/statistics/b.cpp", "laws/theory/c.hpp");
  EXPECT_EQ(folder_circles({down, between, including("laws/theory/c.cpp", "laws/curves/a.hpp")}).size(), 1u);
  EXPECT_TRUE(folder_circles({down, between, including("laws/curves/d.cpp", "laws/theory/c.hpp")}).empty());
}

TEST(CrowdedFolders, AreFound) {
  Tree files;
  for (int k = 0; k < 40; ++k) files.push_back(of_length("core/a" + std::to_string(k) + ".hpp", 1));
  EXPECT_TRUE(crowded_folders(files).empty());
  EXPECT_TRUE(crowded_folders({of_length("core/a.hpp", 3500), of_length("core/random/b.hpp", 1)}).empty());
  EXPECT_EQ(crowded_folders({of_length("core/a.hpp", 3500), of_length("core/b.hpp", 1)}).size(), 1u);
  files.push_back(of_length("core/last.hpp", 1));
  EXPECT_EQ(crowded_folders(files).size(), 1u);
}

TEST(SharedPrefixes, AreFound) {
  Tree files;
  for (const char* name : {"core/fit.cpp", "core/fit.hpp", "core/fit_a.cpp", "core/fit_b.cpp",
                           "core/fit_c_d.cpp", "core/fitted.cpp", "core/random/fit_e.cpp"})
    files.push_back({name, {}});
  EXPECT_TRUE(shared_prefixes(files).empty());
  files.push_back({"core/fit_f.hpp", {}});
  EXPECT_EQ(shared_prefixes(files).size(), 1u);
}

TEST(LongPublicHeaders, AreFound) {
  const Libraries core = {{"core", {}, {"core/a.hpp", "core/b.hpp", "core/c.hpp"}}};
  const auto long_ones = [&](std::size_t a, std::size_t b, std::size_t c) {
    return long_public_headers(
               {of_length("core/a.hpp", a), of_length("core/b.hpp", b), of_length("core/c.hpp", c)}, core)
        .size();
  };
  EXPECT_EQ(long_ones(20, 60, 150), 0u);
  EXPECT_EQ(long_ones(20, 60, 151), 1u);
  EXPECT_EQ(long_ones(20, 61, 150), 1u);
  EXPECT_TRUE(long_public_headers({of_length("core/private.hpp", 190)}, core).empty());
}

// The project itself.

const Tree& tree() {
  static const Tree read = read_tree(QUARTIC_SOURCE_DIR);
  return read;
}
const Libraries& libraries() {
  static const Libraries read = read_libraries(QUARTIC_LIBRARIES);
  return read;
}
void expect_none(const Violations& violations) {
  for (const std::string& violation : violations) ADD_FAILURE() << violation;
}

TEST(House, IsReadWhole) {
  EXPECT_GT(libraries().size(), 12u);
  for (const char* path : {"core/data.hpp", "experiments/engine/engine.hpp", "cli/main.cpp"})
    EXPECT_NE(find_library(libraries(), path), nullptr) << path;
  EXPECT_EQ(find_library(libraries(), "tests/core/data_test.cpp"), nullptr);
}
TEST(House, IncludesPointDown) {
  expect_none(upward_includes(tree(), libraries()));
}
TEST(House, PrivateHeadersStayPrivate) {
  expect_none(private_includes(tree(), libraries()));
  expect_none(leaking_headers(tree(), libraries()));
}
TEST(House, HasNoCircleOfFolders) {
  expect_none(folder_circles(tree()));
}
TEST(House, HasStreets) {
  expect_none(crowded_folders(tree()));
  expect_none(shared_prefixes(tree()));
}
TEST(House, PublicHeadersArePages) {
  expect_none(long_public_headers(tree(), libraries()));
}

}  // namespace
}  // namespace quartic::architecture::house_test
