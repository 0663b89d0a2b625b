#include <gtest/gtest.h>

#include "tests/cli/films/read_png.hpp"
#include "tests/cli/run_quartic.hpp"

namespace quartic::draw_test {
namespace {

using testing::run_quartic;
using testing::Scratch;

TEST(Draw, WritesASheetOfPatients) {
  const Scratch folder;
  const testing::Outcome outcome = run_quartic(folder, "draw xray_image --count 12");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_EQ(outcome.out, "xray_image.png\n");
  const GreyImage sheet = testing::read_png(testing::read_text(folder / "xray_image.png"));
  EXPECT_EQ(sheet.cols(), 6 + 4 * (128 + 6));
  EXPECT_EQ(sheet.rows(), 6 + 3 * (128 + 6 + 18 + 3));
}

TEST(Draw, TheSameCommandWritesTheSameBytes) {
  const Scratch folder;
  const auto bytes = [&](const std::string& options) {
    const testing::Outcome outcome =
        run_quartic(folder, "draw xray_image --count 2 --side 32 --out a.png" + options);
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    return testing::read_text(folder / "a.png");
  };
  const std::string usual = bytes("");
  EXPECT_EQ(bytes(""), usual);
  EXPECT_EQ(bytes(" --seed 1"), usual);
  EXPECT_NE(bytes(" --seed 2"), usual);
  EXPECT_NE(bytes(" --seed-from anna"), usual);
  EXPECT_NE(bytes(" --set relevant=3"), usual);  // other chances
  EXPECT_NE(bytes(" --set wander=1"), usual);
  EXPECT_EQ(bytes(" --set side=32"), usual);
}

void expect_refusal(const std::string& words, const std::string& part) {
  const Scratch folder;
  const testing::Outcome outcome = run_quartic(folder, words);
  EXPECT_EQ(outcome.status, 2) << words;
  EXPECT_NE(outcome.err.find(part), std::string::npos) << outcome.err;
  EXPECT_FALSE(std::filesystem::exists(folder / "xray_image.png")) << words;
}

TEST(Draw, RefusesWhatCannotBeDrawn) {
  expect_refusal("draw sparse_linear", "has no pictures (its columns are no pixels). Draw xray_image.");
  expect_refusal("draw xray", "Draw xray_image.");
  expect_refusal("draw xray_imag", "Did you mean \"xray_image\"?");
  expect_refusal("draw xray_image --count 0", "--count");
  expect_refusal("draw xray_image --count 401", "--count");
  expect_refusal("draw xray_image --side 8", "side");
  expect_refusal("draw xray_image --side large", "it takes a whole number");
  expect_refusal("draw xray_image --set prevalence", "prevalence");
  expect_refusal("draw xray_image --set prevalance=0.5", "Did you mean \"prevalence\"?");
  expect_refusal("draw xray_image --set prevalence=2", "prevalence = 2");
  expect_refusal("draw xray_image --set relevant=60", "relevant = 60");
  expect_refusal("draw xray_image --seed 1 --seed-from anna", "one seed");
  expect_refusal("draw xray_image --out ''", "--out was given without a name");
  expect_refusal("draw xray_image --out nowhere/a.png", "nowhere/a.png");
}

}  // namespace
}  // namespace quartic::draw_test
