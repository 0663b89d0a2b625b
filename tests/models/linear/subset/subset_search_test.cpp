#include "models/linear/subset/subset_search.hpp"

#include <gtest/gtest.h>

#include "tests/support/linear_problem.hpp"
#include "tests/support/reference/subset/best_subset.hpp"

namespace quartic::subset_search_test {
namespace {

using detail::best_sets;
using detail::BestSet;

std::vector<BestSet> sets_of(const Data& data, Index most) {
  return best_sets(data.dense(), data.y(), most);
}

TEST(SubsetSearch, FindsWhatTryingEverySetFinds) {
  for (auto [n, d] : {std::pair{40, 8}, {6, 9}}) {
    const Data data = gaussian_problem(n, d, 1);
    const auto x = grid_of<double>(data.dense());
    const auto y = numbers_of<double>(data.y());
    const std::vector<BestSet> sets = sets_of(data, 5);
    ASSERT_EQ(sets.size(), 6);
    for (std::size_t size = 0; size < sets.size(); ++size) {
      const reference::TriedSet tried = reference::try_sets(x, y, size);
      EXPECT_EQ(sets[size].columns, std::vector<Index>(tried.columns.begin(), tried.columns.end())) << size;
      EXPECT_NEAR(sets[size].residual_square, tried.residual_square, 1e-10 * data.y().squaredNorm());
    }
  }
}

// The third column is the best alone, and no member of the best pair.
TEST(SubsetSearch, SeesWhatStepsDoNot) {
  Matrix x = gaussian_matrix(200, 3, Stream(2));
  x.col(2) = x.col(0) + x.col(1) + 0.5 * x.col(2);
  const Vector y = x.col(0) + x.col(1);
  const std::vector<BestSet> sets = sets_of(data_of(x, y), 2);
  EXPECT_EQ(sets[1].columns, (std::vector<Index>{2}));
  EXPECT_EQ(sets[2].columns, (std::vector<Index>{0, 1}));
}

TEST(SubsetSearch, IsTheSameHoweverFarItGoes) {
  const Data data = gaussian_problem(30, 9, 3);
  const std::vector<BestSet> far = sets_of(data, 9), near = sets_of(data, 3);
  for (std::size_t size = 0; size < near.size(); ++size) {
    EXPECT_EQ(near[size].columns, far[size].columns);
    EXPECT_EQ(near[size].residual_square, far[size].residual_square);
    EXPECT_EQ(near[size].flops, far[size].flops);
  }
}

TEST(SubsetSearch, EndsWhereNoMoreColumnsAreIndependent) {
  Matrix x = gaussian_matrix(20, 6, Stream(4));
  x.col(4) = x.col(1) - 2 * x.col(2);
  x.col(5).setZero();
  EXPECT_EQ(sets_of(data_of(x, gaussian_matrix(20, 1, Stream(5))), 6).size(), 5);
  EXPECT_EQ(sets_of(data_of(Matrix::Zero(4, 2), Vector::Ones(4)), 2).size(), 1);
  EXPECT_TRUE(sets_of(data_of(x * 1e200, Vector::Ones(20)), 2).empty());
}

TEST(SubsetSearch, IsBilledWhatTheObviousSearchCounts) {
  for (auto [n, d] : {std::pair{12, 7}, {5, 9}}) {
    const Data data = gaussian_problem(n, d, 6);
    const auto x = grid_of<CountingScalar>(data.dense());
    const auto y = numbers_of<CountingScalar>(data.y());
    const std::vector<BestSet> sets = sets_of(data, 5);
    for (std::size_t size = 0; size < sets.size(); ++size)
      EXPECT_EQ(sets[size].flops, count_flops([&] { reference::search_sets(x, y, size); })) << size;
  }
}

// 2^d sets: three flops each, and sweeps of m (m + 4) for the 2^(d-1-m) sets that leave m columns behind.
TEST(SubsetSearch, OfAllSetsTakesSomeTenFlopsASet) {
  const Data data = gaussian_problem(20, 14, 7);
  const double beside = 4 * 20 * 14 + 2 * 20 + 20 * 14 * 13, sets = std::exp2(14);
  const double flops = sets_of(data, 14).back().flops - beside;
  EXPECT_GT(flops, 9.5 * sets);
  EXPECT_LT(flops, 10 * sets);
}

TEST(SubsetSearch, CountsSets) {
  EXPECT_EQ(detail::count_subsets(10, 10), 1024);
  EXPECT_EQ(detail::count_subsets(10, 99), 1024);
  EXPECT_EQ(detail::count_subsets(1000, 2), 1 + 1000 + 499500);
  EXPECT_EQ(detail::count_subsets(5, 0), 1);
  EXPECT_EQ(detail::most_columns(19, 1e6), 19);
  EXPECT_EQ(detail::most_columns(1000, 1e6), 2);
  EXPECT_EQ(detail::most_columns(1000000, 10), 1);
}

}  // namespace
}  // namespace quartic::subset_search_test
