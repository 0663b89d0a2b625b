#include "models/flexible/mlp/training_state.hpp"

namespace quartic::detail {

namespace {

// The numbers of a state in order, for a visitor that writes or reads them.
template <class State, class Visitor>
void visit_numbers(State& state, Visitor visit) {
  visit(state.parameters);
  visit(state.optimiser.first);
  visit(state.optimiser.second);
  visit(state.optimiser.steps);
  visit(state.epoch);
  visit(state.steps);
  visit(state.rows_visited);
  visit(state.first_error);
  visit(state.first_gradient);
  visit(state.flops);
  visit(state.validation_flops);
  visit(state.stop);
  visit(state.kept.parameters);
  visit(state.kept.training_error);
  visit(state.kept.validation_error);
  visit(state.kept.epoch);
  visit(state.history);
}

}  // namespace

template <class Real>
void add(ByteWriter& writer, const TrainingState<Real>& state) {
  visit_numbers(state, [&](const auto& numbers) { writer.add(numbers); });
}

template <class Real>
TrainingState<Real> read_state(ByteReader& reader) {
  TrainingState<Real> state;
  visit_numbers(state, [&](auto& numbers) { reader.read(numbers); });
  return state;
}

template void add(ByteWriter&, const TrainingState<float>&);
template void add(ByteWriter&, const TrainingState<double>&);
template TrainingState<float> read_state(ByteReader&);
template TrainingState<double> read_state(ByteReader&);

}  // namespace quartic::detail
