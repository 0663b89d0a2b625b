#include <array>

#include "core/require.hpp"
#include "models/flexible/mlp/basic_options.hpp"

namespace quartic {

namespace {

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

constexpr std::array kPenaltySteps = {
    OptionWord{"gradient", "its slope is added to the gradient: weights become small"},
    OptionWord{"proximal", "each step is followed by one that makes zeros"}};

constexpr OnlyWith by_width = {"parameters", {}, from_to(0, 0, "")};
constexpr OnlyWith with_hidden = {"layers", {}, at_least(1, "")};
constexpr OnlyWith in_mup = {"parametrisation", {"mup"}};
constexpr OnlyWith with_l1 = {"l1", {}, above(0, "")};
constexpr OnlyWith with_huber = {"loss", {"huber"}};

constexpr std::array own_options = {
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
    Option<Mlp>{"activation", &Mlp::activation, "of the hidden units", detail::activation_words, Bounds{},
                with_hidden},
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
    Option<Mlp>{"l1_steps", &Mlp::l1_steps, "how that penalty acts", kPenaltySteps, Bounds{}, with_l1},
    Option<Mlp>{"group_l1", &Mlp::group_l1, "penalty on the length of what leads into a hidden unit",
                no_words, at_least(0, "a penalty is not negative, and finite"), with_hidden},
    Option<Mlp>{"dropout", &Mlp::dropout, "share of hidden units left out of a step", no_words,
                share("some units must stay"), with_hidden}};
constexpr auto option_table = joined(own_options, detail::training_options<Mlp>);

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
  detail::require_rates(detail::training_options_of(*this));
}

}  // namespace quartic
