#include "models/linear/blas.hpp"

#include <cblas.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <vector>

extern "C" {
// NOLINTBEGIN(readability-identifier-naming): the names that LAPACK gave them
void dpotrf_(const char* triangle, const int* n, double* a, const int* stride, int* info);
void dsyevd_(const char* job, const char* triangle, const int* n, double* a, const int* stride,
             double* values, double* work, const int* work_size, int* integers, const int* integer_size,
             int* info);
// NOLINTEND(readability-identifier-naming)
}

namespace quartic {

std::string blas_description() {
  return std::string(openblas_get_corename()) + "; " + openblas_get_config();
}

bool blas_serves_many_threads() {
  return std::string_view(openblas_get_config()).find("SINGLE_THREADED") == std::string_view::npos;
}

std::string_view better_blas_kernels(std::string_view chosen, InstructionSet available) {
  constexpr std::array wide = {"SkylakeX", "Cooperlake", "SapphireRapids"};
  constexpr std::array half_as_wide = {"Haswell", "Zen"};
  const auto took_one_of = [&](const auto& kernels) {
    return std::find(kernels.begin(), kernels.end(), chosen) != kernels.end();
  };
  if (available == InstructionSet::baseline || took_one_of(wide)) return "";
  if (available == InstructionSet::avx512) return "SkylakeX";
  return took_one_of(half_as_wide) ? "" : "Haswell";
}

std::string_view better_blas_kernels() {
  return better_blas_kernels(openblas_get_corename(), processor_instructions());
}

}  // namespace quartic

