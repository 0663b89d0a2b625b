#pragma once
/// Steps of a training in their slow, obvious form, parameter by parameter: the oracle of
/// models/optim/optimiser.hpp and models/optim/schedule.hpp.
#include <cmath>
#include <vector>

#include "models/flexible/mlp/training.hpp"
#include "tests/support/reference/network.hpp"

namespace quartic::reference {

using std::abs;
using std::sqrt;

/// Which rate a parameter has, and whether it is a weight.
struct ParameterKind {
  double rate_scale;
  bool weight;
};
inline std::vector<ParameterKind> parameter_kinds(const detail::TrainingPlan& plan) {
  const auto scales = detail::layer_scales(plan.shape, plan.scaling);
  std::vector<ParameterKind> kinds;
  std::size_t l = 0;
  for (const detail::LayerPlace& layer : detail::layer_places(plan.shape)) {
    for (Index k = 0; k < layer.inputs * layer.outputs; ++k) kinds.push_back({scales[l].weights_rate, true});
    for (Index k = 0; layer.biases >= 0 && k < layer.outputs; ++k)
      kinds.push_back({scales[l].biases_rate, false});
    ++l;
  }
  return kinds;
}

inline double schedule_factor(const detail::TrainingPlan& plan, double step, double steps_per_epoch) {
  const detail::Schedule& s = plan.schedule;
  const double epoch = step / steps_per_epoch, warm = s.warm_up * steps_per_epoch;
  double factor = 1;
  if (s.kind == detail::ScheduleKind::cosine)
    factor = (1 + std::cos(3.14159265358979323846 * epoch / static_cast<double>(plan.epochs))) / 2;
  if (s.kind == detail::ScheduleKind::inverse_time) factor = s.decay_epochs / (s.decay_epochs + epoch);
  if (s.kind == detail::ScheduleKind::step)
    for (double e = s.decay_epochs; e <= epoch; e += s.decay_epochs) factor *= s.decay_factor;
  return step + 1 < warm ? factor * (step + 1) / warm : factor;
}

template <class T>
struct ReferenceTraining {
  const detail::TrainingPlan& plan;
  std::vector<ParameterKind> kinds = parameter_kinds(plan);
  Numbers<T> w, first, second, best;
  Numbers<T> training_errors, validation_errors;  ///< by epoch
  double steps = 0;
  T first_gradient = T(0), certificate = T(0);
};

template <class T>
void add_penalties(const ReferenceTraining<T>& training, Numbers<T>& g) {
  const detail::OptimiserRule& rule = training.plan.rule;
  const bool coupled = rule.weight_decay > 0 && rule.kind != detail::OptimiserKind::adamw;
  for (std::size_t k = 0; k < g.size(); ++k) {
    if (!training.kinds[k].weight) continue;
    const T w = training.w[k];
    if (coupled) g[k] += T(rule.weight_decay) * w;
    if (rule.l1 > 0 && w > T(0)) g[k] += T(rule.l1);
    if (rule.l1 > 0 && w < T(0)) g[k] -= T(rule.l1);
  }
}

template <class T>
void clip(double longest, Numbers<T>& g) {
  if (longest == 0) return;
  T factor = T(longest) / norm(g);
  if (factor > T(1)) factor = T(1);
  for (T& number : g) number *= factor;
}

/// The step of models/flexible/network/proximal.hpp.
template <class T>
void shrink(ReferenceTraining<T>& training, double rate) {
  const detail::TrainingPlan& plan = training.plan;
  const std::vector<detail::LayerPlace> layers = detail::layer_places(plan.shape);
  const auto at = [&](Index place) -> T& { return training.w[static_cast<std::size_t>(place)]; };
  for (std::size_t l = 0; l < layers.size(); ++l) {
    const detail::LayerPlace& layer = layers[l];
    const double own = rate * training.kinds[static_cast<std::size_t>(layer.weights)].rate_scale;
    for (Index k = 0; plan.proximal.l1 > 0 && k < layer.inputs * layer.outputs; ++k) {
      T& w = at(layer.weights + k);
      const T size = abs(w) - T(own * plan.proximal.l1);
      w = size > T(0) ? (w > T(0) ? size : -size) : T(0);
    }
    if (plan.proximal.group_l1 == 0 || l >= plan.shape.hidden.size()) continue;
    for (Index unit = 0; unit < layer.outputs; ++unit) {
      std::vector<Index> places;
      for (Index j = 0; j < layer.inputs; ++j) places.push_back(layer.weights + unit * layer.inputs + j);
      if (layer.biases >= 0) places.push_back(layer.biases + unit);
      Numbers<T> group;
      for (const Index place : places) group.push_back(at(place));
      const T share =
          T(own * plan.proximal.group_l1 * std::sqrt(static_cast<double>(places.size()))) / norm(group);
      const T kept = T(1) - share;
      for (const Index place : places) at(place) *= kept > T(0) ? kept : T(0);
    }
  }
}

/// The rules of models/optim/optimiser.hpp, parameter by parameter.
template <class T>
void update(ReferenceTraining<T>& training, double rate, Numbers<T> g) {
  using detail::OptimiserKind;
  const detail::OptimiserRule& rule = training.plan.rule;
  clip(rule.clip, g);
  add_penalties(training, g);
  training.steps += 1;
  const T mu = T(rule.momentum), b = T(rule.beta_2), rest = T(1 - rule.momentum), other = T(1 - rule.beta_2);
  const double first_scale = 1 / (1 - std::pow(rule.momentum, training.steps));
  const T second_scale = T(1 / std::sqrt(1 - std::pow(rule.beta_2, training.steps)));
  for (std::size_t k = 0; k < g.size(); ++k) {
    const double own = rate * training.kinds[k].rate_scale;
    T &w = training.w[k], &m = training.first[k], &v = training.second[k];
    if (rule.kind == OptimiserKind::sgd) {
      w -= T(own) * g[k];
    } else if (rule.kind == OptimiserKind::momentum) {
      m = mu * m + g[k];
      w -= T(own) * m;
    } else if (rule.kind == OptimiserKind::nesterov) {
      m = mu * m + g[k];
      w -= T(own) * (g[k] + mu * m);
    } else {
      if (rule.kind == OptimiserKind::adamw && rule.weight_decay > 0 && training.kinds[k].weight)
        w *= T(1 - rate * rule.weight_decay);
      m = mu * m + rest * g[k];
      v = b * v + other * (g[k] * g[k]);
      w -= T(own * first_scale) * m / (sqrt(v) * second_scale + T(rule.epsilon));
    }
  }
  if (training.plan.proximal.any()) shrink(training, rate);
}

}  // namespace quartic::reference
