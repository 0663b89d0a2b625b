#include "models/flexible/mlp/fit_network.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/number_text.hpp"
#include "models/flexible/mlp/checkpoint.hpp"
#include "models/flexible/mlp/flops.hpp"
#include "models/flexible/mlp/mlp.hpp"
#include "models/flexible/mlp/single_rows.hpp"
#include "models/flexible/network/sparse_rule.hpp"

namespace quartic::detail {

namespace {

// All that a fit depends on.
std::uint64_t make_checkpoint_key(const NetworkModel& model, const LabelledRows<float>& rows,
                                  const Stream& stream) {
  Stream named = stream.child("checkpoint");
  const std::array<std::uint64_t, 4> numbers = {named(), named(), static_cast<std::uint64_t>(rows.x.count),
                                                static_cast<std::uint64_t>(rows.x.stride)};
  const auto cells = static_cast<std::size_t>(rows.x.count * rows.x.stride);
  std::uint64_t key = hash_bytes(model.fingerprint);
  key = hash_bytes(view_bytes(numbers.data(), numbers.size()), key);
  key = hash_bytes(view_bytes(rows.x.data, cells), key);
  return hash_bytes(view_bytes(rows.y, static_cast<std::size_t>(rows.x.count)), key);
}

// The training under way goes on from its checkpoint, and keeps its state there.
Progress<float> make_progress(FitCheckpoint& checkpoint) {
  return {checkpoint.take_state(), [&](const auto& state) { checkpoint.add_epoch(state); }};
}

// What a rate comes to on the last of these rows when trained on the others.
RateTrial tried(const NetworkModel& model, double rate, const LabelledRows<float>& rows, Stream stream,
                FitCheckpoint& checkpoint) {
  const Index m = rows.x.count, held_out = tuning_rows(model.training, m);
  TrainingPlan plan = model.plan(m, rows.x.stride);
  plan.learning_rate = rate;
  plan.history = plan.certificate = false;
  const LabelledRows<float> others = rows.part({0, m - held_out}), last = rows.part({m - held_out, held_out});
  const Trained<float> trained = train<float>(plan, plan.validation_rows > 0 ? rows : others,
                                              std::move(stream), make_progress(checkpoint));
  RateTrial trial{rate, trained.validation_error, trained.fit_flops + trained.validation_flops};
  if (plan.validation_rows == 0) {
    trial.error = relative_error<float>(plan, trained.parameters, last, others);
    trial.flops += evaluation_flops(plan.shape, plan.loss, static_cast<double>(held_out)) + 1 +
                   constant_flops(plan.loss, static_cast<double>(m - held_out));
  }
  if (trained.status == FitStatus::diverged || !std::isfinite(trial.error))
    trial.error = std::numeric_limits<double>::infinity();
  return trial;
}

/// The rate of one fit, out of its bracket.
class RateSearch {
 public:
  /// Size m draws from stream.child(m), the same for all its rates: a fair comparison.
  RateSearch(const NetworkModel& model, const LabelledRows<float>& rows, Stream stream,
             FitCheckpoint& checkpoint)
      : model_(model), rows_(rows), stream_(std::move(stream)), checkpoint_(checkpoint) {}

  ChosenRate rate() const {
    const Index n = rows_.x.count;
    std::vector<SizedRate> found;
    const std::optional<std::vector<Index>> named = parse_tune_at(model_.training.tune_at);
    for (const Index m : *named)
      if (m <= n) found.push_back({m, tuned(m)});
    if (found.empty()) found.push_back({n, tuned(n)});
    ChosenRate chosen{rate_at(found, make_bracket(model_.training), static_cast<double>(n)), true,
                      rate_line_flops(static_cast<double>(found.size()))};
    for (const SizedRate& one : found) {
      chosen.interior = chosen.interior && one.chosen.interior;
      chosen.flops += one.chosen.flops;
    }
    return chosen;
  }

 private:
  ChosenRate tuned(Index m) const {
    std::vector<RateTrial> trials;
    for (const double rate : make_bracket(model_.training).rates()) {
      std::optional<RateTrial> trial = checkpoint_.next_trial();
      if (!trial) {
        trial = tried(model_, rate, rows_.part({0, m}), stream_.child(static_cast<std::uint64_t>(m)),
                      checkpoint_);
        checkpoint_.add_trial(*trial);
      }
      trials.push_back(*trial);
    }
    return choose_rate(trials);
  }

