#pragma once
/// How much each size of a learning curve counts in a fit.
#include "laws/statistics/jackknife.hpp"

namespace quartic {

/// 1/variance of the logarithm of each column's average. With V the variance of the logarithms of R positive
/// values that is V/R for the geometric mean and (e^V - 1)/R for the mean (delta method, as if the values were
/// log-normal). 0 where there is no average.
///
/// V is taken from logarithms in both cases, because (s/m)^2 goes up and down with m in a skewed sample:
/// weights made of it bias the fit. And noisy weights cost more than none: log V is drawn to a straight line
/// in the logarithms of `sizes` (columns x kinds of size; nothing: to its mean), because scatter mostly grows
/// or shrinks along a curve. Slopes of that line are drawn to 0 as if they were normal with deviation .7 (a
/// hundredfold size changes V by a factor of 25, more or less). What a column deviates from the line is kept
/// by the share t/(t + v), v = 2/(R - 1) the sampling variance of a normal's log variance and t = max(0, the
/// deviations' variance - v) (Efron & Morris 1973). Columns of unknown V lie on the line.
///
/// These weights come from the scatter of the same replicates as the averages: an interval is right where
/// they are made anew in every resample.
Vector log_average_weights(const Averages& columns, const Matrix& sizes = {});

/// The same, were every column measured equally often (as often as all are on average). For designs whose
/// counts answer to the errors seen so far: a curve that is only nearly a law has another exponent wherever
/// more replicates are run (White 1980, International Economic Review 21(1)), and the interval would hold
/// that one. The price, where the law does hold: columns of few values count more than they know. Give each
/// ten at least.
Vector even_weights(const Averages& columns, const Matrix& sizes = {});

/// The columns' averages without the bias of their logarithms: E log m is below log E m by half the variance
/// of log m, which does not cancel between sizes of unlike scatter. m sqrt(1 + 1/w), w the weights; geometric
/// means as they are, and where no scatter is known.
Vector unbiased_averages(const Averages& columns, const Matrix& sizes = {});

}  // namespace quartic
