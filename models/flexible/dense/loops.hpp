#pragma once
/// The rest of the inner loops (dense_lanes.hpp): a batch of one row, the output, activations; and the table
/// of all.
#include "models/flexible/dense/activation.hpp"
#include "models/flexible/dense/members.hpp"
#include "models/flexible/dense/multiply.hpp"

namespace quartic::detail {

template <class Real, class Shape>
struct DenseLoops {
  using Sizes = DenseSizes<Real, Shape>;
  using L = Lanes<Real, Sizes::lanes>;
  using Value = typename L::Value;
  static constexpr int lanes = Sizes::lanes;

  template <int rows>
  [[gnu::always_inline]] static void multiply_rows(const DenseFactor<Real>& w, Index first, const Real* x,
                                                   const Real* start, Real* y) {
    constexpr int chains = rows == 1 ? 4 : 2;
    Value sums[rows][chains] = {};
    const Real* from = w.data + first * w.stride;
    Index k = 0;
    for (; k + chains * lanes <= w.columns; k += chains * lanes)
      for (int c = 0; c < chains; ++c) {
        const Value z = L::load(x + k + c * lanes);
        for (int i = 0; i < rows; ++i)
          sums[i][c] = L::add_product(sums[i][c], L::load(from + i * w.stride + k + c * lanes), z);
      }
    for (int i = 0; i < rows; ++i) {
      Value all = sums[i][0];
      for (int c = 1; c < chains; ++c) all += sums[i][c];
      Real sum = L::sum(all);
      for (Index r = k; r < w.columns; ++r) sum = add_product(sum, from[i * w.stride + r], x[r]);
      y[first + i] = sum + (start ? start[first + i] : Real(0));
    }
  }
  static void multiply_row(const DenseFactor<Real>& w, const Real* x, const Real* start, Real* y) {
    Index i = 0;
    for (; i + 4 <= w.rows; i += 4) multiply_rows<4>(w, i, x, start, y);
    for (; i < w.rows; ++i) multiply_rows<1>(w, i, x, start, y);
  }

  template <int rows, bool with_below>
  [[gnu::always_inline]] static void descend_rows(Real* const* w, const Real* delta, Real step, const Real* x,
                                                  Real* below, Index columns) {
    Real scale[rows];
    for (int i = 0; i < rows; ++i) scale[i] = -step * delta[i];
    Index k = 0;
    for (; k + lanes <= columns; k += lanes) {
      const Value z = L::load(x + k);
      Value sum = {};
      if constexpr (with_below) sum = L::load(below + k);
      for (int i = 0; i < rows; ++i) {
        const Value old = L::load(w[i] + k);
        if constexpr (with_below) sum = L::add_product(sum, L::all(delta[i]), old);
        L::store(w[i] + k, L::add_product(old, L::all(scale[i]), z));
      }
      if constexpr (with_below) L::store(below + k, sum);
    }
    for (; k < columns; ++k)
      for (int i = 0; i < rows; ++i) {
        const Real old = w[i][k];
        if constexpr (with_below) below[k] = add_product(below[k], delta[i], old);
        w[i][k] = add_product(old, scale[i], x[k]);
      }
  }
  template <bool with_below>
  static void descend_some(const DenseBlock<Real>& w, const Real* x, const Real* delta, Real step,
                           Real* below) {
    Real *rows[4], deltas[4];
    int held = 0;
    for (Index i = 0; i < w.rows; ++i) {
      if (delta[i] == 0) continue;
      rows[held] = w.data + i * w.stride;
      deltas[held++] = delta[i];
      if (held < 4) continue;
      descend_rows<4, with_below>(rows, deltas, step, x, below, w.columns);
      held = 0;
    }
    for (int i = 0; i < held; ++i)
      descend_rows<1, with_below>(rows + i, deltas + i, step, x, below, w.columns);
  }
  static void descend_row(const DenseBlock<Real>& w, const Real* x, const Real* delta, Real step,
                          Real* below) {
    if (below)
      descend_some<true>(w, x, delta, step, below);
    else
      descend_some<false>(w, x, delta, step, below);
  }

