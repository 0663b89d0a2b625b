#pragma once
/// Yes or no by a linear score over very many candidate columns of which a few matter.
#include <string>

#include "core/options.hpp"
#include "core/world.hpp"
#include "sim/parts/class_law.hpp"

namespace quartic {

/// Rows x are Gaussian with mean 0 and covariance Sigma; the score is u = x'beta, and
///     P(y = 1 | x) = link(intercept + u),   link = 1/(1 + e^-t) (logistic) or Phi(t) (probit).
/// The intercept is what the prevalence needs. Error is the chance of a wrong answer on a new row; the least,
/// Bayes, is a fact of the truth. Of linear rules it is exact, in O(candidates) and one integral: facts, streams
/// and label_noise in sim/parts/class_truth.hpp. Truth streams: "support" and "coefficients".
template <Link link>
struct SparseClasses {
  Index candidates = 1000;
  Index relevant = 10;
  std::string covariance = "isotropic";  ///< sim/parts/covariance.hpp
  std::string coefficients = "equal";    ///< sim/parts/coefficients.hpp
  double signal = 4;                     ///< Var u to which the coefficients are scaled
  std::string support = "random";        ///< sim/parts/coefficients.hpp
  double prevalence = 0.5;               ///< P(y = 1)
  double label_noise = 0;                ///< chance that a training label is the wrong one

  static std::span<const Option<SparseClasses>> options();
  std::string name() const { return link == Link::logistic ? "logistic" : "probit"; }
  Task task() const { return Task::classification; }
  std::string fingerprint() const;
  /// Throws InvalidInput for options that no truth can have (require_valid), and where the best rule is no better
  /// than a constant.
  Truth draw(Stream truth) const;
  /// Throws InvalidInput for options that no truth can have together.
  void require_consistent() const;
};
using Logistic = SparseClasses<Link::logistic>;
using Probit = SparseClasses<Link::probit>;
static_assert(Drawable<Logistic> && Drawable<Probit>);

}  // namespace quartic
