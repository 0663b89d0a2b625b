#pragma once
/// Patients and a diagnosis: findings of an x-ray, of which a few of very many matter.
#include <string>

#include "core/options.hpp"
#include "core/world.hpp"

namespace quartic {

/// Columns are findings in fives, one five for each place of the body: size, density, margin, present, count
/// (sim/findings/finding.hpp), each of mean 0 and variance 1 and a never falling function g of a standard normal,
///     x_j = g_j(z_j),   z_j = sqrt(c) f_place + sqrt(1 - c) e_j,   c = correlation,
/// so that findings of a place go together and those of different places do not (a Gaussian copula). The diagnosis:
///     P(y = 1 | x) = 1/(1 + e^-(intercept + u)),   u = sum of b_j x_j + sum over rules of d h_a h_b,   Var u = signal.
/// A rule rests on whether two relevant findings, of two places, are conspicuous (is_conspicuous; h, of mean 0 and
/// variance 1): both or neither raises the score, where d > 0, and one alone lowers it. There is one for each ten
/// relevant columns begun. `rules` is their share of Var u, of which linear rules see nothing. The intercept is what
/// the prevalence needs; it and the error of the best rule, Bayes, are integrals over the law of u
/// (sim/findings/score_law.hpp), not simulations. Errors of fitted rules are estimated on fresh rows.
///
/// Facts: candidates, relevant, signal, nonlinear = rules signal, intercept, prevalence, bayes_error, constant_error.
/// Row streams: "x" (e, at the column's position), "blocks" (f, at the place's), "noise" and "reader" (see
/// sim/parts/class_truth.hpp). Truth streams: "support" and "coefficients". Flops: relevant + 2 rules an answer.
struct Xray {
  Index candidates = 1000;
  Index relevant = 100;
  double correlation = 0.3;               ///< c, from 0 to 0.99
  std::string coefficients = "gaussian";  ///< b before it is scaled; sim/worlds/finding_weights.hpp
  double signal = 16;                     ///< Var u
  double rules = 0;                       ///< share of Var u of pairs that matter only together
  std::string support = "random";         ///< sim/parts/coefficients.hpp
  double prevalence = 0.2;                ///< P(y = 1)
  double label_noise = 0;                 ///< chance that a training label is the wrong one

  static std::span<const Option<Xray>> options();
  std::string name() const { return "xray"; }
  Task task() const { return Task::classification; }
  std::string fingerprint() const;
  /// Throws InvalidInput for options that no truth can have (require_valid), where the best rule is no better than a
  /// constant, and where rules find no two places.
  Truth draw(Stream truth) const;
  /// Throws InvalidInput for options that no truth can have together.
  void require_consistent() const;
};
static_assert(Drawable<Xray>);

}  // namespace quartic
