#include "experiments/adaptive/crossing_target.hpp"

#include <algorithm>
#include <cmath>

#include "experiments/adaptive/target.hpp"
#include "experiments/findings/findings.hpp"
#include "laws/curves/allocation.hpp"

namespace quartic::detail {

namespace {

double size_at(const StudySoFar& seen, Index position) {
  return static_cast<double>(seen.study.sizes[static_cast<std::size_t>(position)]);
}

/// Whether the arm is ahead at all sizes.
bool is_ahead(const CrossingTarget& target) {
  return !target.sizes.bracketed && !(target.sizes.middle >= target.question.arm.sizes[0]);
}

/// The target's sizes that one of its arms has not been given, ascending positions. Where the arms do not cross between
/// sizes that are measured, those beyond.
std::vector<Index> candidates(const StudySoFar& seen, const CrossingTarget& target) {
  const Vector& sizes = target.question.arm.sizes;
  std::vector<Index> empty;
  for (const Index n : target.wanted.sizes) {
    const Index size = seen.cube.size(n);
    const bool beyond = is_ahead(target) ? static_cast<double>(n) < sizes[0]
                                         : static_cast<double>(n) > sizes[sizes.size() - 1];
    if (!target.sizes.bracketed && !beyond) continue;
    if (seen.allotment.at(target.cell, target.arm, size) == 0 ||
        seen.allotment.at(target.cell, target.against, size) == 0)
      empty.push_back(size);
  }
  return empty;
}

/// Where a size is wanted, and candidates are looked for.
std::vector<double> wanted_sizes(const StudySoFar& seen, const CrossingTarget& target,
                                 const std::vector<Index>& empty) {
  const double width = std::log(target.wanted.law.near), middle = target.sizes.middle;
  if (!target.sizes.bracketed) {  // beyond where the laws meet, so that the next size is on the other side
    const double beyond = middle * std::exp(is_ahead(target) ? -width / 2 : width / 2);
    const double least = size_at(seen, empty.front()), most = size_at(seen, empty.back());
    return {std::isnan(middle) ? least : std::clamp(beyond, least, most)};
  }
  std::vector<double> wanted;
  for (const double share : {-0.75, -0.25, 0.25, 0.75}) wanted.push_back(middle * std::exp(share * width));
  return wanted;
}

double distance(double n, double at) {
  return std::abs(std::log(n / at));
}

std::vector<Index> find_openings(const StudySoFar& seen, const CrossingTarget& target) {
  const std::vector<Index> empty = candidates(seen, target);
  if (empty.empty()) return {};
  const Claim& claim = target.wanted.law;
  std::vector<Index> openings;
  for (const double at : wanted_sizes(seen, target, empty)) {
    if (!(at >= claim.from && at <= claim.to)) continue;
    const Index nearest = *std::min_element(empty.begin(), empty.end(), [&](Index k, Index l) {
      return distance(size_at(seen, k), at) < distance(size_at(seen, l), at);
    });
    double measured = infinity;
    for (const double n : target.question.arm.sizes) measured = std::min(measured, distance(n, at));
    if (measured > std::log(claim.near) / 5 && distance(size_at(seen, nearest), at) < measured)
      openings.push_back(nearest);
  }
  std::sort(openings.begin(), openings.end());
  openings.erase(std::unique(openings.begin(), openings.end()), openings.end());
  return openings;
}

/// Behind, or ahead, at all sizes that there are, and by the laws too, which meet elsewhere. (Where they do not meet
/// but may, some replicates more tell.)
bool lies_outside(const CrossingTarget& target) {
  const Vector& sizes = target.question.arm.sizes;
  const double middle = target.sizes.middle;
  const bool within = middle >= sizes[0] && middle <= sizes[sizes.size() - 1];
  return !target.sizes.bracketed && target.openings.empty() && !within && middle != infinity;
}

TargetLook judge(const CrossingTarget& target, const Interval& value) {
  TargetLook look{.cell = target.cell, .value = value};
  const bool never = std::isinf(value.estimate) && !target.sizes.bracketed;
  const bool narrow = (value.high - value.low) / 2 <= target.wanted.half_width * value.estimate;
  look.reached = never || (narrow && target.openings.empty() && std::isfinite(value.estimate));
  look.outside = !look.reached && lies_outside(target);
  return look;
}

/// Of one replicate, at the sizes that both arms have and those to be opened.
struct PairFlops {
  std::vector<Index> positions;
  Vector arm, against;

