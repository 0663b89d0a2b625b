#pragma once
/// From a gradient to the next parameters, in one pass over both.
#include <span>
#include <vector>

#include "core/types.hpp"

namespace quartic::detail {

enum class OptimiserKind { sgd, momentum, nesterov, adam, adamw };

/// With g the gradient of the loss (clipped: scaled down to length `clip` where it is longer) plus, of
/// weights w, weight_decay w + l1 sign(w), and r the rate of the step:
///   sgd       w -= r g
///   momentum  m = mu m + g,   w -= r m
///   nesterov  m = mu m + g,   w -= r (g + mu m)                        (Sutskever et al. 2013)
///   adam      m = mu m + (1 - mu) g,   v = b v + (1 - b) g^2,
///             w -= r (m / (1 - mu^t)) / (sqrt(v / (1 - b^t)) + epsilon) (Kingma & Ba 2015)
///   adamw     adam, but the decay is no part of g: w is multiplied by 1 - R weight_decay first, R the rate
///             before it is scaled to the layer                         (Loshchilov & Hutter 2019)
struct OptimiserRule {
  OptimiserKind kind = OptimiserKind::sgd;
  double momentum = 0.9;  ///< mu
  double beta_2 = 0.999;  ///< b
  double epsilon = 1e-8;
  double weight_decay = 0, l1 = 0;
  double clip = 0;  ///< 0: never

  bool adaptive() const { return kind == OptimiserKind::adam || kind == OptimiserKind::adamw; }
  /// w -= r g, and g is the gradient of the loss alone.
  bool plain() const { return kind == OptimiserKind::sgd && weight_decay == 0 && l1 == 0 && clip == 0; }
  /// The weight decay that is part of the gradient.
  double gradient_decay() const { return kind == OptimiserKind::adamw ? 0 : weight_decay; }
  bool operator==(const OptimiserRule&) const = default;
};

/// Parameters next to each other that share a scale of the rate; biases carry no penalty.
struct ParameterGroup {
  Range place;
  double rate_scale = 1;
  bool penalised = true;
};

/// What an optimiser remembers: m and v, empty where the rule has none, and the steps so far.
template <class Real>
struct OptimiserState {
  std::vector<Real> first, second;
  Index steps = 0;
};
template <class Real>
OptimiserState<Real> fresh_state(const OptimiserRule& rule, Index parameters);

/// gradient += weight_decay w + l1 sign(w), of penalised groups.
template <class Real>
void add_penalties(const OptimiserRule& rule, std::span<const ParameterGroup> groups,
                   std::span<const Real> parameters, std::span<Real> gradient);

/// One step at this rate, times the scale of each group. The groups cover the parameters.
template <class Real>
void update(const OptimiserRule& rule, double rate, std::span<const ParameterGroup> groups,
            std::span<const Real> gradient, std::span<Real> parameters, OptimiserState<Real>& state);

/// What `update` costs for so many weights and biases. Numbers that all parameters share (rates, 1 - mu^t)
/// are not counted.
double update_flops(const OptimiserRule& rule, double weights, double biases);
/// What add_penalties costs.
double penalty_flops(const OptimiserRule& rule, double weights);

}  // namespace quartic::detail
