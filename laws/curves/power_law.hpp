#pragma once
/// Laws of error against size, fitted on logarithms.
#include "core/types.hpp"

namespace quartic {

/// Sizes, positive values and weights (>= 0) of one curve; same length.
struct LawPoints {
  Vector sizes;
  Vector values;
  Vector weights;
};

/// y = a n^-q.
struct PowerLaw {
  double scale = 0;     ///< a
  double exponent = 0;  ///< q

  double at(double n) const;
  /// The n with at(n) = y; NaN where the law does not fall.
  double size_at(double y) const;
};

/// y = a (n - n0)^-q for n > n0. Exact for least squares on p columns: a = sigma^2 p, n0 = p + 1, q = 1.
struct OffsetLaw {
  double scale = 0;     ///< a
  double exponent = 0;  ///< q
  double offset = 0;    ///< n0

  double at(double n) const;
  double size_at(double y) const;
};

/// Weighted least squares of log y on log n. NaN in every field for fewer than two sizes of positive weight,
/// or for a size or value there that is not positive. Points of weight 0 are ignored.
PowerLaw fit_power_law(const LawPoints& points);

/// Weighted least squares of log y on log(n - n0) with n0 below the smallest size. Variable projection (Golub
/// & Pereyra 1973): a and q in closed form for every n0; the one-dimensional search over log(n_min - n0)
/// scans n_min - n0 from 1e-6 n_min to 100 n_max and then solves for the zero of the derivative by Brent. At
/// an end of that range the data do not identify n0 and the end is returned. NaN for fewer than three sizes;
/// otherwise as fit_power_law. About 5 microseconds.
OffsetLaw fit_offset_law(const LawPoints& points);

}  // namespace quartic
