#include "experiments/findings/estimates.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "experiments/findings/total_flops.hpp"
#include "experiments/study/claim_laws.hpp"
#include "laws/curves/error_multiple.hpp"
#include "laws/frontiers/frontier.hpp"
#include "laws/frontiers/size_frontier.hpp"

namespace quartic::detail {
namespace {

/// Whether an arm whose curve the claim reads was not given this size.
bool leaves_out(const Claim& claim, const ClaimSource& source, Index size) {
  std::vector<std::string> arms = claim.with;
  arms.push_back(claim.arm);
  if (!claim.against_arm.empty() && claim.against_n == 0) arms.push_back(claim.against_arm);
  return std::any_of(arms.begin(), arms.end(), [&](const std::string& arm) {
    return source.cube.leaves_out({source.cell, source.cube.arm(arm), size, 0});
  });
}

/// Positions of the sizes from <= n <= to that all arms of the claim were given.
std::vector<Index> window(const Claim& claim, const ClaimSource& source) {
  std::vector<Index> positions;
  const std::vector<Index>& sizes = source.cube.axes().sizes;
  for (std::size_t k = 0; k < sizes.size(); ++k)
    if (static_cast<double>(sizes[k]) >= claim.from && static_cast<double>(sizes[k]) <= claim.to &&
        !leaves_out(claim, source, static_cast<Index>(k)))
      positions.push_back(static_cast<Index>(k));
  return positions;
}

/// One arm of a cell at some sizes, at the expense that a claim is over.
class ArmCurve {
 public:
  ArmCurve(const Claim& claim, const ClaimSource& source, const std::string& arm,
           std::vector<Index> positions)
      : claim_(claim), source_(source), arm_(source.cube.arm(arm)), positions_(std::move(positions)) {}

  MeasuredCurve curve() const {
    const CubeAxes& axes = source_.cube.axes();
    const Index count = std::ssize(positions_);
    MeasuredCurve curve{Vector(count), Matrix(axes.replicates, count), Matrix(axes.replicates, count)};
    for (Index k = 0; k < count; ++k) {
      curve.sizes[k] = static_cast<double>(axes.sizes[static_cast<std::size_t>(position(k))]);
      for (Index r = 0; r < axes.replicates; ++r) {
        curve.errors(r, k) = source_.cube.error(slot(k, r), source_.error);
        const bool missing = std::isnan(curve.errors(r, k));
        curve.excluded += missing && !std::isnan(at(k, r, Measure::status));
        curve.flops(r, k) = missing ? nan : flops(k, r);
      }
    }
    if (claim_.over == Expense::total) curve.parts = parts(curve);
    return curve;
  }

  /// At each size, of the first replicate that has them.
  Vector parameters() const {
    Vector parameters = Vector::Constant(std::ssize(positions_), nan);
    for (Index k = 0; k < parameters.size(); ++k)
      for (Index r = 0; r < source_.cube.axes().replicates && std::isnan(parameters[k]); ++r)
        parameters[k] = at(k, r, Measure::parameters);
    return parameters;
  }

 private:
  Index position(Index k) const { return positions_[static_cast<std::size_t>(k)]; }
  Slot slot(Index k, Index replicate) const { return {source_.cell, arm_, position(k), replicate}; }
  double at(Index k, Index replicate, Measure measure) const {
    return source_.cube.at(slot(k, replicate), measure);
  }

  /// The total of each fit that is in the curve: training, its share of pre-training, predictions.
  std::vector<Matrix> parts(const MeasuredCurve& curve) const {
    std::vector<Matrix> parts(3, curve.flops);
    for (Index k = 0; k < curve.flops.cols(); ++k)
      for (Index r = 0; r < curve.flops.rows(); ++r) {
        if (std::isnan(curve.flops(r, k))) continue;
        const auto measured = [&](Measure measure) { return at(k, r, measure); };
        const TotalFlops total = total_flops(claim_.usage, measured);
        parts[0](r, k) = total.training;
        parts[1](r, k) = total.pretraining;
        parts[2](r, k) = total.running;
      }
    return parts;
  }

  double flops(Index k, Index replicate) const {
    const auto measured = [&](Measure measure) { return at(k, replicate, measure); };
    if (claim_.over == Expense::total) return total_flops(claim_.usage, measured).sum();
    if (claim_.over == Expense::running) return measured(Measure::inference_flops);
    return measured(Measure::fit_flops) + measured(Measure::tuning_flops);
  }

