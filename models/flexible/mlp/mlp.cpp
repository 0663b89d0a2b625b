#include "models/flexible/mlp/mlp.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/number_text.hpp"
#include "models/flexible/mlp/checkpoint.hpp"
#include "models/flexible/mlp/flops.hpp"
#include "models/flexible/mlp/plan.hpp"
#include "models/flexible/network/rule.hpp"

namespace quartic {

namespace {

using detail::ChosenRate;
using detail::FitCheckpoint;
using detail::LabelledRows;
using detail::RateTrial;
using detail::SizedRate;
using detail::Trained;
using detail::TrainingPlan;

/// The first rows of the data in single precision, converted once.
class SingleRows {
 public:
  SingleRows(const Data& data, Index rows) : x_(rows, data.columns()), y_(static_cast<std::size_t>(rows)) {
    constexpr Index block = 256;
    for (Index first = 0; first < rows; first += block) {
      const Range some{first, std::min(block, rows - first)};
      x_.middleRows(first, some.count) = data.block(some, {0, data.columns()}).cast<float>();
    }
    for (Index i = 0; i < rows; ++i) y_[static_cast<std::size_t>(i)] = static_cast<float>(data.y()(i));
  }

  Index columns() const { return x_.cols(); }
  LabelledRows<float> prefix(Index n) const { return {{x_.data(), n, x_.cols()}, y_.data()}; }

 private:
  MatrixF x_;
  std::vector<float> y_;
};

// All that a fit depends on.
std::uint64_t make_checkpoint_key(const Mlp& mlp, const LabelledRows<float>& rows, const Stream& stream) {
  Stream named = stream.child("checkpoint");
  const std::array<std::uint64_t, 4> numbers = {named(), named(), static_cast<std::uint64_t>(rows.x.count),
                                                static_cast<std::uint64_t>(rows.x.stride)};
  const auto cells = static_cast<std::size_t>(rows.x.count * rows.x.stride);
  std::uint64_t key = detail::hash_bytes(mlp.fingerprint());
  key = detail::hash_bytes(detail::view_bytes(numbers.data(), numbers.size()), key);
  key = detail::hash_bytes(detail::view_bytes(rows.x.data, cells), key);
  return detail::hash_bytes(detail::view_bytes(rows.y, static_cast<std::size_t>(rows.x.count)), key);
}

// The training under way goes on from its checkpoint, and keeps its state there.
detail::Progress<float> make_progress(FitCheckpoint& checkpoint) {
  return {checkpoint.take_state(), [&](const auto& state) { checkpoint.add_epoch(state); }};
}

// What a rate comes to on the last of these rows when trained on the others.
RateTrial tried(const Mlp& mlp, double rate, const LabelledRows<float>& rows, Stream stream,
                FitCheckpoint& checkpoint) {
  const Index m = rows.x.count, held_out = detail::tuning_rows(mlp, m);
  TrainingPlan plan = detail::make_training_plan(mlp, m, rows.x.stride);
  plan.learning_rate = rate;
  plan.history = plan.certificate = false;
  const LabelledRows<float> others = rows.part({0, m - held_out}), last = rows.part({m - held_out, held_out});
  const Trained<float> trained = detail::train<float>(plan, plan.validation_rows > 0 ? rows : others,
                                                      std::move(stream), make_progress(checkpoint));
  RateTrial trial{rate, trained.validation_error, trained.fit_flops + trained.validation_flops};
  if (plan.validation_rows == 0) {
    trial.error = detail::relative_error<float>(plan, trained.parameters, last, others);
    trial.flops += detail::evaluation_flops(plan.shape, plan.loss, static_cast<double>(held_out)) + 1 +
                   detail::constant_flops(plan.loss, static_cast<double>(m - held_out));
  }
  if (trained.status == FitStatus::diverged || !std::isfinite(trial.error))
    trial.error = std::numeric_limits<double>::infinity();
  return trial;
}

/// The rate of one fit, out of its bracket.
class RateSearch {
 public:
  /// Size m draws from stream.child(m), the same for all its rates: a fair comparison.
  RateSearch(const Mlp& mlp, const LabelledRows<float>& rows, Stream stream, FitCheckpoint& checkpoint)
      : mlp_(mlp), rows_(rows), stream_(std::move(stream)), checkpoint_(checkpoint) {}

  ChosenRate rate() const {
    const Index n = rows_.x.count;
    std::vector<SizedRate> found;
    const std::optional<std::vector<Index>> named = detail::parse_tune_at(mlp_.tune_at);
    for (const Index m : *named)
      if (m <= n) found.push_back({m, tuned(m)});
    if (found.empty()) found.push_back({n, tuned(n)});
    ChosenRate chosen{detail::rate_at(found, detail::make_bracket(mlp_), static_cast<double>(n)), true,
                      detail::rate_line_flops(static_cast<double>(found.size()))};
    for (const SizedRate& one : found) {
      chosen.interior = chosen.interior && one.chosen.interior;
      chosen.flops += one.chosen.flops;
    }
    return chosen;
  }

 private:
  ChosenRate tuned(Index m) const {
    std::vector<RateTrial> trials;
    for (const double rate : detail::make_bracket(mlp_).rates()) {
      std::optional<RateTrial> trial = checkpoint_.next_trial();
      if (!trial) {
        trial =
            tried(mlp_, rate, rows_.part({0, m}), stream_.child(static_cast<std::uint64_t>(m)), checkpoint_);
        checkpoint_.add_trial(*trial);
      }
      trials.push_back(*trial);
    }
    return detail::choose_rate(trials);
  }

