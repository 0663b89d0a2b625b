#include "models/flexible/convnet/convnet.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/require.hpp"
#include "models/flexible/mlp/fit_network.hpp"
#include "models/flexible/network/pictures.hpp"

namespace quartic {

namespace {

using detail::TrainingPlan;

constexpr std::array kLosses = {OptionWord{"squared", "half the squared residual"},
                                OptionWord{"logistic", "log(1 + e^f) - y f, for classes"}};

constexpr std::array own_options = {
    Option<ConvNet>{"layers", &ConvNet::layers, "convolutions, each with its pooling", no_words,
                    from_to(1, 4, "each halves the side of the picture")},
    Option<ConvNet>{"channels", &ConvNet::channels,
                    "of the first convolution; the next have twice as many each", no_words,
                    from_to(1, 4096, "they double from layer to layer")},
    Option<ConvNet>{"initial_scale", &ConvNet::initial_scale, "times all initial weights", no_words,
                    at_least(0, "weights are normal with He's deviation, times a factor")},
    Option<ConvNet>{"loss", &ConvNet::loss, "what training makes small", kLosses},
    Option<ConvNet>{"weight_decay", &ConvNet::weight_decay,
                    "d of d/2 |w|^2 in the objective; adamw: w shrinks by rate d", no_words,
                    at_least(0, "a penalty is not negative, and finite")}};
constexpr auto option_table = joined(own_options, detail::training_options<ConvNet>);

Index side_of(Index columns) {
  return std::lround(std::sqrt(static_cast<double>(columns)));
}

detail::NetworkShape make_shape(const ConvNet& net, Index columns) {
  detail::NetworkShape shape{.inputs = columns};
  for (Index l = 0; l < net.layers; ++l) shape.channels.push_back(net.channels << l);
  return shape;
}

TrainingPlan make_training_plan(const ConvNet& net, Index n, Index columns) {
  TrainingPlan plan = detail::plan_training(detail::training_options_of(net), n);
  plan.shape = make_shape(net, columns);
  plan.loss.kind = net.loss == "logistic" ? detail::LossKind::logistic : detail::LossKind::squared;
  plan.rule.weight_decay = net.weight_decay;
  plan.scaling.initial_scale = net.initial_scale;
  return plan;
}

double count_parameters(const ConvNet& net, Index columns) {
  return static_cast<double>(detail::parameter_count(make_shape(net, columns)));
}

void require_picture(const ConvNet& net, Index columns) {
  const Index side = side_of(columns), least = Index{1} << net.layers;
  const Index next = std::max(least, side * side < columns ? side + 1 : side);
  require(side * side == columns,
          "convnet was given " + std::to_string(columns) +
              " columns (they are the pixels of a square picture, and this is no square number). Give it " +
              std::to_string(next * next) + ", a picture of " + std::to_string(next) + " x " +
              std::to_string(next) + ".");
  require(side >= least,
          "the layers of convnet are " + std::to_string(net.layers) + " but a picture of " +
              std::to_string(columns) + " columns has a side of " + std::to_string(side) +
              " (each layer halves it, and nothing would be left). Set layers to fewer, or give " +
              std::to_string(least * least) + " columns or more.",
          {"layers"});
}

detail::NetworkModel network_model(const ConvNet& net) {
  return {detail::training_options_of(net), net.fingerprint(),
          [net](Index n, Index p) { return make_training_plan(net, n, p); }};
}

Fit fit_alone(const ConvNet& net, const Data& data, Stream stream, const Checkpoints* checkpoints) {
  require_valid(net);
  net.require_data(data.rows(), data.columns(), data.task());
  return detail::fit_network(network_model(net), data, std::move(stream), checkpoints);
}

}  // namespace

std::span<const Option<ConvNet>> ConvNet::options() {
  return option_table;
}

void ConvNet::require_consistent() const {
  detail::require_rates(detail::training_options_of(*this));
}

void ConvNet::require_data(Index n, Index p, Task task) const {
  detail::require_labels("convnet", loss, "\"squared\"", task);
  require(n >= 1, "convnet was given no rows (there is nothing to learn from). Give it at least one.");
  require_picture(*this, p);
  detail::require_rows(detail::training_options_of(*this), n);
  detail::require_holdable("convnet", "channels", count_parameters(*this, p));
}

Fit ConvNet::fit(const Data& data, Stream stream) const {
  return fit_alone(*this, data, std::move(stream), nullptr);
}

Fit ConvNet::fit_resuming(const Data& data, Stream stream, const Checkpoints& checkpoints) const {
  return fit_alone(*this, data, std::move(stream), &checkpoints);
}

std::vector<Fit> ConvNet::fit_prefixes(const Prefixes& prefixes, Stream stream) const {
  require_valid(*this);
  for (const Index n : prefixes.sizes) require_data(n, prefixes.data.columns(), prefixes.data.task());
  return detail::fit_network_prefixes(network_model(*this), prefixes, std::move(stream));
}

double ConvNet::fit_flops(Index n, Index p) const {
  return detail::network_fit_flops(make_training_plan(*this, n, p), n);
}

double ConvNet::working_bytes(Index n, Index p) const {
  const TrainingPlan plan = make_training_plan(*this, n, p);
  constexpr Index judged_at_once = 256;
  constexpr double copies = detail::weight_copies + 1;  // a gradient for the certificate, then the rule
  const auto taken = static_cast<double>(n + plan.batch);
  return sizeof(float) * (taken * static_cast<double>(p) + copies * count_parameters(*this, p)) +
         detail::picture_bytes(plan.shape, std::max(plan.batch, judged_at_once));
}

double ConvNet::checkpoint_bytes(Index, Index p) const {
  constexpr double saved = 4;  // weights, two moments, the best weights
  return saved * sizeof(float) * count_parameters(*this, p);
}

}  // namespace quartic
