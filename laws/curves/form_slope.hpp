#pragma once
/// What one form of law reads off the averages of a curve.
#include <span>
#include <vector>

#include "laws/curves/curve.hpp"

namespace quartic {

/// What grows as a power of k: the sizes of a curve, or its flops.
enum class Growing { data, computing };

namespace detail {

/// How averages are read.
struct CurveForm {
  const Vector& sizes;
  const LawOptions& options;
  Growing growing = Growing::data;
  LawForm form = LawForm::power;
};

/// The errors of a curve, and with computing its flops.
std::vector<ReplicateTable> curve_tables(const MeasuredCurve& curve, Average average, Growing growing);

/// The flops of a curve by their parts.
std::vector<ReplicateTable> cost_tables(const MeasuredCurve& curve);

/// The points of the law of the errors, made of averages of curve_tables; their x is the flops for the power law of
/// computing, else the size.
LawPoints form_points(const CurveForm& form, std::span<const Averages> tables);

/// The power by which error falls with what grows. Of computing under another form than a power, which is one in n:
/// the slope in n over r, where flops grow as n^r (log-log). Empty weights: those of the points.
double form_slope(const CurveForm& form, std::span<const Averages> tables, const LawFitOptions& options,
                  const Vector& weights = {});

/// log of the positive y at n, linear in log n between sizes, beyond them by the slope of the last two.
double interpolate_log(const Vector& sizes, const Vector& values, double n);

/// log of the cost at n, whose parts are read so one by one, as a sum of powers is none; a part that is 0 at a size
/// beside n is read linearly in log n, and does not change beyond the sizes.
double log_cost(const Vector& sizes, std::span<const Averages> parts, double n);

}  // namespace detail

}  // namespace quartic
