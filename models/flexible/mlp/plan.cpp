#include "models/flexible/mlp/plan.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/bytes_text.hpp"
#include "core/require.hpp"
#include "models/flexible/mlp/flops.hpp"

namespace quartic {

namespace {

constexpr double most_bytes = 1e12;  // of weights, gradient, moments and the best weights

// The place of a word in its list, as the enumerator there. Precondition: require_valid.
template <class Enum, std::size_t size>
Enum named(const std::string& word, const std::array<std::string_view, size>& words) {
  return static_cast<Enum>(std::find(words.begin(), words.end(), word) - words.begin());
}

detail::ActivationKind read_activation(const Mlp& mlp) {
  return named<detail::ActivationKind>(
      mlp.activation, std::array<std::string_view, 5>{"linear", "relu", "tanh", "erf", "gelu"});
}
detail::LossKind read_loss(const Mlp& mlp) {
  return named<detail::LossKind>(mlp.loss, std::array<std::string_view, 3>{"squared", "huber", "logistic"});
}
detail::OptimiserKind read_optimiser(const Mlp& mlp) {
  return named<detail::OptimiserKind>(
      mlp.optimiser, std::array<std::string_view, 5>{"sgd", "momentum", "nesterov", "adam", "adamw"});
}
detail::ScheduleKind read_schedule(const Mlp& mlp) {
  return named<detail::ScheduleKind>(
      mlp.schedule, std::array<std::string_view, 4>{"constant", "cosine", "inverse_time", "step"});
}
detail::Parametrisation read_parametrisation(const Mlp& mlp) {
  return named<detail::Parametrisation>(mlp.parametrisation,
                                        std::array<std::string_view, 3>{"standard", "ntk", "mup"});
}
detail::Initialisation read_initialisation(const Mlp& mlp) {
  return named<detail::Initialisation>(
      mlp.initialisation, std::array<std::string_view, 4>{"he", "lecun", "glorot", "zero_output"});
}

// Parameters of a network whose hidden layers are all this wide.
double parameters_at(const Mlp& mlp, double width, double columns) {
  const double bias = mlp.biases ? 1 : 0, deep = static_cast<double>(mlp.layers - 1);
  const double output = mlp.output == "trained" ? width + bias : 0;
  return width * (columns + bias) + deep * width * (width + bias) + output;
}

// The largest width with at most the parameters asked for, or the next one, whichever is nearer.
Index nearest_width(const Mlp& mlp, Index columns) {
  const double wanted = static_cast<double>(mlp.parameters), p = static_cast<double>(columns);
  Index low = 1, high = std::max<Index>(mlp.parameters, 2);
  while (high - low > 1) {
    const Index middle = low + (high - low) / 2;
    (parameters_at(mlp, static_cast<double>(middle), p) <= wanted ? low : high) = middle;
  }
  const double below = parameters_at(mlp, static_cast<double>(low), p);
  const double above = parameters_at(mlp, static_cast<double>(high), p);
  return above - wanted < wanted - below ? high : low;
}

Index choose_batch(const Mlp& mlp, Index n) {
  return mlp.batch > 0 ? mlp.batch : std::min<Index>(32, n);
}

Index count_share(double share, Index n) {
  return std::max<Index>(1, static_cast<Index>(share * static_cast<double>(n)));
}

double all_parameters(const std::vector<Index>& widths, double columns, const Mlp& mlp) {
  double count = 0, inputs = columns;
  const double bias = mlp.biases ? 1 : 0;
  for (const Index width : widths) {
    count += static_cast<double>(width) * (inputs + bias);
    inputs = static_cast<double>(width);
  }
  return count + inputs + bias;
}

void require_labels(const Mlp& mlp, Task task) {
  const bool classes = task == Task::classification;
  require(
      classes || mlp.loss != "logistic",
      "the loss of mlp is \"logistic\" and the labels are numbers (it is for classes 0 and 1). Use loss = "
      "\"squared\" or \"huber\".",
      {"loss"});
  require(!classes || mlp.loss == "logistic",
          "the loss of mlp is \"" + mlp.loss +
              "\" and the labels are classes (it is for numbers). Use loss = \"logistic\".",
          {"loss"});
}

// The option that says how wide the widest hidden layer is.
std::string width_option(const Mlp& mlp, const std::vector<Index>& widths) {
  if (mlp.parameters > 0) return "parameters";
  const std::array own = {mlp.width_1, mlp.width_2, mlp.width_3, mlp.width_4,
                          mlp.width_5, mlp.width_6, mlp.width_7, mlp.width_8};
  const auto widest =
      static_cast<std::size_t>(std::max_element(widths.begin(), widths.end()) - widths.begin());
  return widest < widths.size() && own[widest] > 0 ? "width_" + std::to_string(widest + 1) : "width";
}

void require_holdable(const Mlp& mlp, Index columns) {
  const double count = detail::count_parameters(mlp, columns);
  const double bytes = detail::weight_copies * sizeof(float) * count;
  const std::string option = width_option(mlp, mlp.widths(columns));
  require(bytes <= most_bytes,
          "mlp would have " + shortest(count) + " parameters by its option \"" + option +
              "\" (no memory holds them: with gradient, moments and best weights they are " +
              bytes_text(bytes) + "). Choose fewer.",
          {option});
}

// Rows that a step may take: those that nothing holds out.
void require_batch(const Mlp& mlp, Index n) {
  const Index held_out = detail::validation_rows(mlp, n), left = n - held_out;
  const std::string batch = std::to_string(mlp.batch), rows = std::to_string(n);
  require(mlp.batch <= n,
          "the batch of mlp is " + batch + " but n is " + rows +
              " (a step cannot take more rows than there are). Set batch to " + rows +
              " or fewer, or batch = \"min(" + batch + ", n)\".",
          {"batch"});
  require(mlp.batch <= left,
          "the batch of mlp is " + batch + " but validation leaves " + std::to_string(left) + " of " + rows +
              " rows to train on (a step cannot take more). Set batch to " + std::to_string(left) +
              " or fewer, or to 0: 32, or as many as are left.",
          {"batch", "validation"});
}

void require_rows_left(const Mlp& mlp, Index n) {
  const Index held_out =
      std::max(detail::validation_rows(mlp, n), detail::tunes(mlp) ? detail::tuning_rows(mlp, n) : 0);
  const std::string option =
      detail::validation_rows(mlp, n) > 0 ? "the validation" : "the learning_rate \"tuned\"";
  require(held_out < n,
          option + " of mlp holds out " + std::to_string(held_out) + " of " + std::to_string(n) +
              " rows (none is left to train on). Give more rows, or turn it off.",
          {detail::validation_rows(mlp, n) > 0 ? "validation" : "learning_rate"});
}

}  // namespace

std::vector<Index> Mlp::widths(Index columns) const {
  const std::array given = {width_1, width_2, width_3, width_4, width_5, width_6, width_7, width_8};
  const Index equal = parameters > 0 ? nearest_width(*this, columns) : width;
  std::vector<Index> all;
  for (Index l = 0; l < layers; ++l) {
    const Index own = given[static_cast<std::size_t>(l)];
    all.push_back(own > 0 ? own : equal);
  }
  return all;
}

namespace detail {

NetworkShape make_shape(const Mlp& mlp, Index columns) {
  return {columns, mlp.widths(columns), read_activation(mlp), mlp.biases, mlp.output == "trained"};
}

Index validation_rows(const Mlp& mlp, Index n) {
  return mlp.validation > 0 ? count_share(mlp.validation, n) : 0;
}

Index tuning_rows(const Mlp& mlp, Index n) {
  return count_share(mlp.validation > 0 ? mlp.validation : 0.2, n);
}

bool tunes(const Mlp& mlp) {
  return std::holds_alternative<std::string>(mlp.learning_rate);
}

RateBracket make_bracket(const Mlp& mlp) {
  return {mlp.rate_from, mlp.rate_to, mlp.rates};
}

TrainingPlan make_training_plan(const Mlp& mlp, Index n, Index columns) {
  TrainingPlan plan;
  plan.shape = make_shape(mlp, columns);
  plan.loss = {read_loss(mlp), mlp.huber_delta};
  plan.rule = {.kind = read_optimiser(mlp),
               .momentum = mlp.momentum,
               .beta_2 = mlp.beta_2,
               .weight_decay = mlp.weight_decay,
               .l1 = mlp.l1,
               .clip = mlp.clip};
  plan.scaling = {read_parametrisation(mlp), read_initialisation(mlp), mlp.initial_scale,
                  static_cast<double>(mlp.base_width), plan.rule.adaptive()};
  plan.schedule = {.kind = read_schedule(mlp),
                   .warm_up = mlp.warm_up,
                   .decay_epochs = mlp.decay_epochs,
                   .decay_factor = mlp.decay_factor};
  if (const double* rate = std::get_if<double>(&mlp.learning_rate)) plan.learning_rate = *rate;
  plan.dropout = mlp.dropout;
  plan.batch = choose_batch(mlp, n);
  plan.epochs = mlp.epochs;
  plan.interpolation = mlp.interpolation;
  plan.validation_rows = validation_rows(mlp, n);
  plan.patience = mlp.patience;
  plan.history = mlp.history;
  return plan;
}

double count_parameters(const Mlp& mlp, Index columns) {
  return all_parameters(mlp.widths(columns), static_cast<double>(columns), mlp);
}

void require_fit(const Mlp& mlp, Index n, Index columns, Task task) {
  require_labels(mlp, task);
  require(n >= 1, "mlp was given no rows (there is nothing to learn from). Give it at least one.");
  require(columns >= 1, "mlp was given no columns (there is nothing to learn from). Give it at least one.");
  require_rows_left(mlp, n);
  require_batch(mlp, n);
  require_holdable(mlp, columns);
}

}  // namespace detail

}  // namespace quartic
