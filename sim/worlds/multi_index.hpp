#pragma once
/// A function of a few directions in the space of the relevant columns.
#include <span>
#include <string>

#include "core/options.hpp"
#include "core/world.hpp"

namespace quartic {

/// f*(x) = scale h(u_1, ..., u_r), u_k = w_k.z, z the relevant columns (N(0, 1) each), w orthonormal, so that
/// the u_k are independent standard normals too; a_k the coefficients:
///
///     link             h                                                     Var h
///     hermite(p)       sum of a_k h_p(u_k), h_p the orthonormal polynomial   sum of a_k^2
///     staircase        a_1 u_1 + a_2 u_1 u_2 + ... + a_r u_1 ... u_r         sum of a_k^2
///     product          u_1 u_2 ... u_r                                       1
///     bump             exp(-|u|^2/2) - 2^(-r/2)                              3^(-r/2) - 2^-r
///
/// Gradient descent needs about d^(p - 1) labels to find a direction of hermite(p), p > 2 (Ben Arous,
/// Gheissari & Jagannath 2021), few for a staircase, which has a step of degree one at every height, and many
/// for its last step alone, the product (Abbe, Boix-Adsera & Misiakiewicz 2022). E z f* = a_1 w_1 for the
/// staircase, sum of a_k w_k for hermite(1), w_1 for the product of one, else 0: linear rules have an exact
/// risk. A column's importance is E (df*/dz_k)^2 up to a factor. Facts, row streams, risk:
/// sim/parts/pool.hpp. Truth streams: "support", "coefficients", "directions".
struct MultiIndex {
  Index candidates = 50;
  Index relevant = 10;
  Index directions = 2;                 ///< r
  std::string link = "hermite(2)";      ///< h
  std::string weights = "orthonormal";  ///< w; sim/parts/directions.hpp, without gaussian
  std::string coefficients = "equal";   ///< a, of the directions; sim/parts/coefficients.hpp
  double signal = 1;                    ///< Var f* to which the answer is scaled; 0: its natural scale
  std::string support = "random";       ///< sim/parts/coefficients.hpp
  double noise = 0.5;                   ///< standard deviation
  double signal_to_noise = 0;           ///< Var f* / noise^2, which then sets the noise; 0: not set

  static std::span<const Option<MultiIndex>> options();
  std::string name() const { return "multi_index"; }
  Task task() const { return Task::regression; }
  std::string fingerprint() const;
  /// Throws InvalidInput for options that no truth can have (require_valid), and where the truth that is
  /// drawn is the same everywhere.
  Truth draw(Stream truth) const;
  /// Throws InvalidInput for options that no truth can have together.
  void require_consistent() const;
};
static_assert(Drawable<MultiIndex>);

}  // namespace quartic
