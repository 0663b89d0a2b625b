/// Ties, conditions and cases of a sweep that must be refused, and sweeps that are too large.
#include <gtest/gtest.h>

#include "tests/experiments/study/read/broken_study.hpp"

namespace quartic::cell_block_test {
namespace {

using testing::Broken;
using testing::error_of;
using testing::expect_refused;
using testing::sound;
using testing::with_line;

const std::vector<Broken> cases = {
    {"tie of one", 2, "zip = [\"world.noise\"]", "2: zip: fewer than two keys", "\"world.candidates\"]"},
    {"tie of nothing", 2, "zip = []", "2: zip: [] ties nothing", "Write zip"},
    {"tie as text", 2, "zip = \"world.noise\"", "2: zip: \"world.noise\" ties nothing", "Write zip"},
    {"tie of a number", 2, "zip = [\"world.noise\", 3]", "2: zip: 3 is a whole number", "in quotes"},
    {"tie twice", 2, "zip = [\"world.noise\", \"world.noise\"]", "2: zip: a key is named twice", "Write zip"},
    {"tie of strangers", 2, "zip = [\"world.noize\", \"world.candidates\"]",
     "2: zip: unknown key \"world.noize\"", "Did you mean \"world.noise\"?"},
    {"tie of single values", 2, "zip = [\"world.noise\", \"world.candidates\"]",
     "2: zip: world.noise has one value", "Give it a list"},
    {"tie among lists", 2, "zip = [[\"world.noise\", \"world.candidates\"], \"world.relevant\"]",
     "2: zip: a text among lists", "in brackets"},
    {"condition without sense", 2, "where = \"candidates >\"",
     "2: where: \"candidates >\" is not a condition", "Complete it."},
    {"condition as number", 2, "where = \"candidates\"", "2: where: \"candidates\" is not a condition",
     "noise < 2"},
    {"condition on the size", 2, "where = \"candidates > n\"", "2: where: unknown name \"n\"", "candidates"},
    {"condition no cell meets", 2, "where = \"candidates > 1000\"", "2: where: the condition keeps no cell",
     "Correct it"},
    {"condition as flag", 2, "where = true", "2: where: true is true or false", "in quotes"},
    {"one case", 2, "case = { world = { noise = 2 } }", "2: case: a table (there are several cases)",
     "double brackets"},
    {"case of nothing", 23, "curve = \"1/n\"\n[[case]]", "24: case: the case changes nothing",
     "Name an option"},
    {"case of other sizes", 23, "curve = \"1/n\"\n[[case]]\nsizes = [10]",
     "25: case.sizes: ", "world and arms"},
    {"case of other replicates", 23, "curve = \"1/n\"\n[[case]]\narm.oracle.replicates = 3",
     "25: case.arm.oracle.replicates: ", "Change the arm itself."},
    {"case of no arm", 23, "curve = \"1/n\"\n[[case]]\narm.orcale.penalty = 3", "25: arm.orcale: unknown arm",
     "\"oracle\""},
    {"case of no option", 23, "curve = \"1/n\"\n[[case]]\nworld.noize = 3", "25: world.noize: unknown key",
     "\"noise\""},
    {"case out of range", 23, "curve = \"1/n\"\n[[case]]\nworld.noise = -3.0", "25: world.noise: ", ""},
    {"case of a number", 23, "curve = \"1/n\"\n[[case]]\nworld = 3", "25: case.world: a whole number",
     "world.noise = 2.0"}};

TEST(BrokenSweep, IsRefusedWithFileLineKeyAndRemedy) {
  expect_refused(cases, sound);
}

TEST(BrokenSweep, IsRefusedWhereItIsHuge) {
  const std::string range = "{ from = 1, to = 20000, step = 1 }";
  const std::string text = with_line(sound, 16, "penalty = " + range + "\nfolds = " + range);
  EXPECT_EQ(
      error_of(text).find("broken.toml:16: arm.regularised.penalty: the sweep has 4e+08 cells, "
                          "7.2e+09 fits (every combination of the lists is one, and 1e+08 are the most)"),
      0U)
      << error_of(text);
}

}  // namespace
}  // namespace quartic::cell_block_test
