#include <algorithm>
#include <array>
#include <cmath>

#include "core/require.hpp"
#include "models/flexible/mlp/mlp.hpp"
#include "models/flexible/mlp/tuning.hpp"

namespace quartic {

namespace {

constexpr std::array kActivations = {OptionWord{"linear", "u"}, OptionWord{"relu", "max(0, u)"},
                                     OptionWord{"tanh", "tanh u"}, OptionWord{"erf", "erf(u / sqrt 2)"},
                                     OptionWord{"gelu", "u Phi(u)"}};
constexpr std::array kOutputs = {
    OptionWord{"trained", "a layer of weights over the last hidden units"},
    OptionWord{"sum", "the plain sum of the last hidden units: the soft committee machine"}};
constexpr std::array kParametrisations = {
    OptionWord{"standard", "one rate for all parameters"},
    OptionWord{"ntk", "weights move at 1/inputs of the rate (adam: its root)"},
    OptionWord{"mup", "maximal update: one rate serves all widths"}};
constexpr std::array kInitialisations = {
    OptionWord{"he", "deviation sqrt(2/inputs) of the layer"},
    OptionWord{"lecun", "deviation sqrt(1/inputs)"},
    OptionWord{"glorot", "deviation sqrt(2/(inputs + outputs))"},
    OptionWord{"zero_output", "he, but zero in the last layer: the first function is zero"}};
constexpr std::array kLosses = {OptionWord{"squared", "half the squared residual"},
                                OptionWord{"huber", "the same, linear beyond huber_delta"},
                                OptionWord{"logistic", "log(1 + e^f) - y f, for classes"}};
constexpr std::array kOptimisers = {
    OptionWord{"sgd", "stochastic gradient descent"}, OptionWord{"momentum", "with a heavy ball"},
    OptionWord{"nesterov", "with Nesterov's momentum"}, OptionWord{"adam", "Kingma & Ba's adaptive rates"},
    OptionWord{"adamw", "adam with decoupled weight decay"}};
constexpr std::array kSchedules = {OptionWord{"constant", "no decay"},
                                   OptionWord{"cosine", "half a cosine down to zero over all epochs"},
                                   OptionWord{"inverse_time", "1 / (1 + epoch/decay_epochs)"},
                                   OptionWord{"step", "times decay_factor every decay_epochs"}};
constexpr std::array kRateWords = {
    OptionWord{"tuned", "the best of rates from rate_from to rate_to on rows held out"}};

constexpr std::array kOptions = {
    Option<Mlp>{"layers", &Mlp::layers, "hidden layers, 0 to 8"},
    Option<Mlp>{"width", &Mlp::width, "units of each hidden layer"},
    Option<Mlp>{"width_1", &Mlp::width_1, "units of the first hidden layer; 0: width"},
    Option<Mlp>{"width_2", &Mlp::width_2, "of the second; 0: width"},
    Option<Mlp>{"width_3", &Mlp::width_3, "of the third; 0: width"},
    Option<Mlp>{"width_4", &Mlp::width_4, "of the fourth; 0: width"},
    Option<Mlp>{"width_5", &Mlp::width_5, "of the fifth; 0: width"},
    Option<Mlp>{"width_6", &Mlp::width_6, "of the sixth; 0: width"},
    Option<Mlp>{"width_7", &Mlp::width_7, "of the seventh; 0: width"},
    Option<Mlp>{"width_8", &Mlp::width_8, "of the eighth; 0: width"},
    Option<Mlp>{"parameters", &Mlp::parameters, "0: by width; else the equal width with the nearest number"},
    Option<Mlp>{"activation", &Mlp::activation, "of the hidden units", kActivations},
    Option<Mlp>{"biases", &Mlp::biases, "whether layers have biases"},
    Option<Mlp>{"output", &Mlp::output, "how the score is made", kOutputs},
    Option<Mlp>{"parametrisation", &Mlp::parametrisation, "how rates and weights scale with width",
                kParametrisations},
    Option<Mlp>{"initialisation", &Mlp::initialisation, "of the weights, which are normal", kInitialisations},
    Option<Mlp>{"initial_scale", &Mlp::initial_scale, "times all initial weights"},
    Option<Mlp>{"base_width", &Mlp::base_width, "the width at which mup is the standard parametrisation"},
    Option<Mlp>{"loss", &Mlp::loss, "what training makes small", kLosses},
    Option<Mlp>{"huber_delta", &Mlp::huber_delta, "residual from which the huber loss is linear"},
    Option<Mlp>{"weight_decay", &Mlp::weight_decay,
                "d of d/2 |w|^2 in the objective; adamw: w shrinks by rate d"},
    Option<Mlp>{"l1", &Mlp::l1, "penalty on the absolute weights"},
    Option<Mlp>{"dropout", &Mlp::dropout, "share of hidden units left out of a step"},
    Option<Mlp>{"optimiser", &Mlp::optimiser, "from gradients to steps", kOptimisers},
    Option<Mlp>{"momentum", &Mlp::momentum, "of momentum and nesterov; the first beta of adam"},
    Option<Mlp>{"beta_2", &Mlp::beta_2, "the second beta of adam"},
    Option<Mlp>{"clip", &Mlp::clip, "longest gradient; 0: any"},
    Option<Mlp>{"batch", &Mlp::batch, "rows a step; 0: 32, or all where there are fewer"},
    Option<Mlp>{"epochs", &Mlp::epochs, "how often each row is used, at most"},
    Option<Mlp>{"schedule", &Mlp::schedule, "how the learning rate falls", kSchedules},
    Option<Mlp>{"warm_up", &Mlp::warm_up, "epochs over which the learning rate rises"},
    Option<Mlp>{"decay_epochs", &Mlp::decay_epochs, "of the schedules inverse_time and step"},
    Option<Mlp>{"decay_factor", &Mlp::decay_factor, "of the schedule step"},
    Option<Mlp>{"learning_rate", &Mlp::learning_rate, "of the first steps, or how to choose it", kRateWords},
    Option<Mlp>{"rate_from", &Mlp::rate_from, "smallest rate tried when it is tuned"},
    Option<Mlp>{"rate_to", &Mlp::rate_to, "largest rate tried"},
    Option<Mlp>{"rates", &Mlp::rates, "how many rates are tried"},
    Option<Mlp>{"tune_at", &Mlp::tune_at, "sizes at which to tune, as in \"200,400\"; empty: at each size"},
    Option<Mlp>{"interpolation", &Mlp::interpolation, "training error at which to stop; 0: never"},
    Option<Mlp>{"validation", &Mlp::validation, "share of rows held out for early stopping; 0: none"},
    Option<Mlp>{"patience", &Mlp::patience, "epochs without a better validation error before it stops"},
    Option<Mlp>{"history", &Mlp::history, "whether to keep the errors of every epoch"}};

std::string quoted(const std::string& text) {
  return "\"" + text + "\"";
}

std::string known_words(std::span<const OptionWord> words) {
  std::string list;
  for (const OptionWord& word : words) list += (list.empty() ? "" : ", ") + quoted(std::string(word.word));
  return list;
}

void require_words(const Mlp& mlp) {
  for (const Option<Mlp>& option : kOptions) {
    const auto* member = std::get_if<std::string Mlp::*>(&option.member);
    if (!member || option.words.empty()) continue;
    const std::string& value = mlp.**member;
    const bool known = std::any_of(option.words.begin(), option.words.end(),
                                   [&](const OptionWord& word) { return word.word == value; });
    require(known, "the option " + std::string(option.name) + " of mlp is " + quoted(value) +
                       " (no such word). Use one of " + known_words(option.words) + ".");
  }
}

void require_number(bool usable, const char* option, double value, const std::string& rule) {
  require(usable, std::string("the option ") + option + " of mlp is " + shortest(value) + " (it must be " +
                      rule + "). Give such a number.");
}
void require_at_least(Index value, Index least, const char* option) {
  require_number(value >= least, option, static_cast<double>(value), std::to_string(least) + " or more");
}
void require_positive(double value, const char* option) {
  require_number(std::isfinite(value) && value > 0, option, value, "a positive number");
}
void require_not_negative(double value, const char* option) {
  require_number(std::isfinite(value) && value >= 0, option, value, "zero or a positive number");
}
void require_share(double value, const char* option) {
  require_number(value >= 0 && value < 1, option, value, "at least 0 and below 1");
}

void require_shape(const Mlp& mlp) {
  require_number(mlp.layers >= 0 && mlp.layers <= 8, "layers", static_cast<double>(mlp.layers),
                 "from 0 to 8");
  const std::array widths = {mlp.width_1, mlp.width_2, mlp.width_3, mlp.width_4,
                             mlp.width_5, mlp.width_6, mlp.width_7, mlp.width_8};
  for (std::size_t l = 0; l < widths.size(); ++l) {
    const std::string name = "width_" + std::to_string(l + 1);
    require_at_least(widths[l], 0, name.c_str());
    require(widths[l] == 0 || static_cast<Index>(l) < mlp.layers,
            name + " of mlp is " + std::to_string(widths[l]) + " (there are " + std::to_string(mlp.layers) +
                " hidden layers). Set layers to " + std::to_string(l + 1) + " or more, or remove it.");
    require(widths[l] == 0 || mlp.parameters == 0,
            "mlp is given both parameters and " + name +
                " (parameters sets all widths to one number). Remove one of the two.");
  }
  require_at_least(mlp.width, 1, "width");
  require_at_least(mlp.parameters, 0, "parameters");
  require(mlp.parameters == 0 || mlp.layers > 0,
          "mlp is given parameters but no hidden layers (there is no width to choose). Set layers, or remove "
          "parameters.");
  require(mlp.output == "trained" || mlp.layers > 0,
          "mlp sums the units of no hidden layer (output = \"sum\" needs one). Set layers to 1 or more.");
  require(mlp.output == "trained" || mlp.parametrisation == "standard",
          "mlp has output = \"sum\" in the parametrisation " + quoted(mlp.parametrisation) +
              " (it has no output weights to scale). Use parametrisation = \"standard\".");
  require_at_least(mlp.base_width, 1, "base_width");
  require_not_negative(mlp.initial_scale, "initial_scale");
}

void require_rates(const Mlp& mlp) {
  if (const double* rate = std::get_if<double>(&mlp.learning_rate)) {
    require_positive(*rate, "learning_rate");
  } else {
    const std::string& word = std::get<std::string>(mlp.learning_rate);
    require(word == "tuned", "the learning_rate of mlp is " + quoted(word) +
                                 " (no way to choose one). Give a positive number or \"tuned\".");
  }
  require_positive(mlp.rate_from, "rate_from");
  require_number(std::isfinite(mlp.rate_to) && mlp.rate_to > mlp.rate_from, "rate_to", mlp.rate_to,
                 "above rate_from, " + shortest(mlp.rate_from));
  require_at_least(mlp.rates, 3, "rates");
  require_number(mlp.rates <= 100, "rates", static_cast<double>(mlp.rates), "at most 100");
  require(detail::sizes_of(mlp.tune_at).has_value(),
          "tune_at of mlp is " + quoted(mlp.tune_at) +
              " (not a list of ascending sizes from 2 on). Write, for example, \"200,400\".");
}

void require_optimiser(const Mlp& mlp) {
  require_share(mlp.momentum, "momentum");
  require_share(mlp.beta_2, "beta_2");
  require_not_negative(mlp.clip, "clip");
  require_at_least(mlp.batch, 0, "batch");
  require_at_least(mlp.epochs, 1, "epochs");
  require_not_negative(mlp.warm_up, "warm_up");
  require_positive(mlp.decay_epochs, "decay_epochs");
  require_positive(mlp.decay_factor, "decay_factor");
}

void require_objective(const Mlp& mlp) {
  require_positive(mlp.huber_delta, "huber_delta");
  require_not_negative(mlp.weight_decay, "weight_decay");
  require_not_negative(mlp.l1, "l1");
  require_share(mlp.dropout, "dropout");
  require_not_negative(mlp.interpolation, "interpolation");
  require_share(mlp.validation, "validation");
  require_at_least(mlp.patience, 1, "patience");
}

}  // namespace

std::span<const Option<Mlp>> Mlp::options() {
  return kOptions;
}

void require_usable(const Mlp& mlp) {
  require_words(mlp);
  require_shape(mlp);
  require_rates(mlp);
  require_optimiser(mlp);
  require_objective(mlp);
}

}  // namespace quartic
