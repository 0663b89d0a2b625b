#include "laws/curves/exponent.hpp"

#include <array>
#include <cmath>
#include <utility>

#include "core/options.hpp"
#include "laws/curves/curve_problem.hpp"
#include "laws/curves/exponent_warnings.hpp"
#include "laws/curves/held_floor.hpp"

namespace quartic {
namespace {

using detail::curve_problem;

double to_exponent(double slope, double root) {
  return slope > 0 ? root / slope : infinity;
}

/// root/slope for an interval of the slope.
LawEstimate exponent_from_slope(const Interval& slope, double root) {
  if (std::isnan(slope.low) || std::isnan(slope.high))
    return {
        {},
        "The slope cannot be fitted in every resample: run more replicates, or leave out sizes that failed."};
  if (slope.high <= 0)
    return {{}, "The error does not fall over these sizes (a plateau): there is no exponent."};
  const Interval value{to_exponent(slope.estimate, root), to_exponent(slope.high, root),
                       to_exponent(slope.low, root)};
  return {value,
          slope.low <= 0
              ? "The error may not fall at all over these sizes (a plateau): the exponent is unbounded."
              : ""};
}

/// What grows as a power of k.
enum class Growing { data, computing };

/// How one form reads a slope from averages: of errors alone, or of errors and flops.
class Reading {
 public:
  Reading(const MeasuredCurve& curve, const LawOptions& options, Growing growing)
      : options_(options), computing_(growing == Growing::computing), points_(law_points(curve, options)) {
    tables_.push_back({curve.errors, options.average});
    if (computing_) tables_.push_back({curve.flops, Average::mean});
  }

  /// As the options hold the floor, or not.
  LawFitOptions fit_options() const { return {.floor = options_.floor}; }

  /// The law of the errors; its x is the flops for the power law of computing.
  LawFit fit(LawForm form, std::span<const Vector> averages, const LawFitOptions& options) const {
    const bool on_flops = computing_ && form == LawForm::power;
    return fit_law(form, {on_flops ? averages[1] : points_.sizes, averages[0], points_.weights}, options);
  }
  double slope(LawForm form, std::span<const Vector> averages, const LawFitOptions& options) const {
    const double fall = fit(form, averages, options).law.exponent;
    if (!computing_ || form == LawForm::power) return fall;
    return fall / -fit_power_law({points_.sizes, averages[1], points_.weights}).exponent;
  }
  Interval slope_interval(LawForm form) const {
    return detail::cover_both_floors(slope(form, averages(), fit_options()), [&](bool signed_floor) {
      LawFitOptions options = fit_options();
      options.signed_floor = signed_floor;
      return slope_interval(form, options);
    });
  }
  std::vector<Vector> averages() const {
    std::vector<Vector> result;
    for (const ReplicateTable& table : tables_)
      result.emplace_back(resample(table.values, {table.average, 1}).averages.row(0).transpose());
    return result;
  }
  const LawPoints& points() const { return points_; }

 private:
  Interval slope_interval(LawForm form, const LawFitOptions& options) const {
    const CurveStatistic statistic = [&](std::span<const Vector> averages) {
      return slope(form, averages, options);
    };
    return replicate_interval(
        tables_, statistic,
        {.method = options_.interval, .confidence = options_.confidence, .resamples = options_.resamples});
  }

