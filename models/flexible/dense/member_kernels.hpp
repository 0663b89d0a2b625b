#pragma once
/// The inner loops of several networks of one shape at once: member m of `lanes` in lane m of every vector.
///
/// Where networks are small a vector is longer than what one of them has to fill it; across members it is always full.
/// Each lane does the operations of one network alone (kernel.hpp) in the same order, down to the partial sums that a
/// sum over a vector's lanes has there: the bits of a member are those that it has alone.
///
/// Arrays are of numbers of all members: number t of member m stands at t lanes + m.
#include <cstddef>

namespace quartic::detail {

using Index = std::ptrdiff_t;  // that of core/types.hpp

/// Entry (i, j) of a matrix is number i row + j column.
template <class Real>
struct MemberFactor {
  const Real* data;
  Index row, column;
};

/// C_ij <- C_ij + alpha (A B)_ij, or start_i + alpha (A B)_ij where start is not null. Rows of C are contiguous, alpha
/// is one number. Precondition: terms <= DenseKernels::depth.
template <class Real>
struct MemberProduct {
  Real* c;
  Index rows, columns, terms;
  const Real* alpha;
  MemberFactor<Real> a, b;
  const Real* start;
};

/// `rows` rows of `columns` numbers next to each other.
template <class Real>
struct MemberRows {
  Real* data;
  Index rows, columns;
};

template <class Real>
struct MemberKernels {
  /// Number t of member m <- members[m][t], and back, for `count` numbers.
  void (*gather)(const Real* const* members, Index count, Real* to);
  void (*scatter)(const Real* from, Index count, Real* const* members);

  void (*multiply)(const MemberProduct<Real>& product);
  /// y_i <- w_i'x + start_i for the rows w_i, as DenseKernels::multiply_row sums.
  void (*multiply_row)(const MemberRows<const Real>& w, const Real* x, const Real* start, Real* y);
  /// y_i <- w_i'x, as DenseKernels::dot sums.
  void (*dot)(const MemberRows<const Real>& w, const Real* x, Real* y);
  /// y_j <- start + sum_k w_k Z_kj, as DenseKernels::combine sums.
  void (*combine)(const MemberRows<const Real>& z, const Real* w, const Real* start, Real* y);
  /// D_kj <- w_k s_j, w of D.rows numbers.
  void (*spread)(const Real* w, const Real* s, const MemberRows<Real>& d);
  /// As DenseKernels::descend_row, with one step a member.
  void (*descend_row)(const MemberRows<Real>& w, const Real* x, const Real* delta, const Real* step,
                      Real* below);
};

}  // namespace quartic::detail
