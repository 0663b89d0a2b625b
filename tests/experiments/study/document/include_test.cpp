#include "experiments/study/document/include.hpp"
#include "experiments/study/read/parse_study.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "experiments/study/study.hpp"
#include "tests/support/scratch.hpp"
#include "tests/support/thrown_message.hpp"

namespace quartic {
namespace {

using support::thrown_message;

const std::string base = R"(title = "Base"
sizes = [10, 20]
[world]
kind = "sparse_linear"
noise = 1.0
[[arm]]
name = "lasso"
model = "lasso"
[effort.quick]
replicates = 2
)";

struct Folder {
  testing::Scratch scratch;
  void write(const std::string& name, const std::string& text) const {
    std::filesystem::create_directories(std::filesystem::path(path(name)).parent_path());
    std::ofstream(path(name)) << text;
  }
  std::string path(const std::string& name) const { return scratch / name; }
  Study parse(const std::string& name, const StudyEdits& edits = {}) const {
    std::ifstream file(path(name));
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    return parse_study(text, path(name), edits);
  }
};

TEST(Include, TheIncludingFileWins) {
  const Folder folder;
  folder.write("base.toml", base);
  folder.write("mine.toml",
               "title = \"Mine\"\ninclude = \"base.toml\"\nworld.noise = 2.0\narm.lasso.penalty = 0.5\n");
  const Study study = folder.parse("mine.toml", {"quick", {}});
  EXPECT_EQ(study.title, "Mine");
  EXPECT_EQ(study.replicates, 2);
  EXPECT_EQ(std::get<double>(study.cells[0].world.options.at("noise")), 2.0);
  EXPECT_EQ(std::get<double>(study.cells[0].arms[0].model.options.at("penalty")), 0.5);
  EXPECT_EQ(study.sizes, (std::vector<Index>{10, 20}));
}

TEST(Include, TheTextOfAStudyStandsAlone) {
  const Folder folder;
  folder.write("base.toml", base);
  folder.write("mine.toml", "include = \"base.toml\"\nworld.noise = [1.0, 2.0]\n");
  const Study study = folder.parse("mine.toml");
  EXPECT_EQ(study.text.find("include"), std::string::npos);
  EXPECT_EQ(parse_study(study.text, "elsewhere.toml").text, study.text);
  EXPECT_EQ(study.cells.size(), 2u);
}

TEST(Include, NamesAreRelativeToTheIncludingFile) {
  const Folder folder;
  folder.write("parts/base.toml", base);
  folder.write("parts/more.toml", "include = \"base.toml\"\nreplicates = 7\n");
  folder.write("mine.toml", "include = \"parts/more.toml\"\n");
  EXPECT_EQ(folder.parse("mine.toml").replicates, 7);
}

TEST(Include, WhatIsWrongIsReportedWhereItStands) {
  const Folder folder;
  folder.write("base.toml", base + "[[claim]]\narm = \"laso\"\nlaw = \"plateau\"\nat_most = 1\n");
  folder.write("mine.toml", "include = \"base.toml\"\n");
  const std::string error = thrown_message([&] { folder.parse("mine.toml"); });
  EXPECT_EQ(error.find(folder.path("base.toml") + ":12: claim 1.arm: unknown arm \"laso\""), 0u) << error;
}

TEST(Include, AFileThatIncludesItselfIsRefused) {
  const Folder folder;
  folder.write("a.toml", "title = \"a\"\ninclude = \"b.toml\"\n");
  folder.write("b.toml", "include = \"./a.toml\"\n");
  const std::string error = thrown_message([&] { folder.parse("a.toml"); });
  EXPECT_EQ(error.find(folder.path("b.toml") + ":1: include: a.toml includes itself ("), 0u) << error;
  folder.write("c.toml", "include = \"c.toml\"\n");
  EXPECT_NE(thrown_message([&] { folder.parse("c.toml"); }).find("includes itself"), std::string::npos);
}

TEST(Include, WhatIsNoFileIsRefused) {
  const Folder folder;
  folder.write("parts/base.toml", base);
  for (const char* name : {"nowhere.toml", "parts", "/dev/zero", ""}) {
    folder.write("mine.toml", "title = \"x\"\ninclude = \"" + std::string(name) + "\"\n");
    const std::string error = thrown_message([&] { folder.parse("mine.toml"); });
    EXPECT_EQ(error.find(folder.path("mine.toml") + ":2: include: there is no file "), 0u) << error;
  }
}

}  // namespace
}  // namespace quartic
