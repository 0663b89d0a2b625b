#include "experiments/findings/findings.hpp"

#include <cmath>
#include <limits>

#include "experiments/study/claim_cells.hpp"
#include "laws/curves/crossing.hpp"
#include "laws/frontiers/frontier.hpp"
#include "laws/frontiers/size_frontier.hpp"

namespace quartic {
namespace {

/// Positions of the sizes from <= n <= to.
std::vector<Index> window(const Cube& cube, double from, double to) {
  std::vector<Index> positions;
  const std::vector<Index>& sizes = cube.axes().sizes;
  for (std::size_t k = 0; k < sizes.size(); ++k)
    if (static_cast<double>(sizes[k]) >= from && static_cast<double>(sizes[k]) <= to)
      positions.push_back(static_cast<Index>(k));
  return positions;
}

/// One arm of one cell: what was measured of it, or what theory expects.
struct ArmOfCell {
  const Cube& cube;
  Index cell, arm;
  Measure error = Measure::normalised_error;
};

/// The arm's errors at these sizes, and its flops, tuning included. Rows beyond its own replicates are NaN
/// and drop out.
MeasuredCurve curve_of(const ArmOfCell& place, const std::vector<Index>& positions) {
  const CubeAxes& axes = place.cube.axes();
  const Index count = static_cast<Index>(positions.size());
  MeasuredCurve curve{Vector(count), Matrix(axes.replicates, count), Matrix(axes.replicates, count)};
  for (Index k = 0; k < count; ++k) {
    const Index size = positions[static_cast<std::size_t>(k)];
    curve.sizes[k] = static_cast<double>(axes.sizes[static_cast<std::size_t>(size)]);
    for (Index r = 0; r < axes.replicates; ++r) {
      const Slot slot{place.cell, place.arm, size, r};
      curve.errors(r, k) = place.cube.at(slot, place.error);
      curve.excluded += std::isnan(curve.errors(r, k)) && !std::isnan(place.cube.at(slot, Measure::status));
      curve.flops(r, k) =
          place.cube.at(slot, Measure::fit_flops) + place.cube.at(slot, Measure::tuning_flops);
    }
  }
  return curve;
}

/// The cell a claim is held against, and which of its errors.
struct Source {
  const Cube& cube;
  Index cell;
  Measure error = Measure::normalised_error;

