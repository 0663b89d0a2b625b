#include <array>

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

constexpr OnlyWith by_width = {"parameters", {}, from_to(0, 0, "")};
constexpr OnlyWith with_hidden = {"layers", {}, at_least(1, "")};
constexpr OnlyWith in_mup = {"parametrisation", {"mup"}};
constexpr OnlyWith with_huber = {"loss", {"huber"}};
constexpr OnlyWith with_memory = {"optimiser", {"momentum", "nesterov", "adam", "adamw"}};
constexpr OnlyWith with_adam = {"optimiser", {"adam", "adamw"}};
constexpr OnlyWith with_decay = {"schedule", {"inverse_time", "step"}};
constexpr OnlyWith with_steps = {"schedule", {"step"}};
constexpr OnlyWith stopped_early = {"validation", {}, above(0, "")};
constexpr OnlyWith tuned = {"learning_rate", {"tuned"}};

constexpr std::array option_table = {
    Option<Mlp>{"layers", &Mlp::layers, "hidden layers", no_words,
                from_to(0, 8, "without hidden layers the fit is a line")},
    Option<Mlp>{"width", &Mlp::width, "units of each hidden layer", no_words,
                at_least(1, "a layer has units"), by_width},
    Option<Mlp>{"width_1", &Mlp::width_1, "units of the first hidden layer; 0: width", no_words,
                at_least(0, "it counts units; 0 is width")},
    Option<Mlp>{"width_2", &Mlp::width_2, "of the second; 0: width", no_words,
                at_least(0, "it counts units; 0 is width")},
    Option<Mlp>{"width_3", &Mlp::width_3, "of the third; 0: width", no_words,
                at_least(0, "it counts units; 0 is width")},
    Option<Mlp>{"width_4", &Mlp::width_4, "of the fourth; 0: width", no_words,
                at_least(0, "it counts units; 0 is width")},
    Option<Mlp>{"width_5", &Mlp::width_5, "of the fifth; 0: width", no_words,
                at_least(0, "it counts units; 0 is width")},
    Option<Mlp>{"width_6", &Mlp::width_6, "of the sixth; 0: width", no_words,
                at_least(0, "it counts units; 0 is width")},
    Option<Mlp>{"width_7", &Mlp::width_7, "of the seventh; 0: width", no_words,
                at_least(0, "it counts units; 0 is width")},
    Option<Mlp>{"width_8", &Mlp::width_8, "of the eighth; 0: width", no_words,
                at_least(0, "it counts units; 0 is width")},
    Option<Mlp>{"parameters", &Mlp::parameters, "0: by width; else the equal width with the nearest number",
                no_words, at_least(0, "it counts them; 0 is by width")},
    Option<Mlp>{"activation", &Mlp::activation, "of the hidden units", kActivations, Bounds{}, with_hidden},
    Option<Mlp>{"biases", &Mlp::biases, "whether layers have biases"},
    Option<Mlp>{"output", &Mlp::output, "how the score is made", kOutputs},
    Option<Mlp>{"parametrisation", &Mlp::parametrisation, "how rates and weights scale with width",
                kParametrisations},
    Option<Mlp>{"initialisation", &Mlp::initialisation, "of the weights, which are normal", kInitialisations},
    Option<Mlp>{"initial_scale", &Mlp::initial_scale, "times all initial weights", no_words,
                at_least(0, "weights are normal with that deviation, times a factor")},
    Option<Mlp>{"base_width", &Mlp::base_width, "the width at which mup is the standard parametrisation",
                no_words, at_least(1, "a layer has units"), in_mup},
    Option<Mlp>{"loss", &Mlp::loss, "what training makes small", kLosses},
    Option<Mlp>{"huber_delta", &Mlp::huber_delta, "residual from which the huber loss is linear", no_words,
                above(0, "residuals have some size"), with_huber},
    Option<Mlp>{"weight_decay", &Mlp::weight_decay,
                "d of d/2 |w|^2 in the objective; adamw: w shrinks by rate d", no_words,
                at_least(0, "a penalty is not negative, and finite")},
    Option<Mlp>{"l1", &Mlp::l1, "penalty on the absolute weights", no_words,
                at_least(0, "a penalty is not negative, and finite")},
    Option<Mlp>{"dropout", &Mlp::dropout, "share of hidden units left out of a step", no_words,
                share("some units must stay"), with_hidden},
    Option<Mlp>{"optimiser", &Mlp::optimiser, "from gradients to steps", kOptimisers},
    Option<Mlp>{"momentum", &Mlp::momentum, "of momentum and nesterov; the first beta of adam", no_words,
                share("the memory of old gradients must fade"), with_memory},
    Option<Mlp>{"beta_2", &Mlp::beta_2, "the second beta of adam", no_words,
                share("the memory of old squares must fade"), with_adam},
    Option<Mlp>{"clip", &Mlp::clip, "longest gradient; 0: any", no_words,
                at_least(0, "it is a length; 0 is any")},
    Option<Mlp>{"batch", &Mlp::batch, "rows a step; 0: 32, or all where there are fewer", no_words,
                at_least(0, "it counts rows; 0 is 32, or all")},
    Option<Mlp>{"epochs", &Mlp::epochs, "how often each row is used, at most", no_words,
                at_least(1, "no row would be used")},
    Option<Mlp>{"schedule", &Mlp::schedule, "how the learning rate falls", kSchedules},
    Option<Mlp>{"warm_up", &Mlp::warm_up, "epochs over which the learning rate rises", no_words,
                at_least(0, "it is a number of epochs, from 0 on")},
    Option<Mlp>{"decay_epochs", &Mlp::decay_epochs, "of the schedules inverse_time and step", no_words,
                above(0, "a rate falls over some epochs"), with_decay},
    Option<Mlp>{"decay_factor", &Mlp::decay_factor, "of the schedule step", no_words,
                above(0, "a rate is positive"), with_steps},
    Option<Mlp>{"learning_rate", &Mlp::learning_rate, "of the first steps, or how to choose it", kRateWords,
                above(0, "a rate is positive")},
    Option<Mlp>{"rate_from", &Mlp::rate_from, "smallest rate tried when it is tuned", no_words,
                above(0, "a rate is positive"), tuned},
    Option<Mlp>{"rate_to", &Mlp::rate_to, "largest rate tried", no_words, above(0, "a rate is positive"),
                tuned},
    Option<Mlp>{"rates", &Mlp::rates, "how many rates are tried", no_words,
                from_to(3, 100, "a parabola has three points, and each rate is a fit"), tuned},
    Option<Mlp>{"tune_at", &Mlp::tune_at, "sizes at which to tune, as in \"200,400\"; empty: at each size",
                no_words, Bounds{}, tuned},
    Option<Mlp>{"interpolation", &Mlp::interpolation, "training error at which to stop; 0: never", no_words,
                at_least(0, "it is an error; 0 is never")},
    Option<Mlp>{"validation", &Mlp::validation, "share of rows held out for early stopping; 0: none",
                no_words, share("some rows must be left to train on")},
    Option<Mlp>{"patience", &Mlp::patience, "epochs without a better validation error before it stops",
                no_words, at_least(1, "it counts epochs"), stopped_early},
    Option<Mlp>{"history", &Mlp::history, "whether to keep the errors of every epoch"}};

