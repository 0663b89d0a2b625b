#include "models/flexible/searched/searched.hpp"

#include <gtest/gtest.h>

#include "core/require.hpp"
#include "models/flexible/mlp/basic_options.hpp"
#include "models/flexible/mlp/flops.hpp"
#include "models/flexible/searched/candidates.hpp"
#include "tests/support/class_problem.hpp"
#include "tests/support/thrown_message.hpp"

namespace quartic::searched_test {
namespace {

using support::thrown_message;

Searched quick(const std::string& search, Index trials) {
  return {.search = search,
          .trials = trials,
          .layers_to = 2,
          .width_from = 2,
          .width_to = 32,
          .rate_to = 0.03,
          .epochs = 8};
}

Mlp candidate(const Searched& search, const Stream& stream, Index trial) {
  return detail::draw_candidate(
      search,
      stream.child("search").child("trial").child(static_cast<std::uint64_t>(trial)).child("network"));
}

// What a trial comes to on the last fifth after so many epochs, by the model mlp on the first rows alone.
double error_of(Mlp network, const Data& data, const Stream& stream, Index trial, Index epochs) {
  network.epochs = epochs;
  const Index rows = data.rows() - data.rows() / 5;
  const Stream own = stream.child("search").child("trial").child(static_cast<std::uint64_t>(trial));
  const Vector scores = network.fit(data.prefix(rows), own.child("training"))
                            .predict.score(Matrix(data.dense().bottomRows(data.rows() - rows)));
  return (scores - data.y().tail(scores.size())).squaredNorm();
}

double judging_flops(const Mlp& network, Index columns, Index rows) {
  const detail::TrainingPlan plan = detail::make_training_plan(network, rows, columns);
  return detail::evaluation_flops(plan.shape, plan.loss, static_cast<double>(rows));
}

TEST(Searched, AtRandomIsTheTrialThatErrsLeastTrainedOnAllRows) {
  const Data data = gaussian_problem(60, 6, 1);
  const Searched search = quick("random", 7);
  Index best = 0;
  double smallest = infinity, tuning = 0;
  for (Index t = 0; t < 7; ++t) {
    const Mlp network = candidate(search, Stream(2), t);
    const double error = error_of(network, data, Stream(2), t, 8);
    if (error < smallest) smallest = error, best = t;
    tuning += network.fit_flops(48, 6) + judging_flops(network, 6, 12);
  }
  const Fit fit = search.fit(data, Stream(2)),
            winner = candidate(search, Stream(2), best).fit(data, Stream(2));
  EXPECT_EQ(fit.predict.score(Matrix(data.dense())), winner.predict.score(Matrix(data.dense())));
  EXPECT_EQ(fit.report.cost.fit_flops, winner.report.cost.fit_flops);
  EXPECT_EQ(fit.report.cost.tuning_flops, tuning);
  EXPECT_NE(fit.report.message.find("the best of 7 trials"), std::string::npos) << fit.report.message;
}

TEST(Searched, ByHalvingLetsTheBetterHalfGoOn) {
  const Data data = gaussian_problem(60, 6, 3);
  const Searched search = quick("successive_halving", 4);
  std::vector<Index> left = {0, 1, 2, 3};
  double tuning = 0;
  Index before = 0;
  for (const Index epochs : {2, 4, 8}) {
    std::vector<std::pair<double, Index>> judged;
    for (const Index t : left) {
      Mlp network = candidate(search, Stream(4), t);
      judged.emplace_back(error_of(network, data, Stream(4), t, epochs), t);
      network.epochs = epochs;
      tuning += network.fit_flops(48, 6) + judging_flops(network, 6, 12);
      network.epochs = std::max<Index>(before, 1);
      if (before > 0) tuning -= network.fit_flops(48, 6);  // it went on from there
    }
    std::sort(judged.begin(), judged.end());
    left.clear();
    for (std::size_t k = 0; k < (judged.size() + 1) / 2; ++k) left.push_back(judged[k].second);
    before = epochs;
  }
  const Fit fit = search.fit(data, Stream(4)),
            winner = candidate(search, Stream(4), left.front()).fit(data, Stream(4));
  EXPECT_EQ(fit.predict.score(Matrix(data.dense())), winner.predict.score(Matrix(data.dense())));
  EXPECT_EQ(fit.report.cost.tuning_flops, tuning);
  EXPECT_LT(fit.report.cost.tuning_flops, quick("random", 4).fit(data, Stream(4)).report.cost.tuning_flops);
}

TEST(Searched, OfOneTrialIsThatNetwork) {
  const Data data = gaussian_problem(40, 6, 5);
  for (const std::string search : {"random", "successive_halving"}) {
    const Searched model = quick(search, 1);
    const Fit fit = model.fit(data, Stream(6)), alone = candidate(model, Stream(6), 0).fit(data, Stream(6));
    EXPECT_EQ(fit.predict.score(Matrix(data.dense())), alone.predict.score(Matrix(data.dense())));
  }
}

TEST(Searched, LeavesTrialsThatDivergeAside) {
  Searched search = quick("random", 6);
  search.optimiser = "sgd", search.rate_from = 1e-3, search.rate_to = 1e6;
  const Fit fit = search.fit(gaussian_problem(80, 6, 7), Stream(8));
  EXPECT_EQ(fit.report.status, FitStatus::converged) << fit.report.message;
}

TEST(Searched, ReadsClasses) {
  const Data data = as_classes(gaussian_problem(150, 6, 9));
  Searched search = quick("successive_halving", 4);
  search.loss = "logistic", search.epochs = 40;
  const Vector score = search.fit(data, Stream(10)).predict.score(Matrix(data.dense()));
  EXPECT_LT(((score.array() > 0).cast<double>() - data.y().array()).abs().mean(), 0.3);
}

TEST(Searched, RefusesASearchWithoutABudgetOrARange) {
  const Data data = gaussian_problem(40, 6, 11);
  const auto told = [&](auto change, Index rows) {
    Searched search = quick("random", 2);
    change(search);
    return thrown_message([&] { search.fit(data.prefix(rows), Stream(12)); });
  };
  EXPECT_NE(told([](auto& s) { s.trials = 0; }, 40).find("a search without a budget finds nothing"),
            std::string::npos);
  EXPECT_NE(told([](auto& s) { s.width_to = 1; }, 40).find("Give a larger width_to"), std::string::npos);
  EXPECT_NE(told([](auto& s) { s.layers_from = 3; }, 40).find("layers_from = 3"), std::string::npos);
  EXPECT_NE(told([](auto& s) { s.rate_to = 1e-5; }, 40).find("rate_to"), std::string::npos);
  EXPECT_NE(told([](auto&) {}, 1).find("none is left to judge by"), std::string::npos);
  EXPECT_NE(told([](auto& s) { s.batch = 40; }, 40).find("Set batch to 32"), std::string::npos);
}

}  // namespace
}  // namespace quartic::searched_test
