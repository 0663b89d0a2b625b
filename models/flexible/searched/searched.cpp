#include "models/flexible/searched/searched.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "core/number_text.hpp"
#include "core/require.hpp"
#include "models/flexible/mlp/basic_options.hpp"
#include "models/flexible/mlp/flops.hpp"
#include "models/flexible/mlp/single_rows.hpp"
#include "models/flexible/searched/candidates.hpp"
#include "models/flexible/together/train_together.hpp"

namespace quartic {

namespace {

using detail::LabelledRows;
using detail::TrainingPlan;
using State = detail::TrainingState<float>;
using Member = detail::Member<float>;

constexpr std::array search_words = {
    OptionWord{"random", "each trial is trained for all epochs"},
    OptionWord{"successive_halving", "all for a few epochs, the better half for twice as many, and so on"}};

constexpr std::array own_options = {
    Option<Searched>{"search", &Searched::search, "how epochs are shared among trials", search_words},
    Option<Searched>{"trials", &Searched::trials, "networks that are tried", no_words,
                     at_least(1, "a search without a budget finds nothing")},
    Option<Searched>{
        "layers_from", &Searched::layers_from, "fewest hidden layers", no_words,
        from_to(1, 8, "without hidden layers the fit is a line, for which there are other models")},
    Option<Searched>{"layers_to", &Searched::layers_to, "most hidden layers", no_words,
                     from_to(1, 8, "8 is the deepest network")},
    Option<Searched>{"width_from", &Searched::width_from, "fewest units of each hidden layer", no_words,
                     at_least(1, "a layer has units")},
    Option<Searched>{"width_to", &Searched::width_to, "most units of each hidden layer", no_words,
                     at_least(1, "a layer has units")},
    Option<Searched>{"rate_from", &Searched::rate_from, "smallest learning rate", no_words,
                     above(0, "a rate is positive")},
    Option<Searched>{"rate_to", &Searched::rate_to, "largest learning rate", no_words,
                     above(0, "a rate is positive")},
    Option<Searched>{"validation", &Searched::validation, "share of rows that judge the trials", no_words,
                     between_0_and_1("some rows judge, and some are left to train on")}};
constexpr auto option_table = joined(own_options, detail::network_options<Searched>);

Index held_out_rows(const Searched& search, Index n) {
  return std::max<Index>(1, static_cast<Index>(search.validation * static_cast<double>(n)));
}

/// A network that is tried: its training so far, its error, and what both cost.
struct Trial {
  Mlp network;
  State state;
  Index epochs = 0;  ///< trained so far
  double error = std::numeric_limits<double>::infinity();
  double flops = 0;
};

/// The rows that trials train on, and those that judge them.
class Search {
 public:
  Search(const Searched& options, const LabelledRows<float>& rows, Stream stream)
      : options_(options), stream_(std::move(stream)) {
    const Index n = rows.x.count, held_out = held_out_rows(options, n);
    first_ = rows.part({0, n - held_out});
    last_ = rows.part({n - held_out, held_out});
  }

  /// All trials, the winner first.
  std::vector<Trial> run() const {
    std::vector<Trial> trials;
    for (Index t = 0; t < options_.trials; ++t)
      trials.push_back({detail::draw_candidate(options_, stream_of(t).child("network")), {}});
    std::vector<std::size_t> order(trials.size());
    for (std::size_t t = 0; t < order.size(); ++t) order[t] = t;
    for (const detail::Rung& rung : detail::make_rungs(options_)) {
      const auto end = order.begin() + rung.networks;
      climb(trials, {order.begin(), end}, rung.epochs);
      std::sort(order.begin(), end, [&](std::size_t a, std::size_t b) {
        return trials[a].error < trials[b].error || (trials[a].error == trials[b].error && a < b);
      });
    }
    std::swap(trials.front(), trials[order.front()]);
    return trials;
  }

 private:
  Stream stream_of(Index trial) const {
    return stream_.child("trial").child(static_cast<std::uint64_t>(trial));
  }

  // These on from where they are to so many epochs.
  void climb(std::vector<Trial>& trials, std::vector<std::size_t> numbers, Index epochs) const {
    std::erase_if(numbers,
                  [&](std::size_t t) { return trials[t].epochs == epochs; });  // nothing left to share
    std::vector<Member> members;
    for (const std::size_t t : numbers) members.push_back(make_member(trials[t], t, epochs));
    const std::vector<detail::Trained<float>> trained = detail::train_together<float>(std::move(members));
    for (std::size_t k = 0; k < numbers.size(); ++k) judge(trials[numbers[k]], trained[k], epochs);
  }

