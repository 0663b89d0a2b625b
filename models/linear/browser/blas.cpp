/// The same products and solves on Eigen: a browser has no OpenBLAS.
#include "models/linear/blas.hpp"

#include <Eigen/Cholesky>
#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cassert>
#include <cmath>

namespace quartic {

std::string blas_description() {
  return "Eigen";
}
bool blas_serves_many_threads() {
  return true;
}
std::string_view better_blas_kernels(std::string_view, InstructionSet) {
  return "";
}
std::string_view better_blas_kernels() {
  return "";
}

}  // namespace quartic

namespace quartic::detail {

namespace {

using Stride = Eigen::OuterStride<>;
using Rows = Eigen::Map<const Matrix, 0, Stride>;
using WritableRows = Eigen::Map<Matrix, 0, Stride>;
using Columns = Eigen::Map<const Eigen::MatrixXd, 0, Stride>;
using Numbers = Eigen::Map<const Vector>;
using WritableNumbers = Eigen::Map<Vector>;

Rows rows_of(const ConstBlock& block) {
  return {block.data, block.rows, block.columns, Stride(block.stride)};
}
WritableRows rows_of(Block block) {
  return {block.data, block.rows, block.columns, Stride(block.stride)};
}
Columns columns_of(const ColumnFactor& factor) {
  return {factor.data, factor.order, factor.order, Stride(factor.stride)};
}
Numbers numbers_of(std::span<const double> x) {
  return {x.data(), static_cast<Index>(x.size())};
}
WritableNumbers numbers_of(std::span<double> x) {
  return {x.data(), static_cast<Index>(x.size())};
}

/// body(the factor as Eigen has it).
template <class Body>
void with(const Factor& factor, const Body& body) {
  const Rows rows = rows_of(factor.block);
  factor.op == Op::none ? body(rows) : body(rows.transpose());
}

}  // namespace

void hold_to_one_thread() {}

double packing_bytes(Index, Index) {
  return 0;
}

void add_product(Block C, double alpha, Factor A, Factor B) {
  assert(A.rows() == C.rows && B.columns() == C.columns && A.columns() == B.rows());
  if (C.rows == 0 || C.columns == 0) return;
  WritableRows sum = rows_of(C);
  with(A, [&](const auto& a) { with(B, [&](const auto& b) { sum.noalias() += alpha * a * b; }); });
}

void add_gram(Block C, double alpha, Factor A) {
  assert(A.rows() == C.rows && C.rows == C.columns);
  if (C.rows == 0) return;
  WritableRows sum = rows_of(C);
  with(A, [&](const auto& a) { sum.selfadjointView<Eigen::Lower>().rankUpdate(a, alpha); });
}

void add_product(std::span<double> y, double alpha, Factor A, std::span<const double> x) {
  assert(A.rows() == static_cast<Index>(y.size()) && A.columns() == static_cast<Index>(x.size()));
  if (y.empty() || x.empty()) return;
  WritableNumbers sum = numbers_of(y);
  with(A, [&](const auto& a) { sum.noalias() += alpha * a * numbers_of(x); });
}

void add_symmetric_product(std::span<double> y, double alpha, ConstBlock G, std::span<const double> x) {
  assert(G.rows == static_cast<Index>(y.size()) && y.size() == x.size());
  if (y.empty()) return;
  numbers_of(y).noalias() += alpha * rows_of(G).selfadjointView<Eigen::Lower>() * numbers_of(x);
}

double dot(std::span<const double> x, std::span<const double> y) {
  assert(x.size() == y.size());
  return numbers_of(x).dot(numbers_of(y));
}

void add_scaled(std::span<double> y, double alpha, std::span<const double> x) {
  assert(x.size() == y.size());
  numbers_of(y) += alpha * numbers_of(x);
}

void solve_triangle(Factor L, std::span<double> x) {
  assert(L.block.rows == static_cast<Index>(x.size()));
  if (x.empty()) return;
  WritableNumbers solution = numbers_of(x);
  const Rows rows = rows_of(L.block);
  if (L.op == Op::none)
    rows.triangularView<Eigen::Lower>().solveInPlace(solution);
  else
    rows.transpose().triangularView<Eigen::Upper>().solveInPlace(solution);
}

void solve_rows(ConstBlock L, Block B) {
  assert(L.rows == B.columns);
  if (B.rows == 0 || B.columns == 0) return;
  WritableRows solution = rows_of(B);
  rows_of(L).transpose().triangularView<Eigen::Upper>().solveInPlace<Eigen::OnTheRight>(solution);
}

void solve_rows(ColumnFactor L, Eigen::MatrixXd& B) {
  assert(L.order == B.cols());
  if (B.size() == 0) return;
  columns_of(L).transpose().triangularView<Eigen::Upper>().solveInPlace<Eigen::OnTheRight>(B);
}

void subtract_gram(Eigen::MatrixXd& C, const Eigen::MatrixXd& B) {
  assert(C.rows() == B.rows() && C.cols() == B.rows());
  if (B.size() == 0) return;
  C.selfadjointView<Eigen::Lower>().rankUpdate(B, -1);
}

void solve(ColumnFactor L, std::span<double> x) {
  assert(L.order == static_cast<Index>(x.size()));
  if (x.empty()) return;
  WritableNumbers solution = numbers_of(x);
  columns_of(L).triangularView<Eigen::Lower>().solveInPlace(solution);
  columns_of(L).transpose().triangularView<Eigen::Upper>().solveInPlace(solution);
}

// In blocks of columns: what is left of the matrix is updated by a product. A pivot that is not positive ends it.
Index factor_in_place(Block A) {
  constexpr Index width = 64;
  WritableRows a = rows_of(A);
  for (Index first = 0; first < A.rows; first += width) {
    const Index count = std::min(width, A.rows - first), rest = A.rows - first - count;
    auto corner = a.block(first, first, count, count);
    for (Index j = 0; j < count; ++j) {
      const double pivot = corner(j, j) - corner.row(j).head(j).squaredNorm();
      if (!(pivot > 0)) return first + j;
      corner(j, j) = std::sqrt(pivot);
      for (Index i = j + 1; i < count; ++i)
        corner(i, j) = (corner(i, j) - corner.row(i).head(j).dot(corner.row(j).head(j))) / corner(j, j);
    }
    if (rest == 0) break;
    auto below = a.block(first + count, first, rest, count);
    corner.transpose().template triangularView<Eigen::Upper>().template solveInPlace<Eigen::OnTheRight>(
        below);
    a.block(first + count, first + count, rest, rest)
        .template selfadjointView<Eigen::Lower>()
        .rankUpdate(below, -1);
  }
  return A.rows;
}

Eigensystem eigensystem(Matrix symmetric) {
  const Index n = symmetric.rows();
  if (n == 0) return {Vector(0), std::move(symmetric), true};
  if (!symmetric.allFinite()) return {Vector::Constant(n, NAN), Matrix::Constant(n, n, NAN), false};
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(symmetric);
  return {solver.eigenvalues(), solver.eigenvectors().transpose(), solver.info() == Eigen::Success};
}

}  // namespace quartic::detail
