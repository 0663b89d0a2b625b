#include "models/flexible/mlp/trainer.hpp"

#include <algorithm>
#include <cmath>

#include "core/interruption.hpp"
#include "core/machine/large_pages.hpp"
#include "models/flexible/mlp/flops.hpp"
#include "models/flexible/network/initialisation.hpp"
#include "models/optim/row_order.hpp"

namespace quartic::detail {

namespace {

constexpr double divergence = 1e6;

/// What the network and the offsets say together.
template <class Real>
void score_rows(Network<Real>& network, std::span<const Real> parameters, const LabelledRows<Real>& rows,
                std::span<Real> scores, std::span<const Real> mask = {}) {
  network.forward(parameters, rows.x, scores, mask);
  if (!rows.offsets) return;
  for (std::size_t i = 0; i < scores.size(); ++i) scores[i] += rows.offsets[i];
}

template <class Real>
double offset_flops(const LabelledRows<Real>& rows, Index count) {
  return rows.offsets ? static_cast<double>(count) : 0;
}

// Kept units count 1 / (1 - rate), so that the mean of a unit stays.
template <class Real>
void draw_mask(double rate, std::span<Real> mask, Stream stream) {
  const Real kept = static_cast<Real>(1 / (1 - rate));
  for (Real& number : mask) number = stream.uniform() < rate ? Real(0) : kept;
}

Index hidden_units(const NetworkShape& shape) {
  Index units = 0;
  for (const Index width : shape.hidden) units += width;
  return units;
}

template <class Real>
bool all_finite(std::span<const Real> numbers) {
  return std::all_of(numbers.begin(), numbers.end(), [](Real x) { return std::isfinite(x); });
}

template <class Real>
double measure_length(std::span<const Real> numbers) {
  double squares = 0;
  for (const Real x : numbers) squares += static_cast<double>(x) * static_cast<double>(x);
  return std::sqrt(squares);
}

TrainingPlan with_schedule(TrainingPlan plan, Index rows) {
  plan.batch = std::min(plan.batch, rows);
  plan.schedule.epochs = static_cast<double>(plan.epochs);
  const Index steps = (rows + plan.batch - 1) / plan.batch;
  plan.schedule.steps_per_epoch = static_cast<double>(steps);
  return plan;
}

}  // namespace

template <class Real>
double mean_error(const Loss& loss, Network<Real>& network, std::span<const Real> parameters,
                  const LabelledRows<Real>& rows) {
  std::vector<Real> scores(static_cast<std::size_t>(std::min(rows.x.count, pass_rows)));
  double sum = 0;
  for (Index first = 0; first < rows.x.count; first += pass_rows) {
    interruption_point();
    const LabelledRows<Real> part = rows.part({first, std::min(pass_rows, rows.x.count - first)});
    const std::span<Real> some = std::span(scores).first(static_cast<std::size_t>(part.x.count));
    score_rows<Real>(network, parameters, part, some);
    sum = add_errors<Real>(loss, some, view_labels(part), sum);
  }
  return sum / static_cast<double>(rows.x.count);
}

template <class Real>
Batches<Real>::Batches(const LabelledRows<Real>& rows, Index inputs, Index batch)
    : rows_(rows), inputs_(inputs) {
  if (batch == 1 || batch >= rows.x.count) return;
  x_.resize(static_cast<std::size_t>(batch * inputs));
  y_.resize(static_cast<std::size_t>(batch));
  if (rows.offsets) offsets_.resize(static_cast<std::size_t>(batch));
}

template <class Real>
LabelledRows<Real> Batches<Real>::at(std::span<const Index> order) {
  const Index count = std::ssize(order);
  if (count == rows_.x.count) return rows_;
  if (count == 1) return rows_.part({order.front(), 1});
  for (Index i = 0; i < count; ++i) {
    const LabelledRows<Real> row = rows_.part({order[static_cast<std::size_t>(i)], 1});
    std::copy_n(row.x.data, inputs_, x_.data() + i * inputs_);
    y_[static_cast<std::size_t>(i)] = *row.y;
    if (row.offsets) offsets_[static_cast<std::size_t>(i)] = *row.offsets;
  }
  return {{x_.data(), count, inputs_}, y_.data(), rows_.offsets ? offsets_.data() : nullptr};
}

template <class Real>
Trainer<Real>::Trainer(const TrainingPlan& plan, const LabelledRows<Real>& rows, Stream stream,
                       std::vector<Real> kept)
    : rows_(rows.part({0, rows.x.count - plan.validation_rows})),
      held_out_(rows.part({rows_.x.count, plan.validation_rows})),
      plan_(with_schedule(plan, rows_.x.count)),
      stream_(std::move(stream)),
      scales_(layer_scales(plan_.shape, plan_.scaling)),
      groups_(parameter_groups(plan_.shape, scales_)),
      network_(plan_.shape, std::max(plan_.batch, std::min(pass_rows, rows.x.count))),
      batches_(rows_, plan_.shape.inputs, plan_.batch),
      unit_(error_of_constant<Real>(plan_.loss, view_labels(rows_))),
      scores_(static_cast<std::size_t>(std::max(plan_.batch, pass_rows))),
      slopes_(scores_.size()),
      mask_(plan_.dropout > 0 ? static_cast<std::size_t>(plan_.batch * hidden_units(plan_.shape)) : 0),
      kept_(std::move(kept)),
      gradient_(filled_in_large_pages<std::vector<Real>>(
          steps_at_once() ? 0 : static_cast<std::size_t>(parameter_count(plan_.shape)))),
      steps_(2 * scales_.size()),
      step_flops_(step_flops(plan_.batch)) {}

template <class Real>
TrainingState<Real> Trainer<Real>::begin(std::vector<Real> parameters) {
  TrainingState<Real> state;
  state.parameters = parameters.empty()
                         ? initial_parameters<Real>(plan_.shape, scales_, stream_.child("initial"))
                         : std::move(parameters);
  state.optimiser = fresh_state<Real>(plan_.rule, parameter_count(plan_.shape));
  state.flops = constant_flops(plan_.loss, static_cast<double>(rows_.x.count)) + 1;
  state.kept.parameters = state.parameters;
  if (measures_gradient()) state.first_gradient = gradient_length(state.parameters);
  return state;
}

template <class Real>
void Trainer<Real>::run_epoch(TrainingState<Real>& state) {
  const std::vector<Index> taken = order(state);
  double sum = 0;
  for (std::size_t first = 0; first < taken.size() && state.stop == Stop::not_yet;) {
    interruption_point();
    const std::size_t count = std::min(static_cast<std::size_t>(plan_.batch), taken.size() - first);
    sum += take_step(state, batches_.at(std::span(taken).subspan(first, count)));
    first += count;
  }
  close_epoch(state, sum);
}

template <class Real>
std::vector<Index> Trainer<Real>::order(const TrainingState<Real>& state) const {
  return shuffled_rows(rows_.x.count, stream_.child("order").child(static_cast<std::uint64_t>(state.epoch)));
}

template <class Real>
Trained<Real> Trainer<Real>::finished(TrainingState<Real> state) {
  Trained<Real> trained;
  trained.certificate = nan;
  if (measures_gradient()) {
    const double last = gradient_length(state.kept.parameters);
    if (std::isfinite(state.first_gradient) && std::isfinite(last))
      trained.certificate = state.first_gradient > 0 ? last / state.first_gradient : 0;
  }
  trained.parameters = std::move(state.kept.parameters);
  trained.status = choose_status(state.stop);
  trained.steps = state.steps;
  trained.rows_visited = state.rows_visited;
  trained.training_error = state.kept.training_error;
  trained.validation_error = state.kept.validation_error;
  trained.fit_flops = state.flops;
  trained.validation_flops = state.validation_flops;
  trained.history = std::move(state.history);
  return trained;
}

// The sum of the errors before the step.
template <class Real>
double Trainer<Real>::take_step(TrainingState<Real>& state, const LabelledRows<Real>& batch) {
  const auto count = static_cast<std::size_t>(batch.x.count);
  const std::span<Real> scores = std::span(scores_).first(count), slopes = std::span(slopes_).first(count);
  const std::span<Real> mask =
      std::span(mask_).first(mask_.size() / static_cast<std::size_t>(plan_.batch) * count);
  if (!mask.empty())
    draw_mask(plan_.dropout, mask, stream_.child("dropout").child(static_cast<std::uint64_t>(state.steps)));
  score_rows<Real>(network_, state.parameters, batch, scores, mask);
  const double sum = errors_and_slopes<Real>(plan_.loss, scores, view_labels(batch), slopes);
  const double next_rate = rate(state);
  if (bill(state, sum, batch.x.count)) descend(state, next_rate, batch, slopes);
  return sum;
}

template <class Real>
bool Trainer<Real>::bill(TrainingState<Real>& state, double sum, Index count) const {
  const double mean = sum / static_cast<double>(count);
  if (state.steps == 0) state.first_error = mean;
  state.rows_visited += static_cast<double>(count);
  state.flops += count == plan_.batch ? step_flops_ : step_flops(count);
  ++state.steps;
  if (mean <= divergence * std::max(unit_, state.first_error)) return true;
  state.stop = Stop::diverged;
  return false;
}

template <class Real>
void Trainer<Real>::descend(TrainingState<Real>& state, double rate, const LabelledRows<Real>& batch,
                            std::span<const Real> slopes) {
  if (steps_at_once()) {
    for (std::size_t l = 0; l < scales_.size(); ++l) {
      steps_[2 * l] = static_cast<Real>(rate * scales_[l].weights_rate);
      steps_[2 * l + 1] = static_cast<Real>(rate * scales_[l].biases_rate);
    }
    network_.descend(state.parameters, batch.x, slopes, steps_);
  } else {
    network_.backward(state.parameters, batch.x, slopes, gradient_);
    leave_out(gradient_);
    update<Real>(plan_.rule, rate, groups_, gradient_, state.parameters, state.optimiser);
  }
  if (plan_.proximal.any()) proximal_step<Real>(plan_.proximal, rate, plan_.shape, scales_, state.parameters);
}

template <class Real>
void Trainer<Real>::leave_out(std::span<Real> gradient) const {
  for (std::size_t k = 0; k < kept_.size(); ++k)
    if (kept_[k] == 0) gradient[k] = 0;
}

template <class Real>
void Trainer<Real>::close_epoch(TrainingState<Real>& state, double sum) {
  if (!all_finite<Real>(state.parameters)) state.stop = Stop::diverged;
  if (state.stop != Stop::not_yet) return;
  const double training_error = sum / static_cast<double>(rows_.x.count) / unit_;
  ++state.epoch;
  state.flops += 2;
  double validation_error = nan;
  if (validates()) {
    validation_error = mean_error<Real>(plan_.loss, network_, state.parameters, held_out_) / unit_;
    state.validation_flops +=
        evaluation_flops(plan_.shape, plan_.loss, static_cast<double>(held_out_.x.count)) +
        offset_flops(held_out_, held_out_.x.count) + 1;
  }
  if (!validates() || std::isnan(state.kept.validation_error) ||
      validation_error < state.kept.validation_error)
    state.kept = {state.parameters, training_error, validation_error, state.epoch};
  if (plan_.history) state.history.push_back({state.steps, training_error, validation_error});
  if (validates() && state.epoch - state.kept.epoch >= plan_.patience) state.stop = Stop::out_of_patience;
  if (training_error < plan_.interpolation) state.stop = Stop::interpolated;
}

template <class Real>
FitStatus Trainer<Real>::choose_status(Stop stop) const {
  if (stop == Stop::diverged) return FitStatus::diverged;
  const bool rule_asked = validates() || plan_.interpolation > 0;
  return stop == Stop::not_yet && rule_asked ? FitStatus::iteration_limit : FitStatus::converged;
}

template <class Real>
double Trainer<Real>::gradient_length(std::span<const Real> parameters) {
  const LabelledRows<Real> some = rows_.part({0, std::min(pass_rows, rows_.x.count)});
  const auto count = static_cast<std::size_t>(some.x.count);
  const std::span<Real> scores = std::span(scores_).first(count), slopes = std::span(slopes_).first(count);
  std::vector<Real> gradient(parameters.size());
  score_rows<Real>(network_, parameters, some, scores);
  errors_and_slopes<Real>(plan_.loss, scores, view_labels(some), slopes);
  network_.backward(parameters, some.x, slopes, gradient);
  leave_out(gradient);
  add_penalties<Real>(plan_.rule, groups_, parameters, gradient);
  return measure_length<Real>(gradient);
}

template <class Real>
double Trainer<Real>::step_flops(Index rows) const {
  const Dropout dropout = plan_.dropout > 0 ? Dropout::on : Dropout::off;
  return StepCost{plan_.shape, plan_.loss, plan_.rule, dropout, plan_.proximal}.flops(
             static_cast<double>(rows)) +
         offset_flops(rows_, rows);
}

template double mean_error(const Loss&, Network<float>&, std::span<const float>, const LabelledRows<float>&);
template double mean_error(const Loss&, Network<double>&, std::span<const double>,
                           const LabelledRows<double>&);
template class Batches<float>;
template class Batches<double>;
template class Trainer<float>;
template class Trainer<double>;

}  // namespace quartic::detail
