#pragma once
/// First-order MAML in its slow, obvious form: the oracle of models/flexible/meta_learned/maml.hpp (double) and what
/// its flops count (CountingScalar).
#include "models/flexible/meta_learned/maml.hpp"
#include "tests/support/reference/training.hpp"

namespace quartic::reference {

/// Of the mean loss over the rows.
template <class T>
Numbers<T> loss_gradient(const detail::MamlPlan& plan, const Numbers<T>& w, const LabelledGrid<T>& rows) {
  const auto pass = network_forward(plan.shape, w, rows.x);
  const auto [sum, slopes] = errors_and_slopes(plan.loss, pass.scores, rows.y);
  static_cast<void>(sum);
  return network_gradient(plan.shape, w, rows.x, pass, slopes);
}

template <class T>
Numbers<T> adapted(const detail::MamlPlan& plan, Numbers<T> w, const LabelledGrid<T>& rows, Index steps) {
  for (Index step = 0; step < steps; ++step) {
    const Numbers<T> g = loss_gradient(plan, w, rows);
    for (std::size_t k = 0; k < w.size(); ++k) w[k] -= T(plan.inner_rate) * g[k];
  }
  return w;
}

/// Weights after all meta steps of plain descent.
template <class T>
Numbers<T> meta_train(const detail::MamlPlan& plan, const std::vector<LabelledGrid<T>>& tasks,
                      const Stream& stream) {
  Numbers<T> w;
  for (const double number : detail::initial_parameters<double>(
           plan.shape, detail::layer_scales(plan.shape, plan.scaling), stream.child("initial")))
    w.push_back(T(number));
  for (Index step = 0; step < plan.meta_steps; ++step) {
    const auto number = static_cast<std::uint64_t>(step);
    Numbers<T> sum(w.size(), T(0));
    for (std::size_t t = 0; t < tasks.size(); ++t) {
      const auto order =
          shuffled_rows(static_cast<Index>(tasks[t].y.size()), stream.child("rows").child(number).child(t));
      const detail::TaskSplit split = detail::split_task(plan, static_cast<Index>(tasks[t].y.size()));
      const auto adapt = static_cast<std::size_t>(split.adapt), judge = static_cast<std::size_t>(split.judge);
      const Numbers<T> v = adapted(plan, w, rows_at(tasks[t], order, 0, adapt), plan.inner_steps);
      const Numbers<T> g = loss_gradient(plan, v, rows_at(tasks[t], order, adapt, judge));
      for (std::size_t k = 0; k < w.size(); ++k) sum[k] += g[k];
    }
    for (std::size_t k = 0; k < w.size(); ++k) {
      const T mean = sum[k] / T(static_cast<double>(tasks.size()));
      w[k] -= T(plan.outer_rate) * mean;
    }
  }
  return w;
}

}  // namespace quartic::reference