  const Mlp& mlp_;
  const LabelledRows<float>& rows_;
  Stream stream_;
  FitCheckpoint& checkpoint_;
};

ChosenRate tune_rate(const Mlp& mlp, const LabelledRows<float>& rows, Stream stream,
                     FitCheckpoint& checkpoint) {
  if (const double* rate = std::get_if<double>(&mlp.learning_rate)) return {*rate, true, 0};
  return RateSearch(mlp, rows, std::move(stream), checkpoint).rate();
}

std::string brief(double value) {
  return with_digits(value, 3);
}

std::string write_message(const Mlp& mlp, const Trained<float>& trained, const ChosenRate& rate,
                          Index parameters) {
  std::string message;
  if (trained.status == FitStatus::diverged)
    message = "diverged in step " + std::to_string(trained.steps) + ": try a smaller learning_rate; ";
  if (!std::isnan(trained.training_error))
    message += "training error " + brief(trained.training_error) + "; ";
  if (!std::isnan(trained.validation_error))
    message += "validation error " + brief(trained.validation_error) + "; ";
  message += "learning rate " + brief(rate.rate);
  if (!rate.interior)
    message += " (the best rate is at the end of the bracket from " + brief(mlp.rate_from) + " to " +
               brief(mlp.rate_to) + ": widen it)";
  const double rule = mlp_six_nd(static_cast<double>(parameters), trained.rows_visited);
  return message + "; " + brief(trained.fit_flops / rule) + " times 6 N D flops";
}

Fit make_fit(const Mlp& mlp, const TrainingPlan& plan, Trained<float> trained, const ChosenRate& rate) {
  FitReport report;
  report.status = trained.status;
  report.parameters = detail::parameter_count(plan.shape);
  report.iterations = trained.steps;
  report.certificate = trained.certificate;
  report.cost = {.fit_flops = trained.fit_flops, .tuning_flops = trained.validation_flops + rate.flops};
  report.message = write_message(mlp, trained, rate, report.parameters);
  report.history = std::move(trained.history);
  return {detail::make_predictor(plan.shape, std::move(trained.parameters)), std::move(report)};
}

Fit fit_size(const Mlp& mlp, const LabelledRows<float>& rows, Stream stream,
             const Checkpoints* checkpoints = nullptr) {
  FitCheckpoint checkpoint(checkpoints, checkpoints ? make_checkpoint_key(mlp, rows, stream) : 0);
  const ChosenRate rate = tune_rate(mlp, rows, stream.child("tuning"), checkpoint);
  TrainingPlan plan = detail::make_training_plan(mlp, rows.x.count, rows.x.stride);
  plan.learning_rate = rate.rate;
  Trained<float> trained = detail::train<float>(plan, rows, std::move(stream), make_progress(checkpoint));
  return make_fit(mlp, plan, std::move(trained), rate);
}

Fit fit_alone(const Mlp& mlp, const Data& data, Stream stream, const Checkpoints* checkpoints) {
  require_valid(mlp);
  mlp.require_data(data.rows(), data.columns(), data.task());
  const SingleRows rows(data, data.rows());
  return fit_size(mlp, rows.prefix(data.rows()), std::move(stream), checkpoints);
}

}  // namespace

Fit Mlp::fit(const Data& data, Stream stream) const {
  return fit_alone(*this, data, std::move(stream), nullptr);
}

Fit Mlp::fit_resuming(const Data& data, Stream stream, const Checkpoints& checkpoints) const {
  return fit_alone(*this, data, std::move(stream), &checkpoints);
}

std::vector<Fit> Mlp::fit_prefixes(const Prefixes& prefixes, Stream stream) const {
  require_valid(*this);
  for (const Index n : prefixes.sizes) require_data(n, prefixes.data.columns(), prefixes.data.task());
  std::vector<Fit> fits;
  if (prefixes.sizes.empty()) return fits;
  const SingleRows rows(prefixes.data, prefixes.sizes.back());
  for (const Index n : prefixes.sizes)
    fits.push_back(fit_size(*this, rows.prefix(n), stream.child(static_cast<std::uint64_t>(n))));
  return fits;
}

void Mlp::require_data(Index n, Index p, Task task) const {
  detail::require_fit(*this, n, p, task);
}

double Mlp::working_bytes(Index n, Index p) const {
  const TrainingPlan plan = detail::make_training_plan(*this, n, p);
  const double weights = detail::count_parameters(*this, p);
  double units = 0;
  for (const Index hidden : plan.shape.hidden) units += static_cast<double>(hidden);
  constexpr Index judged_at_once = 256;
  constexpr double copies = detail::weight_copies + 1;  // a gradient for the certificate, then the rule
  const auto rows = static_cast<double>(std::max(plan.batch, judged_at_once));
  const double batch_numbers = rows * (static_cast<double>(p) + 3 * units);
  return sizeof(float) * (static_cast<double>(n) * static_cast<double>(p) + copies * weights + batch_numbers);
}

double Mlp::checkpoint_bytes(Index, Index p) const {
  constexpr double saved = 4;  // weights, two moments, the best weights
  return saved * sizeof(float) * detail::count_parameters(*this, p);
}

double Mlp::fit_flops(Index n, Index p) const {
  const TrainingPlan plan = detail::make_training_plan(*this, n, p);
  const Index rows = n - plan.validation_rows, whole = std::min(plan.batch, rows);
  const auto step = [&](Index count) {
    return detail::StepCost{plan.shape, plan.loss, plan.rule,
                            dropout > 0 ? detail::Dropout::on : detail::Dropout::off}
        .flops(static_cast<double>(count));
  };
  const Index whole_batches = rows / whole, rest = rows % whole;
  const double epoch = static_cast<double>(whole_batches) * step(whole) + (rest > 0 ? step(rest) : 0) + 2;
  return detail::constant_flops(plan.loss, static_cast<double>(rows)) + 1 +
         static_cast<double>(epochs) * epoch;
}

}  // namespace quartic
