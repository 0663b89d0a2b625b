#include "models/flexible/hybrid_network/hybrid_network.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "core/number_text.hpp"
#include "core/require.hpp"
#include "models/flexible/hybrid_network/flops.hpp"
#include "models/flexible/mlp/fit_network.hpp"
#include "models/flexible/mlp/flops.hpp"
#include "models/flexible/mlp/mlp.hpp"
#include "models/flexible/mlp/plan.hpp"
#include "models/linear/least_squares.hpp"
#include "models/linear/logistic/logistic_regression.hpp"
#include "models/linear/logistic/loss.hpp"
#include "models/linear/named_columns.hpp"

namespace quartic {

namespace {

namespace flops = detail::hybrid_network_flops;

constexpr std::array trusts = {0.0, 0.5, 1.0};

constexpr std::array trust_words = {
    OptionWord{"held_out", "0, 0.5 or 1: the smallest error on a fifth of the rows"},
};
constexpr std::array loss_words = {
    OptionWord{"squared", "of numbers, and of classes as the numbers -1/2 and 1/2"},
    OptionWord{"logistic", "of classes: scores are log odds"},
};

constexpr OnlyWith with_hidden = {"layers", {}, at_least(1, "")};

constexpr std::array option_table = {
    Option<HybridNetwork>{"trust", &HybridNetwork::trust, "times what the expert's rule says", trust_words,
                          from_to(0, 1, "1 adds the network to the expert's rule, 0 leaves the expert out")},
    Option<HybridNetwork>{"loss", &HybridNetwork::loss, "what both parts make small", loss_words},
    Option<HybridNetwork>{"layers", &HybridNetwork::layers, "hidden layers of the network", no_words,
                          from_to(0, 8, "0 is a linear network, and 8 the deepest")},
    Option<HybridNetwork>{"width", &HybridNetwork::width, "units of each hidden layer", no_words,
                          at_least(1, "a layer has units"), with_hidden},
    Option<HybridNetwork>{"weight_decay", &HybridNetwork::weight_decay,
                          "d of d/2 |w|^2 of the network in the objective", no_words,
                          at_least(0, "a penalty is not negative, and finite")},
    Option<HybridNetwork>{"l1", &HybridNetwork::l1, "c of c |w|_1 of the network in the objective", no_words,
                          at_least(0, "a penalty is not negative, and finite")},
    Option<HybridNetwork>{"batch", &HybridNetwork::batch, "rows a step; 0: 32, or all where there are fewer",
                          no_words, at_least(0, "it counts rows; 0 is 32, or all")},
    Option<HybridNetwork>{"epochs", &HybridNetwork::epochs, "how often each row is used", no_words,
                          at_least(1, "no row would be used")},
    Option<HybridNetwork>{"learning_rate", &HybridNetwork::learning_rate, "of the steps", no_words,
                          above(0, "a rate is positive")},
};

Mlp network_of(const HybridNetwork& model) {
  return {.layers = model.layers,
          .width = model.width,
          .initialisation = "zero_output",
          .loss = model.loss,
          .weight_decay = model.weight_decay,
          .l1 = model.l1,
          .batch = model.batch,
          .epochs = model.epochs,
          .learning_rate = model.learning_rate};
}

Model expert_of(const HybridNetwork& model) {
  if (model.reads_classes()) return LogisticRegression{.intercept = true};
  return LeastSquares{.intercept = true};
}

/// The expert's rule on the columns that he names, and what the network adds to it.
struct BothParts {
  std::vector<Index> named;
  LinearRule expert;
  Predictor network;
  Vector score(const Matrix& x) const { return expert.score(x(Eigen::all, named)) + network.score(x); }
  double score_flops() const { return expert.score_flops() + network.score_flops() + 1; }
};

/// One rule as often as it is asked for, and its bill.
class Expert {
 public:
  Expert(const HybridNetwork& model, const Data& data) : model_(model), data_(data) {
    if (model.named.empty()) return;
    const Fit fit = expert_of(model).fit(data.restrict(model.named), Stream(0));
    rule_ = *fit.predict.linear();
    flops_ = fit.report.cost.fit_flops;
  }

  bool knows_something() const { return rule_.coefficients.size() > 0; }
  double flops() const { return flops_; }
  Index parameters() const { return std::ssize(model_.named) + 1; }
  LinearRule trusted(double trust) const { return {trust * rule_.coefficients, trust * rule_.intercept}; }
  /// What it says of every row: trust times.
  std::vector<float> offsets(double trust) const {
    constexpr Index block = 256;
    const LinearRule rule = trusted(trust);
    std::vector<float> offsets(static_cast<std::size_t>(data_.rows()));
    for (Index first = 0; first < data_.rows(); first += block) {
      const Range rows{first, std::min(block, data_.rows() - first)};
      const Vector scores = rule.score(data_.block(rows, {0, data_.columns()})(Eigen::all, model_.named));
      std::copy(scores.begin(), scores.end(), offsets.begin() + first);
    }
    return offsets;
  }
  double offset_flops(Index rows) const {
    return flops::offsets(static_cast<double>(rows), static_cast<double>(model_.named.size()));
  }

