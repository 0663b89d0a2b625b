#pragma once
/// Dense products and triangular solves of OpenBLAS on row-major blocks.
///
/// The only doorway to the BLAS: no other header names it. The bits of every result depend on the shapes and
/// the numbers alone (not on strides, threads or what else runs), which the sharing of Gram matrices relies
/// on. Products add to what stands in the destination, so that sums over tiles need no temporary. OpenBLAS is
/// held to one thread (the engine owns the cores); the first call sets it and it stays.
#include <span>
#include <string>
#include <string_view>

#include "core/machine/processor.hpp"
#include "core/types.hpp"

namespace quartic {

/// Name of the CPU kernels OpenBLAS chose and how it was built: "SkylakeX; OpenBLAS 0.3.21 ... ". For the
/// manifest.
std::string blas_description();
/// False for a serial build of OpenBLAS: two threads in it at once share a work buffer now and then, and get
/// wrong numbers.
bool blas_serves_many_threads();

/// The value of OPENBLAS_CORETYPE under which OpenBLAS, which took the kernels `chosen`, would take faster
/// ones; "" where its own choice serves. OpenBLAS takes processors that are newer than itself for those of
/// 2004 and then runs at a third of the speed. It reads the variable when it is loaded, before main.
std::string_view better_blas_kernels(std::string_view chosen, InstructionSet available);
/// For this processor and the kernels in use.
std::string_view better_blas_kernels();

}  // namespace quartic

namespace quartic::detail {

/// Holds OpenBLAS to one thread, once; every function below does it by itself.
void hold_to_one_thread();

/// Bytes into which products over so many terms copy a factor of so many columns, in each thread: a panel of
/// up to 384 rows, and no more than 28 MiB. They stay once they were needed.
double packing_bytes(Index terms, Index columns);

/// rows x columns numbers, row i starting at data + i * stride.
struct Block {
  double* data;
  Index rows, columns, stride;
  Block(double* pointer, Index row_count, Index column_count, Index row_stride)
      : data(pointer), rows(row_count), columns(column_count), stride(row_stride) {}
  Block(Matrix& m) : Block(m.data(), m.rows(), m.cols(), m.cols()) {}
  Block part(Range r, Range c) const { return {data + r.first * stride + c.first, r.count, c.count, stride}; }
};

/// The same, to read only.
struct ConstBlock {
  const double* data;
  Index rows, columns, stride;
  ConstBlock(const double* pointer, Index row_count, Index column_count, Index row_stride)
      : data(pointer), rows(row_count), columns(column_count), stride(row_stride) {}
  ConstBlock(const Block& b) : ConstBlock(b.data, b.rows, b.columns, b.stride) {}
  ConstBlock(const Matrix& m) : ConstBlock(m.data(), m.rows(), m.cols(), m.cols()) {}
  ConstBlock(const MatrixView& m) : ConstBlock(m.data(), m.rows(), m.cols(), m.cols()) {}
  ConstBlock part(Range r, Range c) const {
    return {data + r.first * stride + c.first, r.count, c.count, stride};
  }
};

enum class Op { none, transpose };

/// op(block), as a factor of a product.
struct Factor {
  ConstBlock block;
  Op op = Op::none;
  Index rows() const { return op == Op::none ? block.rows : block.columns; }
  Index columns() const { return op == Op::none ? block.columns : block.rows; }
};
inline Factor transposed(const ConstBlock& block) {
  return {block, Op::transpose};
}
inline Factor plain(const ConstBlock& block) {
  return {block, Op::none};
}

/// C += alpha A B. 2 C.rows C.columns A.columns flops.
void add_product(Block C, double alpha, Factor A, Factor B);
/// Lower triangle of C += alpha A A'. The upper triangle of C is not touched.
void add_gram(Block C, double alpha, Factor A);
/// y += alpha A x; x and y contiguous.
void add_product(std::span<double> y, double alpha, Factor A, std::span<const double> x);
/// y += alpha G x for symmetric G of which only the lower triangle is read.
void add_symmetric_product(std::span<double> y, double alpha, ConstBlock G, std::span<const double> x);
/// x'y.
double dot(std::span<const double> x, std::span<const double> y);
/// y += alpha x.
void add_scaled(std::span<double> y, double alpha, std::span<const double> x);

/// x <- op(L)^-1 x for lower triangular L.
void solve_triangle(Factor L, std::span<double> x);
/// B <- B L^-T for lower triangular L: every row of B is solved with L.
void solve_rows(ConstBlock L, Block B);
/// The lower triangle of A <- its Cholesky factor (LAPACK dpotrf). Returns the first column whose pivot is
/// not positive (its leading part stands factored), or A.rows when the whole is done.
Index factor_in_place(Block A);

/// A lower triangular factor L held by columns: entry (i, j) at data + j * stride + i.
struct ColumnFactor {
  const double* data;
  Index order, stride;
};
/// B <- B L^-T, B by columns: every row of B is solved with L.
void solve_rows(ColumnFactor L, Eigen::MatrixXd& B);
/// Lower triangle of C -= B B', both by columns.
void subtract_gram(Eigen::MatrixXd& C, const Eigen::MatrixXd& B);
/// x <- L^-T L^-1 x.
void solve(ColumnFactor L, std::span<double> x);

/// Eigenvalues, ascending, and eigenvectors (row j belongs to value j) of a symmetric matrix.
struct Eigensystem {
  Vector values;
  Matrix vectors;
  bool converged = false;
};
/// LAPACK dsyevd; reads the lower triangle only. Not converged, and NaN, where the matrix is not finite.
Eigensystem eigensystem(Matrix symmetric);

inline std::span<double> span_of(Vector& v) {
  return {v.data(), static_cast<std::size_t>(v.size())};
}
inline std::span<const double> span_of(const Vector& v) {
  return {v.data(), static_cast<std::size_t>(v.size())};
}
inline std::span<const double> span_of(const VectorView& v) {
  return {v.data(), static_cast<std::size_t>(v.size())};
}

}  // namespace quartic::detail