  static void combine(const DenseFactor<Real>& z, const Real* w, Real start, Real* y) {
    const auto weight = [w](Index k) { return w ? w[k] : Real(1); };
    Index j = 0;
    for (; j + lanes <= z.columns; j += lanes) {
      Value sums[4] = {};
      Index k = 0;
      for (; k + 4 <= z.rows; k += 4)
        for (int c = 0; c < 4; ++c)
          sums[c] = L::add_product(sums[c], L::all(weight(k + c)), L::load(z.data + (k + c) * z.stride + j));
      for (; k < z.rows; ++k)
        sums[0] = L::add_product(sums[0], L::all(weight(k)), L::load(z.data + k * z.stride + j));
      L::store(y + j, (sums[0] + sums[1]) + (sums[2] + sums[3]) + start);
    }
    for (; j < z.columns; ++j) {
      Real sum = start;
      for (Index k = 0; k < z.rows; ++k) sum = add_product(sum, weight(k), z.data[k * z.stride + j]);
      y[j] = sum;
    }
  }

  template <bool weighted>
  static Real add_up(const Real* x, const Real* y, Index count) {
    Value sums[2] = {};
    Index j = 0;
    for (; j + 2 * lanes <= count; j += 2 * lanes)
      for (int c = 0; c < 2; ++c) {
        const Value z = L::load(x + j + c * lanes);
        if constexpr (weighted)
          sums[c] = L::add_product(sums[c], z, L::load(y + j + c * lanes));
        else
          sums[c] += z;
      }
    Real sum = L::sum(sums[0] + sums[1]);
    for (; j < count; ++j) sum = add_product(sum, x[j], weighted ? y[j] : Real(1));
    return sum;
  }
  static Real dot(const Real* x, const Real* y, Index count) {
    return y ? add_up<true>(x, y, count) : add_up<false>(x, y, count);
  }

  template <ActivationKind kind>
  static void activate_as(Real* u, Real* slopes, Index count) {
    if (slopes)
      for (Index j = 0; j < count; ++j) {
        const Activated<Real> f = activated<kind>(u[j]);
        u[j] = f.value;
        slopes[j] = f.slope;
      }
    else
      for (Index j = 0; j < count; ++j) u[j] = activated<kind>(u[j]).value;
  }
  static void activate(ActivationKind kind, Real* u, Real* slopes, Index count) {
    switch (kind) {
      case ActivationKind::linear:
        return activate_as<ActivationKind::linear>(u, slopes, count);
      case ActivationKind::relu:
        return activate_as<ActivationKind::relu>(u, slopes, count);
      case ActivationKind::tanh:
        return activate_as<ActivationKind::tanh>(u, slopes, count);
      case ActivationKind::erf:
        return activate_as<ActivationKind::erf>(u, slopes, count);
      case ActivationKind::gelu:
        return activate_as<ActivationKind::gelu>(u, slopes, count);
    }
  }

  // delta_j <- change(from_j, j), where from may be delta: told apart, so that either loop becomes vectors.
  template <class Change>
  [[gnu::always_inline]] static void change_all(const Real* from, Real* delta, Index count, Change change) {
    if (from == delta)
      for (Index j = 0; j < count; ++j) delta[j] = change(delta[j], j);
    else
      for (Index j = 0; j < count; ++j) delta[j] = change(from[j], j);
  }
  static void differentiate(ActivationKind kind, const ActivatedRow<Real>& row, Real factor, const Real* from,
                            Real* delta) {
    const Real *z = row.units, *slopes = row.slopes;
    if (slopes)
      change_all(from, delta, row.count, [=](Real d, Index j) { return factor * d * slopes[j]; });
    else if (kind == ActivationKind::relu)
      change_all(from, delta, row.count, [=](Real d, Index j) { return z[j] > 0 ? factor * d : Real(0); });
    else if (kind == ActivationKind::tanh)
      change_all(from, delta, row.count, [=](Real d, Index j) { return factor * d * (1 - z[j] * z[j]); });
    else
      change_all(from, delta, row.count, [=](Real d, Index) { return factor * d; });
  }

  static constexpr DenseKernels<Real> kernels() {
    return {.lanes = lanes,
            .panel = Sizes::panel,
            .rows = Sizes::block_rows,
            .group = Sizes::group_rows,
            .depth = Sizes::depth,
            .work = Sizes::work,
            .pack = DensePacking<Real, Shape>::pack,
            .multiply = DenseMultiply<Real, Shape>::multiply,
            .multiply_row = multiply_row,
            .descend_row = descend_row,
            .combine = combine,
            .dot = dot,
            .activate = activate,
            .differentiate = differentiate,
            .members = DenseMembers<Real, Shape>::kernels()};
  }
};

}  // namespace quartic::detail
