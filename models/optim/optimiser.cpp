#include "models/optim/optimiser.hpp"

#include <array>
#include <cmath>

#include "core/machine/processor.hpp"
#include "models/optim/step.hpp"

namespace quartic::detail {

namespace {

// What one pass over a group needs, in the precision of its numbers.
template <class Real>
struct Pass {
  Real* __restrict w;
  const Real* __restrict g;
  Real* __restrict m;
  Real* __restrict v;
  Index count;
  StepNumbers<Real> numbers;
};

template <OptimiserKind kind, class Real>
[[gnu::always_inline]] inline void step(const Pass<Real>& p) {
  Real* __restrict w = p.w, * __restrict m = p.m, * __restrict v = p.v;
  const Real* __restrict gradient = p.g;
  for (Index i = 0; i < p.count; ++i) step_number<kind>(p.numbers, gradient[i], i, {w, m, v});
}

template <class Real>
void run(OptimiserKind kind, const Pass<Real>& pass) {
  with_formula(kind, [&](auto formula) { OnProcessor<step<formula(), Real>>::run(pass); });
}

template <class Real>
Real* at(std::vector<Real>& numbers, Index place) {
  return numbers.empty() ? nullptr : numbers.data() + place;
}

// Eight sums, so that the loop vectorises in one order on every processor.
template <class Real>
double squared_length(std::span<const Real> g) {
  constexpr std::size_t lanes = 8;
  std::array<double, lanes> sums{};
  std::size_t i = 0;
  for (; i + lanes <= g.size(); i += lanes)
    for (std::size_t l = 0; l < lanes; ++l)
      sums[l] += static_cast<double>(g[i + l]) * static_cast<double>(g[i + l]);
  for (; i < g.size(); ++i) sums[0] += static_cast<double>(g[i]) * static_cast<double>(g[i]);
  double total = 0;
  for (const double sum : sums) total += sum;
  return total;
}

template <class Real>
double clip_factor(double clip, std::span<const Real> gradient) {
  if (clip == 0) return 1;
  const double length = std::sqrt(squared_length(gradient));
  return length > clip ? clip / length : 1;
}

}  // namespace

template <class Real>
OptimiserState<Real> fresh_state(const OptimiserRule& rule, Index parameters) {
  OptimiserState<Real> state;
  const auto size = static_cast<std::size_t>(parameters);
  if (rule.kind != OptimiserKind::sgd) state.first.resize(size);
  if (rule.adaptive()) state.second.resize(size);
  return state;
}

template <class Real>
void add_penalties(const OptimiserRule& rule, std::span<const ParameterGroup> groups,
                   std::span<const Real> parameters, std::span<Real> gradient) {
  const Real decay = static_cast<Real>(rule.gradient_decay()), l1 = static_cast<Real>(rule.l1);
  for (const ParameterGroup& group : groups) {
    if (!group.penalised) continue;
    for (Index k = group.place.first; k < group.place.first + group.place.count; ++k) {
      const auto i = static_cast<std::size_t>(k);
      gradient[i] += decay * parameters[i] + l1 * sign(parameters[i]);
    }
  }
}

template <class Real>
void update(const OptimiserRule& rule, double rate, std::span<const ParameterGroup> groups,
            std::span<const Real> gradient, std::span<Real> parameters, OptimiserState<Real>& state) {
  const OneStep step{rate, clip_factor(rule.clip, gradient), step_scales(rule, ++state.steps)};
  for (const ParameterGroup& group : groups)
    run(rule.kind, Pass<Real>{parameters.data() + group.place.first, gradient.data() + group.place.first,
                              at(state.first, group.place.first), at(state.second, group.place.first),
                              group.place.count, step_numbers<Real>(rule, step, group)});
}

template OptimiserState<float> fresh_state(const OptimiserRule&, Index);
template OptimiserState<double> fresh_state(const OptimiserRule&, Index);
template void add_penalties(const OptimiserRule&, std::span<const ParameterGroup>, std::span<const float>,
                            std::span<float>);
template void add_penalties(const OptimiserRule&, std::span<const ParameterGroup>, std::span<const double>,
                            std::span<double>);
template void update(const OptimiserRule&, double, std::span<const ParameterGroup>, std::span<const float>,
                     std::span<float>, OptimiserState<float>&);
template void update(const OptimiserRule&, double, std::span<const ParameterGroup>, std::span<const double>,
                     std::span<double>, OptimiserState<double>&);

double penalty_flops(const OptimiserRule& rule, double weights) {
  return weights * ((rule.gradient_decay() > 0 ? 2 : 0) + (rule.l1 > 0 ? 1 : 0));
}

double update_flops(const OptimiserRule& rule, double weights, double biases) {
  const double all = weights + biases;
  const double clipping = rule.clip > 0 ? 3 * all + 2 : 0;
  const double decoupled = rule.kind == OptimiserKind::adamw && rule.weight_decay > 0 ? weights : 0;
  double each = 2;
  if (rule.kind == OptimiserKind::momentum) each = 4;
  if (rule.kind == OptimiserKind::nesterov) each = 6;
  if (rule.adaptive()) each = 13;
  return all * each + clipping + decoupled + penalty_flops(rule, weights);
}

}  // namespace quartic::detail
