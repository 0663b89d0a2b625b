#include "experiments/findings/findings.hpp"

#include <cmath>

#include "experiments/findings/estimates.hpp"
#include "experiments/study/claim_cells.hpp"
#include "experiments/study/claim_laws.hpp"
#include "laws/curves/curve_points.hpp"

namespace quartic {
namespace {

using detail::ClaimSource;

// Adaptive replicates are where they tell most: a size does not count more for it.
LawOptions make_law_options(const Study& study, const Claim& claim) {
  return {.average = claim.average,
          .confidence = claim.confidence,
          .form = claim.form,
          .floor = claim.floor,
          .even = study.adaptive.has_value(),
          .interval = claim.interval,
          .root = root_of(claim.performance),
          .near = claim.near};
}

/// The number that theory has where `measured` was: by the same law, every size with the same weight.
double compute_theory(const Study& study, const Claim& claim, const ClaimSource& source,
                      const Law& measured) {
  LawOptions options = make_law_options(study, claim);
  options.form = measured.form;
  options.weights = curve_points(detail::claim_curve(claim, source), options).weights;
  return detail::estimate_claim(claim, {source.cube, source.cell, Measure::theory}, options).value.estimate;
}

/// The claim as it stands in this cell: its formula evaluated, its margin known.
Claim claim_in(const Study& study, const Claim& claim, const ClaimSource& source, const Law& measured) {
  Claim here = claim;
  const double theory = quotes(claim, "theory") ? compute_theory(study, claim, source, measured) : nan;
  here.value = claimed_value(claim, study, study.cells[static_cast<std::size_t>(source.cell)], theory);
  here.margin = claim.margin.value_or(usual_margin(claim.law, here.value));
  return here;
}

/// The law's note is the reason where there is no interval, and an addition to it where there is one.
Judgement judge_estimate(const Claim& claim, const LawEstimate& measured) {
  if (std::isnan(claim.value))
    return {Verdict::not_identified,
            "The claimed value \"" + claim.formula +
                "\" is no number here: theory has no such number for this arm over these sizes. Claim one."};
  Judgement judgement = judge_law({claim.test, claim.value, *claim.margin}, measured);
  if (std::isnan(measured.value.low)) {
    judgement.reason = measured.note;
  } else if (!measured.note.empty()) {
    judgement.reason += " " + measured.note;
  }
  return judgement;
}

}  // namespace

LawEstimate measured_law(const Study& study, const Claim& claim, const Cube& cube, Index cell) {
  return detail::estimate_claim(claim, {cube, cell}, make_law_options(study, claim));
}

MeasuredCurve claimed_curve(const Claim& claim, const Cube& cube, Index cell) {
  return detail::claim_curve(claim, {cube, cell});
}

CrossingQuestion claimed_crossing(const Claim& claim, const Cube& cube, Index cell) {
  return detail::claim_crossing(claim, {cube, cell});
}

std::vector<Finding> evaluate_claims(const Study& study, const Cube& cube) {
  std::vector<Finding> findings;
  for (const Claim& claim : study.claims)
    for (const Cell& cell : study.cells) {
      if (!concerns(claim, cell)) continue;
      LawEstimate measured = measured_law(study, claim, cube, cell.id);
      const Claim here = claim_in(study, claim, {cube, cell.id}, measured.fit.law);
      Judgement judgement = judge_estimate(here, measured);
      findings.push_back({here, cell.id, cell.settings, std::move(measured), std::move(judgement)});
    }
  return findings;
}

}  // namespace quartic
