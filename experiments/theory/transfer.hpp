#pragma once
/// What theory expects of models that learn from the sources of `related` first.
#include "experiments/theory/theory.hpp"

namespace quartic {

/// Normalised error of `fine_tuned` from least squares on one source, laws/theory/fine_tuning.hpp: method =
/// "least_squares" exact, "ridge" at a penalty that is a number from 50 columns on. NaN where the arm does not see every
/// candidate, or several sources are pooled.
double fine_tuned_error(const TheoryQuery& query);

/// Normalised error of `shared_subspace`, laws/theory/shared_subspace.hpp, in a world of relation = "subspace" whose
/// directions are equally strong on average (coefficients = "equal"), with as many dimensions as it has; from 50 columns
/// on. NaN where the arm does not see every candidate.
double shared_subspace_error(const TheoryQuery& query);

}  // namespace quartic
