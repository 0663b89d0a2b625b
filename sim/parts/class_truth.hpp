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

/// What labels are drawn from, one a row: of the streams "noise", and "reader" where there is label_noise (else 1).
struct Uniforms {
  Vector noise, reader;
};
Uniforms draw_uniforms(Range rows, double label_noise, const Stream& train);
/// 1 where noise is below the chance; the other one where reader is below label_noise.
Vector labels_by_chance(const Vector& chances, const Uniforms& uniforms, double label_noise);

/// Throws InvalidInput unless bayes_error is below constant_error by more than that.
void require_gain(const Facts& facts, double least_gain);

}  // namespace quartic
