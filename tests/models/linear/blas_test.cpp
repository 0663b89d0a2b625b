#include "models/linear/blas.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <thread>
#include <vector>

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

// Slow and obvious: op(block) by itself, and sums in the order of the terms.
Matrix dense(const Factor& factor) {
  Matrix out(factor.rows(), factor.columns());
  for (Index i = 0; i < out.rows(); ++i)
    for (Index j = 0; j < out.cols(); ++j) {
      const Index row = factor.op == Op::none ? i : j, column = factor.op == Op::none ? j : i;
      out(i, j) = factor.block.data[row * factor.block.stride + column];
    }
  return out;
}
Matrix product(const Matrix& A, const Matrix& B) {
  Matrix C = Matrix::Zero(A.rows(), B.cols());
  for (Index i = 0; i < C.rows(); ++i)
    for (Index j = 0; j < C.cols(); ++j)
      for (Index k = 0; k < A.cols(); ++k) C(i, j) += A(i, k) * B(k, j);
  return C;
}

// A block with rows and columns around it that are nobody's, as a factor that may be held transposed.
struct Held {
  Matrix around;
  Op op;
  Held(Index rows, Index columns, Op held)
      : around(held == Op::none ? normals(rows + 2, columns + 3) : normals(columns + 2, rows + 3)),
        op(held) {}
  Factor factor() const {
    return {ConstBlock(around).part({1, around.rows() - 2}, {2, around.cols() - 3}), op};
  }
};

double most_of(const Matrix& x) {
  return x.size() == 0 ? 0 : x.cwiseAbs().maxCoeff();
}

const std::vector<std::array<Index, 3>> shapes = {{0, 3, 2},     {3, 0, 2},     {3, 2, 0},      {1, 1, 1},
                                                  {1, 9, 5},     {9, 1, 5},     {2, 3, 1},      {4, 4, 4},
                                                  {5, 7, 64},    {8, 4, 65},    {17, 16, 3},    {16, 17, 33},
                                                  {31, 130, 63}, {257, 18, 20}, {19, 258, 257}, {6, 5, 513}};

TEST(Blas, AddsProductsOfAllShapes) {
  for (const auto& [rows, columns, terms] : shapes)
    for (const Op left : {Op::none, Op::transpose})
      for (const Op right : {Op::none, Op::transpose}) {
        const Held A(rows, terms, left), B(terms, columns, right);
        Matrix around = normals(rows + 2, columns + 4), expected = around;
        expected.block(1, 3, rows, columns) -= 0.5 * product(dense(A.factor()), dense(B.factor()));
        add_product(Block(around).part({1, rows}, {3, columns}), -0.5, A.factor(), B.factor());
        EXPECT_LT(most_of(around - expected), 1e-13 * static_cast<double>(terms + 10))
            << rows << " " << columns << " " << terms;
      }
}

TEST(Blas, AddsGramsOfAllShapesBelowTheDiagonalAlone) {
  for (const auto& [rows, columns, terms] : shapes)
    for (const Op held : {Op::none, Op::transpose}) {
      const Held A(rows, terms, held);
      Matrix around = normals(rows + 2, rows + 4), expected = around;
      const Matrix gram = product(dense(A.factor()), dense(A.factor()).transpose());
      expected.block(1, 3, rows, rows) += 2 * Matrix(gram.triangularView<Eigen::Lower>());
      add_gram(Block(around).part({1, rows}, {3, rows}), 2, A.factor());
      EXPECT_LT(most_of(around - expected), 1e-13 * static_cast<double>(terms + 10)) << rows << " " << terms;
      Eigen::MatrixXd by_columns = around.block(0, 0, rows, rows), subtracted = by_columns;
      subtracted -= gram.triangularView<Eigen::Lower>();
      subtract_gram(by_columns, dense(A.factor()));
      EXPECT_LT(most_of(by_columns - subtracted), 1e-13 * static_cast<double>(terms + 10)) << rows;
    }
}

TEST(Blas, AddsProductsWithVectorsOfAllShapes) {
  for (const auto& [rows, columns, terms] : shapes)
    for (const Op held : {Op::none, Op::transpose}) {
      const Held A(rows, terms, held);
      const Vector x = normals(terms, 1).col(0);
      Vector y = normals(rows, 1).col(0);
      const Vector expected = y + 3 * product(dense(A.factor()), x).col(0);
      add_product(span_of(y), 3, A.factor(), span_of(x));
      EXPECT_LT(most_of(y - expected), 1e-13 * static_cast<double>(terms + 10)) << rows << " " << terms;
      const Held square(rows, rows, Op::none);
      const Matrix lower = dense(square.factor()).triangularView<Eigen::Lower>(),
                   strict = dense(square.factor()).triangularView<Eigen::StrictlyLower>();
      Vector z = y;
      add_symmetric_product(span_of(z), -1, square.factor().block, span_of(expected));
      EXPECT_LT(most_of(z - y + product(lower + strict.transpose(), expected).col(0)),
                1e-12 * static_cast<double>((terms + 10) * (rows + 10)));
      EXPECT_NEAR(dot(span_of(y), span_of(z)), product(y.transpose(), z).sum(),
                  1e-14 * static_cast<double>((rows + 1)) * y.norm() * z.norm());
      add_scaled(span_of(z), 2, span_of(y));
    }
}

