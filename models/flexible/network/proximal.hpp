#pragma once
/// Penalties whose solutions have zeros, and a step that makes them.
#include <span>
#include <vector>

#include "models/flexible/network/parametrisation.hpp"

namespace quartic::detail {

/// The penalty l1 sum |w| + group_l1 sum_units sqrt(m) |v|: w every weight; v the m numbers that lead into one hidden
/// unit, its weights and its bias. A unit whose v is zero says f(0) = 0 to every row: it is gone.
struct ProximalRule {
  double l1 = 0, group_l1 = 0;
  bool any() const { return l1 > 0 || group_l1 > 0; }
  bool operator==(const ProximalRule&) const = default;
};

/// After a step of rate r, with R = r times the scale of the layer's weights,
///   w <- sign(w) max(0, |w| - R l1),     then of every unit     v <- v max(0, 1 - R group_l1 sqrt(m) / |v|),
/// which is the proximal step of both together (Friedman, Hastie & Tibshirani 2010, arXiv 1001.0736). Adaptive
/// optimisers take it at the rate itself, not at that of each parameter, as adamw takes its decay: their steps are about
/// as long as the rate, so that penalties are measured against 1, and not against gradients. Of networks: Scardapane,
/// Comminiello, Hussain & Uncini (2017), arXiv 1607.00485. Not for channels.
template <class Real>
void proximal_step(const ProximalRule& rule, double rate, const NetworkShape& shape,
                   const std::vector<LayerScale>& scales, std::span<Real> parameters);

/// What it costs: 1 a weight (|w| less a number), and of m numbers of a unit 3 m + 3: length, share and its rest,
/// products. Numbers that all of a layer share are not counted.
double proximal_flops(const ProximalRule& rule, const NetworkShape& shape);

}  // namespace quartic::detail
