#pragma once
/// A target task of few rows, and related tasks of many from which one may learn first.
#include <array>
#include <string>

#include "core/options.hpp"
#include "core/world.hpp"

namespace quartic {

/// Rows of every task are independent standard normals x, y = x'w + noise with a w of the task. The truth is that of
/// the target; its sources() are the others, t = 0 .. tasks-1, of `source_rows` rows each. By `relation`:
///     overlap    w is that of sparse_linear. Of a source's relevant columns round(overlap * relevant), chosen at
///                random, are the target's, with its coefficients there; each other one is replaced by a column that
///                does not matter to the target, with a coefficient of the source's own. With support = "first"
///                these are columns relevant * (1 + t) on.
///     subspace   w_t = B a_t, the target's w too: B the same for all tasks, orthonormal, uniform over all such,
///                `dimensions` columns of relevant numbers each (0 in columns that do not matter to anybody), and
///                a_t = (c_1 g_t1, c_2 g_t2, ...), c as `coefficients` says and g_t standard normals of the task. Where
///                `signal` is set, each w_t is scaled to |w_t|^2 = signal.
///     shift      w is that of sparse_linear. A source has w_t = w + delta_t on the same columns, |delta_t| = distance
///                |w|, uniform over all directions of the relevant columns: |w_t|^2 is (1 + distance^2) |w|^2 on
///                average.
/// The risk of a linear rule is exact, of every task: |b - w_t|^2 + intercept^2.
///
/// Facts of the target: those of sparse_linear, tasks, source_rows, source_noise, delta2 = |w_0 - w|^2 of the first
/// source (of "shift" that of all, distance^2 signal), and of "subspace" dimensions; of a source: those of
/// sparse_linear. Row streams: "x" and "noise". Truth streams: "support", "coefficients", "directions", "task" (the
/// target's a), and child(t) of "source": "kept", "support", "coefficients", "task", "shift". A source, a column of
/// the pool where support = "first", or rows more change nothing that was drawn before.
struct Related {
  Index candidates = 100;
  Index relevant = 10;
  std::string coefficients = "equal";  ///< sim/parts/coefficients.hpp
  double signal = 0;  ///< Var f* of the target, to which the coefficients are scaled; 0: as they are
  std::string support = "random";  ///< sim/parts/coefficients.hpp
  double noise = 1;                ///< of the target, a standard deviation
  double signal_to_noise = 0;      ///< Var f* / noise^2, which then sets the noise; 0: not set
  Index tasks = 1;                 ///< sources
  Index source_rows = 300;         ///< of each
  double source_noise = 0;         ///< of each, a standard deviation; 0: that of the target
  std::string relation = "shift";
  double overlap = 0.8;
  Index dimensions = 3;
  double distance = 0.3;

  static std::span<const Option<Related>> options();
  std::string name() const { return "related"; }
  Task task() const { return Task::regression; }
  std::string fingerprint() const;
  /// Throws InvalidInput for options that no truth can have (require_valid).
  Truth draw(Stream truth) const;
  /// Throws InvalidInput for options that no truth can have together.
  void require_consistent() const;
};
static_assert(Drawable<Related>);

}  // namespace quartic
