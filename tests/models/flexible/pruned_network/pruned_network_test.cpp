#include "models/flexible/pruned_network/pruned_network.hpp"

#include <gtest/gtest.h>

#include "core/require.hpp"
#include "models/flexible/mlp/basic_options.hpp"
#include "models/flexible/mlp/flops.hpp"
#include "models/flexible/pruned_network/magnitude.hpp"
#include "tests/support/class_problem.hpp"
#include "tests/support/reference/training.hpp"
#include "tests/support/thrown_message.hpp"

namespace quartic::pruned_network_test {
namespace {

using support::thrown_message;

PrunedNetwork quick(NumberOrWord keep) {
  return {.keep = std::move(keep), .width = 12, .epochs = 15, .learning_rate = 0.01};
}

detail::TrainingPlan plan_of(const PrunedNetwork& model, const Data& data) {
  return detail::make_training_plan(detail::network_of(model), data.rows(), data.columns());
}

// The first three columns matter.
Data bent(Index rows, std::uint64_t seed) {
  Matrix x = gaussian_matrix(rows, 8, Stream(seed).child("x"));
  Vector y =
      x.col(0) + x.col(1).cwiseAbs() - x.col(2) + 0.1 * gaussian_matrix(rows, 1, Stream(seed).child("noise"));
  return {std::move(x), std::move(y)};
}

Index weights_left(const Fit& fit) {
  const std::string& message = fit.report.message;
  return std::stoi(message.substr(message.find("keeps ") + 6));
}

TEST(PrunedNetwork, KeepingAllIsTheNetwork) {
  const Data data = bent(60, 1);
  const Fit network = detail::network_of(quick(1.0)).fit(data, Stream(3).child("training"));
  for (const std::string retrain : {"rewind", "fine_tune", "none"}) {
    PrunedNetwork model = quick(1.0);
    model.retrain = retrain;
    const Fit fit = model.fit(data, Stream(3));
    EXPECT_EQ(fit.predict.score(Matrix(data.dense())), network.predict.score(Matrix(data.dense())))
        << retrain;
    EXPECT_EQ(fit.report.cost.fit_flops, network.report.cost.fit_flops);
    EXPECT_EQ(fit.report.certificate, network.report.certificate);
  }
}

TEST(PrunedNetwork, WeightsOnceCutStayAtZeroThroughAllTraining) {
  const Data data = bent(60, 2);
  for (const std::string optimiser : {"sgd", "momentum", "nesterov", "adam", "adamw"})
    for (const std::string retrain : {"rewind", "fine_tune", "none"})
      for (const Index rounds : {1, 3}) {
        if (retrain == "none" && rounds > 1) continue;
        PrunedNetwork model = quick(0.1);
        model.rounds = rounds, model.retrain = retrain, model.optimiser = optimiser,
        model.weight_decay = 0.01;
        const Fit fit = model.fit(data, Stream(4));
        // 12 units of 8 columns, 96 weights, and 12 of the output: 10 and 2, and at most 13 biases.
        EXPECT_EQ(weights_left(fit), 12) << optimiser << retrain;
        EXPECT_LE(fit.report.parameters, 12 + 13);
        EXPECT_LE(fit.predict.score_flops(), 2 * 12 + 13);
      }
}

// With all rows in one step and plain descent the slow network can be held to its weights from outside.
TEST(PrunedNetwork, RewindsAsTheSlowNetworkDoes) {
  const Data data = bent(30, 3);
  PrunedNetwork model = quick(0.2);
  model.activation = "tanh", model.optimiser = "sgd", model.batch = 30, model.learning_rate = 0.1,
  model.rounds = 2;
  for (const Index rewind : {0, 5}) {
    model.rewind = rewind;
    detail::TrainingPlan plan = plan_of(model, data);
    const Stream stream = Stream(5).child("training");
    const reference::LabelledGrid<double> rows{
        grid_of<double>(data.dense()), numbers_of<double>(data.y()), {}};
    reference::ReferenceTraining<double> slow{plan};
    for (const double w : detail::initial_parameters<double>(
             plan.shape, detail::layer_scales(plan.shape, plan.scaling), stream.child("initial")))
      slow.w.push_back(w);
    slow.first = slow.second = std::vector<double>(slow.w.size());
    detail::Kept kept = detail::keep_all(plan.shape);
    std::vector<double> early;
    const auto run = [&](Index from) {
      for (Index epoch = from; epoch < model.epochs; ++epoch) {
        if (epoch == rewind && early.empty()) early = slow.w;
        reference::run_epoch(slow, rows, reference::in_order(30), stream);
        for (std::size_t k = 0; k < kept.size(); ++k) slow.w[k] *= kept[k];
      }
    };
    run(0);
    for (const double share : {std::sqrt(0.2), 0.2}) {
      const std::vector<float> now(slow.w.begin(), slow.w.end());
      kept = detail::keep_largest(plan.shape, now, kept, share);
      slow.w = early;
      for (std::size_t k = 0; k < kept.size(); ++k) slow.w[k] *= kept[k];
      run(rewind);
    }
    const Vector fast = model.fit(data, Stream(5)).predict.score(Matrix(data.dense()));
    const auto scores = reference::network_forward(plan.shape, slow.w, rows.x).scores;
    EXPECT_LE((fast - Eigen::Map<const Vector>(scores.data(), 30)).norm(), 1e-4 * fast.norm()) << rewind;
  }
}

TEST(PrunedNetwork, BillsEveryTrainingWhole) {
  const Data data = bent(23, 4);
  PrunedNetwork model = quick(0.3);
  model.epochs = 4, model.batch = 10;
  detail::TrainingPlan plan = plan_of(model, data);
  plan.certificate = false;
  const double once = count_flops([&] {
    reference::train(plan, grid_of<CountingScalar>(data.dense()), numbers_of<CountingScalar>(data.y()),
                     Stream(1));
  });
  const double unit = detail::constant_flops(plan.loss, 23) + 1, epoch = (once - unit) / 4;
  const auto flops = [&](const PrunedNetwork& one) { return one.fit(data, Stream(6)).report.cost.fit_flops; };
  EXPECT_EQ(flops(model), once + 4 * epoch);
  model.rounds = 3;
  EXPECT_EQ(flops(model), once + 3 * 4 * epoch);
  model.rewind = 3;
  EXPECT_EQ(flops(model), once + 3 * epoch);
  model.retrain = "fine_tune", model.rewind = 0;
  EXPECT_EQ(flops(model), once + 3 * once);
  model.retrain = "none", model.rounds = 1;
  EXPECT_EQ(flops(model), once);
}

TEST(PrunedNetwork, HeldOutBillsEveryTrialAsTuning) {
  const Data data = bent(50, 5);
  PrunedNetwork model = quick("held_out");
  const Fit fit = model.fit(data, Stream(7));
  detail::TrainingPlan plan = plan_of(model, data.prefix(40));
  const double once = detail::network_fit_flops(plan, 40), unit = detail::constant_flops(plan.loss, 40) + 1;
  const double judging = detail::evaluation_flops(plan.shape, plan.loss, 10);
  EXPECT_EQ(
      fit.report.cost.tuning_flops,
      once + 6 * judging + 5 * (once - unit));  // the first training serves all; keeping all cuts nothing
  EXPECT_EQ(quick("held_out").fit(data.prefix(1), Stream(7)).report.cost.tuning_flops, 0);
}

TEST(PrunedNetwork, ReadsClasses) {
  const Data data = as_classes(bent(200, 6));
  PrunedNetwork model = quick(0.3);
  model.loss = "logistic";
  const Vector score = model.fit(data, Stream(8)).predict.score(Matrix(data.dense()));
  EXPECT_LT(((score.array() > 0).cast<double>() - data.y().array()).abs().mean(), 0.2);
  EXPECT_THROW(model.fit(bent(20, 6), Stream(8)), InvalidInput);
}

TEST(PrunedNetwork, RefusesToCutEverythingAndWhatCannotBe) {
  const Data data = bent(30, 7);
  const auto told = [&](auto change) {
    PrunedNetwork model = quick(0.5);
    change(model);
    return thrown_message([&] { model.fit(data, Stream(9)); });
  };
  EXPECT_NE(told([](auto& m) { m.keep = 0.0; }), "");
  EXPECT_NE(told([](auto& m) { m.threshold = 1000; }).find("cuts every weight of a layer"),
            std::string::npos);
  EXPECT_NE(told([](auto& m) { m.rounds = 2, m.retrain = "none"; }).find("rounds = 1"), std::string::npos);
  EXPECT_NE(told([](auto& m) { m.rewind = 15; }).find("Rewind to an earlier one"), std::string::npos);
  EXPECT_NE(told([](auto& m) { m.keep = "held_out", m.batch = 30; }).find("Set batch to 24"),
            std::string::npos);
}

}  // namespace
}  // namespace quartic::pruned_network_test
