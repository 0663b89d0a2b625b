#pragma once
/// Minibatch training of a network from first weights to a stop.
#include <functional>
#include <optional>

#include "core/fit.hpp"
#include "core/random/stream.hpp"
#include "models/flexible/mlp/loss.hpp"
#include "models/flexible/mlp/training_state.hpp"
#include "models/flexible/network/parametrisation.hpp"
#include "models/flexible/network/proximal.hpp"
#include "models/optim/schedule.hpp"

namespace quartic::detail {

/// Errors are those of models/flexible/mlp/loss.hpp, told in units of the best constant's.
///
/// Every epoch takes the rows in a new random order, `batch` at a time, the last batch with what is left; a
/// batch of all rows takes them as they stand. An epoch's training error is the mean over its batches, each
/// before the step it causes: it costs no pass of its own. Training stops
///   - interpolated: the training error of an epoch is below `interpolation`;
///   - out of patience: `patience` epochs have not lowered the validation error (the last `validation_rows`
///   rows,
///     which are not trained on); the weights of the best epoch are restored either way;
///   - diverged: the error of a batch is above 10^6 (in units of the first batch's, where that is larger), or
///     a weight is not finite. The weights are then the best or last of the whole epochs, or the first ones,
///     and the last step is billed as if it had been taken;
///   - otherwise after `epochs`.
struct TrainingPlan {
  NetworkShape shape;
  Scaling scaling;
  Loss loss;
  OptimiserRule rule;
  ProximalRule proximal = {};  ///< its step follows every step of the optimiser
  Schedule schedule;           ///< its epochs and steps are set from the fields below
  double learning_rate = 0.001;
  double dropout = 0;
  Index batch = 32, epochs = 100;
  double interpolation = 0;   ///< 0: off
  Index validation_rows = 0;  ///< 0: no early stopping
  Index patience = 10;
  bool history = false;
  bool certificate = true;
  bool operator==(const TrainingPlan&) const = default;
};

/// Rows and their labels; x.count of them.
template <class Real>
struct LabelledRows {
  Rows<Real> x;
  const Real* y = nullptr;
  /// A number a row that is added to what the network says of it, and is not learned; null: nothing.
  const Real* offsets = nullptr;
  LabelledRows part(Range rows) const {
    return {{x.data + rows.first * x.stride, rows.count, x.stride},
            y + rows.first,
            offsets ? offsets + rows.first : nullptr};
  }
};

template <class Real>
struct Trained {
  std::vector<Real> parameters;
  FitStatus status = FitStatus::converged;
  Index steps = 0;
  double rows_visited = 0;
  double training_error = 0;    ///< of the epoch whose weights these are
  double validation_error = 0;  ///< of these weights; NaN without validation rows
  /// Length of the gradient of the objective at the end over that at the start, over the first 256 rows; NaN
  /// for a single epoch, which solves no system, and with proximal steps, whose objective has no gradient.
  double certificate = 0;
  double fit_flops = 0, validation_flops = 0;
  std::vector<TrainingPoint> history;  ///< one an epoch
};

/// The state to go on from, and the function that receives every state training could go on from: one an
/// epoch. And what training begins with, or is held to.
template <class Real>
struct Progress {
  std::optional<TrainingState<Real>> state;
  std::function<void(const TrainingState<Real>&)> save;
  /// To begin with in place of drawn ones; empty: drawn. Of no use with a state.
  std::vector<Real> parameters = {};
  /// 1 or 0 a parameter: those of 0 stay at zero, where they must be when training begins: their gradient counts as
  /// zero, which costs nothing. Empty: all are 1.
  std::vector<Real> kept = {};
};

/// The mean error of these weights over these rows, in units of the best constant's over `reference`.
template <class Real>
double relative_error(const TrainingPlan& plan, std::span<const Real> parameters,
                      const LabelledRows<Real>& rows, const LabelledRows<Real>& reference);

/// The state before the first step, with parameters as train() draws them, or these.
template <class Real>
TrainingState<Real> first_state(const TrainingPlan& plan, const LabelledRows<Real>& rows, Stream stream,
                                std::vector<Real> parameters = {});

/// Draws from stream.child("initial"), child("order").child(epoch) and child("dropout").child(step).
/// Precondition: 0 <= validation_rows < rows. float trains; double is for checks.
template <class Real>
Trained<Real> train(const TrainingPlan& plan, const LabelledRows<Real>& rows, Stream stream,
                    Progress<Real> progress = {});

}  // namespace quartic::detail
