#pragma once
/// Products of matrices on vectors of two numbers, which every browser has.
///
///     C_ij += alpha sum_k a_ik b_jk
///
/// The terms are taken 256 at a time: their sum begins at zero and goes up in k, one product and one sum a
/// term, and is then multiplied by alpha and added. So an entry depends on its own two vectors alone, not on
/// where it stands, nor on the shape of C, and it has the same bits in every browser. Four by four entries are
/// summed in registers, from strips of four vectors a side.
#include "models/linear/blas.hpp"

namespace quartic::detail {

/// One side of a product: term k of vector i at data + i * step + k * term_step.
struct Side {
  const double* data;
  Index count, terms, step, term_step;
  Side part(Range vectors, Range range) const {
    return {data + vectors.first * step + range.first * term_step, vectors.count, range.count, step,
            term_step};
  }
};
/// The rows of A, and the columns of B.
inline Side left_side(const Factor& A) {
  const Index step = A.block.stride;
  return A.op == Op::none ? Side{A.block.data, A.rows(), A.columns(), step, 1}
                          : Side{A.block.data, A.rows(), A.columns(), 1, step};
}
inline Side right_side(const Factor& B) {
  const Index step = B.block.stride;
  return B.op == Op::none ? Side{B.block.data, B.columns(), B.rows(), 1, step}
                          : Side{B.block.data, B.columns(), B.rows(), step, 1};
}

/// C += alpha times the products of a's vectors, one a row, and b's, one a column.
/// 2 a.count b.count a.terms flops.
void add_products(Block C, double alpha, const Side& a, const Side& b);

enum class Corner { lower, upper };
/// The same of a's vectors with one another, for the entries on the diagonal and below, or above it.
void add_own_products(Block C, double alpha, const Side& a, Corner corner);

}  // namespace quartic::detail