  const LawOptions& options_;
  bool computing_;
  LawPoints points_;
  std::vector<ReplicateTable> tables_;
};

std::string name_reading(LawForm form) {
  return "the " + std::string(to_string(form)) + " law";
}

/// The confidence of an interval that reaches one standard error each way.
constexpr double one_standard_error = 0.6827;

/// What else the data allow: other forms, and the largest floor within one standard error.
std::vector<Alternative> fit_alternatives(const Reading& reading, const Selection& selection,
                                          const MeasuredCurve& curve, const LawOptions& options) {
  std::vector<Alternative> alternatives;
  const std::vector<Vector> averages = reading.averages();
  if (!options.form)
    for (const LawForm form : selection.compatible)
      if (form != selection.form && form != LawForm::floor)
        alternatives.push_back(
            {name_reading(form),
             to_exponent(reading.slope(form, averages, reading.fit_options()), options.root)});
  const bool may_have_a_floor = selection.form == LawForm::power || selection.form == LawForm::offset;
  if (options.floor || !may_have_a_floor) return alternatives;
  const LawPoints points = law_points(curve, {.average = options.average});  // as sharp as they are
  const double floor = floor_interval(selection.form, points, one_standard_error, curve.errors.rows()).high;
  if (!(floor > 0)) return alternatives;
  LawFitOptions held = reading.fit_options();
  held.floor = floor;
  alternatives.push_back({"a floor of " + shortest(std::round(floor * 1e6) / 1e6),
                          to_exponent(reading.slope(selection.form, averages, held), options.root)});
  return alternatives;
}

/// No exponent, and why; of the form that was asked for.
LawEstimate without_value(std::string note, const LawOptions& options) {
  LawEstimate estimate{{}, std::move(note)};
  if (options.form) estimate.fit.law.form = *options.form;
  return estimate;
}

std::string find_problem(const MeasuredCurve& curve, const LawOptions& options) {
  const Resampled errors = resample(curve.errors, {options.average, jackknife_blocks(curve.errors.rows())});
  const std::string problem = curve_problem(curve, errors);
  return problem.empty() && options.floor ? detail::floor_problem(curve, errors, *options.floor) : problem;
}

LawEstimate exponent(const MeasuredCurve& curve, const LawOptions& options, Growing growing) {
  const bool computing = growing == Growing::computing;
  const Reading reading(curve, options, growing);
  Selection selection;
  if (options.form)
    selection.form = *options.form;
  else
    selection = select_form(curve, options);
  const std::vector<Vector> averages = reading.averages();
  const Interval slope = reading.slope_interval(selection.form);
  LawEstimate estimate = exponent_from_slope(slope, options.root);
  estimate.fit = reading.fit(selection.form, averages, reading.fit_options());
  if (std::isnan(estimate.value.low)) return estimate;
  estimate.alternatives = fit_alternatives(reading, selection, curve, options);
  const auto without = [&](const Vector& weights) {
    const Vector& x = computing && selection.form == LawForm::power ? averages[1] : curve.sizes;
    return fit_law(selection.form, {x, averages[0], weights}, {.floor = options.floor}).law.exponent;
  };
  estimate.warnings = detail::exponent_warnings(
      {.curve = curve,
       .span_of = computing ? averages[1] : curve.sizes,
       .weights = reading.points().weights,
       .slope = {without(reading.points().weights), slope.low - slope.estimate, slope.high - slope.estimate},
       .fit = estimate.fit,
       .root = options.root},
      without);
  return estimate;
}

}  // namespace

LawEstimate data_exponent(const MeasuredCurve& curve, const LawOptions& options) {
  const std::string problem = find_problem(curve, options);
  if (!problem.empty()) return without_value(problem, options);
  return exponent(curve, options, Growing::data);
}

LawEstimate compute_exponent(const MeasuredCurve& curve, const LawOptions& options) {
  const std::string problem = find_problem(curve, options);
  if (!problem.empty()) return without_value(problem, options);
  if (!detail::flops_measured(curve, resample(curve.flops, {Average::mean, 1})))
    return {{}, detail::no_flops};
  return exponent(curve, options, Growing::computing);
}

LawEstimate plateau(const MeasuredCurve& curve, const LawOptions& options) {
  if (curve.sizes.size() < 1) return {{}, "No size lies in the range: widen from and to, or add sizes."};
  if (resample(curve.errors, {options.average, jackknife_blocks(curve.errors.rows())}).degrees < 1)
    return {{}, "Some size has fewer than two replicates that were measured: run more replicates."};
  const CurveStatistic level = [&](std::span<const Vector> averages) {
    return options.average == Average::mean ? averages[0].mean() : std::exp(averages[0].array().log().mean());
  };
  const ReplicateTable errors{curve.errors, options.average};
  const Interval value = replicate_interval(
      {&errors, 1}, level,
      {.method = options.interval, .confidence = options.confidence, .resamples = options.resamples});
  if (std::isnan(value.low))
    return {{}, "Some error is not finite or not positive: leave its size out by from and to."};
  return {value, ""};
}

}  // namespace quartic
