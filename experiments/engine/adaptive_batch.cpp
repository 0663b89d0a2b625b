#include "experiments/engine/adaptive_batch.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "experiments/findings/findings.hpp"
#include "laws/curves/allocation.hpp"
#include "laws/curves/curve_points.hpp"
#include "laws/statistics/jackknife.hpp"
#include "laws/statistics/weights.hpp"

namespace quartic::detail {

namespace {

const AdaptiveReplicates& rules(const StudySoFar& seen) {
  return *seen.study.adaptive;
}

double flops_at(const Cube& cube, const Slot& slot) {
  return cube.at(slot, Measure::fit_flops) + cube.at(slot, Measure::tuning_flops);
}

/// Flops of one replicate; the size itself where nobody knows them.
double average_flops(const StudySoFar& seen, const Raise& point) {
  double sum = 0, count = 0;
  for (Index r = 0; r < seen.allotment.at(point.cell, point.arm, point.size); ++r) {
    const double flops = flops_at(seen.cube, {point.cell, point.arm, point.size, r});
    if (std::isfinite(flops)) sum += flops, count += 1;
  }
  return sum > 0 ? sum / count : static_cast<double>(seen.study.sizes[static_cast<std::size_t>(point.size)]);
}

Matrix collect_errors(const StudySoFar& seen, const Raise& point) {
  Matrix errors(seen.allotment.at(point.cell, point.arm, point.size), 1);
  for (Index r = 0; r < errors.rows(); ++r)
    errors(r, 0) = seen.cube.error({point.cell, point.arm, point.size, r});
  return errors;
}

void count_fits(const StudySoFar& seen, Look& look) {
  const CubeAxes& axes = seen.cube.axes();
  for (Slot slot; slot.cell < axes.cells; ++slot.cell)
    for (slot.arm = 0; slot.arm < std::ssize(axes.arms); ++slot.arm)
      for (slot.size = 0; slot.size < std::ssize(axes.sizes); ++slot.size)
        for (slot.replicate = 0; slot.replicate < axes.replicates; ++slot.replicate) {
          if (std::isnan(seen.cube.at(slot, Measure::status))) continue;
          const double flops = flops_at(seen.cube, slot);
          ++look.fits;
          if (std::isfinite(flops)) look.flops += flops;
        }
}

/// The points where the rule on the log error does not hold, each with twice its replicates.
std::vector<Raise> points_to_double(const StudySoFar& seen, Look& look) {
  std::vector<Raise> raises;
  const double bound = rules(seen).log_error_se;
  if (!(bound > 0)) return raises;
  for (const Cell& cell : seen.study.cells)
    for (Index arm = 0; arm < std::ssize(cell.arms); ++arm)
      for (Index size = 0; size < std::ssize(seen.study.sizes); ++size) {
        if (cell.arms[static_cast<std::size_t>(arm)].replicates > 0) continue;
        Raise point{.cell = cell.id, .arm = arm, .size = size};
        const Index now = seen.allotment.at(cell.id, arm, size);
        if (now == 0) continue;
        const double se = log_error_se(collect_errors(seen, point));
        if (se < bound) continue;
        ++look.open;
        point.to = std::min(2 * now, rules(seen).most);
        if (point.to <= now) continue;
        point.flops = static_cast<double>(point.to - now) * average_flops(seen, point);
        point.gain =
            se * (1 - std::sqrt(static_cast<double>(now) / static_cast<double>(point.to))) / point.flops;
        raises.push_back(point);
      }
  return raises;
}

/// The target in one cell, and the curve it is read off.
struct TargetCell {
  Index cell = 0;
  Index arm = 0;
  std::vector<Index> sizes;  // positions
  MeasuredCurve curve;
  LawEstimate law;
};

TargetCell target_in(const StudySoFar& seen, Index cell) {
  const Claim& claim = *rules(seen).target;
  TargetCell target{cell,
                    seen.cube.arm(claim.arm),
                    {},
                    claimed_curve(claim, seen.cube, cell),
                    measured_law(seen.study, claim, seen.cube, cell)};
  for (const double n : target.curve.sizes) target.sizes.push_back(seen.cube.size(static_cast<Index>(n)));
  return target;
}

/// The sizes of the target's arm, those among them that it may still be given, and flops of one replicate.
struct TargetSizes {
  MeasuredCurve curve;  // NaN where nothing is measured
  std::vector<Index> positions, counts, there;
  Vector flops;
};

/// Columns of `values` at these places among `count`, NaN at the others.
Matrix spread_columns(const Matrix& values, const std::vector<Index>& places, Index count) {
  Matrix spread = Matrix::Constant(values.rows(), count, nan);
  spread(Eigen::all, places) = values;
  return spread;
}

/// Of empty sizes flops lie on a line through logarithms.
void find_flops(const StudySoFar& seen, const TargetCell& target, TargetSizes& sizes) {
  const Index count = std::ssize(sizes.positions);
  Vector known(target.curve.sizes.size());
  for (Index k = 0; k < known.size(); ++k)
    known[k] = average_flops(
        seen, {.cell = target.cell, .arm = target.arm, .size = target.sizes[static_cast<std::size_t>(k)]});
  sizes.flops = Vector(count);
  if (known.size() < count) {
    const PowerLaw line = fit_power_law({target.curve.sizes, known, Vector::Ones(known.size())});
    for (Index k = 0; k < count; ++k) sizes.flops[k] = line.at(sizes.curve.sizes[k]);
  }
  sizes.flops(sizes.there) = known;
}

TargetSizes find_sizes(const StudySoFar& seen, const TargetCell& target) {
  TargetSizes sizes;
  sizes.positions = target.sizes;
  if (target.sizes.size() > 1)  // else no line tells what an empty one costs
    for (const Index n : rules(seen).sizes)
      if (const Index size = seen.cube.size(n); seen.allotment.at(target.cell, target.arm, size) == 0)
        sizes.positions.push_back(size);
  std::sort(sizes.positions.begin(), sizes.positions.end());
  const Index count = std::ssize(sizes.positions);
  sizes.curve.sizes = Vector(count);
  for (Index k = 0; k < count; ++k) {
    const Index size = sizes.positions[static_cast<std::size_t>(k)];
    sizes.curve.sizes[k] = static_cast<double>(seen.study.sizes[static_cast<std::size_t>(size)]);
    sizes.counts.push_back(seen.allotment.at(target.cell, target.arm, size));
    if (sizes.counts.back() > 0) sizes.there.push_back(k);
  }
  sizes.curve.errors = spread_columns(target.curve.errors, sizes.there, count);
  sizes.curve.flops = spread_columns(target.curve.flops, sizes.there, count);
  find_flops(seen, target, sizes);
  return sizes;
}

/// The number of the target's law at given averages, in the form that the data chose, and the averages that
/// this law gives empty sizes; of a plateau a power law.
struct TargetStatistic {
  AveragesStatistic value;
  Vector expected;
};

/// Without empty sizes that are not opened.
std::vector<Index> places_in(const Vector& averages, const std::vector<Index>& counts) {
  std::vector<Index> places;
  for (Index k = 0; k < averages.size(); ++k)
    if (counts[static_cast<std::size_t>(k)] > 0 || std::isfinite(averages[k])) places.push_back(k);
  return places;
}

TargetStatistic make_statistic(const Claim& claim, const TargetCell& target, const TargetSizes& sizes) {
  const Law& law = target.law.fit.law;
  const bool known = std::isfinite(law.exponent);
  const LawForm form = known ? law.form : claim.form.value_or(LawForm::power);
  Vector x = sizes.curve.sizes;
  if (claim.law == LawKind::compute_exponent && form == LawForm::power) {
    x = sizes.flops;
    x(sizes.there) = average_columns(target.curve.flops, Average::mean).values;
  }
  Averages columns = average_columns(sizes.curve.errors, claim.average);
  const auto line = [&, of_sizes = x(sizes.there), values = Vector(columns.values(sizes.there))] {
    return fit_law(LawForm::power, {of_sizes, values, Vector::Ones(values.size())}).law;
  };
  const Law expects = known ? law : line();
  for (Index k = 0; k < x.size(); ++k)
    if (sizes.counts[static_cast<std::size_t>(k)] == 0)
      columns.values[k] = expects.at(x[k]), columns.counts[k] = 1;
  if (claim.law == LawKind::plateau)
    return {[geometric = claim.average == Average::geometric_mean, counts = sizes.counts](const Vector& all) {
              const Vector averages = all(places_in(all, counts));
              return geometric ? std::exp(averages.array().log().mean()) : averages.mean();
            },
            columns.values};
  const Vector weights =
      curve_points(sizes.curve.sizes, columns, {.average = claim.average, .even = true}).weights;
  return {[=, floor = claim.floor, counts = sizes.counts](const Vector& all) {
            const std::vector<Index> places = places_in(all, counts);
            return fit_law(form, {x(places), all(places), weights(places)},
                           {.floor = floor, .signed_floor = true})
                .law.exponent;
          },
          columns.values};
}

/// What the target's points get for so many flops; for as many as they have had where nothing is said.
std::vector<Raise> find_raises(const StudySoFar& seen, const TargetCell& target,
                               std::optional<double> spend = std::nullopt) {
  const Claim& claim = *rules(seen).target;
  const TargetSizes sizes = find_sizes(seen, target);
  TargetStatistic statistic = make_statistic(claim, target, sizes);
  AllocationQuestion question{.curve = sizes.curve,
                              .average = claim.average,
                              .statistic = std::move(statistic.value),
                              .counts = sizes.counts,
                              .least = rules(seen).least,
                              .expected = std::move(statistic.expected),
                              .most = rules(seen).most,
                              .cost = sizes.flops};
  for (std::size_t k = 0; k < sizes.counts.size(); ++k)
    question.spend += static_cast<double>(question.counts[k]) * question.cost[static_cast<Index>(k)];
  question.spend = spend.value_or(question.spend);
  const std::vector<Index> counts = allocate(question);
  std::vector<Raise> raises;
  for (std::size_t k = 0; k < counts.size(); ++k)
    if (counts[k] > question.counts[k])
      raises.push_back({.cell = target.cell,
                        .arm = target.arm,
                        .size = sizes.positions[k],
                        .to = counts[k],
                        .flops = static_cast<double>(counts[k] - question.counts[k]) *
                                 question.cost[static_cast<Index>(k)]});
  return raises;
}

/// The cells whose target is not reached.
std::vector<TargetCell> targets_to_reach(const StudySoFar& seen, Look& look) {
  std::vector<TargetCell> open;
  if (!rules(seen).target) return open;
  for (Index cell = 0; cell < seen.cube.axes().cells; ++cell) {
    TargetCell target = target_in(seen, cell);
    const Interval value = target.law.by_law();
    const bool reached = (value.high - value.low) / 2 <= rules(seen).half_width;
    look.targets.push_back({cell, value, reached});
    if (!reached) open.push_back(std::move(target));
  }
  return open;
}

double sum_flops(const std::vector<Raise>& raises) {
  double sum = 0;
  for (const Raise& raise : raises) sum += raise.flops;
  return sum;
}

/// Those that gain most per flop, as long as the sum can be paid.
std::vector<Raise> affordable(std::vector<Raise> raises, double flops) {
  std::stable_sort(raises.begin(), raises.end(),
                   [](const Raise& a, const Raise& b) { return a.gain > b.gain; });
  std::vector<Raise> chosen;
  for (const Raise& raise : raises) {
    if (raise.flops > flops) continue;
    flops -= raise.flops;
    chosen.push_back(raise);
  }
  return chosen;
}

/// A full batch of every target or, where that is cut, this share of each.
std::vector<Raise> find_raises(const StudySoFar& seen, const std::vector<TargetCell>& targets,
                               double share = 1) {
  std::vector<Raise> raises;
  for (const TargetCell& target : targets) {
    std::vector<Raise> own = find_raises(seen, target);
    if (share < 1) own = find_raises(seen, target, share * sum_flops(own));
    raises.insert(raises.end(), own.begin(), own.end());
  }
  return raises;
}

/// Where both rules ask for replicates of a point, the larger number.
std::vector<Raise> joined(std::vector<Raise> points, const std::vector<Raise>& targets) {
  for (const Raise& raise : targets) {
    const auto same = std::find_if(points.begin(), points.end(), [&](const Raise& point) {
      return point.cell == raise.cell && point.arm == raise.arm && point.size == raise.size;
    });
    if (same == points.end())
      points.push_back(raise);
    else if (raise.to > same->to)
      *same = raise;
  }
  return points;
}

}  // namespace

double log_error_se(const Matrix& errors) {
  double low = infinity, high = -infinity, count = 0;
  for (const double error : errors.reshaped()) {
    if (std::isnan(error)) continue;
    low = std::min(low, error), high = std::max(high, error), count += 1;
  }
  if (count < 2) return infinity;
  if (low == high) return 0;
  return 1 / std::sqrt(log_average_weights(average_columns(errors, Average::mean))[0]);
}

Batch next_batch(const StudySoFar& seen) {
  Batch batch;
  count_fits(seen, batch.look);
  std::vector<Raise> points = points_to_double(seen, batch.look);
  const std::vector<TargetCell> open = targets_to_reach(seen, batch.look);
  if (batch.look.open == 0 && open.empty()) return batch;
  std::vector<Raise> targets = find_raises(seen, open);
  batch.stop = Stop::most_replicates;
  const double left = rules(seen).budget - batch.look.flops;
  const double wanted = sum_flops(points) + sum_flops(targets);
  if (wanted > left) {
    const double share = std::max(left, 0.0) / wanted;
    points = affordable(points, share * sum_flops(points));
    targets = find_raises(seen, open, share);
    batch.stop = Stop::budget;
  }
  batch.raises = joined(std::move(points), targets);
  return batch;
}

}  // namespace quartic::detail
