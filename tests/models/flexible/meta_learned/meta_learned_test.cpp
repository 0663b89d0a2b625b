#include "models/flexible/meta_learned/meta_learned.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "core/require.hpp"
#include "models/flexible/meta_learned/maml.hpp"
#include "models/flexible/mlp/mlp.hpp"
#include "tests/support/class_problem.hpp"
#include "tests/support/thrown_message.hpp"

namespace quartic::meta_learned_test {
namespace {

using support::thrown_message;

// A sine of the first column, by task of another phase; the second says nothing.
Data sine(Index rows, double phase, std::uint64_t seed) {
  const Matrix x = gaussian_matrix(rows, 2, Stream(seed).child("x"));
  return {Matrix(x), Vector((2 * x.col(0).array() + phase).sin())};
}

Data problem(Index rows) {
  std::vector<Data> sources;
  for (const double phase : {0.0, 0.4, 0.8, 1.2, 1.6, 2.0, 2.4, 2.8})
    sources.push_back(sine(60, phase, static_cast<std::uint64_t>(10 + phase * 10)));
  return sine(rows, 1.0, 1).with_sources(std::move(sources));
}

MetaLearned quick() {
  return {.inner_rate = 0.05, .meta_steps = 400, .outer_rate = 0.005, .width = 32, .activation = "tanh"};
}

double mean_square(const Fit& fit, const Data& data) {
  return (fit.predict.score(Matrix(data.dense())) - data.y()).squaredNorm() /
         static_cast<double>(data.rows());
}

TEST(MetaLearned, LearnsATaskOfTheFamilyFromTenRows) {
  const Data data = problem(10), fresh = sine(4000, 1.0, 99);
  const double learned = mean_square(quick().fit(data, Stream(1)), fresh);
  const Mlp network{.width = 32, .activation = "tanh", .epochs = 300, .learning_rate = 0.01};
  EXPECT_LT(learned, 0.25);  // of a variance of one half
  EXPECT_LT(learned, 0.6 * mean_square(network.fit(data, Stream(1)), fresh));
}

TEST(MetaLearned, MovesWithTheRowsOfTheTask) {
  const Data data = problem(40), fresh = sine(4000, 1.0, 99);
  MetaLearned model = quick();
  model.steps = 1;
  const double once = mean_square(model.fit(data, Stream(2)), fresh);
  model.steps = 60;
  EXPECT_LT(mean_square(model.fit(data, Stream(2)), fresh), once);
}

TEST(MetaLearned, BillsLearningToLearnApart) {
  MetaLearned model = quick();
  model.meta_steps = 3, model.steps = 4;
  const Fit fit = model.fit(problem(20), Stream(3));
  const detail::MamlPlan plan{.shape = {2, {32}, detail::ActivationKind::tanh},
                              .outer = {.kind = detail::OptimiserKind::adam},
                              .inner_steps = 5,
                              .shots = 10};
  EXPECT_EQ(fit.report.cost.pretraining_flops,
            3 * (8 * (5 * detail::descent_flops(plan, 10) + detail::judging_flops(plan, 10)) +
                 detail::meta_step_flops(plan)));
  EXPECT_EQ(fit.report.cost.fit_flops, 4 * detail::descent_flops(plan, 20));
  EXPECT_EQ(fit.report.iterations, 4);
  EXPECT_EQ(fit.report.parameters, 32 * 3 + 33);
}

TEST(MetaLearned, SaysSoWhereItDiverges) {
  MetaLearned model = quick();
  model.inner_rate = 1e30, model.activation = "relu", model.meta_steps = 2;
  const Fit fit = model.fit(problem(20), Stream(4));
  EXPECT_EQ(fit.report.status, FitStatus::diverged);
  EXPECT_NE(fit.report.message.find("smaller inner_rate"), std::string::npos);
}

TEST(MetaLearned, RefusesDataWithoutTasksToLearnFrom) {
  const auto told = [](const MetaLearned& model, const Data& data) {
    return thrown_message([&] { model.fit(data, Stream(5)); });
  };
  const Data data = sine(20, 0, 1);
  EXPECT_NE(told(quick(), data).find("no source tasks"), std::string::npos);
  EXPECT_NE(told(quick(), data.with_sources({data, data.prefix(1)})).find("it takes 2 or more"),
            std::string::npos);
  MetaLearned model = quick();
  model.meta_steps = 0;
  EXPECT_NE(told(model, problem(20)), "");
  model = quick(), model.meta_batch = 9;
  EXPECT_NE(told(model, problem(20)).find("meta_batch = 9 of 8 source tasks"), std::string::npos);
  model = quick(), model.meta_steps = 1, model.shots = 30;
  EXPECT_EQ(told(model, problem(20)), "");
  model.shots = 31;
  EXPECT_NE(told(model, problem(20)).find("shots = 31 but a source task has 60 rows"), std::string::npos);
  model = quick(), model.optimiser = "adamw";
  EXPECT_NE(told(model, problem(20)).find("adam"), std::string::npos);
  model = quick(), model.loss = "logistic";
  EXPECT_NE(told(model, problem(20)), "");
}

}  // namespace
}  // namespace quartic::meta_learned_test
