#pragma once
/// Intervals for a slope from a plain table, by resampling its rows.
#include "core/random/stream.hpp"
#include "laws/statistics/regression.hpp"

namespace quartic {

/// pairs: rows (x, y) are drawn with replacement; right whatever the variances, x random as in a table that
/// was collected. wild: x stays, residuals r_i/(1 - h_i) change sign at random (Wu 1986; Davidson & Flachaire
/// 2008); for x that were chosen. Only of the forward and the reverse line (there with x and y exchanged);
/// the reduced major axis always resamples pairs. Both are bootstrap-t: the quantiles of (b* - b)/se* with a
/// standard error of the same kind in every resample (delete-one jackknife for pairs, HC3 for wild); of log
/// |slope| for the reduced major axis. where_needed: pairs where the scatter follows x (the line of log
/// squared residuals has a slope at 20 %); else Student's interval, which is right there, has no luck of its
/// own and is shorter for few rows.
enum class RowResampling { pairs, wild, where_needed };

struct RowIntervalOptions {
  RowResampling resampling = RowResampling::pairs;
  Index resamples = 2000;
  double confidence = 0.95;
};

/// The slope of regress(kind, rows) with its interval. theil_sen takes no resamples: the interval of Sen 1968
/// from the variance of Kendall's S, or, beyond 2000 rows, of the sign test; right where the noise does not
/// depend on x (at noise that grows with abs x 95 % cover 86 %). huber: jackknife over rows, Student t.
/// Beyond 10,000 rows bootstrap quantiles have nothing to add, and the ends are normal with the same standard
/// error. The ends of a reverse interval may be infinite of either sign, where x may not depend on y. NaN
/// ends for fewer than five rows. Deterministic: resample b takes stream.child(b), of the rows in their order
/// (where_needed: by x, then y, so that their order does not count). O(resamples x n); 13 rows, 2000
/// resamples: a millisecond.
Interval slope_interval(Regression kind, const Scatter& rows, const RowIntervalOptions& options,
                        Stream stream);

}  // namespace quartic
