#pragma once
/// From the options of a fully connected network to the plan of a training.
#include "models/flexible/mlp/mlp.hpp"
#include "models/flexible/mlp/shared_options.hpp"

namespace quartic::detail {

NetworkShape make_shape(const Mlp& mlp, Index columns);
/// But for a rate that is tuned. Precondition: require_valid, require_fit.
TrainingPlan make_training_plan(const Mlp& mlp, Index n, Index columns);

/// Weights and biases; a double, since what is asked for may be more than any machine counts.
double count_parameters(const Mlp& mlp, Index columns);

/// A model that is an mlp, or has one inside: its name, and its losses for numbers as a message names them.
struct NamedNetwork {
  std::string model = "mlp", losses = "\"squared\" or \"huber\"";
};
/// Throws InvalidInput unless n such rows can be fitted; names first the option that is to blame.
void require_fit(const Mlp& mlp, Index n, Index columns, Task task, const NamedNetwork& named = {});

}  // namespace quartic::detail
