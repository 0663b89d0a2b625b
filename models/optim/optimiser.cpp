#include "models/optim/optimiser.hpp"

#include <array>
#include <cmath>

#include "core/machine/processor.hpp"

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
  Real clip, decay, l1;  // g is clip g + decay w + l1 sign(w)
  Real rate, keep;       // keep: 1 - R weight_decay
  Real mu, beta, second_scale, epsilon;
};

template <class Real>
[[gnu::always_inline]] inline Real sign(Real w) {
  return static_cast<Real>(w > 0) - static_cast<Real>(w < 0);
}

template <OptimiserKind kind, class Real>
[[gnu::always_inline]] inline void step(const Pass<Real>& p) {
  Real* __restrict w = p.w, * __restrict m = p.m, * __restrict v = p.v;
  const Real* __restrict gradient = p.g;
  for (Index i = 0; i < p.count; ++i) {
    const Real g = p.clip * gradient[i] + (p.decay * w[i] + p.l1 * sign(w[i]));
    if constexpr (kind == OptimiserKind::sgd) {
      w[i] -= p.rate * g;
    } else if constexpr (kind == OptimiserKind::momentum) {
      m[i] = p.mu * m[i] + g;
      w[i] -= p.rate * m[i];
    } else if constexpr (kind == OptimiserKind::nesterov) {
      m[i] = p.mu * m[i] + g;
      w[i] -= p.rate * (g + p.mu * m[i]);
    } else {
      m[i] = p.mu * m[i] + (1 - p.mu) * g;
      v[i] = p.beta * v[i] + (1 - p.beta) * (g * g);
      w[i] = p.keep * w[i] - p.rate * m[i] / (std::sqrt(v[i]) * p.second_scale + p.epsilon);
    }
  }
}

template <class Real>
void run(OptimiserKind kind, const Pass<Real>& pass) {
  switch (kind) {
    case OptimiserKind::sgd:
      return OnProcessor<step<OptimiserKind::sgd, Real>>::run(pass);
    case OptimiserKind::momentum:
      return OnProcessor<step<OptimiserKind::momentum, Real>>::run(pass);
    case OptimiserKind::nesterov:
      return OnProcessor<step<OptimiserKind::nesterov, Real>>::run(pass);
    case OptimiserKind::adam:
    case OptimiserKind::adamw:
      return OnProcessor<step<OptimiserKind::adam, Real>>::run(pass);
  }
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
  const double steps = static_cast<double>(++state.steps);
  const double first_scale = rule.adaptive() ? 1 / (1 - std::pow(rule.momentum, steps)) : 1;
  const double second_scale = rule.adaptive() ? 1 / std::sqrt(1 - std::pow(rule.beta_2, steps)) : 1;
  const double clip = clip_factor(rule.clip, gradient);
  for (const ParameterGroup& group : groups) {
    const double penalised = group.penalised ? 1 : 0;
    const double keep = rule.kind == OptimiserKind::adamw ? 1 - penalised * rate * rule.weight_decay : 1;
    run(rule.kind,
        Pass<Real>{parameters.data() + group.place.first, gradient.data() + group.place.first,
                   at(state.first, group.place.first), at(state.second, group.place.first), group.place.count,
                   static_cast<Real>(clip), static_cast<Real>(penalised * rule.gradient_decay()),
                   static_cast<Real>(penalised * rule.l1),
                   static_cast<Real>(rate * group.rate_scale * first_scale), static_cast<Real>(keep),
                   static_cast<Real>(rule.momentum), static_cast<Real>(rule.beta_2),
                   static_cast<Real>(second_scale), static_cast<Real>(rule.epsilon)});
  }
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