  Member make_member(Trial& trial, std::size_t number, Index epochs) const {
    Member member{plan_of(trial.network, epochs), first_,
                  stream_of(static_cast<Index>(number)).child("training")};
    trial.flops -= trial.state.flops;
    if (trial.state.epoch > 0) member.progress.state = trial.state;
    member.progress.save = [&trial, epochs, last = options_.epochs](const State& state) {
      if (state.epoch == epochs && epochs < last) trial.state = state;
    };
    return member;
  }

  void judge(Trial& trial, const detail::Trained<float>& trained, Index epochs) const {
    const TrainingPlan judged = plan_of(trial.network, epochs);
    trial.epochs = epochs;
    trial.error = detail::relative_error<float>(judged, trained.parameters, last_, first_);
    if (trained.status == FitStatus::diverged || !std::isfinite(trial.error))
      trial.error = std::numeric_limits<double>::infinity();
    trial.flops += trained.fit_flops +
                   detail::evaluation_flops(judged.shape, judged.loss, static_cast<double>(last_.x.count));
  }

  TrainingPlan plan_of(const Mlp& network, Index epochs) const {
    TrainingPlan plan = detail::make_training_plan(network, first_.x.count, first_.x.stride);
    plan.certificate = false;
    plan.epochs = epochs;
    return plan;
  }

  const Searched& options_;
  Stream stream_;
  LabelledRows<float> first_, last_;
};

std::string describe_winner(const Mlp& network, Index trials) {
  return "layers " + std::to_string(network.layers) + ", width " + std::to_string(network.width) +
         ", the best of " + std::to_string(trials) + " trials; ";
}

}  // namespace

std::span<const Option<Searched>> Searched::options() {
  return option_table;
}

void Searched::require_consistent() const {
  const auto require_range = [](double from, double to, const std::string& what) {
    require(from <= to,
            what + "_to = " + shortest(to) + " (it is sought from " + what + "_from = " + shortest(from) +
                " up to it). Give a larger " + what + "_to, or a smaller " + what + "_from.",
            {what + "_to", what + "_from"});
  };
  require_range(static_cast<double>(layers_from), static_cast<double>(layers_to), "layers");
  require_range(static_cast<double>(width_from), static_cast<double>(width_to), "width");
  require_range(rate_from, rate_to, "rate");
}

void Searched::require_data(Index n, Index d, Task task) const {
  detail::require_fit(detail::largest_candidate(*this), n, d, task, {"searched", "\"squared\""});
  require(n >= 2, "searched was given one row (none is left to judge by). Give it at least two.");
  const Index left = n - held_out_rows(*this, n);
  require(batch <= left,
          "the batch of searched is " + std::to_string(batch) + " but validation leaves " +
              std::to_string(left) + " of " + std::to_string(n) +
              " rows to train on (a step cannot take more). Set batch to " + std::to_string(left) +
              " or fewer, or to 0: 32, or as many as are left.",
          {"batch", "validation"});
}

Fit Searched::fit(const Data& data, Stream stream) const {
  require_valid(*this);
  require_data(data.rows(), data.columns(), data.task());
  const std::vector<Trial> tried =
      Search(*this, detail::SingleRows(data, data.rows()).all(), stream.child("search")).run();
  const Mlp& winner = tried.front().network;
  Fit fit = detail::fit_network(detail::network_model(winner), data, std::move(stream), nullptr);
  for (const Trial& trial : tried) fit.report.cost.tuning_flops += trial.flops;
  fit.report.message = describe_winner(winner, trials) + fit.report.message;
  return fit;
}

double Searched::working_bytes(Index n, Index d) const {
  const Mlp largest = detail::largest_candidate(*this);
  constexpr double copies = 4;  // weights, two moments, the best weights
  // What a trial came to, and where it goes on from: its own state, and the one that it trains on.
  const double held = (search == "random" ? 1 : 1 + 2 * copies) * static_cast<double>(trials);
  const TrainingPlan plan = detail::make_training_plan(largest, n, d);
  return largest.working_bytes(n, d) + sizeof(float) * held * detail::count_parameters(largest, d) +
         detail::together_bytes(plan.shape, plan.batch, n);
}

}  // namespace quartic