  const NetworkModel& model_;
  const LabelledRows<float>& rows_;
  Stream stream_;
  FitCheckpoint& checkpoint_;
};

ChosenRate tune_rate(const NetworkModel& model, const LabelledRows<float>& rows, Stream stream,
                     FitCheckpoint& checkpoint) {
  if (const double* rate = std::get_if<double>(&model.training.learning_rate)) return {*rate, true, 0};
  return RateSearch(model, rows, std::move(stream), checkpoint).rate();
}

std::string brief(double value) {
  return with_digits(value, 3);
}

std::string write_message(const NetworkModel& model, const NetworkShape& shape, const Trained<float>& trained,
                          const ChosenRate& rate) {
  std::string message;
  if (trained.status == FitStatus::diverged)
    message = "diverged in step " + std::to_string(trained.steps) + ": try a smaller learning_rate; ";
  if (!std::isnan(trained.training_error))
    message += "training error " + brief(trained.training_error) + "; ";
  if (!std::isnan(trained.validation_error))
    message += "validation error " + brief(trained.validation_error) + "; ";
  message += "learning rate " + brief(rate.rate);
  if (!rate.interior)
    message += " (the best rate is at the end of the bracket from " + brief(model.training.rate_from) +
               " to " + brief(model.training.rate_to) + ": widen it)";
  if (!shape.channels.empty()) return message;  // weights that serve every pixel obey no such rule
  const double rule = mlp_six_nd(static_cast<double>(parameter_count(shape)), trained.rows_visited);
  return message + "; " + brief(trained.fit_flops / rule) + " times 6 N D flops";
}

Fit make_fit(const NetworkModel& model, const TrainingPlan& plan, Trained<float> trained,
             const ChosenRate& rate) {
  FitReport report;
  report.status = trained.status;
  report.parameters = parameter_count(plan.shape);
  report.iterations = trained.steps;
  report.certificate = trained.certificate;
  report.cost = {.fit_flops = trained.fit_flops, .tuning_flops = trained.validation_flops + rate.flops};
  report.message = write_message(model, plan.shape, trained, rate);
  report.history = std::move(trained.history);
  if (plan.proximal.any()) {
    const SparsePredictor sparse = make_sparse_predictor(plan.shape, trained.parameters);
    report.parameters = sparse.parameters;
    return {sparse.predict, std::move(report)};
  }
  return {make_predictor(plan.shape, std::move(trained.parameters)), std::move(report)};
}

Fit fit_size(const NetworkModel& model, const LabelledRows<float>& rows, Stream stream,
             const Checkpoints* checkpoints = nullptr) {
  FitCheckpoint checkpoint(checkpoints, checkpoints ? make_checkpoint_key(model, rows, stream) : 0);
  const ChosenRate rate = tune_rate(model, rows, stream.child("tuning"), checkpoint);
  TrainingPlan plan = model.plan(rows.x.count, rows.x.stride);
  plan.learning_rate = rate.rate;
  Trained<float> trained = train<float>(plan, rows, std::move(stream), make_progress(checkpoint));
  return make_fit(model, plan, std::move(trained), rate);
}

}  // namespace

Fit fit_network(const NetworkModel& model, const Data& data, Stream stream, const Checkpoints* checkpoints) {
  const SingleRows rows(data, data.rows());
  return fit_size(model, rows.prefix(data.rows()), std::move(stream), checkpoints);
}

Fit fit_network_beside(std::span<const float> offsets, const NetworkModel& model, const Data& data,
                       Stream stream) {
  const SingleRows rows(data, data.rows());
  LabelledRows<float> beside = rows.prefix(data.rows());
  beside.offsets = offsets.data();
  return fit_size(model, beside, std::move(stream));
}

std::vector<Fit> fit_network_prefixes(const NetworkModel& model, const Prefixes& prefixes, Stream stream) {
  std::vector<Fit> fits;
  if (prefixes.sizes.empty()) return fits;
  const SingleRows rows(prefixes.data, prefixes.sizes.back());
  for (const Index n : prefixes.sizes)
    fits.push_back(fit_size(model, rows.prefix(n), stream.child(static_cast<std::uint64_t>(n))));
  return fits;
}

double network_fit_flops(const TrainingPlan& plan, Index n) {
  const Index rows = n - plan.validation_rows, whole = std::min(plan.batch, rows);
  const auto step = [&](Index count) {
    const Dropout dropout = plan.dropout > 0 ? Dropout::on : Dropout::off;
    return StepCost{plan.shape, plan.loss, plan.rule, dropout, plan.proximal}.flops(
        static_cast<double>(count));
  };
  const Index whole_batches = rows / whole, rest = rows % whole;
  const double epoch = static_cast<double>(whole_batches) * step(whole) + (rest > 0 ? step(rest) : 0) + 2;
  return constant_flops(plan.loss, static_cast<double>(rows)) + 1 + static_cast<double>(plan.epochs) * epoch;
}

}  // namespace quartic::detail
