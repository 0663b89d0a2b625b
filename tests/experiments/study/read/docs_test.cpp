// Every example of the documentation is a study, or a part of one, that parses.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "experiments/study/read/parse_study.hpp"
#include "experiments/study/study.hpp"
#include "tests/support/places.hpp"

namespace quartic::docs_test {
namespace {

const std::string world = "[world]\nkind = \"sparse_linear\"\ncandidates = 1000\nrelevant = 10\n";
const std::string arms = R"(
[[arm]]
name = "oracle"
model = "least_squares"
expert = { correct = 10 }
[[arm]]
name = "expert"
model = "least_squares"
expert = { correct = 9, wrong = 1 }
[[arm]]
name = "flexible"
model = "least_squares"
[[arm]]
name = "regularised"
model = "lasso"
)";

std::vector<std::string> toml_blocks() {
  const auto path = std::filesystem::path(testing::source_folder()) / "docs/study-files.md";
  std::ifstream file(path);
  EXPECT_TRUE(file.good()) << path;
  std::vector<std::string> blocks;
  bool inside = false;
  for (std::string line; std::getline(file, line);) {
    if (line == "```toml")
      blocks.emplace_back();
    else if (inside && line != "```")
      blocks.back() += line + "\n";
    inside = line == "```toml" || (inside && line != "```");
  }
  return blocks;
}

bool has(const std::string& text, const std::string& line_start) {
  return ("\n" + text).find("\n" + line_start) != std::string::npos;
}

/// What a fragment lacks comes from the study above.
std::string completed(const std::string& block) {
  return (has(block, "sizes =") ? "" : "sizes = [15, 50]\n") + block + (has(block, "[world]") ? "" : world) +
         (has(block, "[[arm]]") ? "" : arms);
}

TEST(StudyDocumentation, EveryExampleParses) {
  const std::vector<std::string> blocks = toml_blocks();
  EXPECT_GE(blocks.size(), 8u);
  for (const std::string& block : blocks) {
    EXPECT_NO_THROW(static_cast<void>(parse_study(completed(block), "example.toml"))) << completed(block);
    if (!has(block, "[effort.classroom]")) continue;
    EXPECT_NO_THROW(static_cast<void>(parse_study(completed(block), "example.toml", {"classroom", {}})));
  }
}

}  // namespace
}  // namespace quartic::docs_test
