#pragma once
/// Trained on the rows of one law, judged by those of another.
#include <string>

#include "core/options.hpp"
#include "core/world.hpp"

namespace quartic {

/// Training rows are those of sparse_linear with the same options: x ~ N(0, Sigma), y = x'beta + noise. The
/// truth's tested() records its cases otherwise (sim/worlds/recording.hpp): x~ = T x + moved + blur e. What a case
/// is, and so its answer f* = x'beta, does not change with how it is recorded: a lesion stays one when the picture
/// is turned. Only "scale" changes the cases: their columns are x~ = T x, and f* = x~'beta, the textbook's
/// covariate shift.
///
/// Risk of a linear rule b under the test law, exactly and in O(candidates), with target = beta, for "scale"
/// T'beta:
///     E (b'x~ + intercept - f*)^2
///         = (T'b - target)' Sigma (T'b - target) + blur^2 |b|^2 + (intercept + b'moved)^2.
/// Rotation by an angle whose sine is s costs the true rule 2 (1 - sqrt(1 - s^2)) |beta|^2 in isotropic rows
/// (blocks of even size), a test set made anew 2 s^2 |beta|^2 on average over what moves.
///
/// Facts of either truth: those of sparse_linear; the signal of tested() is target' Sigma target, which errors
/// there are divided by. Row streams: those of sparse_linear, and "blur"; truth streams: its own, and "shift".
struct Shifted {
  Index candidates = 1000;
  Index relevant = 10;
  std::string covariance = "isotropic";  ///< sim/parts/covariance.hpp
  std::string coefficients = "equal";    ///< sim/parts/coefficients.hpp
  double signal = 0;               ///< Var f* to which the coefficients are scaled; 0: their natural scale
  std::string support = "random";  ///< sim/parts/coefficients.hpp
  double noise = 1;                ///< standard deviation
  double signal_to_noise = 0;      ///< Var f* / noise^2, which then sets the noise; 0: not set
  std::string shift = "rotation";  ///< sim/worlds/recording.hpp
  double strength = 0.5;
  Index block = 10;

  static std::span<const Option<Shifted>> options();
  std::string name() const { return "shifted"; }
  Task task() const { return Task::regression; }
  std::string fingerprint() const;
  /// Throws InvalidInput for options that no truth can have (require_valid).
  Truth draw(Stream truth) const;
  /// Throws InvalidInput for options that no truth can have together.
  void require_consistent() const;
};
static_assert(Drawable<Shifted>);

}  // namespace quartic
