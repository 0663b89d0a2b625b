#include "models/flexible/mlp/shared_options.hpp"

#include <algorithm>

#include "core/bytes_text.hpp"
#include "core/require.hpp"

namespace quartic::detail {

namespace {

constexpr double most_bytes = 1e12;  // of weights, gradient, moments and the best weights

OptimiserKind read_optimiser(const TrainingOptions& options) {
  return named<OptimiserKind>(
      options.optimiser, std::array<std::string_view, 5>{"sgd", "momentum", "nesterov", "adam", "adamw"});
}
ScheduleKind read_schedule(const TrainingOptions& options) {
  return named<ScheduleKind>(options.schedule,
                             std::array<std::string_view, 4>{"constant", "cosine", "inverse_time", "step"});
}

Index choose_batch(const TrainingOptions& options, Index n) {
  return options.batch > 0 ? options.batch : std::min<Index>(32, n);
}

Index count_share(double share, Index n) {
  return std::max<Index>(1, static_cast<Index>(share * static_cast<double>(n)));
}

void require_rows_left(const TrainingOptions& options, Index n) {
  const Index held_out = std::max(validation_rows(options, n), tunes(options) ? tuning_rows(options, n) : 0);
  const std::string option =
      validation_rows(options, n) > 0 ? "the validation" : "the learning_rate \"tuned\"";
  require(held_out < n,
          option + " of " + options.model + " holds out " + std::to_string(held_out) + " of " +
              std::to_string(n) + " rows (none is left to train on). Give more rows, or turn it off.",
          {validation_rows(options, n) > 0 ? "validation" : "learning_rate"});
}

// Rows that a step may take: those that nothing holds out.
void require_batch(const TrainingOptions& options, Index n) {
  const Index held_out = validation_rows(options, n), left = n - held_out;
  const std::string batch = std::to_string(options.batch), rows = std::to_string(n);
  const std::string problem = "the batch of " + options.model + " is " + batch + " but ";
  require(options.batch <= n,
          problem + "n is " + rows + " (a step cannot take more rows than there are). Set batch to " + rows +
              " or fewer, or batch = \"min(" + batch + ", n)\".",
          {"batch"});
  require(options.batch <= left,
          problem + "validation leaves " + std::to_string(left) + " of " + rows +
              " rows to train on (a step cannot take more). Set batch to " + std::to_string(left) +
              " or fewer, or to 0: 32, or as many as are left.",
          {"batch", "validation"});
}

}  // namespace

Index validation_rows(const TrainingOptions& options, Index n) {
  return options.validation > 0 ? count_share(options.validation, n) : 0;
}

Index tuning_rows(const TrainingOptions& options, Index n) {
  return count_share(options.validation > 0 ? options.validation : 0.2, n);
}

bool tunes(const TrainingOptions& options) {
  return std::holds_alternative<std::string>(options.learning_rate);
}

RateBracket make_bracket(const TrainingOptions& options) {
  return {options.rate_from, options.rate_to, options.rates};
}

TrainingPlan plan_training(const TrainingOptions& options, Index n) {
  TrainingPlan plan;
  plan.rule = {.kind = read_optimiser(options),
               .momentum = options.momentum,
               .beta_2 = options.beta_2,
               .clip = options.clip};
  plan.scaling.adaptive = plan.rule.adaptive();
  plan.schedule = {.kind = read_schedule(options),
                   .warm_up = options.warm_up,
                   .decay_epochs = options.decay_epochs,
                   .decay_factor = options.decay_factor};
  if (const double* rate = std::get_if<double>(&options.learning_rate)) plan.learning_rate = *rate;
  plan.batch = choose_batch(options, n);
  plan.epochs = options.epochs;
  plan.interpolation = options.interpolation;
  plan.validation_rows = validation_rows(options, n);
  plan.patience = options.patience;
  plan.history = options.history;
  return plan;
}

void require_rates(const TrainingOptions& options) {
  require(options.rate_to > options.rate_from,
          "rate_to = " + shortest(options.rate_to) + " (rates are tried from rate_from = " +
              shortest(options.rate_from) + " up to it). Give a larger rate_to, or a smaller rate_from.",
          {"rate_to", "rate_from"});
  require(parse_tune_at(options.tune_at).has_value(),
          "tune_at = \"" + options.tune_at +
              "\" (not a list of ascending sizes from 2 on). Write, for example, \"200,400\".",
          {"tune_at"});
}

void require_rows(const TrainingOptions& options, Index n) {
  require_rows_left(options, n);
  require_batch(options, n);
}

void require_labels(const std::string& model, const std::string& loss, std::string_view for_numbers,
                    Task task) {
  const bool classes = task == Task::classification;
  require(classes || loss != "logistic",
          "the loss of " + model +
              " is \"logistic\" and the labels are numbers (it is for classes 0 and 1). Use loss = " +
              std::string(for_numbers) + ".",
          {"loss"});
  require(!classes || loss == "logistic",
          "the loss of " + model + " is \"" + loss +
              "\" and the labels are classes (it is for numbers). Use loss = \"logistic\".",
          {"loss"});
}

void require_holdable(const std::string& model, const std::string& option, double parameters) {
  const double bytes = weight_copies * sizeof(float) * parameters;
  require(bytes <= most_bytes,
          model + " would have " + shortest(parameters) + " parameters by its option \"" + option +
              "\" (no memory holds them: with gradient, moments and best weights they are " +
              bytes_text(bytes) + "). Choose fewer.",
          {option});
}

}  // namespace quartic::detail
