#include "models/flexible/mlp_plan.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/require.hpp"
#include "models/flexible/mlp_flops.hpp"

namespace quartic {

namespace {

constexpr double most_parameters = 1099511627776;  // 2^40: four terabytes

// The place of a word in its list, as the enumerator there. Precondition: require_usable.
template <class Enum, std::size_t size>
Enum named(const std::string& word, const std::array<std::string_view, size>& words) {
  return static_cast<Enum>(std::find(words.begin(), words.end(), word) - words.begin());
}

detail::ActivationKind activation_of(const Mlp& mlp) {
  return named<detail::ActivationKind>(
      mlp.activation, std::array<std::string_view, 5>{"linear", "relu", "tanh", "erf", "gelu"});
}
detail::LossKind loss_of(const Mlp& mlp) {
  return named<detail::LossKind>(mlp.loss, std::array<std::string_view, 3>{"squared", "huber", "logistic"});
}
detail::OptimiserKind optimiser_of(const Mlp& mlp) {
  return named<detail::OptimiserKind>(
      mlp.optimiser, std::array<std::string_view, 5>{"sgd", "momentum", "nesterov", "adam", "adamw"});
}
detail::ScheduleKind schedule_of(const Mlp& mlp) {
  return named<detail::ScheduleKind>(
      mlp.schedule, std::array<std::string_view, 4>{"constant", "cosine", "inverse_time", "step"});
}
detail::Parametrisation parametrisation_of(const Mlp& mlp) {
  return named<detail::Parametrisation>(mlp.parametrisation,
                                        std::array<std::string_view, 3>{"standard", "ntk", "mup"});
}
detail::Initialisation initialisation_of(const Mlp& mlp) {
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

Index batch_of(const Mlp& mlp, Index n) {
  return mlp.batch > 0 ? mlp.batch : std::min<Index>(32, n);
}

Index share_of(double share, Index n) {
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

void require_labels(const Mlp& mlp, const Data& data) {
  const bool classes = data.task() == Task::classification;
  require(classes || mlp.loss != "logistic",
          "mlp has loss = \"logistic\" and labels that are numbers (it is for classes 0 and 1). Use loss = "
          "\"squared\" or \"huber\".");
  require(!classes || mlp.loss == "logistic",
          "mlp has loss = \"" + mlp.loss +
              "\" and labels that are classes (it is for numbers). Use loss = \"logistic\".");
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

NetworkShape shape_of(const Mlp& mlp, Index columns) {
  return {columns, mlp.widths(columns), activation_of(mlp), mlp.biases, mlp.output == "trained"};
}

Index validation_rows(const Mlp& mlp, Index n) {
  return mlp.validation > 0 ? share_of(mlp.validation, n) : 0;
}

Index tuning_rows(const Mlp& mlp, Index n) {
  return share_of(mlp.validation > 0 ? mlp.validation : 0.2, n);
}

bool tunes(const Mlp& mlp) {
  return std::holds_alternative<std::string>(mlp.learning_rate);
}

RateBracket bracket_of(const Mlp& mlp) {
  return {mlp.rate_from, mlp.rate_to, mlp.rates};
}

TrainingPlan plan_of(const Mlp& mlp, Index n, Index columns) {
  TrainingPlan plan;
  plan.shape = shape_of(mlp, columns);
  plan.loss = {loss_of(mlp), mlp.huber_delta};
  plan.rule = {.kind = optimiser_of(mlp),
               .momentum = mlp.momentum,
               .beta_2 = mlp.beta_2,
               .weight_decay = mlp.weight_decay,
               .l1 = mlp.l1,
               .clip = mlp.clip};
  plan.scaling = {parametrisation_of(mlp), initialisation_of(mlp), mlp.initial_scale,
                  static_cast<double>(mlp.base_width), plan.rule.adaptive()};
  plan.schedule = {.kind = schedule_of(mlp),
                   .warm_up = mlp.warm_up,
                   .decay_epochs = mlp.decay_epochs,
                   .decay_factor = mlp.decay_factor};
  if (const double* rate = std::get_if<double>(&mlp.learning_rate)) plan.learning_rate = *rate;
  plan.dropout = mlp.dropout;
  plan.batch = batch_of(mlp, n);
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

void require_fit(const Mlp& mlp, const Data& data, Index n) {
  require_labels(mlp, data);
  require(n >= 1, "mlp was given no rows (there is nothing to learn from). Give it at least one.");
  require(data.columns() >= 1,
          "mlp was given no columns (there is nothing to learn from). Give it at least one.");
  require(mlp.batch <= n,
          "the batch of mlp is " + std::to_string(mlp.batch) + " but n is " + std::to_string(n) +
              " (a step cannot take more rows than there are). Set batch to " + std::to_string(n) +
              " or fewer, or batch = \"min(" + std::to_string(mlp.batch) + ", n)\".");
  const Index held_out = tunes(mlp) ? tuning_rows(mlp, n) : validation_rows(mlp, n);
  require(held_out < n,
          "mlp would hold out " + std::to_string(held_out) + " of " + std::to_string(n) +
              " rows (none is left to train on). Give more rows, or turn off validation and tuning.");
  const double count = count_parameters(mlp, data.columns());
  require(count <= most_parameters, "mlp would have " + shortest(count) +
                                        " parameters (no memory holds them). Choose a smaller width.");
}

}  // namespace detail

}  // namespace quartic