 private:
  const HybridNetwork& model_;
  const Data& data_;
  LinearRule rule_;
  double flops_ = 0;
};

Fit fit_with(const HybridNetwork& model, const Expert& expert, const Data& data, double trust,
             Stream stream) {
  const Mlp mlp = network_of(model);
  const detail::NetworkModel network{
      detail::training_options_of(mlp), mlp.fingerprint(),
      [mlp](Index n, Index d) { return detail::make_training_plan(mlp, n, d); }};
  if (trust == 0 || !expert.knows_something())
    return detail::fit_network(network, data, std::move(stream), nullptr);
  Fit fit = detail::fit_network_beside(expert.offsets(trust), network, data, std::move(stream));
  fit.report.parameters += expert.parameters();
  fit.report.cost.fit_flops += expert.flops() + expert.offset_flops(data.rows());
  return {BothParts{model.named, expert.trusted(trust), std::move(fit.predict)}, std::move(fit.report)};
}

double mean_error(const HybridNetwork& model, const Vector& scores, VectorView y) {
  if (model.reads_classes()) return detail::logistic_rows(scores, y).loss;
  return (scores - y).squaredNorm() / static_cast<double>(y.size());
}

struct TrustChoice {
  double trust = 0, flops = 0;
};

/// The expert and the network see the first rows, the last ones judge them.
TrustChoice choose_trust(const HybridNetwork& model, const Data& data, const Stream& stream) {
  const Index held_out = std::max<Index>(1, data.rows() / 5), rows = data.rows() - held_out;
  const Data first = data.prefix(rows);
  const Expert expert(model, first);
  const Matrix x = data.block({rows, held_out}, {0, data.columns()});
  const VectorView y{data.y().data() + rows, held_out};
  const detail::TrainingPlan plan = detail::make_training_plan(network_of(model), rows, data.columns());
  const auto judged = static_cast<double>(held_out);
  const double judging = detail::evaluation_flops(plan.shape, plan.loss, judged);
  TrustChoice best;
  double smallest = nan;
  for (const double trust : trusts) {
    const Fit fit = fit_with(model, expert, first, trust, stream.child("network"));
    const double error = mean_error(model, fit.predict.score(x), y);
    best.flops += fit.report.cost.fit_flops + judging;
    if (trust > 0) best.flops += expert.offset_flops(held_out) + judged;
    if (trust == trusts.front() || error < smallest || (std::isnan(smallest) && !std::isnan(error)))
      smallest = error, best.trust = trust;
  }
  return best;
}

}  // namespace

std::span<const Option<HybridNetwork>> HybridNetwork::options() {
  return option_table;
}

std::string HybridNetwork::fingerprint() const {
  return detail::fingerprint_with_names(fingerprint_of(*this, HybridNetwork::options()), named);
}

HybridNetwork HybridNetwork::advised(std::span<const Index> columns) const {
  HybridNetwork model = *this;
  model.named.assign(columns.begin(), columns.end());
  return model;
}

void HybridNetwork::require_data(Index n, Index d, Task task) const {
  detail::require_fit(network_of(*this), n, d, task, {"hybrid_network", "\"squared\""});
}

Fit HybridNetwork::fit(const Data& data, Stream stream) const {
  require_valid(*this);
  require_data(data.rows(), data.columns(), data.task());
  detail::require_names(named, data.columns());
  TrustChoice choice;
  if (const double* number = std::get_if<double>(&trust))
    choice.trust = *number;
  else if (!named.empty() && data.rows() > 1)
    choice = choose_trust(*this, data, stream.child("trust"));
  Fit fit = fit_with(*this, choice.trust > 0 ? Expert(*this, data) : Expert({}, data), data, choice.trust,
                     std::move(stream));
  fit.report.cost.tuning_flops += choice.flops;
  if (choice.flops > 0) fit.report.message += "; trust " + shortest(choice.trust);
  return fit;
}

double HybridNetwork::working_bytes(Index n, Index d) const {
  const Index m = std::ssize(named);
  const double expert = reads_classes() ? LogisticRegression{}.working_bytes(n, m)
                                        : LeastSquares{.intercept = true}.working_bytes(n, m);
  const double copies = sizeof(double) * static_cast<double>(n) * static_cast<double>(m);
  const double held_out = sizeof(double) * 0.2 * static_cast<double>(n) * static_cast<double>(d);
  return network_of(*this).working_bytes(n, d) + (m > 0 ? expert + copies + held_out : 0);
}

}  // namespace quartic
