#pragma once
/// Least squares on independent columns that are badly read: where it stalls, and its risk at n rows.
#include <vector>

namespace quartic {

/// One column of variance 1 of those that somebody looks at.
struct ReadColumn {
  double signal = 0;         ///< its part b^2 of Var f*; 0 for a column that does not matter
  bool thresholded = false;  ///< only its sign is read
  bool forbidden = false;    ///< its coefficient may not have its true sign
};

/// y = x'b + noise with isotropic Gaussian rows, of which d (g(x) + noise z) is read, in training as on new
/// cases: z ~ N(0,1), d = 0 with probability `missing`, else 1, and g(x) = x or sign(x).
struct ReadColumns {
  std::vector<ReadColumn> columns = {};
  double noise = 0;    ///< of readings
  double missing = 0;  ///< probability that one is lost
  double signal = 1;   ///< Var f*, with what is in no column that is looked at
  double noise_variance = 1;
};

/// The share of its part of the signal that a column explains however many rows there are: Cov(x~, f*)^2 /
/// (Var x~ b^2) = (1 - missing)/(1 + noise^2), times 2/pi = (E|x|)^2 where it is thresholded; 0 where its sign
/// is forbidden.
double explained_share(const ReadColumns& read, const ReadColumn& column);

/// The excess risk that is left at last: signal less all that the columns explain.
double stalled_risk(const ReadColumns& read);

/// Mean excess risk at n rows. With p columns that may have their sign, all else is noise to the fit, of
/// variance t = noise_variance + stalled_risk:
///     stalled_risk + (p t + D) / (n - p + 2 - k).
/// Noise alone keeps readings Gaussian: D = 0, k = 3, and this is exact for n >= p + 2, as is
/// least_squares_risk (laws/theory/least_squares.hpp) of minimum norm below p. Else k is the mean kurtosis of
/// readings and D = sum over columns of E r^2 x~^2 / E x~^2 - E r^2, r the column's part of the residual (it is
/// large where x~ is not): right to order 1/n, within 2 per cent for n >= 4 (p + k); NaN below. NaN, too, where
/// a forbidden column is not five standard errors from 0: it might keep a sign that is allowed.
double read_columns_risk(const ReadColumns& read, double rows);

}  // namespace quartic
