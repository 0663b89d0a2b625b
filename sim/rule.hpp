#pragma once
/// Rules that tables judge.
#include "core/fit.hpp"

namespace quartic {

/// Throws InvalidInput unless the rule has one coefficient a candidate.
void require_coefficient_each(const LinearRule& rule, Index candidates);

}  // namespace quartic
