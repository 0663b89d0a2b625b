#include "experiments/theory/online.hpp"

#include <cmath>

#include "experiments/theory/options.hpp"
#include "laws/theory/online_network.hpp"

namespace quartic {
namespace {

/// Units of student and teacher from which the equations, of (units)^4 terms, take more than a second.
constexpr double most_units = 10;
bool is_teacher(const OptionValues& world, double signal, double units) {
  const std::string weights = word_option(world, "weights");
  return word_option(world, "activation") == "erf" &&
         (weights == "orthonormal" || weights == "coordinates") &&
         word_option(world, "coefficients") == "equal" && std::abs(signal - units / 3) < 1e-9 * units;
}

/// One hidden layer of erf units whose plain sum is the score.
bool is_student(const OptionValues& model) {
  return number_option(model, "layers") == 1 && number_option(model, "parameters") == 0 &&
         word_option(model, "activation") == "erf" && !flag_option(model, "biases") &&
         word_option(model, "output") == "sum";
}

/// Each row once, one at a time, by plain steps of one length.
bool learns_online(const OptionValues& model) {
  for (const char* extra :
       {"weight_decay", "l1", "dropout", "clip", "warm_up", "interpolation", "validation"})
    if (number_option(model, extra) != 0) return false;
  return word_option(model, "loss") == "squared" && word_option(model, "optimiser") == "sgd" &&
         word_option(model, "schedule") == "constant" && number_option(model, "batch") == 1 &&
         number_option(model, "epochs") == 1;
}

double hidden_units(const OptionValues& model) {
  const double first = number_option(model, "width_1");
  return first > 0 ? first : number_option(model, "width");
}

double initial_variance(const OptionValues& model, double columns) {
  const double scale = number_option(model, "initial_scale");
  const std::string initialisation = word_option(model, "initialisation");
  if (initialisation == "lecun") return scale * scale;
  if (initialisation == "he") return 2 * scale * scale;
  if (initialisation == "glorot") return 2 * scale * scale * columns / (columns + hidden_units(model));
  return nan;
}

/// h.
double find_step(const OptionValues& model, double columns) {
  const double rate = number_option(model, "learning_rate");
  const std::string parametrisation = word_option(model, "parametrisation");
  if (parametrisation == "standard") return rate * columns;
  return parametrisation == "ntk" ? rate : nan;
}

}  // namespace

double online_network_error(const TheoryQuery& query) {
  const OptionValues &model = query.options, &world = query.world->options;
  const auto fact = [&](std::string_view name) { return query.facts->find(name)->second; };
  const double teachers = number_option(world, "hidden"), noise = fact("noise"), N = query.columns;
  if (N != fact("candidates") || !is_teacher(world, fact("signal"), teachers) || !is_student(model) ||
      !learns_online(model) || !(hidden_units(model) + teachers <= most_units))
    return nan;
  const OnlineSetting setting{.beginning = {.students = static_cast<Index>(hidden_units(model)),
                                            .columns = static_cast<Index>(N),
                                            .initial_variance = initial_variance(model, N)},
                              .teachers = static_cast<Index>(teachers),
                              .step = find_step(model, N),
                              .noise_variance = noise * noise};
  if (std::isnan(setting.step) || std::isnan(setting.beginning.initial_variance)) return nan;
  return 2 * online_mean_error(setting, query.rows) / (teachers / 3);
}

}  // namespace quartic
