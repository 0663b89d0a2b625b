#include "models/flexible/fine_tuned_network/fine_tuned_network.hpp"

#include <array>
#include <numeric>

#include "core/number_text.hpp"
#include "core/require.hpp"
#include "models/flexible/mlp/basic_options.hpp"
#include "models/flexible/mlp/single_rows.hpp"
#include "models/flexible/network/rule.hpp"
#include "models/transfer/sources.hpp"

namespace quartic {

namespace {

constexpr std::array own_options = {
    Option<FineTunedNetwork>{"sources", &FineTunedNetwork::sources,
                             "which source tasks the first weights are of", detail::source_words},
    Option<FineTunedNetwork>{"target_epochs", &FineTunedNetwork::target_epochs,
                             "how often each row of this task is used", no_words,
                             at_least(1, "no row would be used")},
    Option<FineTunedNetwork>{"target_rate", &FineTunedNetwork::target_rate,
                             "of the steps on this task's rows", no_words, above(0, "a rate is positive")}};
constexpr auto option_table =
    joined(joined(own_options, detail::layer_options<FineTunedNetwork>),
           joined(detail::network_options<FineTunedNetwork>, detail::rate_option<FineTunedNetwork>));

const detail::NamedNetwork& named() {
  static const detail::NamedNetwork name{"fine_tuned_network", "\"squared\""};
  return name;
}

Data rows_to_begin_with(const FineTunedNetwork& model, const Data& data) {
  return model.sources == "first" ? data.sources().front() : detail::pooled_sources(data);
}

detail::Trained<float> train_on_sources(const FineTunedNetwork& model, const Data& rows, Stream stream) {
  const Mlp network = detail::network_of(model);
  detail::require_labels(named().model, model.loss, named().losses, rows.task());
  detail::TrainingPlan plan = detail::make_training_plan(network, rows.rows(), rows.columns());
  plan.certificate = false;
  return detail::train<float>(plan, detail::SingleRows(rows, rows.rows()).all(), std::move(stream));
}

Mlp network_for_target(const FineTunedNetwork& model) {
  Mlp network = detail::network_of(model);
  network.epochs = model.target_epochs;
  network.learning_rate = model.target_rate;
  return network;
}

}  // namespace

std::span<const Option<FineTunedNetwork>> FineTunedNetwork::options() {
  return option_table;
}

void FineTunedNetwork::require_data(Index n, Index d, Task task) const {
  detail::require_fit(network_for_target(*this), n, d, task, named());
}

void FineTunedNetwork::require_sources(std::span<const Index> rows, Index) const {
  detail::require_source_rows(rows, 1, name());
  const Index all = sources == "first" ? rows.front() : std::accumulate(rows.begin(), rows.end(), Index{0});
  const std::string held = std::to_string(all);
  require(batch <= all,
          "the batch of fine_tuned_network is " + std::to_string(batch) +
              " but the source tasks that it begins with "
              "have " +
              held + " rows (a step cannot take more). Give the world more source rows, or set batch to " +
              held + " or fewer, or to 0: 32, or as many as there are.",
          {"batch", "sources"});
}

Fit FineTunedNetwork::fit(const Data& data, Stream stream) const {
  require_valid(*this);
  require_data(data.rows(), data.columns(), data.task());
  require_sources(detail::source_rows(data), data.columns());
  detail::Trained<float> first =
      train_on_sources(*this, rows_to_begin_with(*this, data), stream.child("sources"));
  const detail::TrainingPlan plan =
      detail::make_training_plan(network_for_target(*this), data.rows(), data.columns());
  detail::Trained<float> trained =
      detail::train<float>(plan, detail::SingleRows(data, data.rows()).all(), std::move(stream),
                           {.parameters = std::move(first.parameters)});
  FitReport report;
  report.status = first.status == FitStatus::diverged ? first.status : trained.status;
  report.parameters = detail::parameter_count(plan.shape);
  report.iterations = trained.steps;
  report.certificate = trained.certificate;
  report.cost = {.fit_flops = trained.fit_flops, .tuning_flops = 0, .pretraining_flops = first.fit_flops};
  report.message = report.status == FitStatus::diverged ? "diverged: try smaller rates; " : "";
  report.message += "training error " + with_digits(first.training_error, 3) + " of the sources, " +
                    with_digits(trained.training_error, 3) + " of this task";
  return {detail::make_predictor(plan.shape, std::move(trained.parameters)), std::move(report)};
}

double FineTunedNetwork::working_bytes(Index n, Index d) const {
  const Mlp network = network_for_target(*this);
  return network.working_bytes(n, d) + sizeof(float) * detail::count_parameters(network, d);
}

}  // namespace quartic
