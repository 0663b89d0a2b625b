#pragma once
/// The law of the score of findings, and of the classes that it makes.
#include "sim/findings/class_integrals.hpp"
#include "sim/findings/finding_score.hpp"

namespace quartic::detail {

/// E e^{itu} at t = 0, step, ..., (count - 1) step: a product over places, each the mean over its factor of a product
/// over its findings (density and margin in closed form, present and count by their values, size by nodes); two places
/// with a joint by whether its two findings are conspicuous. Error about 1e-11.
Wave characteristic_function(const FindingScore& score, double step, std::size_t count);

struct FindingClasses {
  double intercept, prevalence, bayes_error;
  double accuracy;  ///< of bayes_error
};
/// The intercept at which P(y = 1) = E 1/(1 + e^-(intercept + u)) is `prevalence`, and the error of the best rule
/// there, E 1/(1 + e^|intercept + u|). Var u = signal, of any size. Both to 1e-9.
///
/// Where u has at most 4096 values they are sums over these. Else they are integrals over phi(t) = E e^{itu}, which is
/// followed until it has died away, as it soon does where densities, margins or sizes make the law of u smooth; or, where
/// it does not die away, and is faded out, until an upper bound of what that changes (fading_error) is below 1e-9, or the
/// last two doublings have changed less than 1e-10: the more of the law lies near the kink at u = -intercept, the
/// further. Work ends after some tenths of a second. Where a size decides with hardly anything but what it shares a place or
/// a rule with, that is too early: `accuracy`, the bound or the last change, is then 1e-8 to 1e-4.
FindingClasses classes_of(const FindingScore& score, double signal, double prevalence);

}  // namespace quartic::detail