namespace quartic::detail {

void hold_to_one_thread() {
  [[maybe_unused]] static const bool once = [] {
    if (openblas_get_num_threads() > 1) openblas_set_num_threads(1);
    return true;
  }();
}

double packing_bytes(Index terms, Index columns) {
  constexpr double most = 28.0 * 1024 * 1024;
  const auto rows = static_cast<double>(std::min<Index>(terms, 384));
  return std::min(most, rows * static_cast<double>(columns) * static_cast<double>(sizeof(double)));
}

namespace {

int narrow(Index count) {
  return static_cast<int>(count);
}
// A stride of 0 (an empty block) is refused by the BLAS although nothing is read.
int blas_stride(const ConstBlock& block) {
  return narrow(block.stride > 0 ? block.stride : 1);
}
CBLAS_TRANSPOSE blas_transpose(const Factor& factor) {
  return factor.op == Op::none ? CblasNoTrans : CblasTrans;
}

}  // namespace

void add_product(Block C, double alpha, Factor A, Factor B) {
  assert(A.rows() == C.rows && B.columns() == C.columns && A.columns() == B.rows());
  if (C.rows == 0 || C.columns == 0) return;
  hold_to_one_thread();
  cblas_dgemm(CblasRowMajor, blas_transpose(A), blas_transpose(B), narrow(C.rows), narrow(C.columns),
              narrow(A.columns()), alpha, A.block.data, blas_stride(A.block), B.block.data,
              blas_stride(B.block), 1, C.data, blas_stride(C));
}

void add_gram(Block C, double alpha, Factor A) {
  assert(A.rows() == C.rows && C.rows == C.columns);
  if (C.rows == 0) return;
  hold_to_one_thread();
  cblas_dsyrk(CblasRowMajor, CblasLower, blas_transpose(A), narrow(C.rows), narrow(A.columns()), alpha,
              A.block.data, blas_stride(A.block), 1, C.data, blas_stride(C));
}

void add_product(std::span<double> y, double alpha, Factor A, std::span<const double> x) {
  assert(A.rows() == static_cast<Index>(y.size()) && A.columns() == static_cast<Index>(x.size()));
  if (y.empty() || x.empty()) return;
  hold_to_one_thread();
  cblas_dgemv(CblasRowMajor, blas_transpose(A), narrow(A.block.rows), narrow(A.block.columns), alpha,
              A.block.data, blas_stride(A.block), x.data(), 1, 1, y.data(), 1);
}

void add_symmetric_product(std::span<double> y, double alpha, ConstBlock G, std::span<const double> x) {
  assert(G.rows == static_cast<Index>(y.size()) && y.size() == x.size());
  if (y.empty()) return;
  hold_to_one_thread();
  cblas_dsymv(CblasRowMajor, CblasLower, narrow(G.rows), alpha, G.data, blas_stride(G), x.data(), 1, 1,
              y.data(), 1);
}

double dot(std::span<const double> x, std::span<const double> y) {
  assert(x.size() == y.size());
  hold_to_one_thread();
  return cblas_ddot(static_cast<int>(x.size()), x.data(), 1, y.data(), 1);
}

void add_scaled(std::span<double> y, double alpha, std::span<const double> x) {
  assert(x.size() == y.size());
  hold_to_one_thread();
  cblas_daxpy(static_cast<int>(x.size()), alpha, x.data(), 1, y.data(), 1);
}

void solve_triangle(Factor L, std::span<double> x) {
  assert(L.block.rows == static_cast<Index>(x.size()));
  if (x.empty()) return;
  hold_to_one_thread();
  cblas_dtrsv(CblasRowMajor, CblasLower, blas_transpose(L), CblasNonUnit, narrow(L.block.rows), L.block.data,
              blas_stride(L.block), x.data(), 1);
}

void solve_rows(ConstBlock L, Block B) {
  assert(L.rows == B.columns);
  if (B.rows == 0 || B.columns == 0) return;
  hold_to_one_thread();
  cblas_dtrsm(CblasRowMajor, CblasRight, CblasLower, CblasTrans, CblasNonUnit, narrow(B.rows),
              narrow(B.columns), 1, L.data, blas_stride(L), B.data, blas_stride(B));
}

void solve_rows(ColumnFactor L, Eigen::MatrixXd& B) {
  assert(L.order == B.cols());
  if (B.size() == 0) return;
  hold_to_one_thread();
  cblas_dtrsm(CblasColMajor, CblasRight, CblasLower, CblasTrans, CblasNonUnit, narrow(B.rows()),
              narrow(L.order), 1, L.data, narrow(L.stride), B.data(), narrow(B.rows()));
}

void subtract_gram(Eigen::MatrixXd& C, const Eigen::MatrixXd& B) {
  assert(C.rows() == B.rows() && C.cols() == B.rows());
  if (B.size() == 0) return;
  hold_to_one_thread();
  cblas_dsyrk(CblasColMajor, CblasLower, CblasNoTrans, narrow(B.rows()), narrow(B.cols()), -1, B.data(),
              narrow(B.rows()), 1, C.data(), narrow(C.rows()));
}

void solve(ColumnFactor L, std::span<double> x) {
  assert(L.order == static_cast<Index>(x.size()));
  if (x.empty()) return;
  hold_to_one_thread();
  for (const CBLAS_TRANSPOSE transpose : {CblasNoTrans, CblasTrans})
    cblas_dtrsv(CblasColMajor, CblasLower, transpose, CblasNonUnit, narrow(L.order), L.data, narrow(L.stride),
                x.data(), 1);
}

// LAPACK counts by columns: our lower triangle by rows is its upper triangle.
Index factor_in_place(Block A) {
  if (A.rows == 0) return 0;
  hold_to_one_thread();
  const int n = narrow(A.rows), stride = blas_stride(A);
  int info = 0;
  dpotrf_("U", &n, A.data, &stride, &info);
  assert(info >= 0);
  return info == 0 ? A.rows : info - 1;
}

Eigensystem eigensystem(Matrix symmetric) {
  hold_to_one_thread();
  const int n = narrow(symmetric.rows()), ask = -1;
  Eigensystem result{Vector(n), std::move(symmetric), true};
  if (n == 0) return result;
  if (!result.vectors.allFinite()) return {Vector::Constant(n, NAN), Matrix::Constant(n, n, NAN), false};
  double work_size = 0;
  int integer_size = 0, info = 0;
  dsyevd_("V", "U", &n, result.vectors.data(), &n, result.values.data(), &work_size, &ask, &integer_size,
          &ask, &info);
  std::vector<double> work(static_cast<std::size_t>(work_size));
  std::vector<int> integers(static_cast<std::size_t>(integer_size));
  const int work_count = narrow(static_cast<Index>(work.size()));
  dsyevd_("V", "U", &n, result.vectors.data(), &n, result.values.data(), work.data(), &work_count,
          integers.data(), &integer_size, &info);
  result.converged = info == 0;
  return result;
}

}  // namespace quartic::detail
