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
};
/// The intercept at which P(y = 1) = E 1/(1 + e^-(intercept + u)) is `prevalence`, and the error of the best rule
/// there. Var u = signal. Intercept and prevalence to 1e-9; the error as well where a density or a margin with a fair
/// share of the signal makes the law of u smooth. Where one or two findings that go by steps decide alone, the law of u
/// has atoms, and the error is told to 1e-2 only: the more findings, the closer (ten: 1e-5).
FindingClasses classes_of(const FindingScore& score, double signal, double prevalence);

}  // namespace quartic::detail
