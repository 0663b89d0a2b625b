#pragma once
/// Columns that matter together: sums of products, or of ANDs, of relevant columns.
#include <span>
#include <string>

#include "core/options.hpp"
#include "core/world.hpp"

namespace quartic {

/// f*(x) = scale sum over t = 1 .. terms of a_t F_t, z the relevant columns (N(0, 1) each), q = order:
///
///     product   F_t = product of z_k, k in W_t                  Var f* = sum of a_t^2          E z f* = 0
///     and       F_t = 1{all z_k > 0, k in W_t} - 2^-q           Cov(F_t, F_s) = 2^(c - 2q) - 4^-q,
///                                                               where W_t and W_s share c columns
///                                                               E z_k f* = sum over W_t with k of a_t
///                                                               2^(1-q)/sqrt(2 pi)
///
/// Term t takes q neighbouring relevant columns, W_t = {s, s + 1, ..., s + q - 1} modulo relevant, s =
/// floor((t - 1) relevant/terms): with terms = relevant/order nothing overlaps, with terms = relevant each
/// column is in q terms. Every relevant column is in a term. No column of a product tells anything alone:
/// linear rules are no better than none, and their risk is exact. A column's importance is the sum of a_t^2
/// over its terms. Facts, row streams, risk: sim/parts/pool.hpp. Truth streams: "support", "coefficients".
/// Flops: order x terms an answer.
struct Interactions {
  Index candidates = 50;
  Index relevant = 10;
  Index order = 2;                     ///< columns of a term
  Index terms = 5;                     ///< from relevant/order to relevant
  std::string operation = "product";   ///< or "and"
  std::string coefficients = "equal";  ///< a, of the terms; sim/parts/coefficients.hpp
  double signal = 1;                   ///< Var f* to which the answer is scaled; 0: its natural scale
  std::string support = "random";      ///< sim/parts/coefficients.hpp
  double noise = 0.5;                  ///< standard deviation
  double signal_to_noise = 0;          ///< Var f* / noise^2, which then sets the noise; 0: not set

  static std::span<const Option<Interactions>> options();
  std::string name() const { return "interactions"; }
  Task task() const { return Task::regression; }
  std::string fingerprint() const;
  /// Throws InvalidInput for options that no truth can have (require_valid), and where the truth that is
  /// drawn is the same everywhere.
  Truth draw(Stream truth) const;
  /// Throws InvalidInput for options that no truth can have together.
  void require_consistent() const;
};
static_assert(Drawable<Interactions>);

}  // namespace quartic
