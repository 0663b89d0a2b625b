/// The same products and solves where there is no OpenBLAS: on a kernel of our own (product_kernel.hpp) and on Eigen.
#include "models/linear/blas.hpp"

#include <Eigen/Eigenvalues>
#include <cassert>
#include <cmath>

#include "models/linear/browser/product_kernel.hpp"
#include "models/linear/browser/row_solver.hpp"
#include "models/linear/browser/vector_kernel.hpp"

namespace quartic {

std::string blas_description() {
  return "128-bit vectors; Eigen";
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
using Columns = Eigen::Map<const Eigen::MatrixXd, 0, Stride>;
using Numbers = Eigen::Map<const Vector>;
using WritableNumbers = Eigen::Map<Vector>;

Rows rows_of(const ConstBlock& block) {
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

}  // namespace

void hold_to_one_thread() {}

double packing_bytes(Index, Index) {
  return 0;
}

void add_product(Block C, double alpha, Factor A, Factor B) {
  assert(A.rows() == C.rows && B.columns() == C.columns && A.columns() == B.rows());
  if (C.rows == 1 && A.op == Op::none)
    B.op == Op::none ? add_by_columns(C.data, alpha, B.block, A.block.data)
                     : add_by_rows(C.data, alpha, B.block, A.block.data);
  else
    add_products(C, alpha, left_side(A), right_side(B));
}

void add_gram(Block C, double alpha, Factor A) {
  assert(A.rows() == C.rows && C.rows == C.columns);
  add_own_products(C, alpha, left_side(A), Corner::lower);
}

void add_product(std::span<double> y, double alpha, Factor A, std::span<const double> x) {
  assert(A.rows() == static_cast<Index>(y.size()) && A.columns() == static_cast<Index>(x.size()));
  A.op == Op::none ? add_by_rows(y.data(), alpha, A.block, x.data())
                   : add_by_columns(y.data(), alpha, A.block, x.data());
}

void add_symmetric_product(std::span<double> y, double alpha, ConstBlock G, std::span<const double> x) {
  assert(G.rows == static_cast<Index>(y.size()) && y.size() == x.size());
  if (y.empty()) return;
  numbers_of(y).noalias() += alpha * rows_of(G).selfadjointView<Eigen::Lower>() * numbers_of(x);
}

double dot(std::span<const double> x, std::span<const double> y) {
  assert(x.size() == y.size());
  const Index count = static_cast<Index>(x.size());
  double sum = 0;
  add_by_rows(&sum, 1, ConstBlock(x.data(), 1, count, count), y.data());
  return sum;
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
  solve_rows({L.data, L.rows, L.rows, L.stride, 1}, Steps<double>{B.data, B.rows, B.columns, B.stride, 1});
}

void solve_rows(ColumnFactor L, Eigen::MatrixXd& B) {
  assert(L.order == B.cols());
  solve_rows({L.data, L.order, L.order, 1, L.stride},
             Steps<double>{B.data(), B.rows(), B.cols(), 1, B.rows()});
}

void subtract_gram(Eigen::MatrixXd& C, const Eigen::MatrixXd& B) {
  assert(C.rows() == B.rows() && C.cols() == B.rows());
  add_own_products(Block(C.data(), C.rows(), C.rows(), C.rows()), -1,
                   {B.data(), B.rows(), B.cols(), 1, B.rows()}, Corner::upper);
}

void solve(ColumnFactor L, std::span<double> x) {
  assert(L.order == static_cast<Index>(x.size()));
  if (x.empty()) return;
  WritableNumbers solution = numbers_of(x);
  columns_of(L).triangularView<Eigen::Lower>().solveInPlace(solution);
  columns_of(L).transpose().triangularView<Eigen::Upper>().solveInPlace(solution);
}

Index factor_in_place(Block A) {
  return factor_by_blocks(A);
}

Eigensystem eigensystem(Matrix symmetric) {
  const Index n = symmetric.rows();
  if (n == 0) return {Vector(0), std::move(symmetric), true};
  if (!symmetric.allFinite()) return {Vector::Constant(n, NAN), Matrix::Constant(n, n, NAN), false};
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(symmetric);
  return {solver.eigenvalues(), solver.eigenvectors().transpose(), solver.info() == Eigen::Success};
}

}  // namespace quartic::detail
