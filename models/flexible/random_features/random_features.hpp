#pragma once
/// Random features: a two-layer network whose first layer is left as it was drawn. The simplest model that is
/// as flexible as one likes and can be solved exactly.
#include "core/model.hpp"
#include "core/options.hpp"

namespace quartic {

/// f(x) = sum over i = 1 .. N of a_i s(u_i),  u_i = <w_i, x>/sqrt d,  d columns, with s(u) =
///   "relu"     max(u, 0)
///   "erf"      erf(u/sqrt 2)
///   "fourier"  cos(u + b_i), b_i uniform on [0, 2 pi): kernel exp(-|x - x'|^2/(2 d)) / 2 for "gaussian"
/// and w_i uniform on the sphere of radius sqrt d ("sphere") or standard normal ("gaussian"). With F the n x
/// N matrix of features,
///   a = argmin (1/n) |y - F a|^2 + (N l/d) |a|^2,  l the penalty,
/// so that N -> infinity is kernel ridge regression with (1/N) F F' for a kernel. This is Ridge on F with the
/// penalty N l/d; penalty 0 is the limit l -> 0, LeastSquares on F: the interpolator of least norm where N >
/// n. Solved by rows (n x n) where n < N, else by features (N x N); a singular Gram matrix is least_squares'
/// and ridge's matter: the solution of least norm, with a message. N = n is where ridgeless risk peaks.
///
/// Feature i is drawn from stream.child("feature").child(i): of one stream, more features contain fewer.
/// Each size of a learning curve has its own stream (core/model.hpp), hence features of its own.
///
/// Certificate: that of Ridge or LeastSquares on F: relative residual of the equations solved. Flops:
/// models/flexible/random_features/flops.hpp; drawing is not arithmetic and costs nothing. Memory: F and the
/// smaller Gram matrix; the predictor keeps N (d + 2) numbers and scores a few thousand features at a time.
/// Where the law of rows is known, so is the error without any (normal_error.hpp).
/// Rahimi & Recht (2007), Random features for large-scale kernel machines; risk, with a peak at N = n: Mei &
/// Montanari (2022), arXiv 1908.05355 (laws/theory/random_features.hpp has the same l).
struct RandomFeatures {
  Index features = 1000;            ///< N
  std::string activation = "relu";  ///< "relu", "erf" or "fourier"
  std::string weights = "sphere";   ///< "sphere" or "gaussian"
  double penalty = 0;               ///< l

  static std::span<const Option<RandomFeatures>> options();
  std::string name() const { return "random_features"; }
  std::string fingerprint() const { return fingerprint_of(*this, options()); }

  /// Throws InvalidInput, as fit does, for no rows or columns, classes, features that no memory holds, and a
  /// penalty that overflows.
  void require_data(Index n, Index d, Task task) const;
  Fit fit(const Data& data, Stream stream) const;

  /// What a fit of n rows and d columns costs where the Gram matrix is regular.
  double fit_flops(Index n, Index d) const;
  /// F, the weights and what solving holds.
  double working_bytes(Index n, Index d) const;
};
static_assert(Estimator<RandomFeatures> && RequiresData<RandomFeatures> && HasWorkingBytes<RandomFeatures>);

}  // namespace quartic
