#pragma once
/// Minibatch training of a network in its slow, obvious form, templated on the scalar: the oracle of
/// models/flexible/training.hpp (double) and what models/flexible/mlp_flops.hpp counts (CountingScalar).
#include <cmath>
#include <limits>

#include "models/flexible/initialisation.hpp"
#include "models/flexible/training.hpp"
#include "models/optim/row_order.hpp"
#include "tests/support/reference_network.hpp"

namespace quartic::reference {

using std::abs;
using std::log;
using std::sqrt;

template <class T>
struct RowLoss {
  T error, slope;
};

template <class T>
RowLoss<T> row_loss(const detail::Loss& loss, T f, T y) {
  if (loss.kind == detail::LossKind::logistic) {
    const T e = exp(-abs(f)), d = T(1) + e;
    const T above = f > T(0) ? f : T(0);
    return {log(d) + (above - y * f), (f > T(0) ? T(1) : e) / d - y};
  }
  const T r = f - y, delta = T(loss.delta);
  if (loss.kind == detail::LossKind::squared) return {r * r, r};
  const T c = r > delta ? delta : r < -delta ? -delta : r;
  return {c * (r + (r - c)), c};
}

/// The error alone.
template <class T>
T row_error(const detail::Loss& loss, T f, T y) {
  if (loss.kind != detail::LossKind::logistic) return row_loss(loss, f, y).error;
  const T above = f > T(0) ? f : T(0);
  return log(T(1) + exp(-abs(f))) + (above - y * f);
}

/// The error of the best constant.
template <class T>
T constant_error(const detail::Loss& loss, const Numbers<T>& y) {
  const T rows = T(static_cast<double>(y.size()));
  T mean = T(0), error = T(0);
  for (const T& label : y) mean += label;
  mean /= rows;
  if (loss.kind == detail::LossKind::logistic) {
    const T other = T(1) - mean;
    return -mean * log(mean) - other * log(other);
  }
  for (const T& label : y) {
    const T d = label - mean;
    error += d * d;
  }
  return error / rows;
}

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

/// Errors and slopes of rows, summed up and divided by their number.
template <class T>
std::pair<T, Numbers<T>> errors_and_slopes(const detail::Loss& loss, const Numbers<T>& scores,
                                           const Numbers<T>& y) {
  T sum = T(0);
  Numbers<T> slopes;
  for (std::size_t i = 0; i < y.size(); ++i) {
    const RowLoss<T> one = row_loss(loss, scores[i], y[i]);
    sum += one.error;
    slopes.push_back(one.slope / T(static_cast<double>(y.size())));
  }
  return {sum, slopes};
}

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
}

template <class T>
struct LabelledGrid {
  Grid<T> x;
  Numbers<T> y;
};
template <class T>
LabelledGrid<T> rows_at(const LabelledGrid<T>& all, const std::vector<Index>& order, std::size_t first,
                        std::size_t count) {
  LabelledGrid<T> some{Grid<T>(count, all.x.columns), {}};
  for (std::size_t i = 0; i < count; ++i) {
    const auto row = static_cast<std::size_t>(order[first + i]);
    for (std::size_t j = 0; j < all.x.columns; ++j) some.x(i, j) = all.x(row, j);
    some.y.push_back(all.y[row]);
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
  const auto pass = network_forward(training.plan.shape, training.w, some.x);
  const auto [sum, slopes] = errors_and_slopes(training.plan.loss, pass.scores, some.y);
  Numbers<T> g = network_gradient(training.plan.shape, training.w, some.x, pass, slopes);
  add_penalties(training, g);
  return norm(g);
}

template <class T>
T mean_error(const ReferenceTraining<T>& training, const LabelledGrid<T>& rows) {
  const auto pass = network_forward(training.plan.shape, training.w, rows.x);
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
    const auto pass = network_forward(plan.shape, training.w, some.x, mask);
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
                           const Stream& stream) {
  const std::size_t held_out = static_cast<std::size_t>(plan.validation_rows), n = y.size() - held_out;
  const LabelledGrid<T> all{x, y};
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
