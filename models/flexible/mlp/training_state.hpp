#pragma once
/// All that training must remember between two epochs, and its bytes.
#include <string>
#include <vector>

#include "core/fit.hpp"
#include "models/flexible/mlp/bytes.hpp"
#include "models/optim/optimiser.hpp"

namespace quartic::detail {

enum class Stop { not_yet, interpolated, out_of_patience, diverged };

/// Weights that may be the fit, with their errors.
template <class Real>
struct Candidate {
  std::vector<Real> parameters;
  double training_error = nan;
  double validation_error = nan;
  Index epoch = 0;
};

template <class Real>
struct TrainingState {
  std::vector<Real> parameters;
  OptimiserState<Real> optimiser;
  Index epoch = 0, steps = 0;
  double rows_visited = 0;
  double first_error = 0;     ///< of the first batch
  double first_gradient = 0;  ///< length of the gradient at the start
  double flops = 0, validation_flops = 0;
  Stop stop = Stop::not_yet;
  Candidate<Real> kept;  ///< the best epoch by validation error, else the last whole one
  std::vector<TrainingPoint> history;
};

template <class Real>
void add(ByteWriter& writer, const TrainingState<Real>& state);
template <class Real>
TrainingState<Real> read_state(ByteReader& reader);

}  // namespace quartic::detail