  const Claim& claim_;
  ClaimSource source_;
  Index arm_;
  std::vector<Index> positions_;
};

/// The arm of the claim and those beside it.
std::vector<ArmCurve> arm_curves(const Claim& claim, const ClaimSource& source) {
  std::vector<ArmCurve> arms = {{claim, source, claim.arm, window(claim, source)}};
  for (const std::string& arm : claim.with) arms.emplace_back(claim, source, arm, window(claim, source));
  return arms;
}

template <auto law>
LawEstimate of_one(const Claim& claim, const ClaimSource& source, const LawOptions& options) {
  return law(claim_curve(claim, source), options);
}

template <auto law>
LawEstimate of_curves(const Claim& claim, const ClaimSource& source, const LawOptions& options) {
  std::vector<MeasuredCurve> curves;
  for (const ArmCurve& arm : arm_curves(claim, source)) curves.push_back(arm.curve());
  return law(curves, options);
}

template <auto law>
LawEstimate of_sized_curves(const Claim& claim, const ClaimSource& source, const LawOptions& options) {
  std::vector<SizedCurve> curves;
  for (const ArmCurve& arm : arm_curves(claim, source)) curves.push_back({arm.curve(), arm.parameters()});
  return law(curves, options);
}

/// Against one size of the other arm, which need not lie in the window, or against its curve in the window.
template <auto law>
LawEstimate of_two(const Claim& claim, const ClaimSource& source, const LawOptions& options) {
  if (claim.against_n > 0 && source.cube.size(claim.against_n) < 0)
    return {{}, "The study has no size " + std::to_string(claim.against_n) + ": add it to sizes."};
  return law(claim_crossing(claim, source), options);
}

LawEstimate of_ratio(const Claim& claim, const ClaimSource& source, const LawOptions& options) {
  const CrossingQuestion curves = claim_crossing(claim, source);
  return ratio({.arm = curves.arm,
                .against = curves.against,
                .of = claim.of,
                .growing = claim.over == Expense::data ? Growing::data : Growing::computing,
                .at_error = claim.at_error},
               options);
}

struct Estimator {
  LawKind law;
  LawEstimate (*estimate)(const Claim&, const ClaimSource&, const LawOptions&);
};

constexpr Estimator estimators[] = {
    {LawKind::data_exponent, of_one<data_exponent>},
    {LawKind::compute_exponent, of_one<compute_exponent>},
    {LawKind::frontier_exponent, of_curves<frontier_exponent>},
    {LawKind::isoflop_exponent, of_sized_curves<isoflop_exponent>},
    {LawKind::collapse_exponent, of_sized_curves<collapse_exponent>},
    {LawKind::two_causes_exponent, of_sized_curves<two_causes_exponent>},
    {LawKind::plateau, of_one<plateau>},
    {LawKind::crossing, of_two<crossing>},
    {LawKind::compute_multiple, of_two<compute_multiple>},
    {LawKind::error_multiple, of_two<error_multiple>},
    {LawKind::ratio, of_ratio},
};

consteval bool one_for_each_law() {
  if (std::size(estimators) != claim_laws.size()) return false;
  for (std::size_t k = 0; k < claim_laws.size(); ++k)
    if (estimators[k].law != claim_laws[k].kind) return false;
  return true;
}
static_assert(one_for_each_law(), "an estimator for each of claim_laws, in their order");

}  // namespace

MeasuredCurve claim_curve(const Claim& claim, const ClaimSource& source) {
  return ArmCurve(claim, source, claim.arm, window(claim, source)).curve();
}

CrossingQuestion claim_crossing(const Claim& claim, const ClaimSource& source) {
  const bool level = claim.against_n > 0;
  const std::vector<Index> others =
      level ? std::vector<Index>{source.cube.size(claim.against_n)} : window(claim, source);
  return {.arm = claim_curve(claim, source),
          .against = ArmCurve(claim, source, claim.against_arm, others).curve(),
          .against_position = level ? 0 : -1};
}

LawEstimate estimate_claim(const Claim& claim, const ClaimSource& source, const LawOptions& options) {
  return estimators[static_cast<std::size_t>(claim.law)].estimate(claim, source, options);
}

}  // namespace quartic::detail
