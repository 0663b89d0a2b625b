#pragma once
/// Straight lines through a plain table: rows that stand for themselves, x measured with noise as y is.
///
/// Published computing is noisy (peak rates, guessed hours), and noise in x flattens the forward line: its
/// slope is too small, and the reverse line, which takes all noise to be in x, too steep. The true slope lies
/// between them (Frisch 1934) where noises and truth are independent. So an exponent
/// read off a table is quoted with both.
#include <limits>
#include <string_view>

#include "core/types.hpp"
#include "laws/statistics/interval.hpp"

namespace quartic {

/// Rows (x_i, y_i), same length. A value that is not finite takes its row out of every fit.
struct Scatter {
  Vector x, y;
};

/// sxx, sxy, syy: centred sums over the rows.
///   forward             sxy / sxx                         least squares of y on x
///   reverse             syy / sxy                         least squares of x on y, turned round
///   reduced_major_axis  sign(sxy) sqrt(syy / sxx)         the geometric mean of the two
///   theil_sen           median of (y_j - y_i)/(x_j - x_i)     over pairs of different x; robust to 29 % of
///                       outliers (Sen 1968). Beyond 2000 rows only the pairs (i, i + n/2) of the rows sorted
///                       by x are taken (Theil 1950, the incomplete method).
///   huber               least sum of z^2 to 1.345 and of 1.345 (2 abs z - 1.345) beyond, z the residual over
///                       the median absolute deviation/.6745 (Huber 1964, 1981): as good as least squares
///                       but for 5 % where errors are normal, and not drawn away by rows whose y is wrong
enum class Regression { forward, reverse, reduced_major_axis, theil_sen, huber };
/// Those that a study of a table tells.
inline constexpr Regression regressions[] = {Regression::forward, Regression::reverse,
                                             Regression::reduced_major_axis, Regression::theil_sen};
std::string_view to_string(Regression kind);

/// y = intercept + slope x.
struct StraightLine {
  double intercept = std::numeric_limits<double>::quiet_NaN();
  double slope = std::numeric_limits<double>::quiet_NaN();

  double at(double x) const { return intercept + slope * x; }
  /// The x with at(x) = y.
  double solve(double y) const { return (y - intercept) / slope; }
};

/// The line of this kind: through the means of x and y (of huber weighted ones), for theil_sen with the
/// median of y - slope x as its intercept. NaN for fewer than two rows, or where x, or for reverse y, does
/// not vary. O(n); theil_sen up to 2000 rows O(n^2).
StraightLine regress(Regression kind, const Scatter& rows);

/// The forward line with the errors of the textbook (equal variances, independent rows).
struct LeastSquaresLine {
  StraightLine line;
  double slope_error = std::numeric_limits<double>::quiet_NaN();         ///< s / sqrt(sxx)
  double intercept_error = std::numeric_limits<double>::quiet_NaN();     ///< s sqrt(1/n + mean(x)^2/sxx)
  double residual_deviation = std::numeric_limits<double>::quiet_NaN();  ///< s, with n - 2 degrees of freedom
  double r_squared = std::numeric_limits<double>::quiet_NaN();
  double mean_x = std::numeric_limits<double>::quiet_NaN();
  Index rows = 0;  ///< finite ones

  /// Standard error of line.at(x).
  double error_at(double x) const;
};
LeastSquaresLine least_squares_line(const Scatter& rows);

/// The exponent q of x ~ k^q where log k rises by this slope with log x: 1/slope, ends exchanged. An interval
/// that reaches 0 gives infinity; a slope that is surely not positive, NaN.
Interval exponent_of_slope(const Interval& slope);

/// 1/d for an interval of the slope d of x on y; infinite where d may be 0: the slope of that line, turned
/// round.
Interval turned_round(const Interval& d);

/// Rows x = log10 computing, y = log10 1/(error - floor): performance k is 1/(error - floor), as in published
/// accounts of error rates (exponents halve for k = 1/sqrt). Computing and errors have the same length; rows
/// at or below the floor become NaN.
Scatter log_scatter(const Vector& computing, const Vector& errors, double floor = 0);

}  // namespace quartic
