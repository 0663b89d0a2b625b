#include "models/optim/members.hpp"

#include <array>
#include <cassert>
#include <cmath>

#include "core/machine/processor.hpp"
#include "models/optim/step.hpp"

namespace quartic::detail {

namespace {

// Numbers in a round: a whole number of members, whichever of 2, 4, 8 and 16 they are.
constexpr Index round_size = 16;

template <class Real>
using Round = std::array<Real, round_size>;

// What one pass over a group needs, and what differs between members, over and over for a round.
template <class Real>
struct Pass {
  Remembered<Real> at;
  const Real* __restrict g;
  Index count;
  StepNumbers<Real> numbers;
  Round<Real> rates, keeps, second_scales;
};

// A whole round at a time, the last one what is left: in whole rounds the compiler knows how long the loop is.
template <OptimiserKind kind, class Real>
[[gnu::always_inline]] inline void step(const Pass<Real>& p) {
  Real* __restrict w = p.at.w, * __restrict m = p.at.m, * __restrict v = p.at.v;
  const Real* __restrict gradient = p.g;
  const Round<Real> rates = p.rates, keeps = p.keeps,
                    second_scales = p.second_scales;  // copies, which nothing aliases
  const StepNumbers<Real> shared = p.numbers;
  const auto step_at = [&](Index first, Index k) {
    step_number<kind>({shared.clip, shared.decay, shared.l1, rates[static_cast<std::size_t>(k)],
                       keeps[static_cast<std::size_t>(k)], shared.mu, shared.beta,
                       second_scales[static_cast<std::size_t>(k)], shared.epsilon},
                      gradient[first + k], first + k, {w, m, v});
  };
  Index first = 0;
  for (; first + round_size <= p.count; first += round_size)
    for (Index k = 0; k < round_size; ++k) step_at(first, k);
  for (Index k = 0; first + k < p.count; ++k) step_at(first, k);
}

template <class Real>
void run(OptimiserKind kind, const Pass<Real>& pass) {
  with_formula(kind, [&](auto formula) { OnProcessor<step<formula(), Real>>::run(pass); });
}

}  // namespace

template <class Real>
void update_members(const OptimiserRule& rule, std::span<const double> rates, std::span<const Index> steps,
                    std::span<const ParameterGroup> groups, const MemberState<Real>& state) {
  assert(round_size % state.members == 0 && rule.clip == 0);
  const auto members = static_cast<std::size_t>(state.members);
  std::array<StepScales, round_size> scales;
  for (std::size_t m = 0; m < members; ++m)
    scales[m] = m > 0 && steps[m] == steps[m - 1] ? scales[m - 1] : step_scales(rule, steps[m]);
  for (const ParameterGroup& group : groups) {
    const Index first = group.place.first * state.members;
    Pass<Real> pass{{state.parameters + first, state.first ? state.first + first : nullptr,
                     state.second ? state.second + first : nullptr},
                    state.gradient + first,
                    group.place.count * state.members,
                    {},
                    {},
                    {},
                    {}};
    for (std::size_t l = 0; l < round_size; ++l) {
      const std::size_t m = l % members;
      pass.numbers = step_numbers<Real>(rule, {rates[m], 1, scales[m]}, group);
      pass.rates[l] = pass.numbers.rate;
      pass.keeps[l] = pass.numbers.keep;
      pass.second_scales[l] = pass.numbers.second_scale;
    }
    run(rule.kind, pass);
  }
}

template void update_members(const OptimiserRule&, std::span<const double>, std::span<const Index>,
                             std::span<const ParameterGroup>, const MemberState<float>&);
template void update_members(const OptimiserRule&, std::span<const double>, std::span<const Index>,
                             std::span<const ParameterGroup>, const MemberState<double>&);

}  // namespace quartic::detail
