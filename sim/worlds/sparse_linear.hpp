#pragma once
/// y = x'beta + noise over very many candidate columns of which a few matter.
#include <array>
#include <string>

#include "core/options.hpp"
#include "core/world.hpp"

namespace quartic {

/// Rows x are Gaussian with mean 0 and covariance Sigma, so f*(x) = x'beta and Var f* = beta' Sigma beta (the
/// "signal").
///
/// Facts of its truths: candidates, relevant, noise (standard deviation), signal, signal_to_noise = signal /
/// noise^2. The risk of a linear rule is exact: (b - beta)' Sigma (b - beta) + intercept^2, in O(candidates).
/// Row streams: "x" (column j at position j), "noise", and "blocks" under a block covariance (one normal a
/// block). Truth streams: "support" and "coefficients".
struct SparseLinear {
  Index candidates = 1000;
  Index relevant = 10;
  std::string covariance = "isotropic";  ///< sim/parts/covariance.hpp
  std::string coefficients = "equal";    ///< sim/parts/coefficients.hpp
  double signal = 0;               ///< Var f* to which the coefficients are scaled; 0: their natural scale
  std::string support = "random";  ///< sim/parts/coefficients.hpp
  double noise = 1;                ///< standard deviation
  double signal_to_noise = 0;      ///< Var f* / noise^2, which then sets the noise; 0: not set
  std::string tails = "gaussian";  ///< sim/parts/noise.hpp

  static std::span<const Option<SparseLinear>> options();
  std::string name() const { return "sparse_linear"; }
  Task task() const { return Task::regression; }
  std::string fingerprint() const;
  /// Throws InvalidInput for options that no truth can have (require_valid).
  Truth draw(Stream truth) const;
  /// Throws InvalidInput for options that no truth can have together.
  void require_consistent() const;
};
static_assert(Drawable<SparseLinear>);

}  // namespace quartic
