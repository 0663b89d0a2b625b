#include "models/flexible/pruned_network/pruned_network.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "core/number_text.hpp"
#include "core/require.hpp"
#include "models/flexible/mlp/basic_options.hpp"
#include "models/flexible/mlp/flops.hpp"
#include "models/flexible/mlp/single_rows.hpp"
#include "models/flexible/network/sparse_rule.hpp"
#include "models/flexible/pruned_network/magnitude.hpp"
#include "models/pruning/share.hpp"

namespace quartic {

namespace {

using detail::ChosenShare;
using detail::Kept;
using detail::LabelledRows;
using detail::TrainingPlan;
using State = detail::TrainingState<float>;

constexpr std::array retrain_words = {
    OptionWord{"rewind", "from early weights, those that are kept"},
    OptionWord{"fine_tune", "from where training ended, as many epochs again"},
    OptionWord{"none", "not at all"}};

constexpr OnlyWith when_rewound = {"retrain", {"rewind"}};

constexpr std::array own_options = {
    Option<PrunedNetwork>{"keep", &PrunedNetwork::keep,
                          "share of each layer's weights that stays, or how to choose it", detail::keep_words,
                          detail::keep_bounds, detail::by_share},
    Option<PrunedNetwork>{"threshold", &PrunedNetwork::threshold, "weights below it are cut; 0: by keep",
                          no_words, at_least(0, "it is the size of a weight; 0 is by keep")},
    Option<PrunedNetwork>{"rounds", &PrunedNetwork::rounds, "cuts, each after a training", no_words,
                          from_to(1, 1000, "the first cut is the first round, and each takes a training")},
    Option<PrunedNetwork>{"retrain", &PrunedNetwork::retrain, "what follows a cut", retrain_words},
    Option<PrunedNetwork>{"rewind", &PrunedNetwork::rewind,
                          "epochs after which weights are early; 0: as drawn", no_words,
                          at_least(0, "it is a number of epochs"), when_rewound}};
constexpr auto option_table =
    joined(joined(own_options, detail::layer_options<PrunedNetwork>),
           joined(detail::network_options<PrunedNetwork>, detail::rate_option<PrunedNetwork>));

/// A network under the knife: its weights, which of them are left, and all that was spent.
struct Trimmed {
  detail::Trained<float> trained;
  Kept kept;
  double flops = 0;
  Index steps = 0;
};

/// The first training, and what later ones go back to.
struct Dense {
  detail::Trained<float> trained;
  State early;
};

Dense train_dense(const PrunedNetwork& model, const TrainingPlan& plan, const LabelledRows<float>& rows,
                  const Stream& stream) {
  std::optional<State> early;
  if (model.retrain == "rewind" && model.rewind == 0)
    early = detail::first_state<float>(plan, rows, stream.child("training"));
  const auto save = [&](const State& state) {
    if (model.retrain == "rewind" && state.epoch == model.rewind) early = state;
  };
  detail::Trained<float> trained = detail::train<float>(plan, rows, stream.child("training"), {.save = save});
  return {std::move(trained), early.value_or(State{})};
}

class Knife {
 public:
  Knife(const PrunedNetwork& model, const TrainingPlan& plan, const LabelledRows<float>& rows,
        const Stream& stream)
      : model_(model), plan_(plan), rows_(rows), stream_(stream) {}

  Trimmed run(const Dense& dense, double keep) const {
    Trimmed now{dense.trained, detail::keep_all(plan_.shape), dense.trained.fit_flops, dense.trained.steps};
    for (Index round = 1; round <= model_.rounds && now.trained.status != FitStatus::diverged; ++round) {
      Kept left = chosen(now, keep, round);
      if (left == now.kept) continue;  // nothing is cut: the training stands
      now.kept = std::move(left);
      detail::cut(now.kept, now.trained.parameters);
      if (model_.retrain == "none")
        now.trained.certificate = nan;
      else
        retrain(now, dense.early, round);
    }
    return now;
  }

 private:
  Kept chosen(const Trimmed& now, double keep, Index round) const {
    const std::vector<float>& parameters = now.trained.parameters;
    if (model_.threshold == 0) {
      const double done = static_cast<double>(round) / static_cast<double>(model_.rounds);
      return detail::keep_largest(plan_.shape, parameters, now.kept, std::pow(keep, done));
    }
    Kept left = detail::keep_above(plan_.shape, parameters, now.kept, model_.threshold);
    require(
        detail::has_weights(plan_.shape, left),
        "threshold = " + shortest(model_.threshold) +
            " cuts every weight of a layer (what is left gives one answer to all rows). Lower threshold, or give "
            "keep, a share, in its place.",
        {"threshold"});
    return left;
  }

  void retrain(Trimmed& now, const State& early, Index round) const {
    detail::Progress<float> progress{.kept = now.kept};
    double before = 0;
    Index steps_before = 0;
    if (model_.retrain == "rewind") {
      State state = early;
      detail::cut(now.kept, state.parameters);
      if (!state.optimiser.first.empty()) detail::cut(now.kept, state.optimiser.first);
      state.kept = {.parameters = state.parameters, .epoch = state.epoch};
      before = state.flops;
      steps_before = state.steps;
      progress.state = std::move(state);
    } else {
      progress.parameters = now.trained.parameters;
    }
    Stream stream = model_.retrain == "rewind"
                        ? stream_.child("training")
                        : stream_.child("round").child(static_cast<std::uint64_t>(round));
    now.trained = detail::train<float>(plan_, rows_, std::move(stream), std::move(progress));
    now.flops += now.trained.fit_flops - before;
    now.steps += now.trained.steps - steps_before;
  }

