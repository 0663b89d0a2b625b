#include "core/truth.hpp"

#include <gtest/gtest.h>

#include <array>

#include "core/world.hpp"

namespace quartic::truth_test {
namespace {

/// Entry (i, j) is i + j/10; only column 1 matters.
struct Grid {
  Index candidates() const { return 3; }
  std::vector<Index> relevant() const { return {1}; }
  Facts facts() const { return {{"noise", 0.0}, {"signal", 1.0}}; }
  Matrix x(Range rows, Range columns, Stream) const {
    Matrix block(rows.count, columns.count);
    for (Index i = 0; i < rows.count; ++i)
      for (Index j = 0; j < columns.count; ++j) block(i, j) = entry(rows.first + i, columns.first + j);
    return block;
  }
  Matrix columns(Range rows, std::span<const Index> columns, Stream) const {
    Matrix block(rows.count, static_cast<Index>(columns.size()));
    for (Index i = 0; i < rows.count; ++i)
      for (Index j = 0; j < block.cols(); ++j)
        block(i, j) = entry(rows.first + i, columns[static_cast<std::size_t>(j)]);
    return block;
  }
  Vector y(Range rows, Stream stream) const { return mean(rows, std::move(stream)); }
  Vector mean(Range rows, Stream stream) const { return x(rows, {1, 1}, std::move(stream)); }
  static double entry(Index i, Index j) { return static_cast<double>(i) + static_cast<double>(j) / 10; }
};
static_assert(DrawsRows<Grid> && !HasExactRisk<Grid>);

/// The same with a closed form, and noise that is drawn from the truth stream.
struct ExactGrid : Grid {
  double offset = 0;
  Facts facts() const { return {{"offset", offset}}; }
  double excess_risk(const LinearRule& rule) const { return rule.intercept * rule.intercept; }
};
static_assert(HasExactRisk<ExactGrid>);

/// Trains on the grid, is judged on one whose rows end, and is read by experts as a grid without an exact risk.
struct ShiftedGrid : Grid {
  struct Few : ExactGrid {
    Index rows() const { return 7; }
  };
  std::optional<Truth> tested() const { return Truth(Few{}); }
  std::optional<Truth> findings() const { return Truth(Grid{}); }
  std::vector<Truth> sources() const { return {Truth(Few{}), Truth(Few{})}; }
};
static_assert(HasTestLaw<ShiftedGrid> && HasFindings<ShiftedGrid> && HasRows<ShiftedGrid::Few> &&
              HasSources<ShiftedGrid>);
static_assert(!HasTestLaw<Grid> && !HasFindings<Grid> && !HasRows<Grid> && !HasSources<Grid>);

struct GridWorld {
  std::string name() const { return "grid"; }
  Task task() const { return Task::classification; }
  std::string fingerprint() const { return "{}"; }
  Truth draw(Stream truth) const {
    ExactGrid grid;
    grid.offset = truth.uniform();
    return grid;
  }
};
static_assert(Drawable<GridWorld>);

TEST(Truth, PassesEveryQuestionToTheTruthInside) {
  const Truth truth = Grid{};
  EXPECT_EQ(truth.candidates(), 3);
  EXPECT_EQ(truth.relevant(), std::vector<Index>{1});
  EXPECT_EQ(truth.facts().at("signal"), 1.0);
  EXPECT_EQ(truth.x({2, 2}, {0, 2}, Stream(1)), (Matrix{{2, 2.1}, {3, 3.1}}));
  EXPECT_EQ(truth.y({4, 2}, Stream(1)), (Vector{{4.1, 5.1}}));
  EXPECT_EQ(truth.mean({4, 1}, Stream(1)), (Vector{{4.1}}));
}

TEST(Truth, AListOfColumnsHoldsTheNumbersOfTheBlocks) {
  const Truth truth = Grid{};
  const std::array<Index, 2> wanted = {2, 0};
  EXPECT_EQ(truth.columns({0, 2}, wanted, Stream(1)), (Matrix{{0.2, 0}, {1.2, 1}}));
}

TEST(Truth, HasAnExactRiskOnlyWhereTheTruthHasOne) {
  const LinearRule rule{Vector::Zero(3), 3};
  EXPECT_FALSE(Truth(Grid{}).excess_risk(rule).has_value());
  EXPECT_EQ(Truth(ExactGrid{}).excess_risk(rule), std::optional<double>(9.0));
}

TEST(Truth, HasOneLawRowsWithoutEndAndNoFindingsUnlessItSaysSo) {
  const Truth plain = Grid{}, shifted = ShiftedGrid{};
  EXPECT_TRUE(plain.sources().empty());
  EXPECT_FALSE(plain.tested() || plain.findings() || plain.rows() || plain.normal_law());
  EXPECT_FALSE(shifted.rows().has_value());
  EXPECT_EQ(shifted.tested()->rows(), std::optional<Index>(7));
  EXPECT_EQ(shifted.findings()->candidates(), 3);
  ASSERT_EQ(shifted.sources().size(), 2);
  EXPECT_EQ(shifted.sources()[1].rows(), 7);
}

TEST(World, HoldsAnyStructThatDraws) {
  const World world = GridWorld{};
  EXPECT_EQ(world.name(), "grid");
  EXPECT_EQ(world.task(), Task::classification);
  EXPECT_EQ(world.fingerprint(), "{}");
}

TEST(World, TheTruthDependsOnTheStreamAlone) {
  const World world = GridWorld{};
  const double offset = world.draw(Stream(5)).facts().at("offset");
  EXPECT_EQ(world.draw(Stream(5)).facts().at("offset"), offset);
  EXPECT_NE(world.draw(Stream(6)).facts().at("offset"), offset);
}

}  // namespace
}  // namespace quartic::truth_test
