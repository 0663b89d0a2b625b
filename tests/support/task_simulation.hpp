#pragma once
/// Linear tasks of isotropic Gaussian rows, fitted by normal equations: the slow and obvious way.
#include <Eigen/Dense>
#include <cmath>

#include "core/random/stream.hpp"
#include "core/types.hpp"

namespace quartic::testing {

inline Vector normals(Index count, Stream stream) {
  Vector v(count);
  stream.fill_normal({v.data(), static_cast<std::size_t>(count)});
  return v;
}

/// Of this length, in a direction of its own.
inline Vector random_vector(Index count, double length, Stream stream) {
  return length * normals(count, std::move(stream)).normalized();
}

struct TaskRows {
  Matrix x;
  Vector y;
};

/// n rows of y = x'w + noise.
inline TaskRows draw_rows(const Vector& w, Index n, double noise, const Stream& stream) {
  Matrix x(n, w.size());
  stream.child("x").fill_normal({x.data(), static_cast<std::size_t>(x.size())});
  Vector y = x * w + noise * normals(n, stream.child("noise"));
  return {std::move(x), std::move(y)};
}

/// Least squares; with fewer rows than columns the interpolator of least norm.
inline Vector least_squares(const Matrix& x, const Vector& y) {
  if (x.rows() >= x.cols()) return (x.transpose() * x).ldlt().solve(x.transpose() * y);
  return x.transpose() * (x * x.transpose()).ldlt().solve(y);
}

/// Mean of equally distributed numbers, and its standard error.
class RunningMean {
 public:
  void add(double value) {
    count_ += 1;
    const double change = value - mean_;
    mean_ += change / count_;
    squares_ += change * (value - mean_);
  }
  double mean() const { return mean_; }
  double standard_error() const { return std::sqrt(squares_ / (count_ - 1) / count_); }
  /// How many standard errors it lies above.
  double errors_above(double expected) const { return (mean_ - expected) / standard_error(); }

 private:
  double count_ = 0, mean_ = 0, squares_ = 0;
};

}  // namespace quartic::testing