  const PrunedNetwork& model_;
  const TrainingPlan& plan_;
  const LabelledRows<float>& rows_;
  const Stream& stream_;
};

/// The first rows train, the last ones judge.
ChosenShare choose_keep(const PrunedNetwork& model, const LabelledRows<float>& rows, const Stream& stream) {
  const Index n = rows.x.count;
  if (n < 2) return {};
  const Index held_out = detail::judging_rows(n);
  const LabelledRows<float> first = rows.part({0, n - held_out}), last = rows.part({n - held_out, held_out});
  TrainingPlan plan = detail::make_training_plan(detail::network_of(model), n - held_out, rows.x.stride);
  plan.certificate = false;
  const Dense dense = train_dense(model, plan, first, stream);
  const double judging = detail::evaluation_flops(plan.shape, plan.loss, static_cast<double>(held_out));
  ChosenShare best = detail::choose_share([&](double keep) {
    const Trimmed pruned = Knife(model, plan, first, stream).run(dense, keep);
    const bool diverged = pruned.trained.status == FitStatus::diverged;  // then it cut nothing
    const double error =
        diverged ? nan : detail::relative_error<float>(plan, pruned.trained.parameters, last, first);
    return detail::TriedShare{error, pruned.flops - dense.trained.fit_flops + (diverged ? 0 : judging)};
  });
  best.flops += dense.trained.fit_flops;
  return best;
}

Fit make_fit(const TrainingPlan& plan, const Trimmed& pruned, const ChosenShare& choice) {
  const detail::SparsePredictor sparse = detail::make_sparse_predictor(plan.shape, pruned.trained.parameters);
  const Index weights = detail::count_weights(plan.shape);
  FitReport report;
  report.status = pruned.trained.status;
  report.parameters = sparse.parameters;
  report.iterations = pruned.steps;
  report.certificate = pruned.trained.certificate;
  report.cost = {.fit_flops = pruned.flops, .tuning_flops = choice.flops};
  report.message =
      pruned.trained.status == FitStatus::diverged ? "diverged: try a smaller learning_rate; " : "";
  report.message += "keeps " + std::to_string(detail::count_weights(plan.shape, pruned.kept)) + " of " +
                    std::to_string(weights) + " weights";
  return {sparse.predict, std::move(report)};
}

}  // namespace

std::span<const Option<PrunedNetwork>> PrunedNetwork::options() {
  return option_table;
}

void PrunedNetwork::require_consistent() const {
  require(
      retrain != "none" || rounds == 1,
      "rounds = " + std::to_string(rounds) +
          " and retrain = \"none\" (a second cut looks at what training has made of the first). Choose how to "
          "retrain, or rounds = 1.",
      {"rounds", "retrain"});
  require(retrain != "rewind" || rewind < epochs,
          "rewind = " + std::to_string(rewind) + " of " + std::to_string(epochs) +
              " epochs (none is left to train in). Rewind to an earlier one.",
          {"rewind", "epochs"});
}

void PrunedNetwork::require_data(Index n, Index d, Task task) const {
  const detail::NamedNetwork named{"pruned_network", "\"squared\""};
  detail::require_fit(detail::network_of(*this), n, d, task, named);
  const bool judged = std::holds_alternative<std::string>(keep) && threshold == 0 && n > 1;
  const Index left = n - detail::judging_rows(n);
  require(!judged || batch <= left,
          "the batch of pruned_network is " + std::to_string(batch) + " but keep = \"held_out\" leaves " +
              std::to_string(left) + " rows to train on (a step cannot take more). Set batch to " +
              std::to_string(left) + " or fewer, or to 0: 32, or as many as are left.",
          {"batch", "keep"});
}

Fit PrunedNetwork::fit(const Data& data, Stream stream) const {
  require_valid(*this);
  require_data(data.rows(), data.columns(), data.task());
  const detail::SingleRows rows(data, data.rows());
  ChosenShare choice;
  if (const double* number = std::get_if<double>(&keep))
    choice.keep = *number;
  else if (threshold == 0)
    choice = choose_keep(*this, rows.all(), stream.child("held_out"));
  const TrainingPlan plan =
      detail::make_training_plan(detail::network_of(*this), data.rows(), data.columns());
  const LabelledRows<float> all = rows.all();
  const Dense dense = train_dense(*this, plan, all, stream);
  return make_fit(plan, Knife(*this, plan, all, stream).run(dense, choice.keep), choice);
}

double PrunedNetwork::working_bytes(Index n, Index d) const {
  const Mlp network = detail::network_of(*this);
  constexpr double early_copies = 4;  // weights, two moments, which are kept
  constexpr double sorting = 2;       // a place is as long as two weights
  return network.working_bytes(n, d) +
         (early_copies + 2 * sorting) * sizeof(float) * detail::count_parameters(network, d);
}

}  // namespace quartic