std::string quoted(const std::string& text) {
  return "\"" + text + "\"";
}

void require_own_widths(const Mlp& mlp) {
  const std::array widths = {mlp.width_1, mlp.width_2, mlp.width_3, mlp.width_4,
                             mlp.width_5, mlp.width_6, mlp.width_7, mlp.width_8};
  for (std::size_t l = 0; l < widths.size(); ++l) {
    const std::string name = "width_" + std::to_string(l + 1);
    require(widths[l] == 0 || static_cast<Index>(l) < mlp.layers,
            name + " = " + std::to_string(widths[l]) + " (there are " + std::to_string(mlp.layers) +
                " hidden layers). Set layers to " + std::to_string(l + 1) + " or more, or remove it.",
            {name, "layers"});
    require(widths[l] == 0 || mlp.parameters == 0,
            "both parameters and " + name +
                " are given (parameters sets all widths to one number). Remove one of the two.",
            {name, "parameters"});
  }
}

void require_shape(const Mlp& mlp) {
  require_own_widths(mlp);
  require(mlp.parameters == 0 || mlp.layers > 0,
          "parameters = " + std::to_string(mlp.parameters) +
              " but there are no hidden layers (there is no width to choose). Set layers, or remove "
              "parameters.",
          {"parameters", "layers"});
  require(mlp.output == "trained" || mlp.layers > 0,
          "output = \"sum\" but there is no hidden layer (it needs one). Set layers to 1 or more.",
          {"output", "layers"});
  require(mlp.output == "trained" || mlp.parametrisation == "standard",
          "output = \"sum\" in the parametrisation " + quoted(mlp.parametrisation) +
              " (it has no output weights to scale). Use parametrisation = \"standard\".",
          {"parametrisation", "output"});
}

}  // namespace

std::span<const Option<Mlp>> Mlp::options() {
  return option_table;
}

void Mlp::require_consistent() const {
  require_shape(*this);
  require(rate_to > rate_from,
          "rate_to = " + shortest(rate_to) + " (rates are tried from rate_from = " + shortest(rate_from) +
              " up to it). Give a larger rate_to, or a smaller rate_from.",
          {"rate_to", "rate_from"});
  require(detail::parse_tune_at(tune_at).has_value(),
          "tune_at = " + quoted(tune_at) +
              " (not a list of ascending sizes from 2 on). Write, for example, \"200,400\".",
          {"tune_at"});
}

}  // namespace quartic
