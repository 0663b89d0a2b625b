#include "experiments/overlay_online.hpp"

#include <cmath>

#include "experiments/overlay_options.hpp"
#include "laws/theory/online_network.hpp"

namespace quartic {
namespace {

/// Units of student and teacher from which the equations, of (units)^4 terms, take more than a second.
constexpr double most_units = 10;
constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

bool is_teacher(const TheoryQuery& query, double units) {
  const OptionValues& world = query.world->options;
  const std::string weights = word_option(world, "weights", "gaussian");
  return word_option(world, "activation", "relu") == "erf" &&
         (weights == "orthonormal" || weights == "coordinates") &&
         word_option(world, "coefficients", "signs") == "equal" &&
         std::abs(query.facts->find("signal")->second - units / 3) < 1e-9 * units;
}

/// One hidden layer of erf units whose plain sum is the score.
bool is_student(const OptionValues& model) {
  return number_option(model, "layers", 1) == 1 && number_option(model, "parameters", 0) == 0 &&
         word_option(model, "activation", "relu") == "erf" && !flag_option(model, "biases", true) &&
         word_option(model, "output", "trained") == "sum";
}

/// Each row once, one at a time, by plain steps of one length.
bool learns_online(const OptionValues& model) {
  for (const char* extra :
       {"weight_decay", "l1", "dropout", "clip", "warm_up", "interpolation", "validation"})
    if (number_option(model, extra, 0) != 0) return false;
  return word_option(model, "loss", "squared") == "squared" &&
         word_option(model, "optimiser", "adam") == "sgd" &&
         word_option(model, "schedule", "constant") == "constant" && number_option(model, "batch", 0) == 1 &&
         number_option(model, "epochs", 100) == 1;
}

double hidden_units(const OptionValues& model) {
  const double first = number_option(model, "width_1", 0);
  return first > 0 ? first : number_option(model, "width", 64);
}

double initial_variance(const OptionValues& model, double columns) {
  const double scale = number_option(model, "initial_scale", 1);
  const std::string initialisation = word_option(model, "initialisation", "he");
  if (initialisation == "lecun") return scale * scale;
  if (initialisation == "he") return 2 * scale * scale;
  if (initialisation == "glorot") return 2 * scale * scale * columns / (columns + hidden_units(model));
  return unknown;
}

/// h.
double step_of(const OptionValues& model, double columns) {
  const double rate = number_option(model, "learning_rate", 0.001);
  const std::string parametrisation = word_option(model, "parametrisation", "standard");
  if (parametrisation == "standard") return rate * columns;
  return parametrisation == "ntk" ? rate : unknown;
}

}  // namespace

double online_network_error(const TheoryQuery& query) {
  static const OptionValues defaults;
  const OptionValues& model = query.options ? *query.options : defaults;
  const double teachers = number_option(query.world->options, "hidden", 4),
               noise = query.facts->find("noise")->second, N = query.columns;
  if (N != query.facts->find("candidates")->second || !is_teacher(query, teachers) || !is_student(model) ||
      !learns_online(model) || !(hidden_units(model) + teachers <= most_units))
    return unknown;
  const OnlineSetting setting{.beginning = {.students = static_cast<Index>(hidden_units(model)),
                                            .columns = static_cast<Index>(N),
                                            .initial_variance = initial_variance(model, N)},
                              .teachers = static_cast<Index>(teachers),
                              .step = step_of(model, N),
                              .noise_variance = noise * noise};
  if (std::isnan(setting.step) || std::isnan(setting.beginning.initial_variance)) return unknown;
  return 2 * online_mean_error(setting, query.rows) / (teachers / 3);
}

}  // namespace quartic
