#pragma once
/// From the options of a network to the plan of a training.
#include "models/flexible/mlp/mlp.hpp"
#include "models/flexible/mlp/training.hpp"
#include "models/flexible/mlp/tuning.hpp"

namespace quartic::detail {

NetworkShape make_shape(const Mlp& mlp, Index columns);
/// Rows held out of n by early stopping; 0 where it is off.
Index validation_rows(const Mlp& mlp, Index n);
/// Rows held out of n when rates are tried.
Index tuning_rows(const Mlp& mlp, Index n);
/// But for a rate that is tuned. Precondition: require_valid, require_fit.
TrainingPlan make_training_plan(const Mlp& mlp, Index n, Index columns);
RateBracket make_bracket(const Mlp& mlp);
bool tunes(const Mlp& mlp);

/// Weights and biases; a double, since what is asked for may be more than any machine counts.
double count_parameters(const Mlp& mlp, Index columns);

/// Numbers a weight that a fit holds: itself, its gradient, two moments, and its best value.
inline constexpr double weight_copies = 5;

/// Throws InvalidInput unless n such rows can be fitted; names first the option that is to blame.
void require_fit(const Mlp& mlp, Index n, Index columns, Task task);

}  // namespace quartic::detail
