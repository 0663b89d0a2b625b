#pragma once
/// Steps of several optimisers of one rule at once.
#include <span>

#include "models/optim/optimiser.hpp"

namespace quartic::detail {

/// Number t of member m stands at t members + m, in all four alike; m and v are null where the rule has none.
template <class Real>
struct MemberState {
  Index members;
  Real* parameters;
  const Real* gradient;
  Real *first, *second;
};

/// What `update` does with each of them alone, to the bit: member m takes its step number steps[m], from 1 on, at
/// rates[m]. Precondition: 2, 4, 8 or 16 members, no clipping.
template <class Real>
void update_members(const OptimiserRule& rule, std::span<const double> rates, std::span<const Index> steps,
                    std::span<const ParameterGroup> groups, const MemberState<Real>& state);

}  // namespace quartic::detail
