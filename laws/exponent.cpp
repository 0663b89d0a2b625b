#include "laws/exponent.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "laws/jackknife.hpp"
#include "laws/power_law.hpp"
#include "laws/root.hpp"

namespace quartic {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

/// What must hold before a law is fitted: the first that fails, as advice; "" where all hold.
std::string problem_of(const MeasuredCurve& curve, const Resampled& errors, Index least_sizes) {
  if (curve.sizes.size() < least_sizes)
    return "Only " + std::to_string(curve.sizes.size()) + " sizes lie in the range (at least " +
           std::to_string(least_sizes) + " are needed): widen from and to, or add sizes.";
  if (errors.degrees < 1)
    return "Some size has fewer than two replicates that were measured: run more replicates.";
  if (!(errors.averages.row(0).array() > 0).all())
    return "Some error is not positive or not finite (no logarithm): leave its size out by from and to.";
  return "";
}

const char* const no_flops = "The flops were not measured at every size: use arms that bill them.";

bool measured_flops(const MeasuredCurve& curve, const Resampled& flops) {
  return flops.averages.cols() == curve.sizes.size() && (flops.averages.row(0).array() > 0).all();
}

Index blocks_of(const MeasuredCurve& curve) {
  return jackknife_blocks(curve.errors.rows());
}

Vector row(const Resampled& samples, Index k) {
  return samples.averages.row(k).transpose();
}

/// 2/slope for an interval of the slope.
LawEstimate exponent_from_slope(const Interval& slope) {
  if (std::isnan(slope.low) || std::isnan(slope.high))
    return {
        {},
        "The slope cannot be fitted in every resample: run more replicates, or leave out sizes that failed."};
  if (slope.high <= 0)
    return {{}, "The error does not fall over these sizes (a plateau): there is no exponent."};
  const auto exponent = [](double s) { return s > 0 ? 2 / s : infinity; };
  const Interval value{exponent(slope.estimate), exponent(slope.high), exponent(slope.low)};
  return {value,
          slope.low <= 0
              ? "The error may not fall at all over these sizes (a plateau): the exponent is unbounded."
              : ""};
}

LawEstimate exponent_of(const Resampled& errors, const Resampled* flops, const MeasuredCurve& curve,
                        const LawOptions& options) {
  const auto slope = [&](Index k) {
    return fit_power_law({flops ? row(*flops, k) : curve.sizes, row(errors, k), errors.counts}).exponent;
  };
  return exponent_from_slope(jackknife(slope, {blocks_of(curve), errors.degrees, options.confidence}));
}

/// exp of an interval of a logarithm.
Interval exp(const Interval& log) {
  return {std::exp(log.estimate), std::exp(log.low), std::exp(log.high)};
}

/// log of the positive y at n, linear in log n between sizes, beyond them by the slope of the last two.
double interpolate_log(const Vector& sizes, const Vector& values, double n) {
  if (sizes.size() == 1) return std::log(values[0]);
  const Index right =
      std::clamp<Index>(std::upper_bound(sizes.begin(), sizes.end(), n) - sizes.begin(), 1, sizes.size() - 1);
  const double x0 = std::log(sizes[right - 1]), x1 = std::log(sizes[right]);
  const double y0 = std::log(values[right - 1]), y1 = std::log(values[right]);
  return y0 + (y1 - y0) * (std::log(n) - x0) / (x1 - x0);
}

/// The first n where the laws meet, scanning log n over [low, high]; NaN where they do not.
struct Scan {
  double low, high;
};

double first_meeting(const OffsetLaw& arm, const OffsetLaw& against, const Scan& scan) {
  const auto gap = [&](double t) {
    return std::log(arm.at(std::exp(t))) - std::log(against.at(std::exp(t)));
  };
  constexpr int steps = 64;
  const double start = std::log(scan.low), step = (std::log(scan.high) - start) / steps;
  if (!(step > 0)) return nan;
  for (int k = 0; k < steps; ++k) {
    const double root = find_root(gap, start + k * step, start + (k + 1) * step);
    if (!std::isnan(root)) return std::exp(root);
  }
  return nan;
}

/// A crossing, ready to be computed for every resample.
class Crossing {
 public:
  Crossing(const CrossingQuestion& question, const LawOptions& options)
      : question_(question),
        blocks_(jackknife_blocks(std::max(question.arm.errors.rows(), question.against.errors.rows()))),
        arm_(resample(question.arm.errors, {options.average, blocks_})),
        against_(resample(against_errors(), {options.average, blocks_})) {}

  std::string problem() const {
    const std::string arm = problem_of(question_.arm, arm_, 3);
    if (!arm.empty()) return arm;
    if (at_level()) return against_level_problem();
    return problem_of(question_.against, against_, 3);
  }

