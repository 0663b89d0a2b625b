#include "experiments/adaptive/batch.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <variant>

#include "experiments/adaptive/crossing_target.hpp"
#include "experiments/adaptive/target.hpp"
#include "experiments/study/claim_cells.hpp"
#include "laws/statistics/weights.hpp"

namespace quartic::detail {

namespace {

const AdaptiveReplicates& rules(const StudySoFar& seen) {
  return *seen.study.adaptive;
}

double flops_at(const Cube& cube, const Slot& slot) {
  return cube.at(slot, Measure::fit_flops) + cube.at(slot, Measure::tuning_flops);
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

/// A target of one cell that is not reached.
using OpenTarget = std::variant<Target, CrossingTarget>;

/// What is seen of it; a target that is open is added.
TargetLook look_at(const StudySoFar& seen, const AdaptiveTarget& wanted, Index cell,
                   std::vector<OpenTarget>& open) {
  if (is_of_crossing(wanted.law.law)) {
    CrossingTarget target = crossing_target_in(seen, wanted, cell);
    const TargetLook look = target.look;
    if (!look.reached && !look.outside) open.emplace_back(std::move(target));
    return look;
  }
  Target target = target_in(seen, wanted, cell);
  const Interval value = target.law.by_law();
  const bool reached = (value.high - value.low) / 2 <= wanted.half_width;
  if (!reached) open.emplace_back(std::move(target));
  return {.cell = cell, .value = value, .reached = reached};
}

std::vector<OpenTarget> targets_to_reach(const StudySoFar& seen, Look& look) {
  std::vector<OpenTarget> open;
  for (const Cell& cell : seen.study.cells)
    for (std::size_t k = 0; k < rules(seen).targets.size(); ++k) {
      const AdaptiveTarget& wanted = rules(seen).targets[k];
      if (!concerns(wanted.law, cell)) continue;
      look.targets.push_back(look_at(seen, wanted, cell.id, open));
      look.targets.back().target = static_cast<Index>(k);
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
std::vector<Raise> raises_of_all(const StudySoFar& seen, const std::vector<OpenTarget>& targets,
                                 double share = 1) {
  std::vector<Raise> raises;
  for (const OpenTarget& open : targets) {
    const auto find = [&](std::optional<double> spend) {
      return std::visit([&](const auto& target) { return find_raises(seen, target, spend); }, open);
    };
    std::vector<Raise> own = find({});
    if (share < 1) own = find(share * sum_flops(own));
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

double average_flops(const StudySoFar& seen, const Raise& point) {
  double sum = 0, count = 0;
  for (Index r = 0; r < seen.allotment.at(point.cell, point.arm, point.size); ++r) {
    const double flops = flops_at(seen.cube, {point.cell, point.arm, point.size, r});
    if (std::isfinite(flops)) sum += flops, count += 1;
  }
  return sum > 0 ? sum / count : static_cast<double>(seen.study.sizes[static_cast<std::size_t>(point.size)]);
}

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
  const std::vector<OpenTarget> open = targets_to_reach(seen, batch.look);
  if (batch.look.open == 0 && open.empty()) return batch;
  std::vector<Raise> targets = raises_of_all(seen, open);
  batch.stop = Stop::most_replicates;
  const double left = rules(seen).budget - batch.look.flops;
  const double wanted = sum_flops(points) + sum_flops(targets);
  if (wanted > left) {
    const double share = std::max(left, 0.0) / wanted;
    points = affordable(points, share * sum_flops(points));
    targets = raises_of_all(seen, open, share);
    batch.stop = Stop::budget;
  }
  batch.raises = joined(std::move(points), targets);
  return batch;
}

}  // namespace quartic::detail
