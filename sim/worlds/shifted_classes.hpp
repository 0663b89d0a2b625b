#pragma once
/// Yes or no, trained on the rows of one law and judged by those of another.
#include <array>
#include <string>

#include "core/options.hpp"
#include "core/world.hpp"

namespace quartic {

/// Training rows are those of `logistic` with the same options: P(y = 1 | x) = 1/(1 + e^-(intercept + u)), u = x'beta.
/// The shifts of sim/worlds/recording.hpp record the cases of the test otherwise: a case has its chance, whichever
/// way it is recorded (of "scale", other cases, it is that of its new columns). "prevalence" is a label shift: class 1 is
/// another share pi' of the cases, pi' = pi + s (1 - 2 pi) for the prevalence pi of training, and what the cases of a
/// class look like stays. Then, with a = pi'/pi and c = (1 - pi')/(1 - pi), x has the density of training times
/// a p + c (1 - p), and the log odds grow by log(a/c).
///
/// Error of a linear rule less Bayes' under the test law, exactly but for one integral over u: of what is recorded by
/// excess_error (sim/parts/class_law.hpp) of T'b, moved and blur; of another prevalence
///     E |a p - c (1 - p)| 1(the rule says other than Bayes),   u as in training.
///
/// Facts of tested(): those of `logistic`, prevalence, intercept, bayes_error and constant_error under the test law;
/// signal is Var u (of "prevalence" that of training). Row streams of a test case of another prevalence: "noise" (its
/// class is 1 where the uniform is below pi'), and beneath "tries" the rows of training that are tried, the first whose
/// class is that one being the case; else as in training, and "blur". Truth streams: those of `logistic`, and "shift".
struct ShiftedClasses {
  Index candidates = 1000;
  Index relevant = 10;
  std::string covariance = "isotropic";  ///< sim/parts/covariance.hpp
  std::string coefficients = "equal";    ///< sim/parts/coefficients.hpp
  double signal = 4;                     ///< Var u in training, to which the coefficients are scaled
  std::string support = "random";        ///< sim/parts/coefficients.hpp
  double prevalence = 0.2;               ///< P(y = 1) in training
  double label_noise = 0;                ///< chance that a training label is the wrong one
  std::string shift = "prevalence";      ///< or one of sim/worlds/recording.hpp
  double strength = 0.5;
  Index block = 10;

  static std::span<const Option<ShiftedClasses>> options();
  std::string name() const { return "shifted_classes"; }
  Task task() const { return Task::classification; }
  std::string fingerprint() const;
  /// Throws InvalidInput for options that no truth can have (require_valid), and where the best rule is no better
  /// than a constant.
  Truth draw(Stream truth) const;
  /// Throws InvalidInput for options that no truth can have together.
  void require_consistent() const;
};
static_assert(Drawable<ShiftedClasses>);

}  // namespace quartic
