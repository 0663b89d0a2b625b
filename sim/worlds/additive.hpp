#pragma once
/// Sums of functions of one relevant column each, as smooth as one likes.
#include <span>
#include <string>

#include "core/options.hpp"
#include "core/world.hpp"

namespace quartic {

/// f*(x) = scale sum over the relevant columns z_j ~ N(0, 1) of a_j f_j(z_j). With u = Phi(z_j), uniform on
/// (0, 1), and an orthonormal basis of the functions of u with mean 0:
///     f_j = sum over k = 1 .. terms of theta_jk sqrt(2) cos(pi k u),   theta_jk = +- k^-(smoothness + 1/2).
/// These f_j lie in the balls of smoothness b (Tsybakov 2009, section 1.7; Stone 1985). The best risk from n
/// labels is of order relevant n^-(2b/(2b+1)), while the terms left out, of variance about terms^-2b/(2b),
/// do not matter.
///     Var f*   = sum of a_j^2 sum of k^-(2b+1)
///     E z_j f* = a_j sum of theta_jk E z sqrt(2) cos(pi k Phi(z))   (trapezoidal rule, error below 1e-12)
/// A column's importance is its share of Var f*. Facts, row streams, risk of linear rules:
/// sim/parts/pool.hpp. Truth streams: "support", "coefficients", "functions" (child j: signs of f_j). Flops:
/// about 4 relevant x terms an answer.
struct Additive {
  Index candidates = 50;
  Index relevant = 10;
  double smoothness = 2;               ///< b, in derivatives
  Index terms = 30;                    ///< of each function's series
  std::string coefficients = "equal";  ///< a, of the functions; sim/parts/coefficients.hpp
  double signal = 1;                   ///< Var f* to which the answer is scaled; 0: its natural scale
  std::string support = "random";      ///< sim/parts/coefficients.hpp
  double noise = 0.5;                  ///< standard deviation
  double signal_to_noise = 0;          ///< Var f* / noise^2, which then sets the noise; 0: not set

  static std::span<const Option<Additive>> options();
  std::string name() const { return "additive"; }
  Task task() const { return Task::regression; }
  std::string fingerprint() const;
  /// Throws InvalidInput for options that no truth can have (require_valid), and where the truth that is
  /// drawn is the same everywhere.
  Truth draw(Stream truth) const;
  /// Throws InvalidInput for options that no truth can have together.
  void require_consistent() const;
};
static_assert(Drawable<Additive>);

}  // namespace quartic
