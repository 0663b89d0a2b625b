#include "laws/curves/crossing.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "laws/curves/curve_problem.hpp"
#include "laws/curves/form_slope.hpp"
#include "laws/statistics/jackknife.hpp"
#include "laws/statistics/root.hpp"

namespace quartic {
namespace {

using detail::curve_problem;
using detail::flops_problem;

Vector row(const Resampled& samples, Index k) {
  return samples.averages.row(k).transpose();
}

/// The flops of a curve in every resample, by their parts.
class ResampledCost {
 public:
  ResampledCost(const MeasuredCurve& curve, Index blocks) : sizes_(curve.sizes) {
    for (const ReplicateTable& part : detail::cost_tables(curve))
      parts_.push_back(resample(part.values, {part.average, blocks}));
  }
  double log_at(Index resample, double n) const {
    std::vector<Averages> parts;
    for (const Resampled& part : parts_) parts.push_back({.values = row(part, resample)});
    return detail::log_cost(sizes_, parts, n);
  }

 private:
  const Vector& sizes_;
  std::vector<Resampled> parts_;
};

/// exp of an interval of a logarithm.
Interval exp(const Interval& log) {
  return {std::exp(log.estimate), std::exp(log.low), std::exp(log.high)};
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

double last(const Vector& sizes) {
  return sizes[sizes.size() - 1];
}

/// Nobody looks for a crossing beyond.
double furthest_size(const Vector& arm, const Vector& against) {
  return 1000 * std::max(last(arm), last(against));
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
    const LawPoints points{question_.arm.sizes, row(arm_, k), weights(arm_)};
    if (at_level()) return std::log(fit_offset_law(points).size_at(against_.averages(k, 0)));
    return log_crossing(points, {question_.against.sizes, row(against_, k), weights(against_)});
  }
  double furthest() const { return furthest_size(question_.arm.sizes, question_.against.sizes); }
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
  return "By the fitted laws the arm stays behind up to n = " + std::string(size) +
         ", whichever replicate is left out.";
}

MeasuredCurve at_places(const MeasuredCurve& curve, const std::vector<Index>& places) {
  MeasuredCurve kept = curve;
  kept.sizes = curve.sizes(places);
  kept.errors = curve.errors(Eigen::all, places);
  if (curve.flops.size() > 0) kept.flops = curve.flops(Eigen::all, places);
  return kept;
}

/// With the arm's sizes, and the other's too unless it is one size.
CrossingQuestion at_places(const CrossingQuestion& question, const std::vector<Index>& places) {
  const bool level = question.against_position >= 0;
  return {.arm = at_places(question.arm, places),
          .against = level ? question.against : at_places(question.against, places),
          .against_position = question.against_position};
}

/// What is read of the question.
CrossingQuestion as_read(const CrossingQuestion& question, const LawOptions& options) {
  return std::isfinite(options.near) ? at_places(question, crossing_sizes(question, options).places)
                                     : question;
}

/// Averages of both arms at all sizes of the arm, whose places are chosen about their crossing.
class SizesAbout {
 public:
  SizesAbout(const CrossingQuestion& question, const LawOptions& options)
      : sizes_(question.arm.sizes),
        level_(question.against_position >= 0),
        near_(options.near),
        arm_(average_columns(question.arm.errors, options.average)),
        against_(average_columns(question.against.errors, options.average)) {
    if (level_) against_ = at_every_size(against_, question.against_position);
    if (options.even) arm_.counts.setOnes(), against_.counts.setOnes();
  }

  CrossingSizes choose() const {
    const Index behind = last_behind();
    CrossingSizes chosen{.places = all(), .bracketed = behind >= 0 && behind < sizes_.size() - 1};
    if (!chosen.bracketed || !std::isfinite(near_)) {
      chosen.middle = meeting(chosen.places);
      return chosen;
    }
    constexpr int most_rounds = 8;
    double middle = std::sqrt(sizes_[behind] * sizes_[behind + 1]);
    chosen.places = between(behind - 1, behind + 3);
    for (int round = 0; round < most_rounds; ++round) {
      chosen.middle = meeting(chosen.places);
      if (std::isfinite(chosen.middle)) middle = chosen.middle;
      std::vector<Index> next = about(middle, behind);
      if (next == chosen.places) break;
      chosen.places = std::move(next);
    }
    chosen.middle = meeting(chosen.places);
    return chosen;
  }

