#pragma once
/// Regression of a smooth function as an infinite table: every column matters, each less than the one before.
#include <span>
#include <string>

#include "core/options.hpp"
#include "core/world.hpp"

namespace quartic {

/// y = sum over j = 1, 2, ... of beta_j x_j + noise: columns independent N(0, s_j), s_j = j^-(1 +
/// 2/roughness), signs beta_j = +-1. This is a function of smoothness b in D dimensions, roughness = D/b, by
/// its coefficients in an orthogonal basis (Pinsker 1980; Tsybakov 2009, section 3): whoever sees n labels
/// and enough columns gets a risk of order n^-(2b/(2b+D)) = n^-(2/(2 + roughness)) at best.
///
/// A table shows the first `candidates` columns. The others act on y all the same: to a learner they are
/// error and noise, of variance tail = sum over j > candidates of s_j. A rule's risk is exact:
///     sum over j <= candidates of s_j (b_j - beta_j)^2 + tail + intercept^2.
/// Tables nest: neither a label nor a column of a row depends on `candidates`. To that end the columns form
/// blocks (the first 64, the next 64, then 128, 256, ...), and a row first draws each block's share of the
/// answer, c = sum over the block of beta_j x_j ~ N(0, S), S = sum of its s_j; labels are sums of shares, at
/// a cost that does not depend on `candidates`. The columns of a block then follow given their share: from
/// independent u_j ~ N(0, s_j), x_j = u_j + beta_j s_j (c - sum of beta_i u_i)/S (Matheron's rule; exact).
/// Drawing any column of a block costs the whole block.
///
/// Facts: candidates, relevant (= candidates), noise, signal = sum of all s_j, signal_to_noise, roughness,
/// tail, and trace = sum of the s_j shown. Row streams: "x" (u_j at position j - 1), "shares" (one normal a
/// block, then the rest beyond 2^30 columns), "noise". Truth stream: "coefficients".
struct Smooth {
  Index candidates = 1000;
  double roughness = 2;  ///< D/b
  double noise = 1;      ///< standard deviation

  std::string name() const { return "smooth"; }
  Task task() const { return Task::regression; }
  std::string fingerprint() const;
  /// Throws InvalidInput where require_valid does.
  Table draw(Stream truth) const;
  /// Throws InvalidInput for options that no table can have.
  void require_valid() const;
};
static_assert(Drawable<Smooth>);

std::span<const Option<Smooth>> smooth_options();

}  // namespace quartic
