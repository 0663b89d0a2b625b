#pragma once
/// A two-layer network teaches: y = its answer + noise.
#include <span>
#include <string>

#include "core/options.hpp"
#include "core/world.hpp"

namespace quartic {

/// f*(x) = scale [sum over m = 1 .. hidden of a_m g(w_m.z) - its mean], z the relevant columns (N(0, 1) each,
/// of x), |w_m| = 1, with rho_ml = w_m.w_l:
///     Var f*  = sum over m, l of a_m a_l Cov(rho_ml)        exact: sim/parts/activation.hpp has Cov
///     E z f*  = E g'(u) sum of a_m w_m                      so that linear rules have an exact risk
/// A column's importance is E (df*/dz_k)^2. Facts, row streams, risk: sim/parts/pool.hpp. Truth streams:
/// "support", "coefficients" (of the units), "directions". Flops of an answer: about 2 hidden (relevant + 1),
/// and hidden times g.
///
/// The setting of Saad & Solla (1995) with T_nm = delta_nm: activation = "erf", weights = "orthonormal",
/// coefficients = "equal", signal = 0, relevant = candidates = N; a student's fields are J.x/sqrt N, the
/// teacher's B.x/sqrt N = w.x.
struct Teacher {
  Index candidates = 50;
  Index relevant = 10;
  Index hidden = 4;                    ///< units
  std::string activation = "relu";     ///< g; sim/parts/activation.hpp
  std::string weights = "gaussian";    ///< of the units, w; sim/parts/directions.hpp
  std::string coefficients = "signs";  ///< a, of the units; sim/parts/coefficients.hpp
  double signal = 1;                   ///< Var f* to which the answer is scaled; 0: its natural scale
  std::string support = "random";      ///< sim/parts/coefficients.hpp
  double noise = 0.5;                  ///< standard deviation
  double signal_to_noise = 0;          ///< Var f* / noise^2, which then sets the noise; 0: not set

  static std::span<const Option<Teacher>> options();
  std::string name() const { return "teacher"; }
  Task task() const { return Task::regression; }
  std::string fingerprint() const;
  /// Throws InvalidInput for options that no truth can have (require_valid), and where the truth that is
  /// drawn is the same everywhere.
  Truth draw(Stream truth) const;
  /// Throws InvalidInput for options that no truth can have together.
  void require_consistent() const;
};
static_assert(Drawable<Teacher>);

}  // namespace quartic
