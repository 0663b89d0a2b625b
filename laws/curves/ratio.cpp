#include "laws/curves/ratio.hpp"

#include <algorithm>
#include <cmath>

#include "core/number_text.hpp"
#include "laws/curves/curve_problem.hpp"
#include "laws/curves/held_floor.hpp"
#include "laws/curves/readings.hpp"

namespace quartic {
namespace {

using Tables = std::span<const Averages>;

constexpr double most_beyond = 1000;  // times the sizes, where an error is looked for

/// Costs are read off the errors over n, and exponents off what grows.
Growing law_of(const RatioQuestion& question) {
  return question.of == RatioOf::cost ? Growing::data : question.growing;
}

/// The errors, and what the ratio is of: flops, by their parts where they are read at an error.
std::vector<ReplicateTable> tables_of(const MeasuredCurve& curve, const RatioQuestion& question,
                                      Average average) {
  if (question.of == RatioOf::exponent) return detail::curve_tables(curve, average, question.growing);
  std::vector<ReplicateTable> tables = detail::curve_tables(curve, average, Growing::data);
  if (question.growing == Growing::computing)
    for (ReplicateTable& part : detail::cost_tables(curve)) tables.push_back(std::move(part));
  return tables;
}

/// The forms by which the curve's own exponent may be read, the one taken first, or why there is none.
struct OwnForms {
  std::vector<Reading> standing = {};
  std::string problem = "";
};
OwnForms own_forms(const MeasuredCurve& curve, const RatioQuestion& question, LawOptions options) {
  options.interval = IntervalMethod::jackknife;
  const LawEstimate own =
      law_of(question) == Growing::data ? data_exponent(curve, options) : compute_exponent(curve, options);
  if (own.readings.empty()) return {.problem = own.note};
  if (question.of == RatioOf::cost && question.growing == Growing::computing)
    if (std::string problem = detail::flops_problem(curve); !problem.empty()) return {.problem = problem};
  OwnForms forms;
  for (const Reading& reading : own.readings)
    if (!reading.excluded) forms.standing.push_back(reading);
  return forms;
}

/// Those that stand for both, with the smaller p; where there is none the one in which all are nested.
std::vector<Reading> common_forms(const OwnForms& arm, const OwnForms& against) {
  std::vector<Reading> common;
  for (const Reading& one : arm.standing)
    for (const Reading& other : against.standing)
      if (one.form == other.form) common.push_back({.form = one.form, .p = std::min(one.p, other.p)});
  if (common.empty()) common.push_back({.form = LawForm::floor_offset});
  return common;
}

/// One arm, ready to be read in every resample.
class ArmReader {
 public:
  ArmReader(const MeasuredCurve& curve, const RatioQuestion& question, const LawOptions& options,
            LawForm form)
      : curve_(curve), question_(question), form_{curve.sizes, options, law_of(question), form} {}

  /// log of what the ratio is of; NaN where there is none.
  double log_value(Tables tables, const LawFitOptions& options) const {
    if (question_.of == RatioOf::exponent) return -std::log(detail::form_slope(form_, tables, options));
    const double n = size_reached(tables, options);
    if (!(n < most_beyond * last() && n > curve_.sizes[0] / most_beyond)) return nan;
    return question_.growing == Growing::data ? std::log(n)
                                              : detail::log_cost(curve_.sizes, tables.subspan(1), n);
  }
  bool extrapolates(Tables tables, const LawFitOptions& options) const {
    if (question_.of == RatioOf::exponent) return false;
    const double n = size_reached(tables, options);
    return n < curve_.sizes[0] || n > last();
  }

 private:
  double last() const { return curve_.sizes[curve_.sizes.size() - 1]; }
  double size_reached(Tables tables, const LawFitOptions& options) const {
    return fit_law(form_.form, detail::form_points(form_, tables), options).law.size_at(question_.at_error);
  }

