#pragma once
/// Truths of infinitely many columns that all matter, each less than the one before.
#include "core/bounds.hpp"
#include "core/world.hpp"

namespace quartic {

/// y = sum over j = 1, 2, ... of beta_j x_j + noise: columns independent N(0, s_j), s_j = j^-spectrum,
/// coefficients beta_j = +- j^((spectrum - target)/2) with random signs, so that s_j beta_j^2 = j^-target.
///
/// A truth shows the first `candidates` columns. The others act on y all the same: to a learner they are
/// error and noise, of variance tail = sum over j > candidates of j^-target. A rule's risk is exact:
///     sum over j <= candidates of s_j (b_j - beta_j)^2 + tail + intercept^2.
/// Truths nest: neither a label nor a column of a row depends on `candidates`. To that end the columns form
/// blocks (the first 64, the next 64, then 128, 256, ...), and a row first draws each block's share of the
/// answer, c = sum over the block of beta_j x_j ~ N(0, S), S = sum of its j^-target; labels are sums of
/// shares, at a cost that does not depend on `candidates`. The columns of a block then follow given their
/// share: from independent u_j ~ N(0, s_j), x_j = u_j + beta_j s_j (c - sum of beta_i u_i)/S (Matheron's
/// rule; exact). Drawing any column of a block costs the whole block.
///
/// Facts: candidates, relevant (= candidates), noise, signal = sum of all j^-target, signal_to_noise, tail,
/// and trace = sum of the s_j shown. Row streams: "x" (u_j at position j - 1), "shares" (one normal a block,
/// then the rest beyond 2^30 columns), "noise". Truth stream: "coefficients".
struct SpectralSeries {
  Index candidates = 1000;  ///< 1 .. 10^7
  double spectrum = 1.5;    ///< from 0 to 21
  double target = 1.5;      ///< from 1.02 to 21: the sum over all columns is finite
  double noise = 1;         ///< standard deviation
};

/// Of the options `candidates` and `noise` of its worlds.
inline constexpr Bounds shown_columns = from_to(1, 10'000'000, "a truth shows from 1 to 10000000 columns");
inline constexpr Bounds standard_deviation =
    at_least(0, "a standard deviation cannot be negative or infinite");

/// `more` are facts beside those of every series. Precondition: options in the ranges above.
Truth draw_series(const SpectralSeries& series, Facts more, const Stream& truth);

}  // namespace quartic
