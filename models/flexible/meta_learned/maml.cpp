#include "models/flexible/meta_learned/maml.hpp"

#include <algorithm>
#include <cassert>

#include "core/interruption.hpp"
#include "models/flexible/mlp/flops.hpp"
#include "models/flexible/network/initialisation.hpp"
#include "models/optim/row_order.hpp"

namespace quartic::detail {

namespace {

template <class Real>
using OneTask = LabelledRows<Real>;

/// The gradients of one network, which holds the units of up to so many rows.
template <class Real>
class Gradients {
 public:
  Gradients(const MamlPlan& plan, Index rows)
      : plan_(plan),
        network_(plan.shape, std::max<Index>(rows, 1)),
        steps_(2 * layer_places(plan.shape).size(), static_cast<Real>(plan.inner_rate)) {}

  void descend(std::vector<Real>& parameters, const OneTask<Real>& rows) {
    const std::vector<Real> slopes = slopes_of(parameters, rows);
    network_.descend(parameters, rows.x, slopes, steps_);
  }

  std::vector<Real> gradient(const std::vector<Real>& parameters, const OneTask<Real>& rows) {
    const std::vector<Real> slopes = slopes_of(parameters, rows);
    std::vector<Real> gradient(parameters.size());
    network_.backward(parameters, rows.x, slopes, gradient);
    return gradient;
  }

 private:
  std::vector<Real> slopes_of(const std::vector<Real>& parameters, const OneTask<Real>& rows) {
    const auto count = static_cast<std::size_t>(rows.x.count);
    std::vector<Real> scores(count), slopes(count);
    network_.forward(parameters, rows.x, scores);
    errors_and_slopes<Real>(plan_.loss, scores, {rows.y, count}, slopes);
    return slopes;
  }

  const MamlPlan& plan_;
  Network<Real> network_;
  std::vector<Real> steps_;
};

template <class Real>
std::vector<Real> first_order(Gradients<Real>& gradients, const MamlPlan& plan, std::vector<Real> parameters,
                              const OneTask<Real>& adapt, const OneTask<Real>& judge) {
  for (Index step = 0; step < plan.inner_steps; ++step) gradients.descend(parameters, adapt);
  return gradients.gradient(parameters, judge);
}

/// Rows of a task in the order in which they were drawn, in a buffer of its own.
template <class Real>
class DrawnRows {
 public:
  DrawnRows(const OneTask<Real>& task, Index inputs, Index count, Stream stream) : inputs_(inputs) {
    std::vector<Index> order = shuffled_rows(task.x.count, std::move(stream));
    order.resize(static_cast<std::size_t>(count));
    for (const Index i : order) {
      const Real* row = task.x.data + i * task.x.stride;
      x_.insert(x_.end(), row, row + inputs);
      y_.push_back(task.y[i]);
    }
  }
  OneTask<Real> rows() const { return {{x_.data(), static_cast<Index>(y_.size()), inputs_}, y_.data()}; }

