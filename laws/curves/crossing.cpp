#include "laws/curves/crossing.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "laws/curves/curve_problem.hpp"
#include "laws/statistics/jackknife.hpp"
#include "laws/statistics/root.hpp"

namespace quartic {
namespace {

using detail::curve_problem;
using detail::flops_measured;
using detail::no_flops;

Vector row(const Resampled& samples, Index k) {
  return samples.averages.row(k).transpose();
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

/// The first n where the arm gets ahead by the laws, scanning log n over [low, high]; NaN where it does not.
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
    if (!(gap(start + k * step) > 0)) continue;  // ahead already
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
        even_(options.even),
        arm_(resample(question.arm.errors, {options.average, blocks_})),
        against_(resample(against_errors(), {options.average, blocks_})) {}

  std::string problem() const {
    const std::string arm = curve_problem(question_.arm, arm_);
    if (!arm.empty()) return arm;
    if (at_level()) return against_level_problem();
    return curve_problem(question_.against, against_);
  }

  /// Of resample k: NaN where the arm is ahead everywhere, infinite where it is never.
  double log_size(Index k) const {
    const OffsetLaw law = fit_offset_law({question_.arm.sizes, row(arm_, k), weights(arm_)});
    if (at_level()) return std::log(law.size_at(against_.averages(k, 0)));
    const OffsetLaw other = fit_offset_law({question_.against.sizes, row(against_, k), weights(against_)});
    const double low = std::max(question_.arm.sizes[0], question_.against.sizes[0]);
    const double high = std::min(last(question_.arm.sizes), last(question_.against.sizes));
    const double within = first_meeting(law, other, {low, high});
    if (!std::isnan(within)) return std::log(within);
    const double beyond = first_meeting(law, other, {std::max(low, high), furthest()});
    return std::isnan(beyond) && law.at(furthest()) > other.at(furthest()) ? infinity : std::log(beyond);
  }
  /// Nobody looks for a crossing beyond.
  double furthest() const {
    return 1000 * std::max(last(question_.arm.sizes), last(question_.against.sizes));
  }
  /// In every resample.
  bool never() const {
    for (Index k = 0; k <= blocks_; ++k)
      if (log_size(k) != infinity) return false;
    return true;
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
  Vector weights(const Resampled& curve) const {
    return even_ ? Vector(Vector::Ones(curve.counts.cols())) : Vector(curve.counts.row(0).transpose());
  }
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
  bool even_;
  Resampled arm_, against_;
};

const char* const no_meeting =
    "The fitted laws do not meet in every resample: add sizes around the crossing, or run more replicates.";

std::string never_meeting(double furthest) {
  char size[32];
  std::snprintf(size, sizeof size, "%.3g", furthest);
  return "By the fitted laws the arm stays behind up to " + std::string(size) +
         " observations, whichever replicate is left out.";
}

}  // namespace

LawEstimate crossing(const CrossingQuestion& question, const LawOptions& options) {
  const Crossing crossing(question, options);
  const std::string problem = crossing.problem();
  if (!problem.empty()) return {{}, problem};
  if (crossing.never())
    return {{infinity, crossing.furthest(), infinity}, never_meeting(crossing.furthest())};
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
  if (!flops_measured(question.arm, arm) || !flops_measured(question.against, against)) return {{}, no_flops};
  const auto log_multiple_at = [&](Index k, double n) {
    const double other = crossing.at_level() ? std::log(against.averages(k, question.against_position))
                                             : interpolate_log(question.against.sizes, row(against, k), n);
    return interpolate_log(question.arm.sizes, row(arm, k), n) - other;
  };
  if (crossing.never())
    return {{infinity, std::exp(log_multiple_at(0, crossing.furthest())), infinity},
            never_meeting(crossing.furthest())};
  const Interval log = jackknife([&](Index k) { return log_multiple_at(k, std::exp(crossing.log_size(k))); },
                                 crossing.jackknife_options(options.confidence));
  if (std::isnan(log.low)) return {{}, no_meeting};
  return {exp(log), crossing.note(std::exp(crossing.log_size(0)))};
}

}  // namespace quartic
