#pragma once
/// The inner loops of fully connected networks, one set a kind of processor.
///
/// Products C <- start + alpha A B sum in registers: `tile_rows` rows of A times one panel of B, 256 terms at
/// a time, in the order of the terms, so that the bits of an entry depend on shapes and numbers alone. B is
/// packed once into panels of `panel` columns, A block by block as the product goes (Goto & van de Geijn
/// 2008). Made for the shapes of a training step: one of the three sizes is a batch, often small.
///
/// No Eigen here: its templates must not be compiled for a processor that the rest of the program may not
/// have.
#include <cstddef>
#include <span>

#include "models/flexible/dense/activation_kind.hpp"
#include "models/flexible/dense/member_kernels.hpp"

namespace quartic::detail {

enum class Layout { rows, columns };

/// A factor of rows x columns numbers: entry (i, k) at data[i stride + k], or at data[i + k stride].
template <class Real>
struct DenseFactor {
  const Real* data;
  Index rows, columns, stride;
  Layout layout = Layout::rows;
};

/// rows x columns numbers, rows contiguous, that are written to.
template <class Real>
struct DenseBlock {
  Real* data;
  Index rows, columns, stride;
};

/// C <- C + alpha A B, or start_i + alpha (A B)_ij where start is not null.
template <class Real>
struct DenseProduct {
  DenseBlock<Real> c;
  Real alpha;
  DenseFactor<Real> a;
  const Real* panels;  ///< B, packed
  const Real* start;
  Real* work;  ///< `DenseKernels::work` numbers
};

/// What the forward pass left of one hidden unit over a batch: f(u), and f'(u) or null.
template <class Real>
struct ActivatedRow {
  const Real *units, *slopes;
  Index count;
};

template <class Real>
struct DenseKernels {
  Index lanes;  ///< numbers in a vector
  Index panel;  ///< columns
  Index rows;   ///< of A that are packed at a time
  Index group;  ///< rows of C that take all their terms before the next do
  Index depth;  ///< terms between two writes to C
  Index work;   ///< numbers that a product needs to pack A

  /// panels <- B, padded with zeros: B.rows x (B.columns rounded up to whole panels) numbers.
  void (*pack)(const DenseFactor<Real>& b, Real* panels);
  void (*multiply)(const DenseProduct<Real>& product);

  /// y_i <- start_i + w_i'x for the rows w_i; no start: 0.
  void (*multiply_row)(const DenseFactor<Real>& w, const Real* x, const Real* start, Real* y);
  /// below <- below + sum_i delta_i w_i, and w_i <- w_i - step delta_i x, in one pass over w. Rows whose
  /// delta is 0 are left alone. No `below` where it is null.
  void (*descend_row)(const DenseBlock<Real>& w, const Real* x, const Real* delta, Real step, Real* below);

  /// y_j <- start + sum_k w_k Z_kj. No w: 1.
  void (*combine)(const DenseFactor<Real>& z, const Real* w, Real start, Real* y);
  /// sum_j x_j y_j; no y: 1.
  Real (*dot)(const Real* x, const Real* y, Index count);

  /// u <- f(u) and, where slopes is not null, slopes <- f'(u).
  void (*activate)(ActivationKind kind, Real* u, Real* slopes, Index count);
  /// delta_j <- factor from_j f'; f' from `slopes`, or where that is null from f(u) itself, the units of a
  /// linear function, relu or tanh. `from` may be delta.
  void (*differentiate)(ActivationKind kind, const ActivatedRow<Real>& row, Real factor, const Real* from,
                        Real* delta);

  /// The same for as many networks as there are lanes.
  MemberKernels<Real> members;
};

/// Those this processor can run, the fastest first.
template <class Real>
std::span<const DenseKernels<Real>> dense_kernels();

/// nullptr where this build lacks them. Specialised, not instantiated: a linker may take an instance from any
/// object, also from one that is compiled for another processor.
template <class Real>
const DenseKernels<Real>* dense_kernels_avx2();
template <class Real>
const DenseKernels<Real>* dense_kernels_avx512();
template <>
const DenseKernels<float>* dense_kernels_avx2();
template <>
const DenseKernels<double>* dense_kernels_avx2();
template <>
const DenseKernels<float>* dense_kernels_avx512();
template <>
const DenseKernels<double>* dense_kernels_avx512();

}  // namespace quartic::detail
