#pragma once
/// Truths of two classes: rows and a score as in worlds of numbers, and a law of y given the score.
#include "sim/parts/class_law.hpp"
#include "sim/parts/pool.hpp"

namespace quartic {

/// y = 1 with the chance law.probability(score), the score u being f* of `scores` (Gaussian: x'beta of Gaussian
/// rows; its noise is left aside); then flipped with the chance label_noise, a reader's mistake which is no part
/// of the truth: mean() and errors are those of y before it.
///
/// Error of a linear rule, less Bayes, exactly: class_law.hpp, from v' Sigma v of its coefficients; NaN where
/// one is not finite. Facts: candidates, relevant, signal = Var u, intercept, prevalence, bayes_error,
/// constant_error (of the best constant, min(prevalence, 1 - prevalence)). Row streams: those of the rows,
/// "noise" (y = 1 where its uniform is below the chance) and "reader".
Truth make_class_truth(PoolTruth scores, const ClassLaw& law, double label_noise);

}  // namespace quartic