 private:
  Index inputs_;
  std::vector<Real> x_, y_;
};

template <class Real>
Index most_rows(const MamlPlan& plan, std::span<const OneTask<Real>> tasks) {
  Index most = 1;
  for (const OneTask<Real>& task : tasks) {
    const TaskSplit split = split_task(plan, task.x.count);
    most = std::max({most, split.adapt, split.judge});
  }
  return most;
}

std::vector<Index> drawn_tasks(const MamlPlan& plan, Index tasks, Stream stream) {
  std::vector<Index> order = shuffled_rows(tasks, std::move(stream));
  if (plan.meta_batch > 0) order.resize(static_cast<std::size_t>(plan.meta_batch));
  std::sort(order.begin(), order.end());
  return order;
}

}  // namespace

TaskSplit split_task(const MamlPlan& plan, Index n) {
  assert(n >= 2 && plan.shots <= n / 2);
  if (plan.shots == 0) return {n / 2, n - n / 2};
  return {plan.shots, plan.shots};
}

template <class Real>
std::vector<Real> adapted(const MamlPlan& plan, std::vector<Real> parameters, const LabelledRows<Real>& rows,
                          Index steps) {
  Gradients<Real> gradients(plan, rows.x.count);
  for (Index step = 0; step < steps; ++step) {
    interruption_point();
    gradients.descend(parameters, rows);
  }
  return parameters;
}

template <class Real>
std::vector<Real> first_order_gradient(const MamlPlan& plan, std::vector<Real> parameters,
                                       const LabelledRows<Real>& adapt, const LabelledRows<Real>& judge) {
  Gradients<Real> gradients(plan, std::max(adapt.x.count, judge.x.count));
  return first_order(gradients, plan, std::move(parameters), adapt, judge);
}

template <class Real>
MetaTrained<Real> meta_train(const MamlPlan& plan, std::span<const LabelledRows<Real>> tasks, Stream stream) {
  const std::vector<LayerScale> scales = layer_scales(plan.shape, plan.scaling);
  const std::vector<ParameterGroup> groups = parameter_groups(plan.shape, scales);
  MetaTrained<Real> meta{initial_parameters<Real>(plan.shape, scales, stream.child("initial"))};
  OptimiserState<Real> state = fresh_state<Real>(plan.outer, parameter_count(plan.shape));
  Gradients<Real> gradients(plan, most_rows(plan, tasks));
  for (Index step = 0; step < plan.meta_steps; ++step) {
    interruption_point();
    const auto number = static_cast<std::uint64_t>(step);
    std::vector<Real> sum(meta.parameters.size(), Real(0));
    const std::vector<Index> chosen =
        drawn_tasks(plan, std::ssize(tasks), stream.child("tasks").child(number));
    for (const Index t : chosen) {
      const OneTask<Real>& task = tasks[static_cast<std::size_t>(t)];
      const TaskSplit split = split_task(plan, task.x.count);
      const DrawnRows<Real> drawn(task, plan.shape.inputs, split.adapt + split.judge,
                                  stream.child("rows").child(number).child(static_cast<std::uint64_t>(t)));
      const std::vector<Real> gradient =
          first_order(gradients, plan, meta.parameters, drawn.rows().part({0, split.adapt}),
                      drawn.rows().part({split.adapt, split.judge}));
      for (std::size_t k = 0; k < sum.size(); ++k) sum[k] += gradient[k];
      meta.flops +=
          static_cast<double>(plan.inner_steps) * descent_flops(plan, static_cast<double>(split.adapt)) +
          judging_flops(plan, static_cast<double>(split.judge));
    }
    for (Real& number_of_sum : sum) number_of_sum /= static_cast<Real>(chosen.size());
    update<Real>(plan.outer, plan.outer_rate, groups, sum, meta.parameters, state);
    meta.flops += meta_step_flops(plan);
  }
  return meta;
}

double descent_flops(const MamlPlan& plan, double rows) {
  return network_flops::forward(plan.shape, rows) + rows * slope_row_flops(plan.loss) +
         network_flops::backward(plan.shape, rows) + network_flops::update(plan.shape);
}

double judging_flops(const MamlPlan& plan, double rows) {
  return network_flops::forward(plan.shape, rows) + rows * slope_row_flops(plan.loss) +
         network_flops::backward(plan.shape, rows) + static_cast<double>(parameter_count(plan.shape));
}

double meta_step_flops(const MamlPlan& plan) {
  const ParameterCounts counts = parameter_counts(plan.shape);
  return counts.all() + update_flops(plan.outer, counts.weights, counts.biases);
}

template std::vector<float> adapted(const MamlPlan&, std::vector<float>, const LabelledRows<float>&, Index);
template std::vector<double> adapted(const MamlPlan&, std::vector<double>, const LabelledRows<double>&,
                                     Index);
template std::vector<float> first_order_gradient(const MamlPlan&, std::vector<float>,
                                                 const LabelledRows<float>&, const LabelledRows<float>&);
template std::vector<double> first_order_gradient(const MamlPlan&, std::vector<double>,
                                                  const LabelledRows<double>&, const LabelledRows<double>&);
template MetaTrained<float> meta_train(const MamlPlan&, std::span<const LabelledRows<float>>, Stream);
template MetaTrained<double> meta_train(const MamlPlan&, std::span<const LabelledRows<double>>, Stream);

}  // namespace quartic::detail
