#pragma once
/// The formulas of models/optim/optimiser.hpp for one number, in a form that loops over them vectorise.
#include <cmath>
#include <type_traits>

#include "models/optim/optimiser.hpp"

namespace quartic::detail {

/// What a step takes beside the number: g is clip g + decay w + l1 sign(w); keep is 1 - R weight_decay.
template <class Real>
struct StepNumbers {
  Real clip, decay, l1;
  Real rate, keep;
  Real mu, beta, second_scale, epsilon;
};

/// What all numbers of a step share that depends on how many steps there were: 1 / (1 - mu^t), 1 / sqrt(1 - b^t).
struct StepScales {
  double first = 1, second = 1;
};
inline StepScales step_scales(const OptimiserRule& rule, Index step) {
  if (!rule.adaptive()) return {};
  const double steps = static_cast<double>(step);
  return {1 / (1 - std::pow(rule.momentum, steps)), 1 / std::sqrt(1 - std::pow(rule.beta_2, steps))};
}

/// One step: its rate, by what the gradient is scaled down, and those.
struct OneStep {
  double rate = 0, clip = 1;
  StepScales scales;
};
template <class Real>
StepNumbers<Real> step_numbers(const OptimiserRule& rule, const OneStep& step, const ParameterGroup& group) {
  const double penalised = group.penalised ? 1 : 0;
  const double keep = rule.kind == OptimiserKind::adamw ? 1 - penalised * step.rate * rule.weight_decay : 1;
  return {static_cast<Real>(step.clip),
          static_cast<Real>(penalised * rule.gradient_decay()),
          static_cast<Real>(penalised * rule.l1),
          static_cast<Real>(step.rate * group.rate_scale * step.scales.first),
          static_cast<Real>(keep),
          static_cast<Real>(rule.momentum),
          static_cast<Real>(rule.beta_2),
          static_cast<Real>(step.scales.second),
          static_cast<Real>(rule.epsilon)};
}

/// Weights and what is remembered of them.
template <class Real>
struct Remembered {
  Real* __restrict w, * __restrict m, * __restrict v;
};

template <class Real>
[[gnu::always_inline]] inline Real sign(Real w) {
  return static_cast<Real>(w > 0) - static_cast<Real>(w < 0);
}

template <OptimiserKind kind, class Real>
[[gnu::always_inline]] inline void step_number(const StepNumbers<Real>& p, Real gradient, Index i,
                                               Remembered<Real> at) {
  Real &w = at.w[i], g = p.clip * gradient + (p.decay * w + p.l1 * sign(w));
  if constexpr (kind == OptimiserKind::sgd) {
    w -= p.rate * g;
  } else if constexpr (kind == OptimiserKind::momentum) {
    at.m[i] = p.mu * at.m[i] + g;
    w -= p.rate * at.m[i];
  } else if constexpr (kind == OptimiserKind::nesterov) {
    at.m[i] = p.mu * at.m[i] + g;
    w -= p.rate * (g + p.mu * at.m[i]);
  } else {
    at.m[i] = p.mu * at.m[i] + (1 - p.mu) * g;
    at.v[i] = p.beta * at.v[i] + (1 - p.beta) * (g * g);
    w = p.keep * w - p.rate * at.m[i] / (std::sqrt(at.v[i]) * p.second_scale + p.epsilon);
  }
}

/// run(kind), the kind as a constant in its type: that of adam for adamw, which has its formula.
template <class Run>
void with_formula(OptimiserKind kind, const Run& run) {
  switch (kind) {
    case OptimiserKind::sgd:
      return run(std::integral_constant<OptimiserKind, OptimiserKind::sgd>());
    case OptimiserKind::momentum:
      return run(std::integral_constant<OptimiserKind, OptimiserKind::momentum>());
    case OptimiserKind::nesterov:
      return run(std::integral_constant<OptimiserKind, OptimiserKind::nesterov>());
    case OptimiserKind::adam:
    case OptimiserKind::adamw:
      return run(std::integral_constant<OptimiserKind, OptimiserKind::adam>());
  }
}

}  // namespace quartic::detail
