#include "laws/curves/exponent.hpp"

#include <array>
#include <cmath>
#include <utility>

#include "core/options.hpp"
#include "laws/curves/bend.hpp"
#include "laws/curves/contradiction.hpp"
#include "laws/curves/curve_points.hpp"
#include "laws/curves/curve_problem.hpp"
#include "laws/curves/exponent_warnings.hpp"
#include "laws/curves/form_slope.hpp"
#include "laws/curves/held_floor.hpp"

namespace quartic {
namespace {

using detail::curve_problem;

/// How one form reads a slope from averages: of errors alone, or of errors and flops.
class CurveReader {
 public:
  CurveReader(const MeasuredCurve& curve, const LawOptions& options, Growing growing)
      : curve_(curve),
        options_(options),
        growing_(growing),
        tables_(detail::curve_tables(curve, options.average, growing)) {
    for (const ReplicateTable& table : tables_)
      whole_.push_back(average_columns(table.values, table.average));
  }

  /// The law of the errors; its x is the flops for the power law of computing.
  LawFit fit(LawForm form) const { return fit_law(form, points(form), {.floor = options_.floor}); }
  const Vector& span() const { return growing_ == Growing::computing ? whole_[1].values : curve_.sizes; }
  Vector weights() const { return points(LawForm::floor).weights; }

  double slope_with(LawForm form, const Vector& weights) const {
    return detail::form_slope(as(form), whole_, {.floor = options_.floor}, weights);
  }
  Interval slope_interval(LawForm form, double confidence) const {
    const double estimate = detail::form_slope(as(form), whole_, {.floor = options_.floor});
    return detail::cover_both_floors(estimate, [&](bool signed_floor) {
      return slope_interval(form, confidence, {.floor = options_.floor, .signed_floor = signed_floor});
    });
  }
  /// The points over the sizes, and each replicate's share in them.
  detail::LawEvidence evidence() const;

 private:
  detail::CurveForm as(LawForm form) const { return {curve_.sizes, options_, growing_, form}; }
  LawPoints points(LawForm form) const { return detail::form_points(as(form), whole_); }
  Interval slope_interval(LawForm form, double confidence, const LawFitOptions& options) const {
    return replicate_interval(
        tables_,
        [&](std::span<const Averages> tables) { return detail::form_slope(as(form), tables, options); },
        {.method = options_.interval, .confidence = confidence, .resamples = options_.resamples});
  }

  const MeasuredCurve& curve_;
  const LawOptions& options_;
  Growing growing_;
  std::vector<ReplicateTable> tables_;
  std::vector<Averages> whole_;
};

detail::LawEvidence CurveReader::evidence() const {
  const Averages& errors = whole_[0];
  const bool geometric = errors.kind == Average::geometric_mean;
  Matrix influences = Matrix::Zero(curve_.errors.rows(), curve_.errors.cols());
  for (Index r = 0; r < influences.rows(); ++r)
    for (Index j = 0; j < influences.cols(); ++j) {
      const double share = curve_.errors(r, j) / errors.values[j];
      if (!std::isnan(share)) influences(r, j) = (geometric ? std::log(share) : share - 1) / errors.counts[j];
    }
  return {points(LawForm::floor), std::move(influences), static_cast<Index>(errors.counts.minCoeff()),
          options_.floor};
}

/// The form given, or whichever the data do not exclude.
std::vector<Reading> read(const CurveReader& reader, const LawOptions& options) {
  const auto slope = [&](LawForm form, double confidence) { return reader.slope_interval(form, confidence); };
  if (options.form)
    return {{*options.form, exponent_of(slope(*options.form, options.confidence), options.root)}};
  const detail::Contradiction contradiction(reader.evidence());
  return read_forms({.p = [&](LawForm form) { return contradiction.p(form); },
                     .squares = [&](LawForm form) { return contradiction.squares(form); },
                     .slope = slope},
                    {options.floor.has_value(), options.confidence, options.root});
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
  if (!options.form) {
    const std::string bend = find_bend(curve_points(curve, options));
    if (!bend.empty()) return without_value(bend, options);
  }
  const CurveReader reader(curve, options, growing);
  LawEstimate estimate;
  estimate.readings = read(reader, options);
  const LawForm form = estimate.readings.front().form;
  const Interval by_law = estimate.by_law();
  if (!std::isnan(by_law.low)) estimate.value = headline(estimate.readings);
  estimate.note = plateau_note(by_law);
  estimate.fit = reader.fit(form);
  if (std::isnan(by_law.low)) return estimate;
  estimate.warnings =
      detail::exponent_warnings({.curve = curve,
                                 .span_of = reader.span(),
                                 .weights = reader.weights(),
                                 .exponent = by_law,
                                 .fit = estimate.fit},
                                [&](const Vector& weights) {
                                  const double slope = reader.slope_with(form, weights);
                                  return exponent_of({slope, slope, slope}, options.root).estimate;
                                });
  return estimate;
}

}  // namespace

Judgement judge_law(const Expectation& expectation, const LawEstimate& estimate) {
  if (estimate.readings.empty()) return judge(expectation, estimate.value);
  return judge_readings(expectation, standing(estimate.readings));
}

LawEstimate data_exponent(const MeasuredCurve& curve, const LawOptions& options) {
  const std::string problem = find_problem(curve, options);
  if (!problem.empty()) return without_value(problem, options);
  return exponent(curve, options, Growing::data);
}

LawEstimate compute_exponent(const MeasuredCurve& curve, const LawOptions& options) {
  const std::string problem = find_problem(curve, options);
  if (!problem.empty()) return without_value(problem, options);
  if (const std::string missing = detail::flops_problem(curve); !missing.empty()) return {{}, missing};
  if (const std::string level = detail::growth_problem(curve); !level.empty()) return {{}, level};
  return exponent(curve, options, Growing::computing);
}

LawEstimate plateau(const MeasuredCurve& curve, const LawOptions& options) {
  if (curve.sizes.size() < 1) return {{}, "No size lies in the range: widen from and to, or add sizes."};
  if (const std::string lost = detail::lost_sizes(curve); !lost.empty()) return {{}, lost};
  if (resample(curve.errors, {options.average, jackknife_blocks(curve.errors.rows())}).degrees < 1)
    return {{}, "Some size has fewer than two replicates that were measured: run more replicates."};
  const CurveStatistic level = [&](std::span<const Averages> tables) {
    const Vector& errors = tables[0].values;
    return options.average == Average::mean ? errors.mean() : std::exp(errors.array().log().mean());
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
