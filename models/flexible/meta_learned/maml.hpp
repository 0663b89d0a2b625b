#pragma once
/// First weights from which a few steps lead far, learned from tasks.
#include <span>
#include <vector>

#include "core/random/stream.hpp"
#include "models/flexible/mlp/training.hpp"

namespace quartic::detail {

/// First-order MAML. With f(w; rows) the mean loss over rows, one meta step at weights w
///   takes the tasks (all, or `meta_batch` of them drawn without replacement), and of each task t so many rows S_t to
///   adapt to and others Q_t to judge by, drawn anew;
///   adapts, v_0 = w, v_s = v_{s-1} - inner_rate grad f(v_{s-1}; S_t), s = 1 .. inner_steps;
///   moves w by the optimiser along g = mean_t grad f(v_inner_steps; Q_t): the derivative of v by w counts as 1.
/// S_t has `shots` of the task's rows, Q_t as many; with shots = 0 half of them, rounded down, and all others. Finn,
/// Abbeel & Levine (2017), arXiv 1703.03400, section 5.2; Nichol, Achiam & Schulman (2018), arXiv 1803.02999.
struct MamlPlan {
  NetworkShape shape;
  Scaling scaling;  ///< of the first weights
  Loss loss;
  OptimiserRule outer;
  double outer_rate = 0.001, inner_rate = 0.01;
  Index inner_steps = 5, meta_steps = 1000;
  Index meta_batch = 0, shots = 10;
};

/// How many rows of a task of n are adapted to, and judge. Precondition: n >= 2, and n >= 2 shots.
struct TaskSplit {
  Index adapt = 0, judge = 0;
};
TaskSplit split_task(const MamlPlan& plan, Index n);

/// Steps of plain gradient descent on all rows at once, at one rate.
template <class Real>
std::vector<Real> adapted(const MamlPlan& plan, std::vector<Real> parameters, const LabelledRows<Real>& rows,
                          Index steps);
/// grad f(v; judge), v adapted to the first of these rows: one term of g.
template <class Real>
std::vector<Real> first_order_gradient(const MamlPlan& plan, std::vector<Real> parameters,
                                       const LabelledRows<Real>& adapt, const LabelledRows<Real>& judge);

template <class Real>
struct MetaTrained {
  std::vector<Real> parameters;
  double flops = 0;
};
/// Weights after all meta steps. Draws from stream.child("initial"), child("tasks").child(step) and
/// child("rows").child(step).child(task). Precondition: tasks that can be split, no fewer than meta_batch.
template <class Real>
MetaTrained<Real> meta_train(const MamlPlan& plan, std::span<const LabelledRows<Real>> tasks, Stream stream);

/// Flops of one gradient step on n rows: forward, slopes, backward, update.
double descent_flops(const MamlPlan& plan, double rows);
/// Of the gradient that judges n rows, added to the sum of all tasks.
double judging_flops(const MamlPlan& plan, double rows);
/// Of one meta step beside its tasks: the mean of so many, and the optimiser.
double meta_step_flops(const MamlPlan& plan);

}  // namespace quartic::detail