  const MeasuredCurve& curve_;
  const RatioQuestion& question_;
  detail::CurveForm form_;
};

/// The interval of value(averages, how laws are fitted), over whole replicates.
Interval interval_of(const LawOptions& options, const std::vector<ReplicateTable>& tables,
                     const std::vector<Averages>& whole, const auto& value) {
  const auto fit_options = [&](bool signed_floor) {
    return LawFitOptions{.floor = options.floor, .signed_floor = signed_floor};
  };
  return detail::cover_both_floors(value(whole, fit_options(false)), [&](bool signed_floor) {
    return replicate_interval(
        tables, [&](Tables again) { return value(again, fit_options(signed_floor)); },
        {.method = options.interval, .confidence = options.confidence, .resamples = options.resamples});
  });
}

constexpr const char* beyond_sizes = "It is an extrapolation: an arm reaches the error outside its sizes.";
std::string not_reached(double error) {
  return " does not reach an error of " + with_digits(error, 3) +
         " by its law, at any size that is near: claim it at an error that both arms have at their sizes, or add "
         "sizes.";
}

/// Both arms, whose tables stand one behind the other.
class Pair {
 public:
  Pair(const RatioQuestion& question, const LawOptions& options, LawForm form)
      : options_(options),
        arm_(question.arm, question, options, form),
        against_(question.against, question, options, form),
        tables_(tables_of(question.arm, question, options.average)),
        split_(tables_.size()) {
    for (ReplicateTable& table : tables_of(question.against, question, options.average))
      tables_.push_back(std::move(table));
    for (const ReplicateTable& table : tables_)
      whole_.push_back(average_columns(table.values, table.average));
  }

  double log_ratio(Tables tables, const LawFitOptions& options) const {
    return arm_.log_value(tables.first(split_), options) -
           against_.log_value(tables.subspan(split_), options);
  }
  Interval log_interval() const {
    return interval_of(options_, tables_, whole_, [&](Tables tables, const LawFitOptions& options) {
      return log_ratio(tables, options);
    });
  }
  bool extrapolates() const {
    const Tables tables = whole_;
    return arm_.extrapolates(tables.first(split_), fit_options(false)) ||
           against_.extrapolates(tables.subspan(split_), fit_options(false));
  }
  bool has_value(Index which) const {
    const Tables tables = whole_;
    const double value = which == 0 ? arm_.log_value(tables.first(split_), fit_options(false))
                                    : against_.log_value(tables.subspan(split_), fit_options(false));
    return std::isfinite(value);
  }

 private:
  LawFitOptions fit_options(bool signed_floor) const {
    return {.floor = options_.floor, .signed_floor = signed_floor};
  }

  const LawOptions& options_;
  ArmReader arm_, against_;
  std::vector<ReplicateTable> tables_;
  std::size_t split_;
  std::vector<Averages> whole_;
};

std::string without_value(const RatioQuestion& question, const Pair& pair) {
  const std::string who = !pair.has_value(0)   ? "The arm"
                          : !pair.has_value(1) ? "The other arm"
                                               : "In some resample an arm";
  if (question.of == RatioOf::exponent)
    return who + " has no exponent: its error does not fall. Run more replicates, or larger sizes.";
  return who + not_reached(question.at_error);
}

}  // namespace

LawEstimate ratio(const RatioQuestion& question, const LawOptions& options) {
  const OwnForms arm = own_forms(question.arm, question, options);
  if (!arm.problem.empty()) return {{}, arm.problem};
  const OwnForms against = own_forms(question.against, question, options);
  if (!against.problem.empty()) return {{}, against.problem};
  LawEstimate estimate;
  estimate.readings = common_forms(arm, against);
  for (Reading& reading : estimate.readings) {
    const Pair pair(question, options, reading.form);
    const Interval log = pair.log_interval();
    if (std::isfinite(log.estimate) && !std::isnan(log.low))
      reading.value = {std::exp(log.estimate), std::exp(log.low), std::exp(log.high)};
    else if (estimate.note.empty())
      estimate.note =
          "By the " + std::string(to_string(reading.form)) + " law: " + without_value(question, pair);
    if (estimate.note.empty() && pair.extrapolates()) estimate.note = beyond_sizes;
  }
  if (std::isnan(estimate.readings.front().value.estimate)) return {{}, estimate.note};
  estimate.value = headline(estimate.readings);
  return estimate;
}

LawEstimate cost_of_error(const MeasuredCurve& arm, double at_error, const LawOptions& options) {
  const RatioQuestion question{.arm = arm, .against = {}, .of = RatioOf::cost, .at_error = at_error};
  const OwnForms own = own_forms(arm, question, options);
  if (!own.problem.empty()) return {{}, own.problem};
  const ArmReader reader(question.arm, question, options, own.standing.front().form);
  const std::vector<ReplicateTable> tables = tables_of(arm, question, options.average);
  std::vector<Averages> whole;
  for (const ReplicateTable& table : tables) whole.push_back(average_columns(table.values, table.average));
  const Interval log = interval_of(options, tables, whole, [&](Tables again, const LawFitOptions& fit) {
    return reader.log_value(again, fit);
  });
  if (!std::isfinite(log.estimate) || std::isnan(log.low)) return {{}, "The arm" + not_reached(at_error)};
  return {{std::exp(log.estimate), std::exp(log.low), std::exp(log.high)},
          reader.extrapolates(whole, {.floor = options.floor}) ? beyond_sizes : ""};
}

}  // namespace quartic
