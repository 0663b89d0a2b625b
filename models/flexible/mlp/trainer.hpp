#pragma once
/// One training, epoch by epoch, and the parts of an epoch for those who run several at once.
#include "models/flexible/mlp/training.hpp"
#include "models/flexible/network/network.hpp"

namespace quartic::detail {

constexpr Index pass_rows = 256;  ///< of the certificate, and at a time of an evaluation

/// The mean error of these weights over these rows.
template <class Real>
double mean_error(const Loss& loss, Network<Real>& network, std::span<const Real> parameters,
                  const LabelledRows<Real>& rows);

template <class Real>
std::span<const Real> view_labels(const LabelledRows<Real>& rows) {
  return {rows.y, static_cast<std::size_t>(rows.x.count)};
}

/// Rows of one batch: in place where it is one row or all, else gathered into a buffer of its own.
template <class Real>
class Batches {
 public:
  Batches(const LabelledRows<Real>& rows, Index inputs, Index batch);
  LabelledRows<Real> at(std::span<const Index> order);

 private:
  LabelledRows<Real> rows_;
  Index inputs_;
  std::vector<Real> x_, y_, offsets_;
};

/// The plan, its rows and buffers; what changes from epoch to epoch is the state.
template <class Real>
class Trainer {
 public:
  Trainer(const TrainingPlan& plan, const LabelledRows<Real>& rows, Stream stream,
          std::vector<Real> kept = {});

  TrainingState<Real> begin(std::vector<Real> parameters);
  bool goes_on(const TrainingState<Real>& state) const {
    return state.stop == Stop::not_yet && state.epoch < plan_.epochs;
  }
  void run_epoch(TrainingState<Real>& state);
  Trained<Real> finished(TrainingState<Real> state);

  /// The plan with a batch of no more rows than there are, and the rows that are trained on.
  const TrainingPlan& plan() const { return plan_; }
  const LabelledRows<Real>& rows() const { return rows_; }
  const std::vector<LayerScale>& scales() const { return scales_; }
  const std::vector<ParameterGroup>& groups() const { return groups_; }

  /// In which order the epoch of this state takes the rows.
  std::vector<Index> order(const TrainingState<Real>& state) const;
  /// The learning rate of the next step.
  double rate(const TrainingState<Real>& state) const {
    return plan_.learning_rate * plan_.schedule.factor(state.steps);
  }
  /// Bills a step whose batch has this sum of errors before it. False: that is too large, and it is not to be taken.
  bool bill(TrainingState<Real>& state, double sum, Index count) const;
  /// Ends an epoch with this sum of errors over all rows.
  void close_epoch(TrainingState<Real>& state, double sum);

 private:
  double take_step(TrainingState<Real>& state, const LabelledRows<Real>& batch);
  void descend(TrainingState<Real>& state, double rate, const LabelledRows<Real>& batch,
               std::span<const Real> slopes);
  void leave_out(std::span<Real> gradient) const;
  FitStatus choose_status(Stop stop) const;
  double gradient_length(std::span<const Real> parameters);
  double step_flops(Index rows) const;

  // Whether the gradient goes to the parameters without a buffer of its own.
  bool steps_at_once() const { return plan_.rule.plain() && kept_.empty(); }
  bool measures_gradient() const { return plan_.certificate && plan_.epochs > 1 && !plan_.proximal.any(); }
  bool validates() const { return held_out_.x.count > 0; }

  LabelledRows<Real> rows_, held_out_;
  TrainingPlan plan_;
  Stream stream_;
  std::vector<LayerScale> scales_;
  std::vector<ParameterGroup> groups_;
  Network<Real> network_;
  Batches<Real> batches_;
  double unit_;
  std::vector<Real> scores_, slopes_, mask_, kept_, gradient_;
  std::vector<Real> steps_;  // of weights and biases by layer, where the step is plain
  double step_flops_;        // of a whole batch
};

extern template class Trainer<float>;
extern template class Trainer<double>;

}  // namespace quartic::detail
