#pragma once
/// Regression of a smooth function as an infinite table: every column matters, each less than the one before.
#include <span>
#include <string>

#include "core/options.hpp"
#include "core/world.hpp"

namespace quartic {

/// y = sum over j = 1, 2, ... of beta_j x_j + noise: columns independent N(0, s_j), s_j = j^-(1 +
/// 2/roughness), signs beta_j = +-1. This is a function of smoothness b in D dimensions, roughness = D/b, by
/// its coefficients in an orthogonal basis (Pinsker 1980; Tsybakov 2009, section 3). The best risk from n
/// labels and enough columns is of order n^-(2b/(2b+D)) = n^-(2/(2 + roughness)).
///
/// A spectral series (sim/parts/spectral_series.hpp, which says how its truths show the first `candidates`
/// columns, nest, and judge rules exactly) with the exponents spectrum = target = 1 + 2/roughness. Its facts,
/// and roughness.
struct Smooth {
  Index candidates = 1000;
  double roughness = 2;  ///< D/b
  double noise = 1;      ///< standard deviation

  static std::span<const Option<Smooth>> options();
  std::string name() const { return "smooth"; }
  Task task() const { return Task::regression; }
  std::string fingerprint() const;
  /// Throws InvalidInput for options that no truth can have (require_valid).
  Truth draw(Stream truth) const;
};
static_assert(Drawable<Smooth>);

}  // namespace quartic
