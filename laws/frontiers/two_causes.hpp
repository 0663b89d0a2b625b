#pragma once
/// A law in which two causes add up: rows and parameters, or data and steps.
#include <limits>

#include "core/types.hpp"
#include "laws/statistics/average.hpp"
#include "laws/statistics/interval.hpp"

namespace quartic {

/// Errors y over pairs (n, p) of two sizes, with weights (>= 0); all of one length.
struct TwoCausePoints {
  Vector first;    ///< n > 0
  Vector second;   ///< p > 0
  Vector values;   ///< y > 0
  Vector weights;  ///< inverse variances of log y, or ones
};

/// y = e + a n^-q + b p^-r.
struct TwoCauseLaw {
  double floor = std::numeric_limits<double>::quiet_NaN();            ///< e >= 0
  double first_scale = std::numeric_limits<double>::quiet_NaN();      ///< a >= 0
  double first_exponent = std::numeric_limits<double>::quiet_NaN();   ///< q
  double second_scale = std::numeric_limits<double>::quiet_NaN();     ///< b >= 0
  double second_exponent = std::numeric_limits<double>::quiet_NaN();  ///< r

  double at(double n, double p) const;
  /// s of the least y - e ~ (n p)^-s over all n and p of one product: qr/(q + r). NaN where a term vanishes,
  /// or q or r is at an end of [0.01, 5]: a fit that ends there does not tell it.
  double frontier_slope() const;
};

struct TwoCauseFit {
  TwoCauseLaw law;
  Vector residuals;  ///< log y - log law, of every point
  double squares = std::numeric_limits<double>::quiet_NaN();
  bool at_edge = false;  ///< an exponent at the end of its range, or a term that vanished
};

/// Minimises sum_i w_i (log y_i - log y(n_i, p_i))^2 over e, a, b >= 0 and q, r in [0.01, 5]. Variable
/// projection (Golub & Pereyra 1973): on a grid of (q, r) the three linear parameters solve a non-negative
/// least-squares problem of relative residuals, in closed form; the best few are refined together by
/// Levenberg-Marquardt in logarithms. NaN for fewer than five points of positive weight, or three first or
/// second sizes among them, or for a value, size or weight that is not positive and finite. 128 points: a
/// fraction of a millisecond.
/// The form: Hoffmann et al. 2022, arXiv 2203.15556, approach 3.
TwoCauseFit fit_two_causes(const TwoCausePoints& points);

/// Measurements over pairs of sizes: errors replicates x pairs, row r the same replicate at all; NaN =
/// missing.
struct TwoCauseTable {
  Vector first, second;
  Matrix errors;
};

struct TwoCauseExponents {
  TwoCauseFit fit;                     ///< of the averages
  Interval first_slope, second_slope;  ///< q and r
};

/// The fit of the averages, unbiased and weighted by laws/statistics/weights.hpp, in every resample anew, and
/// intervals of q and r: jackknife over whole replicates, Student t. Ends are NaN for fewer than two replicates somewhere, and where an exponent
/// ends at an end of its range, with some replicate left out or none. replicates + 1 fits.
TwoCauseExponents two_cause_exponents(const TwoCauseTable& table, Average average = Average::mean,
                                      double confidence = 0.95);

}  // namespace quartic
