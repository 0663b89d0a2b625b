#pragma once
/// Minibatch training of a network in its slow, obvious form, templated on the scalar: the oracle of
/// models/flexible/mlp/training.hpp (double) and what models/flexible/mlp/flops.hpp counts (CountingScalar).
#include <algorithm>
#include <cmath>
#include <limits>

#include "models/flexible/network/initialisation.hpp"
#include "models/optim/row_order.hpp"
#include "tests/support/reference/loss.hpp"
#include "tests/support/reference/optimiser.hpp"

namespace quartic::reference {

template <class T>
struct LabelledGrid {
  Grid<T> x;
  Numbers<T> y, offsets;  // none, or one a row, added to its score
};
template <class T>
void add_offsets(const LabelledGrid<T>& rows, Numbers<T>& scores) {
  for (std::size_t i = 0; i < rows.offsets.size(); ++i) scores[i] += rows.offsets[i];
}
template <class T>
LabelledGrid<T> rows_at(const LabelledGrid<T>& all, const std::vector<Index>& order, std::size_t first,
                        std::size_t count) {
  LabelledGrid<T> some{Grid<T>(count, all.x.columns), {}, {}};
  for (std::size_t i = 0; i < count; ++i) {
    const auto row = static_cast<std::size_t>(order[first + i]);
    for (std::size_t j = 0; j < all.x.columns; ++j) some.x(i, j) = all.x(row, j);
    some.y.push_back(all.y[row]);
    if (!all.offsets.empty()) some.offsets.push_back(all.offsets[row]);
  }
  return some;
}
inline std::vector<Index> in_order(std::size_t rows) {
  std::vector<Index> order;
  for (std::size_t i = 0; i < rows; ++i) order.push_back(static_cast<Index>(i));
  return order;
}

template <class T>
T gradient_length(const ReferenceTraining<T>& training, const LabelledGrid<T>& rows) {
  const LabelledGrid<T> some =
      rows_at(rows, in_order(rows.y.size()), 0, std::min<std::size_t>(256, rows.y.size()));
  auto pass = network_forward(training.plan.shape, training.w, some.x);
  add_offsets(some, pass.scores);
  const auto [sum, slopes] = errors_and_slopes(training.plan.loss, pass.scores, some.y);
  Numbers<T> g = network_gradient(training.plan.shape, training.w, some.x, pass, slopes);
  add_penalties(training, g);
  return norm(g);
}

template <class T>
T mean_error(const ReferenceTraining<T>& training, const LabelledGrid<T>& rows) {
  auto pass = network_forward(training.plan.shape, training.w, rows.x);
  add_offsets(rows, pass.scores);
  T sum = T(0);
  for (std::size_t i = 0; i < rows.y.size(); ++i)
    sum += row_error(training.plan.loss, pass.scores[i], rows.y[i]);
  return sum / T(static_cast<double>(rows.y.size()));
}

/// The dropout masks of a step, as the fast trainer draws them.
template <class T>
Numbers<T> drawn_mask(const detail::TrainingPlan& plan, std::size_t rows, Stream stream) {
  Numbers<T> mask;
  if (plan.dropout == 0) return mask;
  for (const Index width : plan.shape.hidden)
    for (std::size_t k = 0; k < rows * static_cast<std::size_t>(width); ++k)
      mask.push_back(T(stream.uniform() < plan.dropout ? 0 : 1 / (1 - plan.dropout)));
  return mask;
}

/// One epoch in this order. The mean error, in units.
template <class T>
T run_epoch(ReferenceTraining<T>& training, const LabelledGrid<T>& rows, const std::vector<Index>& order,
            const Stream& stream) {
  const detail::TrainingPlan& plan = training.plan;
  const auto batch = std::min(static_cast<std::size_t>(plan.batch), order.size());
  const double steps_per_epoch = std::ceil(static_cast<double>(order.size()) / static_cast<double>(batch));
  T total = T(0);
  for (std::size_t first = 0; first < order.size(); first += batch) {
    const LabelledGrid<T> some = rows_at(rows, order, first, std::min(batch, order.size() - first));
    const Numbers<T> mask = drawn_mask<T>(
        plan, some.y.size(), stream.child("dropout").child(static_cast<std::uint64_t>(training.steps)));
    auto pass = network_forward(plan.shape, training.w, some.x, mask);
    add_offsets(some, pass.scores);
    const auto [sum, slopes] = errors_and_slopes(plan.loss, pass.scores, some.y);
    const T mean = sum / T(static_cast<double>(some.y.size()));
    if (!(static_cast<double>(mean) < 1e6)) return T(std::numeric_limits<double>::quiet_NaN());
    total += sum;
    update(training, plan.learning_rate * schedule_factor(plan, training.steps, steps_per_epoch),
           network_gradient(plan.shape, training.w, some.x, pass, slopes));
  }
  return total / T(static_cast<double>(order.size()));
}

/// All epochs of a plan without stop rules, but for `validation_rows`, whose errors are recorded.
template <class T>
ReferenceTraining<T> train(const detail::TrainingPlan& plan, const Grid<T>& x, const Numbers<T>& y,
                           const Stream& stream, const Numbers<T>& offsets = {}) {
  const std::size_t held_out = static_cast<std::size_t>(plan.validation_rows), n = y.size() - held_out;
  const LabelledGrid<T> all{x, y, offsets};
  const LabelledGrid<T> rows = rows_at(all, in_order(y.size()), 0, n);
  const LabelledGrid<T> last = rows_at(all, in_order(y.size()), n, held_out);
  ReferenceTraining<T> training{plan};
  for (const double number : detail::initial_parameters<double>(
           plan.shape, detail::layer_scales(plan.shape, plan.scaling), stream.child("initial")))
    training.w.push_back(T(number));
  training.first = training.second = Numbers<T>(training.w.size(), T(0));
  const T unit = constant_error(plan.loss, rows.y);
  const T bound = T(1e6) * unit;
  static_cast<void>(bound);
  const bool certified = plan.certificate && plan.epochs > 1;
  if (certified) training.first_gradient = gradient_length(training, rows);
  for (Index epoch = 0; epoch < plan.epochs; ++epoch) {
    const auto order =
        shuffled_rows(static_cast<Index>(n), stream.child("order").child(static_cast<std::uint64_t>(epoch)));
    training.training_errors.push_back(run_epoch(training, rows, order, stream) / unit);
    if (held_out > 0) training.validation_errors.push_back(mean_error(training, last) / unit);
  }
  if (certified) training.certificate = gradient_length(training, rows) / training.first_gradient;
  return training;
}

}  // namespace quartic::reference
