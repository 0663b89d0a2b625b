#include "models/flexible/mlp/plan.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/require.hpp"

namespace quartic {

namespace {

using detail::named;

detail::ActivationKind read_activation(const Mlp& mlp) {
  return named<detail::ActivationKind>(
      mlp.activation, std::array<std::string_view, 5>{"linear", "relu", "tanh", "erf", "gelu"});
}
detail::LossKind read_loss(const Mlp& mlp) {
  return named<detail::LossKind>(mlp.loss, std::array<std::string_view, 3>{"squared", "huber", "logistic"});
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

double all_parameters(const std::vector<Index>& widths, double columns, const Mlp& mlp) {
  double count = 0, inputs = columns;
  const double bias = mlp.biases ? 1 : 0;
  for (const Index width : widths) {
    count += static_cast<double>(width) * (inputs + bias);
    inputs = static_cast<double>(width);
  }
  return count + inputs + bias;
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

TrainingPlan make_training_plan(const Mlp& mlp, Index n, Index columns) {
  TrainingPlan plan = plan_training(training_options_of(mlp), n);
  plan.shape = make_shape(mlp, columns);
  plan.loss = {read_loss(mlp), mlp.huber_delta};
  plan.rule.weight_decay = mlp.weight_decay;
  const bool proximal = mlp.l1_steps == "proximal";
  plan.rule.l1 = proximal ? 0 : mlp.l1;
  plan.proximal = {proximal ? mlp.l1 : 0, mlp.group_l1};
  plan.scaling = {read_parametrisation(mlp), read_initialisation(mlp), mlp.initial_scale,
                  static_cast<double>(mlp.base_width), plan.rule.adaptive()};
  plan.dropout = mlp.dropout;
  return plan;
}

double count_parameters(const Mlp& mlp, Index columns) {
  return all_parameters(mlp.widths(columns), static_cast<double>(columns), mlp);
}

void require_fit(const Mlp& mlp, Index n, Index columns, Task task, const NamedNetwork& named) {
  require_labels(named.model, mlp.loss, named.losses, task);
  require(n >= 1, named.model + " was given no rows (there is nothing to learn from). Give it at least one.");
  require(columns >= 1,
          named.model + " was given no columns (there is nothing to learn from). Give it at least one.");
  TrainingOptions training = training_options_of(mlp);
  training.model = named.model;
  require_rows(training, n);
  require_holdable(named.model, width_option(mlp, mlp.widths(columns)), count_parameters(mlp, columns));
}

}  // namespace detail

}  // namespace quartic
