#include "experiments/adaptive/target.hpp"

#include <algorithm>
#include <cmath>

#include "experiments/findings/findings.hpp"
#include "laws/curves/allocation.hpp"
#include "laws/curves/curve_points.hpp"
#include "laws/statistics/jackknife.hpp"

namespace quartic::detail {

namespace {

/// Columns of `values` at these places among `count`, NaN at the others.
Matrix spread_columns(const Matrix& values, const std::vector<Index>& places, Index count) {
  Matrix spread = Matrix::Constant(values.rows(), count, nan);
  if (values.cols() > 0) spread(Eigen::all, places) = values;
  return spread;
}

/// Positions of the curve's sizes and of empty ones.
std::vector<Index> sizes_to_weigh(const StudySoFar& seen, const MeasuredCurve& curve, const Target& target) {
  std::vector<Index> positions;
  for (const double n : curve.sizes) positions.push_back(seen.cube.size(static_cast<Index>(n)));
  if (positions.size() < 2) return positions;  // no line tells what an empty one costs
  for (const Index n : target.wanted.sizes)
    if (const Index size = seen.cube.size(n); seen.allotment.at(target.cell, target.arm, size) == 0)
      positions.push_back(size);
  std::sort(positions.begin(), positions.end());
  return positions;
}

/// The number of the target's law at given averages, in the form that the data chose. Sizes that are empty
/// count where an average is given.
struct TargetStatistic {
  const Claim& claim;
  LawForm form;
  Vector x, weights;
  std::vector<Index> counts;

  double operator()(const Vector& all) const {
    std::vector<Index> places;
    for (Index k = 0; k < all.size(); ++k)
      if (counts[static_cast<std::size_t>(k)] > 0 || std::isfinite(all[k])) places.push_back(k);
    const Vector averages = all(places);
    if (claim.law != LawKind::plateau)
      return fit_law(form, {x(places), averages, weights(places)},
                     {.floor = claim.floor, .signed_floor = true})
          .law.exponent;
    return claim.average == Average::geometric_mean ? std::exp(averages.array().log().mean())
                                                    : averages.mean();
  }
};

/// The averages, at empty sizes those of the law; of a plateau, or where there is no law, of a line.
Averages complete_averages(const Claim& claim, const Target& target, const Vector& x) {
  Averages averages = average_columns(target.curve.errors, claim.average);
  if (target.measured.size() == target.counts.size()) return averages;
  Law law = target.law.fit.law;
  if (!std::isfinite(law.exponent)) {
    const Vector values = averages.values(target.measured);
    law = fit_law(LawForm::power, {x(target.measured), values, Vector::Ones(values.size())}).law;
  }
  for (Index k = 0; k < x.size(); ++k)
    if (target.counts[static_cast<std::size_t>(k)] == 0)
      averages.values[k] = law.at(x[k]), averages.counts[k] = 1;
  return averages;
}

/// What the exponent in this form is read over: sizes, or flops.
Vector law_axis(const Claim& claim, const Target& target, LawForm form) {
  if (claim.law != LawKind::compute_exponent || form != LawForm::power) return target.curve.sizes;
  Vector flops = target.flops;
  flops(target.measured) = average_columns(target.curve.flops, Average::mean).values(target.measured);
  return flops;
}

}  // namespace

Vector flops_at_sizes(const StudySoFar& seen, const Raise& arm, const std::vector<Index>& positions,
                      const std::vector<Index>& measured) {
  Vector sizes(std::ssize(positions)), flops(std::ssize(positions)), known(std::ssize(measured));
  const auto position = [&](Index k) { return positions[static_cast<std::size_t>(k)]; };
  for (Index k = 0; k < sizes.size(); ++k)
    sizes[k] = static_cast<double>(seen.study.sizes[static_cast<std::size_t>(position(k))]);
  for (Index k = 0; k < known.size(); ++k)
    known[k] = average_flops(
        seen, {.cell = arm.cell, .arm = arm.arm, .size = position(measured[static_cast<std::size_t>(k)])});
  if (known.size() < flops.size()) {
    const PowerLaw line = fit_power_law({sizes(measured), known, Vector::Ones(known.size())});
    for (Index k = 0; k < flops.size(); ++k) flops[k] = line.at(sizes[k]);
  }
  flops(measured) = known;
  return flops;
}

Target target_in(const StudySoFar& seen, const AdaptiveTarget& wanted, Index cell) {
  const Claim& claim = wanted.law;
  const MeasuredCurve curve = claimed_curve(claim, seen.cube, cell);
  Target target{.wanted = wanted,
                .cell = cell,
                .arm = seen.cube.arm(claim.arm),
                .law = measured_law(seen.study, claim, seen.cube, cell),
                .curve = {},
                .positions = {},
                .counts = {},
                .measured = {},
                .flops = {}};
  target.positions = sizes_to_weigh(seen, curve, target);
  const Index count = std::ssize(target.positions);
  target.curve.sizes = Vector(count);
  for (Index k = 0; k < count; ++k) {
    const Index size = target.positions[static_cast<std::size_t>(k)];
    target.curve.sizes[k] = static_cast<double>(seen.study.sizes[static_cast<std::size_t>(size)]);
    target.counts.push_back(seen.allotment.at(cell, target.arm, size));
    if (target.counts.back() > 0) target.measured.push_back(k);
  }
  target.curve.errors = spread_columns(curve.errors, target.measured, count);
  target.curve.flops = spread_columns(curve.flops, target.measured, count);
  target.flops = flops_at_sizes(seen, {.cell = cell, .arm = target.arm}, target.positions, target.measured);
  return target;
}

std::vector<Raise> find_raises(const StudySoFar& seen, const Target& target, std::optional<double> spend) {
  const Claim& claim = target.wanted.law;
  const LawForm form = std::isfinite(target.law.fit.law.exponent) ? target.law.fit.law.form
                                                                  : claim.form.value_or(LawForm::power);
  const Vector x = law_axis(claim, target, form);
  const Averages averages = complete_averages(claim, target, x);
  const Vector weights =
      curve_points(target.curve.sizes, averages, {.average = claim.average, .even = true}).weights;
  AllocationQuestion question{.curve = target.curve,
                              .averages = averages,
                              .statistic = TargetStatistic{claim, form, x, weights, target.counts},
                              .counts = target.counts,
                              .least = seen.study.adaptive->least,
                              .most = seen.study.adaptive->most,
                              .cost = target.flops};
  for (std::size_t k = 0; k < target.counts.size(); ++k)
    question.spend += static_cast<double>(target.counts[k]) * target.flops[static_cast<Index>(k)];
  question.spend = spend.value_or(question.spend);
  const std::vector<Index> counts = allocate(question);
  std::vector<Raise> raises;
  for (std::size_t k = 0; k < counts.size(); ++k)
    if (counts[k] > target.counts[k])
      raises.push_back(
          {.cell = target.cell,
           .arm = target.arm,
           .size = target.positions[k],
           .to = counts[k],
           .flops = static_cast<double>(counts[k] - target.counts[k]) * target.flops[static_cast<Index>(k)]});
  return raises;
}

}  // namespace quartic::detail