  ArmOfCell arm(const std::string& name) const { return {cube, cell, cube.arm(name), error}; }
};

/// The arm's parameters at these sizes, in its first replicate that has them.
Vector parameters_of(const ArmOfCell& place, const std::vector<Index>& positions) {
  Vector parameters = Vector::Constant(std::ssize(positions), std::numeric_limits<double>::quiet_NaN());
  for (Index k = 0; k < parameters.size(); ++k)
    for (Index r = 0; r < place.cube.axes().replicates && std::isnan(parameters[k]); ++r)
      parameters[k] = place.cube.at({place.cell, place.arm, positions[static_cast<std::size_t>(k)], r},
                                    Measure::parameters);
  return parameters;
}

/// The claim's question: against one size of the other arm, which need not lie in the window, or its curve in
/// the window.
CrossingQuestion question_of(const Claim& claim, const Source& source) {
  const Cube& cube = source.cube;
  const std::vector<Index> positions = window(cube, claim.from, claim.to);
  const ArmOfCell arm = source.arm(claim.arm), against = source.arm(claim.against_arm);
  const bool level = claim.against_n > 0;
  return {.arm = curve_of(arm, positions),
          .against = curve_of(against, level ? std::vector<Index>{cube.size(claim.against_n)} : positions),
          .against_position = level ? 0 : -1};
}

/// The curves of the claim's arm and of those beside it.
std::vector<MeasuredCurve> curves_of(const Claim& claim, const Source& source) {
  const std::vector<Index> positions = window(source.cube, claim.from, claim.to);
  std::vector<MeasuredCurve> curves = {curve_of(source.arm(claim.arm), positions)};
  for (const std::string& arm : claim.with) curves.push_back(curve_of(source.arm(arm), positions));
  return curves;
}

std::vector<SizedCurve> sized_curves_of(const Claim& claim, const Source& source) {
  const std::vector<Index> positions = window(source.cube, claim.from, claim.to);
  std::vector<SizedCurve> curves;
  const auto add = [&](const std::string& name) {
    const ArmOfCell arm = source.arm(name);
    curves.push_back({curve_of(arm, positions), parameters_of(arm, positions)});
  };
  add(claim.arm);
  for (const std::string& name : claim.with) add(name);
  return curves;
}

// Adaptive replicates are where they tell most: a size does not count more for it.
LawOptions options_of(const Study& study, const Claim& claim) {
  return {.average = claim.average,
          .confidence = claim.confidence,
          .form = claim.form,
          .floor = claim.floor,
          .even = study.adaptive.has_value(),
          .interval = claim.interval};
}

LawEstimate estimate(const Claim& claim, const Source& source, const LawOptions& options) {
  const Cube& cube = source.cube;
  const bool compares = claim.law == LawKind::crossing || claim.law == LawKind::compute_multiple;
  if (compares && claim.against_n > 0 && cube.size(claim.against_n) < 0)
    return {{}, "The study has no size " + std::to_string(claim.against_n) + ": add it to sizes."};
  const auto curve = [&] { return curve_of(source.arm(claim.arm), window(cube, claim.from, claim.to)); };
  switch (claim.law) {
    case LawKind::data_exponent:
      return data_exponent(curve(), options);
    case LawKind::compute_exponent:
      return compute_exponent(curve(), options);
    case LawKind::frontier_exponent:
      return frontier_exponent(curves_of(claim, source), options);
    case LawKind::isoflop_exponent:
      return isoflop_exponent(sized_curves_of(claim, source), options);
    case LawKind::collapse_exponent:
      return collapse_exponent(sized_curves_of(claim, source), options);
    case LawKind::plateau:
      return plateau(curve(), options);
    case LawKind::crossing:
      return crossing(question_of(claim, source), options);
    case LawKind::compute_multiple:
      return compute_multiple(question_of(claim, source), options);
  }
  return {};
}

Expectation::Kind kind_of(Claim::Test test) {
  switch (test) {
    case Claim::Test::at_least:
      return Expectation::Kind::at_least;
    case Claim::Test::at_most:
      return Expectation::Kind::at_most;
    case Claim::Test::expect:
      break;
  }
  return Expectation::Kind::about;
}

/// The number that theory has where `measured` was: by the same law, every size with the same weight.
double theory_of(const Study& study, const Claim& claim, const Source& source, const Law& measured) {
  LawOptions options = options_of(study, claim);
  options.form = measured.form;
  const MeasuredCurve curve = curve_of(source.arm(claim.arm), window(source.cube, claim.from, claim.to));
  options.weights = law_points(curve, options).weights;
  return estimate(claim, {source.cube, source.cell, Measure::theory}, options).value.estimate;
}

/// The claim as it stands in this cell: its formula evaluated.
Claim claim_in(const Study& study, const Claim& claim, const Source& source, const Law& measured) {
  Claim here = claim;
  const double theory = quotes_theory(claim) ? theory_of(study, claim, source, measured) : nan;
  here.value = claimed_value(claim, study, study.cells[static_cast<std::size_t>(source.cell)], theory);
  return here;
}

/// The law's note is the reason where there is no interval, and an addition to it where there is one.
Judgement judgement_of(const Claim& claim, const LawEstimate& measured) {
  if (std::isnan(claim.value))
    return {Verdict::not_identified,
            "The claimed value \"" + claim.formula +
                "\" is no number here: theory has no such number for this arm over these sizes. Claim one."};
  Judgement judgement =
      judge({kind_of(claim.test), claim.value, claim.margin}, measured.value, measured.alternatives);
  if (std::isnan(measured.value.low)) {
    judgement.reason = measured.note;
  } else if (!measured.note.empty()) {
    judgement.reason += " " + measured.note;
  }
  return judgement;
}

}  // namespace

LawEstimate measured_law(const Study& study, const Claim& claim, const Cube& cube, Index cell) {
  return estimate(claim, {cube, cell}, options_of(study, claim));
}

MeasuredCurve claimed_curve(const Claim& claim, const Cube& cube, Index cell) {
  return curve_of(Source{cube, cell}.arm(claim.arm), window(cube, claim.from, claim.to));
}

std::vector<Finding> evaluate_claims(const Study& study, const Cube& cube) {
  std::vector<Finding> findings;
  for (const Claim& claim : study.claims)
    for (const Cell& cell : study.cells) {
      if (!concerns(claim, cell)) continue;
      LawEstimate measured = measured_law(study, claim, cube, cell.id);
      const Claim here = claim_in(study, claim, {cube, cell.id}, measured.fit.law);
      Judgement judgement = judgement_of(here, measured);
      findings.push_back({here, cell.id, cell.settings, std::move(measured), std::move(judgement)});
    }
  return findings;
}

}  // namespace quartic
