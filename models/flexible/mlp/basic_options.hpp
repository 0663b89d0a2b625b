#pragma once
/// The options of models that have a plain network inside: those of mlp of the same names, its others as they are
/// there.
#include "models/flexible/mlp/fit_network.hpp"
#include "models/flexible/mlp/mlp.hpp"
#include "models/flexible/mlp/plan.hpp"

namespace quartic::detail {

inline constexpr std::array activation_words = {
    OptionWord{"linear", "u"}, OptionWord{"relu", "max(0, u)"}, OptionWord{"tanh", "tanh u"},
    OptionWord{"erf", "erf(u / sqrt 2)"}, OptionWord{"gelu", "u Phi(u)"}};
inline constexpr std::array basic_loss_words = {
    OptionWord{"squared", "of numbers, and of classes as the numbers -1/2 and 1/2"},
    OptionWord{"logistic", "of classes: scores are log odds"}};

/// The rows of a model's table of options for its network, whose layers it need not have.
template <class M>
inline constexpr std::array network_options = {
    Option<M>{"activation", &M::activation, "of the hidden units", activation_words},
    Option<M>{"loss", &M::loss, "what training makes small", basic_loss_words},
    Option<M>{"weight_decay", &M::weight_decay, "d of d/2 |w|^2 in the objective", no_words,
              at_least(0, "a penalty is not negative, and finite")},
    Option<M>{"optimiser", &M::optimiser, "from gradients to steps", optimiser_words},
    Option<M>{"batch", &M::batch, "rows a step; 0: 32, or all where there are fewer", no_words,
              at_least(0, "it counts rows; 0 is 32, or all")},
    Option<M>{"epochs", &M::epochs, "how often each row is used", no_words,
              at_least(1, "no row would be used")}};

template <class M>
inline constexpr std::array layer_options = {
    Option<M>{"layers", &M::layers, "hidden layers of the network", no_words,
              from_to(1, 8, "without hidden layers the fit is a line, for which there are other models")},
    Option<M>{"width", &M::width, "units of each hidden layer", no_words, at_least(1, "a layer has units")}};

template <class M>
inline constexpr std::array rate_option = {
    Option<M>{"learning_rate", &M::learning_rate, "of the steps", no_words, above(0, "a rate is positive")}};

template <class M>
Mlp network_of(const M& m) {
  return {.layers = m.layers,
          .width = m.width,
          .activation = m.activation,
          .loss = m.loss,
          .weight_decay = m.weight_decay,
          .optimiser = m.optimiser,
          .batch = m.batch,
          .epochs = m.epochs,
          .learning_rate = m.learning_rate};
}

inline NetworkModel network_model(const Mlp& mlp) {
  return {training_options_of(mlp), mlp.fingerprint(),
          [mlp](Index n, Index p) { return make_training_plan(mlp, n, p); }};
}

}  // namespace quartic::detail
