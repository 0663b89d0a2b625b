#include "experiments/study/claim_cells.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace quartic::claim_cells_test {
namespace {

Cell cell_at(double roughness, const char* shown) {
  return {.id = 0,
          .settings = {{"world.roughness", shown}, {"world.candidates", "2*n"}},
          .world = {"smooth", {{"roughness", roughness}, {"candidates", std::string("2*n")}}},
          .arms = {}};
}

TEST(ClaimCells, AClaimWithoutCellsIsAboutAll) {
  EXPECT_TRUE(concerns(Claim{}, cell_at(2, "2")));
  EXPECT_TRUE(concerns(Claim{}, Cell{}));
}

TEST(ClaimCells, EveryKeyNeedsOneOfItsValues) {
  Claim claim;
  claim.cells = {{"world.roughness", {"2", "2.5"}}};
  EXPECT_TRUE(concerns(claim, cell_at(2.5, "2.5")));
  EXPECT_FALSE(concerns(claim, cell_at(3, "3")));
  claim.cells.push_back({"world.candidates", {"n"}});
  EXPECT_FALSE(concerns(claim, cell_at(2.5, "2.5")));
}

TEST(ClaimCells, KindsOfWorldAreValuesToo) {
  Cell cell = cell_at(2, "2");
  cell.settings.front() = {"world.kind", "smooth"};
  Claim claim;
  claim.cells = {{"world.kind", {"smooth", "teacher"}}};
  EXPECT_TRUE(concerns(claim, cell));
  claim.cells = {{"world.kind", {"teacher"}}};
  EXPECT_FALSE(concerns(claim, cell));
}

TEST(ClaimCells, FormulasQuoteTheOptionsOfTheWorldAndTheory) {
  Claim claim;
  claim.value = 7;
  EXPECT_EQ(claimed_value(claim, {}, cell_at(2.5, "2.5"), 1), 7);
  claim.formula = "4 + 2*roughness + noise";  // noise by its default, 1
  EXPECT_FALSE(quotes(claim, "theory"));
  EXPECT_EQ(claimed_value(claim, {}, cell_at(2.5, "2.5"), 1), 10);
  claim.formula = "never";
  EXPECT_TRUE(quotes(claim, "never"));
  EXPECT_EQ(claimed_value(claim, {}, cell_at(2.5, "2.5"), 1), infinity);
  claim.formula = "theory/2";
  EXPECT_TRUE(quotes(claim, "theory"));
  EXPECT_EQ(claimed_value(claim, {}, cell_at(2.5, "2.5"), 9), 4.5);
  EXPECT_TRUE(std::isnan(claimed_value(claim, {}, cell_at(2.5, "2.5"), std::nan(""))));
}

TEST(ClaimCells, OptionsThatAreFormulasHaveNoValueToQuote) {
  EXPECT_EQ(
      claim_names({}, cell_at(2, "2")),
      (std::vector<std::string>{"theory", "never", "noise", "roughness", "test_block", "test_strength"}));
}

}  // namespace
}  // namespace quartic::claim_cells_test
