#include "sim/worlds/recording.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

namespace quartic::recording_test {
namespace {

Recording drawn(std::string_view kind, double strength, Index block, Index candidates) {
  return draw_recording({kind, strength, block}, candidates, Stream(4));
}

/// T, row by row.
Matrix matrix_of(const Recording& recording) {
  const Index d = recording.own.size();
  Matrix t = Matrix::Zero(d, d);
  for (Index j = 0; j < d; ++j) {
    t(j, j) += recording.own[j];
    t(j, recording.partner[static_cast<std::size_t>(j)]) += recording.other[j];
  }
  return t;
}

constexpr Index candidates = 23;

TEST(Recording, WithoutShiftOrStrengthIsTheCaseItself) {
  for (const auto& [kind, strength] : std::vector<std::pair<std::string, double>>{
           {"none", 1}, {"rotation", 0}, {"permutation", 0}, {"rebuilt", 0}, {"scale", 0}}) {
    const Recording recording = drawn(kind, strength, 6, candidates);
    EXPECT_TRUE(matrix_of(recording).isIdentity(1e-15)) << kind;
    EXPECT_TRUE(recording.moved.isZero()) << kind;
    EXPECT_EQ(recording.blur, 0) << kind;
  }
}

TEST(Recording, RotationTurnsEachBlockByItsAngle) {
  const Matrix t = matrix_of(drawn("rotation", 0.6, 6, candidates));
  EXPECT_TRUE((t * t.transpose()).isIdentity(1e-14));
  for (Index j = 0; j < candidates; ++j)
    EXPECT_NEAR(t(j, j), j == 22 ? 1 : 0.8, 1e-15) << j;  // 22 is left over
  EXPECT_NEAR(t(0, 3), -0.6, 1e-15);
  EXPECT_NEAR(t(3, 0), 0.6, 1e-15);
  EXPECT_NEAR(t(18, 20), -0.6, 1e-15);  // the cut block has five columns, of which the last stays
}

TEST(Recording, PermutationPutsWholeBlocksInAnotherOrderMoreOfThemAtMoreStrength) {
  std::set<Index> moved_before;
  for (const double strength : {0.3, 0.6, 1.0}) {
    const Recording recording = drawn("permutation", strength, 5, 200);
    const Matrix t = matrix_of(recording);
    EXPECT_TRUE((t * t.transpose()).isIdentity(0));
    std::set<Index> moved;
    for (Index j = 0; j < 200; ++j) {
      EXPECT_EQ(recording.partner[static_cast<std::size_t>(j)] / 5, j / 5);
      if (t(j, j) != 1) moved.insert(j);
    }
    EXPECT_TRUE(std::includes(moved.begin(), moved.end(), moved_before.begin(), moved_before.end()));
    EXPECT_GT(moved.size(), moved_before.size());
    moved_before = moved;
  }
}

TEST(Recording, ScalesAreDoubledOrHalvedAtFullStrength) {
  const Recording recording = drawn("scale", 1, 2, 100);
  EXPECT_TRUE(((recording.own.array() == 2) || (recording.own.array() == 0.5)).all());
  EXPECT_GT(recording.own.maxCoeff(), recording.own.minCoeff());
}

TEST(Recording, RebuiltMovesAsFarAsItsStrength) {
  const Recording half = drawn("rebuilt", 0.5, 2, 5000), whole = drawn("rebuilt", 1, 2, 5000);
  EXPECT_TRUE((2 * half.moved).isApprox(whole.moved));
  EXPECT_EQ(half.blur, 0.5);
  EXPECT_NEAR(whole.moved.squaredNorm() / 5000, 1, 5 * std::sqrt(2.0 / 5000));
}

TEST(Recording, RulesOfWhatIsRecordedAreRulesOfTheCase) {
  Vector b(candidates);
  Stream(5).fill_normal({b.data(), static_cast<std::size_t>(candidates)});
  for (const std::string kind : {"rotation", "permutation", "scale"}) {
    const Recording recording = drawn(kind, 0.7, 4, candidates);
    EXPECT_TRUE(recording.on_cases(b).isApprox(matrix_of(recording).transpose() * b)) << kind;
  }
}

}  // namespace
}  // namespace quartic::recording_test
