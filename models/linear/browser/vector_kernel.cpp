#include "models/linear/browser/vector_kernel.hpp"

#include "models/linear/browser/pairs.hpp"

namespace quartic::detail {

namespace {

// Sums of rows of A times x, as four sums of every fourth term each.
template <int rows>
[[gnu::always_inline]] inline void add_dots(double* y, double alpha, const ConstBlock& A, Index first,
                                            const double* x) {
  const double* a = A.data + first * A.stride;
  Pair sums[rows][2] = {};
  Index k = 0;
  for (; k + 4 <= A.columns; k += 4)
    for (int i = 0; i < rows; ++i)
      for (int v = 0; v < 2; ++v) sums[i][v] += load(a + i * A.stride + k + 2 * v) * load(x + k + 2 * v);
  if (k + 2 <= A.columns) {
    for (int i = 0; i < rows; ++i) sums[i][0] += load(a + i * A.stride + k) * load(x + k);
    k += 2;
  }
  for (int i = 0; i < rows; ++i) {
    const Pair both = sums[i][0] + sums[i][1];
    double sum = both[0] + both[1];
    if (k < A.columns) sum += a[i * A.stride + k] * x[k];
    y[first + i] += alpha * sum;
  }
}

}  // namespace

void add_by_rows(double* y, double alpha, const ConstBlock& A, const double* x) {
  Index i = 0;
  for (; i + 4 <= A.rows; i += 4) add_dots<4>(y, alpha, A, i, x);
  if (i + 2 <= A.rows) {
    add_dots<2>(y, alpha, A, i, x);
    i += 2;
  }
  if (i < A.rows) add_dots<1>(y, alpha, A, i, x);
}

void add_by_columns(double* y, double alpha, const ConstBlock& A, const double* x) {
  Index i = 0;
  for (; i + 4 <= A.rows; i += 4) {
    const double* a[4] = {A.data + i * A.stride, A.data + (i + 1) * A.stride, A.data + (i + 2) * A.stride,
                          A.data + (i + 3) * A.stride};
    const double c[4] = {alpha * x[i], alpha * x[i + 1], alpha * x[i + 2], alpha * x[i + 3]};
    for (Index j = 0; j < A.columns; ++j)
      y[j] += (c[0] * a[0][j] + c[1] * a[1][j]) + (c[2] * a[2][j] + c[3] * a[3][j]);
  }
  for (; i < A.rows; ++i)
    for (Index j = 0; j < A.columns; ++j) y[j] += alpha * x[i] * A.data[i * A.stride + j];
}

}  // namespace quartic::detail
