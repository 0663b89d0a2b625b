#include "experiments/study/document/world_files.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "experiments/platform/digest.hpp"
#include "tests/support/scratch.hpp"

namespace quartic::world_files_test {
namespace {

using namespace detail;

std::string file_in(const Node& document, const char* key = "world") {
  return *find(*find(*document.table(), key)->table(), "file")->text();
}

TEST(WorldFiles, MayEndInADigest) {
  EXPECT_EQ(split_digest("a.csv#0123456789abcdef").path, "a.csv");
  EXPECT_EQ(split_digest("a.csv#0123456789abcdef").digest, "0123456789abcdef");
  for (const std::string name : {"a.csv", "a#1.csv", "a.csv#0123456789ABCDEF", "a.csv#0123", "", "#"}) {
    EXPECT_EQ(split_digest(name).path, name);
    EXPECT_EQ(split_digest(name).digest, "");
  }
  EXPECT_EQ(sha256("abc").find(short_digest("abc")), 0);
}

TEST(WorldFiles, AreFoundInTheFolderOfTheStudy) {
  const Node document = read_document(
      "world = { file = [\"a.csv\", \"/b.csv\", \"../c.csv\"] }\n[[case]]\nworld.file = \"d.csv\"\n"
      "[effort.small]\nworld.file = \"e.csv\"",
      "studies/own.toml");
  const Node placed = with_placed_files(document, "studies/own.toml");
  EXPECT_EQ(to_toml(placed),
            "{ world = { file = [\"studies/a.csv\", \"/b.csv\", \"c.csv\"] }, case = [{ world = { file = "
            "\"studies/d.csv\" } }], effort = { small = { world = { file = \"studies/e.csv\" } } } }");
  EXPECT_EQ(to_toml(with_placed_files(document, "standard input")),
            "{ world = { file = [\"a.csv\", \"/b.csv\", \"../c.csv\"] }, case = [{ world = { file = "
            "\"d.csv\" } }], effort = { small = { world = { file = \"e.csv\" } } } }");
}

TEST(WorldFiles, OfTablesArePinnedToTheirContent) {
  const testing::Scratch folder;
  std::ofstream(folder / "a.csv") << "a,b\n1,2\n";
  const std::string path = folder / "a.csv";
  const auto pinned = [&](const std::string& kind, const std::string& file) {
    return file_in(with_pinned_files(
        read_document("[world]\nkind = " + kind + "\nfile = \"" + file + "\"", "own.toml")));
  };
  const std::string whole = path + "#" + short_digest("a,b\n1,2\n");
  EXPECT_EQ(pinned("\"table\"", path), whole);
  EXPECT_EQ(pinned("[\"sparse_linear\", \"table\"]", path), whole);
  EXPECT_EQ(pinned("\"table\"", whole), whole);
  EXPECT_EQ(pinned("\"table\"", path + "#0000000000000000"), path + "#0000000000000000");
  EXPECT_EQ(pinned("\"table\"", folder / "no.csv"), folder / "no.csv");
  EXPECT_EQ(pinned("\"table\"", ""), "");
  EXPECT_EQ(pinned("\"mine\"", path), path);
  const Node in_a_case = with_pinned_files(read_document(
      "[world]\nkind = \"mine\"\n[effort.small]\nworld = { kind = \"table\", file = \"" + path + "\" }",
      "own.toml"));
  EXPECT_NE(to_toml(in_a_case).find(whole), std::string::npos) << to_toml(in_a_case);
}

TEST(WorldFiles, OddDocumentsStayAsTheyAre) {
  for (const std::string text :
       {"world = 3", "world = { file = 3, kind = \"table\" }", "case = 1\neffort = 2", "[[case]]\na = 1",
        "[world]\nkind = \"table\"\nfile = [[\"a\"], 1]", "[effort]\nsmall = 3"}) {
    const Node document = read_document(text, "own.toml");
    EXPECT_EQ(to_toml(with_pinned_files(with_placed_files(document, "a/own.toml"))), to_toml(document))
        << text;
  }
}

}  // namespace
}  // namespace quartic::world_files_test
