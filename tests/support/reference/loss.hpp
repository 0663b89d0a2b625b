#pragma once
/// The losses of networks in their slow, obvious form, templated on the scalar: the oracle of
/// models/flexible/mlp/loss.hpp.
#include <cmath>
#include <utility>

#include "models/flexible/mlp/loss.hpp"
#include "tests/support/reference/network.hpp"

namespace quartic::reference {

using std::abs;
using std::log;

template <class T>
struct RowLoss {
  T error, slope;
};

template <class T>
RowLoss<T> row_loss(const detail::Loss& loss, T f, T y) {
  if (loss.kind == detail::LossKind::logistic) {
    const T e = exp(-abs(f)), d = T(1) + e;
    const T above = f > T(0) ? f : T(0);
    return {log(d) + (above - y * f), (f > T(0) ? T(1) : e) / d - y};
  }
  const T r = f - y, delta = T(loss.delta);
  if (loss.kind == detail::LossKind::squared) return {r * r, r};
  const T c = r > delta ? delta : r < -delta ? -delta : r;
  return {c * (r + (r - c)), c};
}

/// The error alone.
template <class T>
T row_error(const detail::Loss& loss, T f, T y) {
  if (loss.kind != detail::LossKind::logistic) return row_loss(loss, f, y).error;
  const T above = f > T(0) ? f : T(0);
  return log(T(1) + exp(-abs(f))) + (above - y * f);
}

/// The error of the best constant.
template <class T>
T constant_error(const detail::Loss& loss, const Numbers<T>& y) {
  const T rows = T(static_cast<double>(y.size()));
  T mean = T(0), error = T(0);
  for (const T& label : y) mean += label;
  mean /= rows;
  if (loss.kind == detail::LossKind::logistic) {
    const T other = T(1) - mean;
    return -mean * log(mean) - other * log(other);
  }
  for (const T& label : y) {
    const T d = label - mean;
    error += d * d;
  }
  return error / rows;
}

/// Errors and slopes of rows, summed up and divided by their number.
template <class T>
std::pair<T, Numbers<T>> errors_and_slopes(const detail::Loss& loss, const Numbers<T>& scores,
                                           const Numbers<T>& y) {
  T sum = T(0);
  Numbers<T> slopes;
  for (std::size_t i = 0; i < y.size(); ++i) {
    const RowLoss<T> one = row_loss(loss, scores[i], y[i]);
    sum += one.error;
    slopes.push_back(one.slope / T(static_cast<double>(y.size())));
  }
  return {sum, slopes};
}

}  // namespace quartic::reference
