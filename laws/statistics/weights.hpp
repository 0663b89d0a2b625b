#pragma once
/// How much each size of a learning curve counts in a fit.
#include "core/types.hpp"
#include "laws/statistics/average.hpp"

namespace quartic {

/// 1/variance of the logarithm of each column's average over replicates (replicates x columns; NaN =
/// missing). With V the variance of the logarithms of R positive values that is V/R for the geometric mean
/// and (e^V - 1)/R for the mean (delta method, as if the values were log-normal).
///
/// V is taken from logarithms in both cases, because (s/m)^2 goes up and down with m in a skewed sample:
/// weights made of it bias the fit (95 % intervals of 10 replicates of spread 1 cover 90 %). And noisy
/// weights cost more than equal ones: the logarithms of V are shrunk towards their mean by t/(t + v), v =
/// 2/(R - 1) the sampling variance of a normal's log variance and t = max(0, their variance over the columns
/// - v) (Efron & Morris 1973). Columns of fewer than two replicates or without variance get the mean V. Where
/// a value is not positive the mean takes V = log(1 + (s/m)^2), and the geometric mean has weight zero.
Vector log_average_weights(const Matrix& values, Average average);

/// The same, were every column measured equally often (as often as all are on average). For designs whose
/// counts answer to the errors seen so far: a curve that is only nearly a law has another exponent wherever
/// more replicates are run (White 1980, International Economic Review 21(1)), and the interval would hold
/// that one. The price, where the law does hold: columns of few values count more than they know. Give each
/// ten at least.
Vector even_weights(const Matrix& values, Average average);

}  // namespace quartic
