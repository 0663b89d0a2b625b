#pragma once
/// A fit of any network: its rate, its training, its checkpoints, its report and its bill.
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "core/estimator.hpp"
#include "models/flexible/mlp/shared_options.hpp"

namespace quartic::detail {

/// A model as its fits see it.
struct NetworkModel {
  TrainingOptions training;
  std::string fingerprint;
  /// Of n rows and p columns, but for a rate that is tuned.
  std::function<TrainingPlan(Index n, Index p)> plan;
};

/// All rows of the data, in single precision. Draws from child "tuning" of the stream, and as train() does.
/// Precondition: the model takes such data. Null: no checkpoints.
Fit fit_network(const NetworkModel& model, const Data& data, Stream stream, const Checkpoints* checkpoints);
/// Without checkpoints, as what is to be added to offsets: one a row of the data, added to what the network says. One
/// more flop a row visited. The fit predicts without them. Precondition: a rate that is given.
Fit fit_network_beside(std::span<const float> offsets, const NetworkModel& model, const Data& data,
                       Stream stream);
/// As fit_network of each prefix, size n with stream.child(n).
std::vector<Fit> fit_network_prefixes(const NetworkModel& model, const Prefixes& prefixes, Stream stream);

/// What fits of n rows cost that take all their epochs, but for tuning.
double network_fit_flops(const TrainingPlan& plan, Index n);

}  // namespace quartic::detail
