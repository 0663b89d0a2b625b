#pragma once
/// What theory expects in a smooth world (sim/worlds/smooth.hpp).
#include "experiments/overlay.hpp"
#include "laws/theory/sgd.hpp"

namespace quartic {

/// "last", "all" or "tail".
SgdAverage sgd_average(const std::string& word);

/// The normalised error of an arm that sees all columns shown, or NaN where no formula holds. What follows
/// beyond the candidates, of variance `tail`, is noise to the arm, and error that no arm avoids:
///   least_squares  rows >= columns + 2 (exact), else its deterministic equivalent;
///   ridge          at a number: the deterministic equivalent (laws/theory/deterministic_equivalent.hpp);
///   linear_sgd     one pass at a number (exact: laws/theory/sgd.hpp), O(rows candidates).
double smooth_error(const TheoryQuery& query);

}  // namespace quartic
