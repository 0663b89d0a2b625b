#pragma once
/// Yes or no by rules over findings that are there or not: the home ground of expert systems.
#include <string>

#include "core/options.hpp"
#include "core/world.hpp"

namespace quartic {

/// Each of the candidates is a finding that is there in a case with the chance `frequency` p, independently; its
/// column is standardised, (there - p)/sqrt(p (1 - p)). A rule asks for `conditions` findings, each to be there
/// or, where it is one of the share `absent` of conditions (rounded to a count), not to be there; no finding is
/// in two conditions. The rules say yes where `needed` of them or more apply: with 1 a disjunction of
/// conjunctions, with more a vote. The answer is what the rules say or, by an exception, the other one.
///
/// Rule k applies with the chance a_k = p^there (1 - p)^absent, independently of the others, so that q = P(they
/// say yes) is the upper tail of a sum of Bernoulli(a_k), summed exactly (with needed = 1 and absent = 0:
/// 1 - (1 - p^conditions)^rules). With e = exceptions,
///     prevalence = q (1 - e) + (1 - q) e,   bayes_error = e,   constant_error = min(prevalence, 1 - prevalence).
/// Whoever knows the rules is at Bayes without any case. The risk of linear rules has no closed form.
///
/// Facts: candidates, relevant = rules x conditions, prevalence, bayes_error, constant_error, rule_share = q,
/// signal = the variance of P(y = 1 | x), (1 - 2 e)^2 q (1 - q). relevant() is rule by rule. Row streams: "x"
/// (finding j is there where normal j is below the quantile of p), "noise" (exceptions) and "reader" (label
/// noise); truth streams: "support", and "absent" for which conditions ask for absence.
struct Rules {
  Index candidates = 100;
  Index rules = 4;
  Index conditions = 3;  ///< a rule
  Index needed = 1;      ///< rules that must apply
  double absent = 0;
  double frequency = 0.5;
  std::string support = "random";  ///< sim/parts/coefficients.hpp
  double exceptions = 0.05;        ///< chance that a case goes against the rules
  double label_noise = 0;          ///< chance that a training label is the wrong one

  static std::span<const Option<Rules>> options();
  std::string name() const { return "rules"; }
  Task task() const { return Task::classification; }
  std::string fingerprint() const;
  /// Throws InvalidInput for options that no truth can have (require_valid), and where the best rule is no better
  /// than a constant.
  Truth draw(Stream truth) const;
  /// Throws InvalidInput for options that no truth can have together.
  void require_consistent() const;
};
static_assert(Drawable<Rules>);

}  // namespace quartic