  Index place(Index size) const {
    return std::lower_bound(positions.begin(), positions.end(), size) - positions.begin();
  }
};

PairFlops find_flops(const StudySoFar& seen, const CrossingTarget& target) {
  PairFlops flops{.positions = target.positions, .arm = {}, .against = {}};
  flops.positions.insert(flops.positions.end(), target.openings.begin(), target.openings.end());
  std::sort(flops.positions.begin(), flops.positions.end());
  std::vector<Index> measured;
  for (const Index size : target.positions) measured.push_back(flops.place(size));
  flops.arm = flops_at_sizes(seen, {.cell = target.cell, .arm = target.arm}, flops.positions, measured);
  flops.against =
      flops_at_sizes(seen, {.cell = target.cell, .arm = target.against}, flops.positions, measured);
  return flops;
}

/// Both arms are to have so many replicates at this size.
void raise_both(const StudySoFar& seen, const CrossingTarget& target, const PairFlops& flops, Raise to,
                std::vector<Raise>& raises) {
  to.cell = target.cell;
  for (const bool first : {true, false}) {
    to.arm = first ? target.arm : target.against;
    const Index now = seen.allotment.at(to.cell, to.arm, to.size);
    if (to.to <= now) continue;
    to.flops = static_cast<double>(to.to - now) * (first ? flops.arm : flops.against)[flops.place(to.size)];
    raises.push_back(to);
  }
}

/// Of the curve of the arm over that of the other: what one replicate is off by is, to first order, what the one is off
/// by less the other. About 1, as the averages then are.
Matrix relative_errors(const CrossingQuestion& question, const std::vector<Index>& places, Average average) {
  const Averages arm = average_columns(question.arm.errors, average),
                 against = average_columns(question.against.errors, average);
  Matrix relative(question.arm.errors.rows(), std::ssize(places));
  for (Index j = 0; j < relative.cols(); ++j) {
    const Index k = places[static_cast<std::size_t>(j)];
    const Eigen::ArrayXd one = question.arm.errors.col(k).array() / arm.values[k],
                         other = question.against.errors.col(k).array() / against.values[k];
    if (average == Average::mean)
      relative.col(j) = 1 + one - other;
    else
      relative.col(j) = one / other;
  }
  return relative;
}

/// New counts at the sizes that the crossing is read off, for so many flops.
std::vector<Index> allocate_pairs(const StudySoFar& seen, const CrossingTarget& target,
                                  const PairFlops& flops, std::optional<double> spend) {
  const std::vector<Index>& places = target.sizes.places;
  const Average kind = target.wanted.law.average;
  const Vector sizes = target.question.arm.sizes(places),
               arm = average_columns(target.question.arm.errors, kind).values(places),
               against = average_columns(target.question.against.errors, kind).values(places);
  const MeasuredCurve curve{sizes, relative_errors(target.question, places, kind)};
  const Vector ones = Vector::Ones(sizes.size());
  AllocationQuestion question{.curve = curve,
                              .averages = {kind, ones, ones, ones},
                              .statistic =
                                  [&](const Vector& relative) {
                                    const Vector half = relative.cwiseSqrt();
                                    return log_crossing({sizes, arm.cwiseProduct(half), ones},
                                                        {sizes, against.cwiseQuotient(half), ones});
                                  },
                              .least = seen.study.adaptive->least,
                              .most = seen.study.adaptive->most,
                              .cost = ones};
  for (Index j = 0; j < sizes.size(); ++j) {
    const Index size = target.positions[static_cast<std::size_t>(places[static_cast<std::size_t>(j)])];
    question.counts.push_back(std::min(seen.allotment.at(target.cell, target.arm, size),
                                       seen.allotment.at(target.cell, target.against, size)));
    question.cost[j] = flops.arm[flops.place(size)] + flops.against[flops.place(size)];
    question.spend += static_cast<double>(question.counts.back()) * question.cost[j];
  }
  question.spend = spend.value_or(question.spend);
  return allocate(question);
}

}  // namespace

CrossingTarget crossing_target_in(const StudySoFar& seen, const AdaptiveTarget& wanted, Index cell) {
  const Claim& claim = wanted.law;
  CrossingTarget target{.wanted = wanted,
                        .cell = cell,
                        .arm = seen.cube.arm(claim.arm),
                        .against = seen.cube.arm(claim.against_arm),
                        .look = {},
                        .question = claimed_crossing(claim, seen.cube, cell),
                        .positions = {},
                        .sizes = {},
                        .openings = {}};
  for (const double n : target.question.arm.sizes)
    target.positions.push_back(seen.cube.size(static_cast<Index>(n)));
  target.sizes =
      crossing_sizes(target.question, {.average = claim.average, .even = true, .near = claim.near});
  target.openings = find_openings(seen, target);
  target.look = judge(target, measured_law(seen.study, claim, seen.cube, cell).value);
  return target;
}

std::vector<Raise> find_raises(const StudySoFar& seen, const CrossingTarget& target,
                               std::optional<double> spend) {
  const PairFlops flops = find_flops(seen, target);
  std::vector<Raise> raises;
  if (!target.openings.empty()) {
    double sum = 0;
    for (const Index size : target.openings)
      raise_both(seen, target, flops, {.size = size, .to = seen.study.adaptive->least}, raises);
    for (const Raise& one : raises) sum += one.flops;
    return sum > spend.value_or(infinity) ? std::vector<Raise>{} : raises;
  }
  const std::vector<Index> counts = allocate_pairs(seen, target, flops, spend);
  for (std::size_t j = 0; j < counts.size(); ++j)
    raise_both(seen, target, flops,
               {.size = target.positions[static_cast<std::size_t>(target.sizes.places[j])], .to = counts[j]},
               raises);
  return raises;
}

}  // namespace quartic::detail
