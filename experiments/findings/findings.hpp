#pragma once
/// The claims of a study held against its results.
#include <string>
#include <string_view>
#include <vector>

#include "experiments/findings/causes.hpp"
#include "experiments/findings/remedies.hpp"
#include "experiments/results/cube.hpp"
#include "experiments/study/study.hpp"
#include "laws/curves/crossing.hpp"

namespace quartic {

/// One claim in one cell: what it says, what was measured, the verdict.
struct Finding {
  Claim claim;
  Index cell = 0;
  CellSettings settings;  ///< of the cell
  LawEstimate law;        ///< measured
  Judgement judgement;
};

/// One finding per claim and cell that it is about, claims outermost, in study order; a formula in place of
/// the claimed value is evaluated in each cell (claim_cells.hpp). Intervals are over replicates at the
/// claim's confidence, by its method. Data that do not suffice (one replicate, fewer than three sizes, a
/// plateau where a slope is asked for, errors that are not positive) give the verdict not_identified and say
/// what to do.
std::vector<Finding> evaluate_claims(const Study& study, const Cube& cube);

/// What the law of a claim is in a cell, whatever the claim says of it. Sizes of an adaptive study count
/// alike (laws/statistics/weights.hpp).
LawEstimate measured_law(const Study& study, const Claim& claim, const Cube& cube, Index cell);
/// The curve it is read off, where it is one arm's.
MeasuredCurve claimed_curve(const Claim& claim, const Cube& cube, Index cell);
/// The curves of its two arms, where it compares them at the same sizes.
CrossingQuestion claimed_crossing(const Claim& claim, const Cube& cube, Index cell);

/// What else is found; null, or "", where the study does not ask for it.
struct BesideFindings {
  const CausesFinding* causes = nullptr;
  const RemediesFinding* remedies = nullptr;
  std::string_view adaptive = {};  ///< made by adaptive_json()
};

/// {"schema_version":1,"study":...,"findings":[{says, cell, settings, arm, law, average, from, to, near, against, over,
/// ratio, expect|at_least|at_most, margin, confidence, estimate, low, high, fit, verdict, reason, in_words}]},
/// where fit is null or {form, floor, offset, r_squared, interval, readings: [{form, estimate, low, high, p,
/// excluded}], warnings: [{kind, text}]}, the law taken first among the readings, indented by two blanks,
/// ended by LF. NaN is null. Beside the findings stand "causes", "remedies" and "adaptive", where there are such.
std::string findings_json(const Study& study, const std::vector<Finding>& findings,
                          const BesideFindings& beside = {});

}  // namespace quartic
