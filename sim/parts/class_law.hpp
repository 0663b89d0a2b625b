#pragma once
/// Two classes by a Gaussian score: how likely class 1 is, how well it can be told, and how well a linear rule
/// tells it.
#include <string_view>

#include "core/types.hpp"

namespace quartic {

/// How the chance of class 1 grows with the score: 1/(1 + e^-t), or the normal distribution function Phi(t).
enum class Link { logistic, probit };

/// P(y = 1 | u) = link(intercept + u), u ~ N(0, signal).
struct ClassLaw {
  Link link = Link::logistic;
  double intercept = 0;
  double signal = 1;  ///< Var u, above 0

  /// P(y = 1) where intercept + u = t. The same bits everywhere.
  double probability(double t) const;
  /// P(y = 1) = E link(intercept + u).
  double prevalence() const;
  /// Error rate of the best rule, which says 1 where intercept + u > 0: E min(p, 1 - p).
  double bayes_error() const;
};

/// The law of this prevalence, from 1e-6 to 1 - 1e-6; at 1/2 the intercept is exactly 0. Solved to rounding.
ClassLaw law_of_prevalence(Link link, double signal, double prevalence);

/// A rule that says 1 where its score is above 0, by what the error rests on: with v the score, u that of the
/// law, both divided by their standard deviations.
struct RuleScore {
  double correlation = 0;  ///< of v and u
  double residual = 1;     ///< standard deviation of v given u, sqrt(1 - correlation^2), without cancellation
  double offset = 0;       ///< E v
};

/// Error rate of the rule less Bayes, E |2 p - 1| P(the rule says other than Bayes | u), with
/// P(v > 0 | u) = Phi((offset + correlation u)/residual): one integral over u, to 1e-12.
double excess_error(const ClassLaw& law, const RuleScore& rule);
/// The same for a rule that always says 1, or always 0, whatever x.
double excess_error_of_constant(const ClassLaw& law, Index always);

}  // namespace quartic