 private:
  Averages at_every_size(const Averages& one, Index position) const {
    Averages level = one;
    level.values = Vector::Constant(sizes_.size(), one.values[position]);
    level.counts = Vector::Constant(sizes_.size(), one.counts[position]);
    return level;
  }
  std::vector<Index> between(Index first, Index end) const {
    std::vector<Index> places;
    for (Index k = std::max<Index>(first, 0); k < std::min(end, sizes_.size()); ++k) places.push_back(k);
    return places;
  }
  std::vector<Index> all() const { return between(0, sizes_.size()); }
  /// The last size at which the arm is behind, or -1.
  Index last_behind() const {
    Index k = sizes_.size() - 1;
    while (k >= 0 && !(arm_.values[k] > against_.values[k])) --k;
    return k;
  }
  /// Those near n, and two on either side; with them the last at which the arm is behind, and the next.
  std::vector<Index> about(double n, Index behind) const {
    const Index right = std::upper_bound(sizes_.begin(), sizes_.end(), n) - sizes_.begin();
    Index first = std::clamp<Index>(right - 2, 0, behind);
    Index end = std::clamp<Index>(right + 2, behind + 2, sizes_.size());
    while (first > 0 && sizes_[first - 1] * near_ >= n) --first;
    while (end < sizes_.size() && sizes_[end] <= n * near_) ++end;
    return between(first, end);
  }
  LawPoints points(const Averages& averages, const std::vector<Index>& places) const {
    return {sizes_(places), averages.values(places), averages.counts(places)};
  }
  double meeting(const std::vector<Index>& places) const {
    const LawPoints arm = points(arm_, places);
    if (arm.sizes.size() < 3) return nan;
    if (level_) return fit_offset_law(arm).size_at(against_.values[places.front()]);
    return std::exp(log_crossing(arm, points(against_, places)));
  }

  const Vector& sizes_;
  bool level_;
  double near_;
  Averages arm_, against_;
};

}  // namespace

double log_crossing(const LawPoints& arm, const LawPoints& against) {
  const OffsetLaw law = fit_offset_law(arm), other = fit_offset_law(against);
  const double low = std::max(arm.sizes[0], against.sizes[0]);
  const double high = std::min(last(arm.sizes), last(against.sizes));
  const double within = first_meeting(law, other, {low, high});
  if (!std::isnan(within)) return std::log(within);
  const double furthest = furthest_size(arm.sizes, against.sizes);
  const double beyond = first_meeting(law, other, {std::max(low, high), furthest});
  return std::isnan(beyond) && law.at(furthest) > other.at(furthest) ? infinity : std::log(beyond);
}

CrossingSizes crossing_sizes(const CrossingQuestion& question, const LawOptions& options) {
  return SizesAbout(question, options).choose();
}

LawEstimate crossing(const CrossingQuestion& asked, const LawOptions& options) {
  const CrossingQuestion question = as_read(asked, options);
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

LawEstimate compute_multiple(const CrossingQuestion& asked, const LawOptions& options) {
  const CrossingQuestion question = as_read(asked, options);
  const Crossing crossing(question, options);
  const std::string problem = crossing.problem();
  if (!problem.empty()) return {{}, problem};
  for (const MeasuredCurve* curve : {&question.arm, &question.against})
    if (const std::string missing = flops_problem(*curve); !missing.empty()) return {{}, missing};
  const ResampledCost arm(question.arm, crossing.blocks()), against(question.against, crossing.blocks());
  const auto log_multiple_at = [&](Index k, double n) {
    return arm.log_at(k, n) -
           against.log_at(k, crossing.at_level() ? question.against.sizes[question.against_position] : n);
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
