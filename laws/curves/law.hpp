#pragma once
/// Laws of error against size (or against flops), and their fits.
#include <limits>
#include <optional>
#include <span>
#include <string_view>

#include "core/words.hpp"
#include "laws/curves/power_law.hpp"

namespace quartic {

/// The form of y(x), e = floor, a = scale, q = exponent:
///   - power: a x^-q
///   - floor: e + a x^-q
///   - offset: a (x - x0)^-q, exact for least squares
///   - floor_offset: e + a (x - x0)^-q
///   - logarithm: a (x / ln x)^-q, a pool of candidates that grows with x
///   - broken: a x^-q (1 + x/x1)^-(q1 - q), one smooth break, at x1 = break_size, to q1 = exponent_beyond
///   - floor_broken: e + that
/// x may be a size or flops.
enum class LawForm { power, floor, offset, floor_offset, logarithm, broken, floor_broken };
inline constexpr Words<LawForm, 7> law_forms = {{{LawForm::power, "power"},
                                                 {LawForm::floor, "floor"},
                                                 {LawForm::offset, "offset"},
                                                 {LawForm::floor_offset, "floor_offset"},
                                                 {LawForm::logarithm, "logarithm"},
                                                 {LawForm::broken, "broken"},
                                                 {LawForm::floor_broken, "floor_broken"}}};
std::string_view to_string(LawForm form);
/// The form of the same shape over a floor that is estimated; nothing for the logarithm.
std::optional<LawForm> over_a_floor(LawForm form);
/// Numbers that a fit of this form estimates, scale included.
Index free_parameters(LawForm form);

/// One law with its numbers; NaN where it could not be fitted.
struct Law {
  LawForm form = LawForm::power;
  double scale = std::numeric_limits<double>::quiet_NaN();
  double exponent = std::numeric_limits<double>::quiet_NaN();
  double floor = 0;
  double offset = 0;
  double break_size = std::numeric_limits<double>::infinity();
  double exponent_beyond = std::numeric_limits<double>::quiet_NaN();

  double at(double x) const;
  /// The x with at(x) = y; NaN where the law does not get there.
  double size_at(double y) const;
};

struct LawFitOptions {
  std::optional<double> floor = {};  ///< held at this value instead of estimated, in any form
  /// A free floor may lie below 0. Such a fit is no law of an error, but its exponent has a distribution
  /// without a corner where the floor is small: intervals are made of it.
  bool signed_floor = false;
};

struct LawFit {
  Law law;
  Vector residuals;                                             ///< log y - log law, of every point
  double squares = std::numeric_limits<double>::quiet_NaN();    ///< weighted, of these residuals
  double r_squared = std::numeric_limits<double>::quiet_NaN();  ///< share of the weighted variance of log y
  bool at_edge = false;  ///< a nonlinear parameter ended at the end of its range: the data do not identify it
};

/// Minimises sum_i w_i (log y_i - log y(x_i))^2 over e >= 0 (unless it is signed), x0 < least x and x1
/// within the x. Variable projection (Golub & Pereyra 1973): a and every exponent that is linear in
/// logarithms in closed form on a grid of the others, refined together from the best by Levenberg-Marquardt
/// with the analytic Jacobian. x0 ranges as in fit_offset_law; a floor below 1e-6 of the least y is 0. Law
/// in NaN for fewer points of positive weight than parameters, or a value that is not positive (or not
/// above a floor that is held); exponent 0 where all values are alike. Microseconds for power, offset and
/// logarithm; floor_broken through 128 points a fraction of a millisecond.
LawFit fit_law(LawForm form, const LawPoints& points, const LawFitOptions& options = {});

}  // namespace quartic
