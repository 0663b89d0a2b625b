#pragma once
/// Regression with a spectrum and a target that fall by two powers: the model of scaling laws.
#include <span>
#include <string>

#include "core/options.hpp"
#include "core/world.hpp"

namespace quartic {

/// y = sum over j = 1, 2, ... of beta_j x_j + noise: column j has variance s_j = j^-spectrum and adds s_j
/// beta_j^2 = j^-target to the variance of the answer (B and A of the literature: Caponnetto & De Vito 2007;
/// Bordelon, Canatar & Pehlevan 2020; Paquette et al. 2024). A model of size N is one that is shown the first
/// N columns, candidates = N: with data enough its risk falls as N to the power -(target - 1), and that of
/// gradient descent falls with its steps t as t to the power -(target - 1)/spectrum.
///
/// A spectral series (sim/parts/spectral_series.hpp, which says how its truths show the first columns, nest,
/// and judge rules exactly). Its facts, and spectrum, target.
struct PowerLawWorld {
  Index candidates = 1000;
  double spectrum = 1.5;  ///< B
  double target = 1.75;   ///< A
  double noise = 0.5;     ///< standard deviation

  static std::span<const Option<PowerLawWorld>> options();
  std::string name() const { return "power_law"; }
  Task task() const { return Task::regression; }
  std::string fingerprint() const;
  /// Throws InvalidInput for options that no truth can have (require_valid).
  Truth draw(Stream truth) const;
};
static_assert(Drawable<PowerLawWorld>);

}  // namespace quartic