// Well conditioned, of any order: within it, and around it, what is not to be read.
Matrix lower_within(Index order) {
  Matrix around = normals(order + 2, order + 3);
  around.block(1, 2, order, order) *= 1 / std::sqrt(static_cast<double>(order + 1));
  around.block(1, 2, order, order).diagonal().array() = 4;
  return around;
}

TEST(Blas, SolvesForAllShapes) {
  for (const Index order : {0, 1, 2, 7, 8, 63, 64, 65, 130})
    for (const Index rows : {0, 1, 3, 8, 17, 70}) {
      const Matrix around = lower_within(order);
      const ConstBlock held = ConstBlock(around).part({1, order}, {2, order});
      const Matrix L = dense(plain(held)).triangularView<Eigen::Lower>(),
                   right = normals(rows + 1, order + 2);
      Matrix solved = right;
      solve_rows(held, Block(solved).part({0, rows}, {1, order}));
      const Matrix x = solved.block(0, 1, rows, order);
      EXPECT_LT(most_of(product(x, L.transpose()) - right.block(0, 1, rows, order)), 1e-12)
          << order << " " << rows;
      solved.block(0, 1, rows, order) = right.block(0, 1, rows, order);
      EXPECT_EQ(solved, right) << "what is around the right sides was touched";
      const Eigen::MatrixXd by_columns = around;
      Eigen::MatrixXd again = right.block(0, 1, rows, order);
      solve_rows(ColumnFactor{by_columns.data() + 1 + 2 * by_columns.rows(), order, by_columns.rows()},
                 again);
      EXPECT_LT(most_of(again - x), 1e-12) << order << " " << rows;
      for (const Op op : {Op::none, Op::transpose}) {
        Vector one = normals(order, 1).col(0);
        const Vector before = one;
        solve_triangle({held, op}, span_of(one));
        EXPECT_LT(most_of(product(op == Op::none ? L : L.transpose(), one) - before), 1e-12) << order;
      }
    }
}

TEST(Blas, FactorsAllOrdersUpToThePivotThatIsNotPositive) {
  for (const Index order : {0, 1, 2, 7, 63, 64, 65, 129, 200}) {
    const Matrix start = lower_within(order);
    const Matrix L = start.block(1, 2, order, order).triangularView<Eigen::Lower>();
    Matrix around = start, expected = start;
    around.block(1, 2, order, order).triangularView<Eigen::Lower>() = product(L, L.transpose());
    expected.block(1, 2, order, order).triangularView<Eigen::Lower>() = L;
    const Matrix symmetric = around;
    EXPECT_EQ(factor_in_place(Block(around).part({1, order}, {2, order})), order);
    EXPECT_LT(most_of(around - expected), 1e-12) << order;
    for (Index lost = 0; lost < order; lost += 1 + order / 5) {
      around = symmetric;
      around(1 + lost, 2 + lost) -= 17 + L.row(lost).squaredNorm();
      EXPECT_EQ(factor_in_place(Block(around).part({1, order}, {2, order})), lost) << order;
      EXPECT_LT(most_of((around - expected).block(1, 2, lost, lost)), 1e-12) << order;
    }
  }
}

TEST(Blas, FindsTheEigensystem) {
  for (const Index order : {0, 1, 5, 40}) {
    const Matrix x = normals(order, order), symmetric = product(x, x.transpose());
    const Eigensystem system = eigensystem(symmetric.triangularView<Eigen::Lower>());
    ASSERT_TRUE(system.converged);
    const Matrix again = system.vectors.transpose() * system.values.asDiagonal() * system.vectors;
    EXPECT_LT(most_of(again - symmetric), 1e-11) << order;
    EXPECT_TRUE(std::is_sorted(system.values.data(), system.values.data() + order));
  }
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
  std::array<std::thread, 4> threads;
  for (std::size_t t = 0; t < threads.size(); ++t) threads[t] = std::thread([&, t] { hammer(wrong[t]); });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, (std::array<long, 4>{}));
}

}  // namespace
}  // namespace quartic::detail::blas_test
