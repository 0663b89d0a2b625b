#include "models/flexible/meta_learned/meta_learned.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/require.hpp"
#include "models/flexible/meta_learned/maml.hpp"
#include "models/flexible/mlp/basic_options.hpp"
#include "models/flexible/mlp/single_rows.hpp"
#include "models/flexible/network/rule.hpp"
#include "models/transfer/sources.hpp"

namespace quartic {

namespace {

using detail::MamlPlan;

// No weight decay, without which adamw is adam.
constexpr std::array optimiser_words = {detail::optimiser_words[0], detail::optimiser_words[1],
                                        detail::optimiser_words[2], detail::optimiser_words[3]};

constexpr std::array own_options = {
    Option<MetaLearned>{"inner_steps", &MetaLearned::inner_steps,
                        "steps that a task is given while tasks are learned", no_words,
                        at_least(1, "weights that nothing adapts are those of one network for all")},
    Option<MetaLearned>{"steps", &MetaLearned::steps, "steps on this task; 0: inner_steps", no_words,
                        at_least(0, "it counts steps; 0 is inner_steps")},
    Option<MetaLearned>{"inner_rate", &MetaLearned::inner_rate, "of these steps", no_words,
                        above(0, "a rate is positive")},
    Option<MetaLearned>{"meta_steps", &MetaLearned::meta_steps, "steps of the first weights", no_words,
                        at_least(1, "nothing would be learned from the sources")},
    Option<MetaLearned>{"outer_rate", &MetaLearned::outer_rate, "of these steps", no_words,
                        above(0, "a rate is positive")},
    Option<MetaLearned>{"optimiser", &MetaLearned::optimiser, "from their gradients to steps",
                        optimiser_words},
    Option<MetaLearned>{"meta_batch", &MetaLearned::meta_batch, "source tasks a meta step; 0: all", no_words,
                        at_least(0, "it counts tasks; 0 is all")},
    Option<MetaLearned>{"shots", &MetaLearned::shots,
                        "rows of a task that adapt, and as many that judge; 0: half each", no_words,
                        at_least(0, "it counts rows; 0 is half of them")},
    Option<MetaLearned>{"activation", &MetaLearned::activation, "of the hidden units",
                        detail::activation_words},
    Option<MetaLearned>{"loss", &MetaLearned::loss, "what training makes small", detail::basic_loss_words}};
constexpr auto option_table = joined(own_options, detail::layer_options<MetaLearned>);

Mlp network_of(const MetaLearned& model) {
  return {.layers = model.layers,
          .width = model.width,
          .activation = model.activation,
          .loss = model.loss,
          .optimiser = model.optimiser};
}

MamlPlan make_plan(const MetaLearned& model, Index columns) {
  const detail::TrainingPlan plan = detail::make_training_plan(network_of(model), 1, columns);
  return {.shape = plan.shape,
          .scaling = plan.scaling,
          .loss = plan.loss,
          .outer = plan.rule,
          .outer_rate = model.outer_rate,
          .inner_rate = model.inner_rate,
          .inner_steps = model.inner_steps,
          .meta_steps = model.meta_steps,
          .meta_batch = model.meta_batch,
          .shots = model.shots};
}

detail::MetaTrained<float> learn_from_sources(const MamlPlan& plan, const Data& data, Stream stream) {
  std::vector<detail::SingleRows> held;
  for (const Data& source : data.sources()) held.emplace_back(source, source.rows());
  std::vector<detail::LabelledRows<float>> tasks;
  for (const detail::SingleRows& rows : held) tasks.push_back(rows.all());
  return detail::meta_train<float>(plan, tasks, std::move(stream));
}

}  // namespace

std::span<const Option<MetaLearned>> MetaLearned::options() {
  return option_table;
}

void MetaLearned::require_data(Index n, Index d, Task task) const {
  detail::require_fit(network_of(*this), n, d, task, {name(), "\"squared\""});
}

void MetaLearned::require_sources(std::span<const Index> rows, Index) const {
  constexpr Index adapt_and_judge = 2;
  detail::require_source_rows(rows, adapt_and_judge, name());
  const Index fewest = *std::min_element(rows.begin(), rows.end()), most_shots = fewest / adapt_and_judge;
  require(
      shots <= most_shots,
      "shots = " + std::to_string(shots) + " but a source task has " + std::to_string(fewest) +
          " rows (as many more are needed, to judge by). Give the world more source rows, or set shots to " +
          std::to_string(most_shots) + " or fewer, or to 0: half of the rows.",
      {"shots"});
  require(
      meta_batch <= std::ssize(rows),
      "meta_batch = " + std::to_string(meta_batch) + " of " + std::to_string(rows.size()) +
          " source tasks (a meta step takes each of them once at most). Give the world more tasks, or set "
          "meta_batch to " +
          std::to_string(rows.size()) + " or fewer, or to 0: all.",
      {"meta_batch"});
}

Fit MetaLearned::fit(const Data& data, Stream stream) const {
  require_valid(*this);
  require_data(data.rows(), data.columns(), data.task());
  require_sources(detail::source_rows(data), data.columns());
  for (const Data& source : data.sources())
    detail::require_labels(name(), loss, "\"squared\"", source.task());
  const MamlPlan plan = make_plan(*this, data.columns());
  detail::MetaTrained<float> meta = learn_from_sources(plan, data, std::move(stream));
  FitReport report;
  report.iterations = steps > 0 ? steps : inner_steps;
  std::vector<float> parameters = detail::adapted<float>(
      plan, std::move(meta.parameters), detail::SingleRows(data, data.rows()).all(), report.iterations);
  report.parameters = detail::parameter_count(plan.shape);
  report.cost = {.fit_flops = static_cast<double>(report.iterations) *
                              detail::descent_flops(plan, static_cast<double>(data.rows())),
                 .tuning_flops = 0,
                 .pretraining_flops = meta.flops};
  if (!std::all_of(parameters.begin(), parameters.end(),
                   [](float number) { return std::isfinite(number); })) {
    report.status = FitStatus::diverged;
    report.message = "diverged: try a smaller inner_rate or outer_rate";
  }
  return {detail::make_predictor(plan.shape, std::move(parameters)), std::move(report)};
}

double MetaLearned::working_bytes(Index n, Index d) const {
  const auto held = static_cast<double>(n), columns = static_cast<double>(d);
  constexpr double copies =
      7;  // weights, two moments, a task's weights, its gradient, their sum, and the rule
  // A row: its panels, and of each layer what it hands on and its slopes.
  const auto units = static_cast<double>(width);
  const double row = 2 * columns + std::max(units, columns) + (2 * static_cast<double>(layers) + 2) * units;
  return sizeof(float) * (held * row + copies * detail::count_parameters(network_of(*this), d));
}

}  // namespace quartic
