#pragma once
/// What theory expects in worlds of infinitely many independent columns, each less than the one before:
/// smooth (sim/worlds/smooth.hpp) and power_law.
#include "experiments/theory/theory.hpp"
#include "laws/theory/sgd.hpp"

namespace quartic {

/// "last", "all" or "tail".
SgdAverage sgd_average(const std::string& word);

/// The normalised error of an arm that sees all columns shown, or the first of them, or NaN where no formula
/// holds. What it does not see, of variance `tail` beyond the candidates, is noise and error to it:
///   least_squares  rows >= columns + 2 (exact), else its deterministic equivalent;
///   ridge          at a number: the deterministic equivalent (laws/theory/deterministic_equivalent.hpp);
///   linear_sgd     one pass at a number (exact: laws/theory/sgd.hpp), O(rows candidates).
/// Eigenvalues are j^-(1 + 2/roughness) and coefficients +-1 in a smooth world; j^-spectrum, and squared
/// coefficients j^(spectrum - target), in a power_law world (laws/theory/power_law_limits.hpp has its
/// limits). Facts it reads: candidates, noise, signal, tail, and roughness, or spectrum and target.
double smooth_error(const TheoryQuery& query);
double power_law_error(const TheoryQuery& query);

}  // namespace quartic
