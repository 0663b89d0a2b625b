#include "models/linear/blas.hpp"

#include <gtest/gtest.h>

#include <array>
#include <thread>

#include "core/random/stream.hpp"

namespace quartic::detail::blas_test {
namespace {

Matrix normals(Index rows, Index columns) {
  Matrix out(rows, columns);
  Stream(7).fill_normal({out.data(), static_cast<std::size_t>(out.size())});
  return out;
}

TEST(Blas, MultipliesAsEigenDoes) {
  const Matrix A = normals(37, 19);
  Matrix C = Matrix::Zero(37, 37), lower = C;
  add_product(C, 2, plain(A), transposed(A));
  add_gram(lower, 2, plain(A));
  const Matrix expected = 2 * A * A.transpose();
  EXPECT_LT((C - expected).norm(), 1e-12 * expected.norm());
  EXPECT_LT(
      (Matrix(lower.triangularView<Eigen::Lower>()) - Matrix(expected.triangularView<Eigen::Lower>())).norm(),
      1e-12 * expected.norm());
  EXPECT_EQ(lower(0, 1), 0) << "the upper triangle was touched";
}

TEST(Blas, SolvesWithAFactorHeldByColumns) {
  const Eigen::MatrixXd held = Eigen::MatrixXd(normals(7, 7)) + 10 * Eigen::MatrixXd::Identity(7, 7);
  const Eigen::MatrixXd L = held.topLeftCorner(5, 5).triangularView<Eigen::Lower>();
  const ColumnFactor factor{held.data(), 5, 7};
  const Eigen::MatrixXd B = normals(3, 5);
  Eigen::MatrixXd solved = B, among = Eigen::MatrixXd::Zero(3, 3);
  solve_rows(factor, solved);
  EXPECT_LT((solved * L.transpose() - B).norm(), 1e-12 * B.norm());
  subtract_gram(among, B);
  EXPECT_LT((Eigen::MatrixXd((B * B.transpose()).triangularView<Eigen::Lower>()) + among).norm(), 1e-12);
  const Vector x = normals(5, 1).col(0);
  Vector y = x;
  solve(factor, span_of(y));
  EXPECT_LT((L * (L.transpose() * y) - x).norm(), 1e-12 * x.norm());
}

TEST(Blas, IsToldItsKernelsWhereItTookTheProcessorForAnOlderOne) {
  constexpr auto none = InstructionSet::baseline, avx2 = InstructionSet::avx2,
                 avx512 = InstructionSet::avx512;
  EXPECT_EQ(better_blas_kernels("Prescott", avx512), "SkylakeX");
  EXPECT_EQ(better_blas_kernels("Nehalem", avx2), "Haswell");
  EXPECT_EQ(better_blas_kernels("Prescott", none), "");
  for (const char* serving : {"SkylakeX", "Cooperlake"})
    EXPECT_EQ(better_blas_kernels(serving, avx512), "") << serving;
  for (const char* serving : {"Haswell", "Zen"}) {
    EXPECT_EQ(better_blas_kernels(serving, avx2), "") << serving;
    EXPECT_EQ(better_blas_kernels(serving, avx512), "SkylakeX") << serving;
  }
}

TEST(Blas, NeedsNoAdviceOnceItTookIt) {
  const InstructionSet here = processor_instructions();
  EXPECT_EQ(better_blas_kernels("SkylakeX", here), "");
  EXPECT_EQ(better_blas_kernels(better_blas_kernels("Prescott", here), here), "");
}

// Debian's serial OpenBLAS fails this within a second: its threads share a work buffer now and then.
TEST(Blas, GivesTheSameBitsToManyThreadsAtOnce) {
  ASSERT_TRUE(blas_serves_many_threads());
  const Matrix A = normals(48, 48) + 10 * Matrix::Identity(48, 48);
  Matrix expected = A;
  solve_rows(A, expected);
  std::array<long, 4> wrong{};
  const auto hammer = [&](long& count) {
    for (int repeat = 0; repeat < 40000; ++repeat) {
      Matrix C = A;
      solve_rows(A, C);
      count += C != expected;
    }
  };
  {
    std::array<std::jthread, 4> threads;
    for (std::size_t t = 0; t < threads.size(); ++t) threads[t] = std::jthread([&, t] { hammer(wrong[t]); });
  }
  EXPECT_EQ(wrong, (std::array<long, 4>{}));
}

}  // namespace
}  // namespace quartic::detail::blas_test
