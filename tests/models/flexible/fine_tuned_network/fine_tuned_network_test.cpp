#include "models/flexible/fine_tuned_network/fine_tuned_network.hpp"

#include <gtest/gtest.h>

#include "core/require.hpp"
#include "models/flexible/mlp/basic_options.hpp"
#include "models/transfer/sources.hpp"
#include "tests/support/reference/training.hpp"
#include "tests/support/related_tasks.hpp"
#include "tests/support/thrown_message.hpp"

namespace quartic::fine_tuned_network_test {
namespace {

using support::thrown_message;

FineTunedNetwork quick() {
  return {.target_epochs = 10, .target_rate = 0.002, .width = 16, .epochs = 30, .learning_rate = 0.01};
}

// |x_0| + x_1, and in the sources some more of x_2.
Data bent(Index rows, double more, std::uint64_t seed) {
  Matrix x = gaussian_matrix(rows, 5, Stream(seed).child("x"));
  Vector y = x.col(0).cwiseAbs() + x.col(1) + more * x.col(2) +
             0.1 * gaussian_matrix(rows, 1, Stream(seed).child("noise"));
  return {std::move(x), std::move(y)};
}

Data problem(Index rows, Index source_rows) {
  return bent(rows, 0, 1).with_sources({bent(source_rows, 0.2, 2), bent(source_rows, -0.2, 3)});
}

double mean_square(const Fit& fit, const Data& data) {
  return (fit.predict.score(Matrix(data.dense())) - data.y()).squaredNorm() /
         static_cast<double>(data.rows());
}

TEST(FineTunedNetwork, WithoutStepsIsTheNetworkOfTheSources) {
  const Data data = problem(40, 60);
  FineTunedNetwork model = quick();
  model.target_epochs = 1, model.target_rate = 1e-12;
  const Matrix x = data.dense();
  for (const std::string sources : {"pooled", "first"}) {
    model.sources = sources;
    const Data rows = sources == "first" ? data.sources().front() : detail::pooled_sources(data);
    const Fit expected = detail::network_of(model).fit(rows, Stream(4).child("sources"));
    const Vector scores = model.fit(data, Stream(4)).predict.score(x);
    EXPECT_LE((scores - expected.predict.score(x)).norm(), 1e-5 * scores.norm()) << sources;
  }
}

// Two trainings of the slow network, one after the other.
TEST(FineTunedNetwork, GoesOnAsTheSlowNetworkDoes) {
  const Data data = problem(20, 25);
  FineTunedNetwork model = quick();
  model.activation = "tanh", model.optimiser = "sgd";
  const auto grid = [](const Data& rows) { return grid_of<double>(rows.dense()); };
  const auto labels = [](const Data& rows) { return numbers_of<double>(rows.y()); };
  const Data pooled = detail::pooled_sources(data);
  const detail::TrainingPlan plan = detail::make_training_plan(detail::network_of(model), 50, 5);
  const auto first = reference::train(plan, grid(pooled), labels(pooled), Stream(5).child("sources"));
  detail::TrainingPlan on = detail::make_training_plan(detail::network_of(model), 20, 5);
  on.learning_rate = model.target_rate;
  reference::ReferenceTraining<double> second{on};
  second.w = first.w;
  second.first = second.second = std::vector<double>(first.w.size());
  const reference::LabelledGrid<double> rows{grid(data), labels(data), {}};
  for (Index epoch = 0; epoch < model.target_epochs; ++epoch)
    reference::run_epoch(second, rows,
                         shuffled_rows(20, Stream(5).child("order").child(static_cast<std::uint64_t>(epoch))),
                         Stream(5));
  const auto scores = reference::network_forward(on.shape, second.w, rows.x).scores;
  const Vector fast = model.fit(data, Stream(5)).predict.score(Matrix(data.dense()));
  EXPECT_LE((fast - Eigen::Map<const Vector>(scores.data(), 20)).norm(), 1e-4 * fast.norm());
}

TEST(FineTunedNetwork, BillsSourcesApart) {
  const Data data = problem(20, 60);
  const FineTunedNetwork model = quick();
  const Fit fit = model.fit(data, Stream(6));
  Mlp network = detail::network_of(model);
  EXPECT_EQ(fit.report.cost.pretraining_flops, network.fit_flops(120, 5));
  network.epochs = model.target_epochs;
  EXPECT_EQ(fit.report.cost.fit_flops, network.fit_flops(20, 5));
  EXPECT_EQ(fit.report.cost.tuning_flops, 0);
  EXPECT_EQ(fit.report.iterations, 10);
}

TEST(FineTunedNetwork, NeedsFewRowsWhereTheSourcesAreNear) {
  const Data data = problem(15, 400), fresh = bent(4000, 0, 9);
  const double tuned = mean_square(quick().fit(data, Stream(7)), fresh);
  const double alone = mean_square(detail::network_of(quick()).fit(data, Stream(7)), fresh);
  EXPECT_LT(tuned, 0.5 * alone);
}

TEST(FineTunedNetwork, RefusesWhatItCannotBeginWith) {
  const auto told = [](const FineTunedNetwork& model, const Data& data) {
    return thrown_message([&] { model.fit(data, Stream(8)); });
  };
  EXPECT_NE(told(quick(), bent(20, 0, 1)).find("no source tasks"), std::string::npos);
  FineTunedNetwork model = quick();
  model.batch = 15, model.sources = "first";
  EXPECT_NE(told(model, problem(20, 10)).find("the source tasks that it begins with have 10 rows"),
            std::string::npos);
  model.sources = "pooled";
  EXPECT_EQ(told(model, problem(20, 10)), "");
  EXPECT_THROW(model.require_data(10, 5, Task::regression), InvalidInput);
  EXPECT_THROW(model.require_data(20, 5, Task::classification), InvalidInput);
}

}  // namespace
}  // namespace quartic::fine_tuned_network_test
