#include "experiments/study/cells.hpp"
#include "experiments/study/read/parse_study.hpp"

#include <gtest/gtest.h>

#include "experiments/study/study.hpp"
#include "tests/support/cell_edit.hpp"

namespace quartic::cells_test {
namespace {

Cell cell_of(Index id, const std::string& noise) {
  Cell cell;
  cell.id = id;
  cell.settings = {{"world.noise", noise}};
  cell.world = {"sparse_linear", {{"noise", std::stod(noise)}}};
  return cell;
}

std::string grid_study(int points) {
  const std::string axis = std::to_string(points);
  std::string text = "sizes = [10]\n[world]\nkind = \"sparse_linear\"\n";
  for (const char* key : {"candidates", "noise", "signal"}) {
    text += std::string(key) + " = [";
    for (int k = 0; k < points; ++k) text += (k ? ", " : "") + std::to_string(20 + k);
    text += "]\n";
  }
  return text + "[[arm]]\nname = \"a\"\nmodel = \"ridge\"\n";
}

TEST(CellGrid, GivesTheCellsThatWereListed) {
  const CellGrid grid = {cell_of(0, "1"), cell_of(1, "2")};
  ASSERT_EQ(grid.size(), 2u);
  EXPECT_EQ(grid[1].settings.front().second, "2");
  EXPECT_EQ(grid.front().id, 0);
  std::vector<Index> ids;
  for (const Cell& cell : grid) ids.push_back(cell.id);
  EXPECT_EQ(ids, (std::vector<Index>{0, 1}));
}

TEST(CellGrid, IsEmptyWithoutASource) {
  const CellGrid grid;
  EXPECT_TRUE(grid.empty());
  EXPECT_TRUE(grid.begin() == grid.end());
  EXPECT_TRUE(grid.axes().empty());
  EXPECT_TRUE(grid.ranges().empty());
  EXPECT_TRUE(grid.sample(10).empty());
}

TEST(CellGrid, AnEditReachesItsOwnGridOnly) {
  CellGrid grid = {cell_of(0, "1"), cell_of(1, "2")};
  const CellGrid before = grid;
  edit(grid, 1)->world.kind = "smooth";
  EXPECT_EQ(grid[1].world.kind, "smooth");
  EXPECT_EQ(before[1].world.kind, "sparse_linear");
}

TEST(CellGrid, NamesItsAxesAndTheirValues) {
  const CellGrid grid = {cell_of(0, "1"), cell_of(1, "2"), cell_of(2, "1")};
  const std::vector<CellAxis> axes = grid.axes();
  ASSERT_EQ(axes.size(), 1u);
  EXPECT_EQ(axes[0].key, "world.noise");
  EXPECT_EQ(axes[0].values, (std::vector<std::string>{"1", "2"}));
}

TEST(CellGrid, ASweepMakesEachCellWhenItIsAskedFor) {
  const Study study = parse_study(grid_study(3), "grid.toml");
  ASSERT_EQ(study.cells.size(), 27u);
  for (std::size_t i = 0; i < 27; ++i) {
    const Cell cell = study.cells[i];
    EXPECT_EQ(cell.id, static_cast<Index>(i));
    EXPECT_EQ(cell.settings[0].second, std::to_string(20 + i / 9));
    EXPECT_EQ(cell.settings[2].second, std::to_string(20 + i % 3));
  }
  EXPECT_EQ(study.cells.axes().size(), 3u);
  EXPECT_EQ(study.cells.ranges().size(), 1u);
}

}  // namespace
}  // namespace quartic::cells_test