  double log_size(Index k) const {
    const OffsetLaw law = fit_offset_law({question_.arm.sizes, row(arm_, k), arm_.counts});
    if (at_level()) return std::log(law.size_at(against_.averages(k, 0)));
    const OffsetLaw other = fit_offset_law({question_.against.sizes, row(against_, k), against_.counts});
    const double low = std::max(question_.arm.sizes[0], question_.against.sizes[0]);
    const double high = std::min(last(question_.arm.sizes), last(question_.against.sizes));
    const double within = first_meeting(law, other, {low, high});
    if (!std::isnan(within)) return std::log(within);
    const double furthest = 1000 * std::max(last(question_.arm.sizes), last(question_.against.sizes));
    return std::log(first_meeting(law, other, {std::max(low, high), furthest}));
  }

  std::string note(double n) const {
    if (n >= question_.arm.sizes[0] && n <= last(question_.arm.sizes)) return "";
    return "The crossing is an extrapolation: it lies outside the sizes that were fitted.";
  }
  JackknifeOptions jackknife_options(double confidence) const {
    return {blocks_, std::min(arm_.degrees, against_.degrees), confidence};
  }
  bool at_level() const { return question_.against_position >= 0; }
  Index blocks() const { return blocks_; }

 private:
  static double last(const Vector& sizes) { return sizes[sizes.size() - 1]; }
  Matrix against_errors() const {
    return at_level() ? Matrix(question_.against.errors.col(question_.against_position))
                      : question_.against.errors;
  }
  std::string against_level_problem() const {
    if (against_.degrees < 1) return "The target error has fewer than two replicates: run more replicates.";
    if (!(against_.averages(0, 0) > 0))
      return "The target error is not positive or not finite: choose another size.";
    return "";
  }

  const CrossingQuestion& question_;
  Index blocks_;
  Resampled arm_, against_;
};

const char* const no_meeting =
    "The fitted laws do not meet in every resample: add sizes around the crossing, or run more replicates.";

}  // namespace

LawEstimate data_exponent(const MeasuredCurve& curve, const LawOptions& options) {
  const Resampled errors = resample(curve.errors, {options.average, blocks_of(curve)});
  const std::string problem = problem_of(curve, errors, 3);
  if (!problem.empty()) return {{}, problem};
  return exponent_of(errors, nullptr, curve, options);
}

LawEstimate compute_exponent(const MeasuredCurve& curve, const LawOptions& options) {
  const Resampled errors = resample(curve.errors, {options.average, blocks_of(curve)});
  const std::string problem = problem_of(curve, errors, 3);
  if (!problem.empty()) return {{}, problem};
  const Resampled flops = resample(curve.flops, {Average::mean, blocks_of(curve)});
  if (!measured_flops(curve, flops)) return {{}, no_flops};
  return exponent_of(errors, &flops, curve, options);
}

LawEstimate plateau(const MeasuredCurve& curve, const LawOptions& options) {
  const Resampled errors = resample(curve.errors, {options.average, blocks_of(curve)});
  if (curve.sizes.size() < 1) return {{}, "No size lies in the range: widen from and to, or add sizes."};
  if (errors.degrees < 1)
    return {{}, "Some size has fewer than two replicates that were measured: run more replicates."};
  const auto level = [&](Index k) {
    const Vector averages = row(errors, k);
    return options.average == Average::mean ? averages.mean() : std::exp(averages.array().log().mean());
  };
  const Interval value = jackknife(level, {blocks_of(curve), errors.degrees, options.confidence});
  if (std::isnan(value.low))
    return {{}, "Some error is not finite or not positive: leave its size out by from and to."};
  return {value, ""};
}

LawEstimate crossing(const CrossingQuestion& question, const LawOptions& options) {
  const Crossing crossing(question, options);
  const std::string problem = crossing.problem();
  if (!problem.empty()) return {{}, problem};
  const Interval log_n = jackknife([&](Index k) { return crossing.log_size(k); },
                                   crossing.jackknife_options(options.confidence));
  if (std::isnan(log_n.low)) return {{}, no_meeting};
  return {exp(log_n), crossing.note(std::exp(log_n.estimate))};
}

LawEstimate compute_multiple(const CrossingQuestion& question, const LawOptions& options) {
  const Crossing crossing(question, options);
  const std::string problem = crossing.problem();
  if (!problem.empty()) return {{}, problem};
  const Resampled arm = resample(question.arm.flops, {Average::mean, crossing.blocks()});
  const Resampled against = resample(question.against.flops, {Average::mean, crossing.blocks()});
  if (!measured_flops(question.arm, arm) || !measured_flops(question.against, against)) return {{}, no_flops};
  const auto log_multiple = [&](Index k) {
    const double n = std::exp(crossing.log_size(k));
    const double other = crossing.at_level() ? std::log(against.averages(k, question.against_position))
                                             : interpolate_log(question.against.sizes, row(against, k), n);
    return interpolate_log(question.arm.sizes, row(arm, k), n) - other;
  };
  const Interval log = jackknife(log_multiple, crossing.jackknife_options(options.confidence));
  if (std::isnan(log.low)) return {{}, no_meeting};
  return {exp(log), crossing.note(std::exp(crossing.log_size(0)))};
}

}  // namespace quartic
