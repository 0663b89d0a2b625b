#pragma once
/// Rules that truths judge.
#include <span>

#include "core/fit.hpp"

namespace quartic {

/// Throws InvalidInput unless the rule has one coefficient a candidate.
void require_coefficient_each(const LinearRule& rule, Index candidates);

/// The rule's coefficients less the true ones, which are `values` in these columns and 0 in all others.
/// Throws as require_coefficient_each.
Vector coefficient_errors(const LinearRule& rule, Index candidates, std::span<const Index> columns,
                          std::span<const double> values);

}  // namespace quartic
