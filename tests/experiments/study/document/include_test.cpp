#include "experiments/study/document/include.hpp"
#include "experiments/study/read/parse_study.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <vector>

#include "experiments/study/study.hpp"
#include "tests/support/scratch.hpp"
#include "tests/support/thrown_message.hpp"

namespace quartic::include_test {
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

std::vector<std::string> arms_of(const Study& study) {
  std::vector<std::string> names;
  for (const ArmSpec& arm : study.cells.front().arms) names.push_back(arm.name);
  return names;
}

TEST(Include, TakesABuiltInStudyByItsNameAndAddsArmsToIt) {
  const Folder folder;
  folder.write("mine.toml", R"(include = "figure2"
[[arm]]
name = "network"
model = "mlp"
epochs = 2
[[claim]]
arm = "network"
law = "plateau"
at_most = 1
)");
  const Study built_in = parse_study(built_in_studies().at("figure2"), "figure2");
  const Study study = folder.parse("mine.toml");
  std::vector<std::string> arms = arms_of(built_in);
  arms.emplace_back("network");
  EXPECT_EQ(arms_of(study), arms);
  EXPECT_EQ(study.claims.size(), built_in.claims.size() + 1);
  EXPECT_EQ(study.title, built_in.title);
  EXPECT_EQ(study.name, "mine");
  EXPECT_EQ(folder.parse("mine.toml", {"classroom", {}}).replicates,
            parse_study(built_in_studies().at("figure2"), "figure2", {"classroom", {}}).replicates);
}

TEST(Include, AnArmOfTheSameNameTakesThePlaceOfTheOther) {
  const Folder folder;
  folder.write("base.toml", base);
  folder.write("mine.toml",
               "include = \"base.toml\"\n[[arm]]\nname = \"ridge\"\nmodel = \"ridge\"\n"
               "[[arm]]\nname = \"lasso\"\nmodel = \"ridge\"\n");
  const Study study = folder.parse("mine.toml");
  EXPECT_EQ(arms_of(study), (std::vector<std::string>{"lasso", "ridge"}));
  EXPECT_EQ(study.cells.front().arms.front().model.kind, "ridge");
}

TEST(Include, TwoArmsOfOneNameInAFileStayAMistake) {
  const Folder folder;
  folder.write("base.toml", base);
  for (const char* name : {"ridge", "lasso"}) {
    const std::string arm = "[[arm]]\nname = \"" + std::string(name) + "\"\nmodel = \"ridge\"\n";
    folder.write("mine.toml", "include = \"base.toml\"\n" + arm + arm);
    EXPECT_NE(thrown_message([&] { folder.parse("mine.toml"); }).find("two arms have the name"),
              std::string::npos)
        << name;
  }
}

TEST(Include, AnEmptyListDropsWhatIsIncluded) {
  const Folder folder;
  folder.write("base.toml", base + "[[claim]]\narm = \"lasso\"\nlaw = \"plateau\"\nat_most = 1\n");
  folder.write("mine.toml", "include = \"base.toml\"\nclaim = []\n");
  EXPECT_TRUE(folder.parse("mine.toml").claims.empty());
}

TEST(Include, AFileIsPreferredToABuiltInStudyAndANearNameIsSuggested) {
  const Folder folder;
  folder.write("figure2", base);
  folder.write("mine.toml", "include = \"figure2\"\n");
  EXPECT_EQ(folder.parse("mine.toml").title, "Base");
  folder.write("mine.toml", "include = \"figre2\"\n");
  EXPECT_NE(thrown_message([&] { folder.parse("mine.toml"); }).find("Did you mean \"figure2\"?"),
            std::string::npos);
}

TEST(Include, WhatIsWrongInABuiltInStudyAsItIsChangedNamesItsLine) {
  const Folder folder;
  folder.write("mine.toml", "include = \"figure2\"\nsizes = [0]\nworld.noize = 1\n");
  const std::string error = thrown_message([&] { folder.parse("mine.toml"); });
  EXPECT_NE(error.find(folder.path("mine.toml") + ":2: sizes"), std::string::npos) << error;
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
}  // namespace quartic::include_test
