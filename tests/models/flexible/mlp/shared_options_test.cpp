#include "models/flexible/mlp/shared_options.hpp"

#include <gtest/gtest.h>

#include "models/flexible/convnet/convnet.hpp"
#include "models/flexible/mlp/mlp.hpp"
#include "tests/support/thrown_message.hpp"

namespace quartic::detail::shared_options_test {
namespace {

using support::thrown_message;

template <class M>
std::vector<std::string> trained_by() {
  std::vector<std::string> names;
  for (const OptionInfo& info : describe(M::options())) names.push_back(info.name);
  return {std::find(names.begin(), names.end(), "optimiser"), names.end()};
}

TEST(TrainingOptions, AreTheSameOfAllNetworks) {
  EXPECT_EQ(trained_by<Mlp>().size(), training_options<Mlp>.size());
  EXPECT_EQ(trained_by<Mlp>(), trained_by<ConvNet>());
}

TEST(TrainingOptions, MakeThePlanThatTheySay) {
  const Mlp mlp{.optimiser = "nesterov",
                .momentum = 0.5,
                .clip = 3,
                .batch = 7,
                .epochs = 12,
                .schedule = "step",
                .decay_epochs = 4,
                .learning_rate = 0.25,
                .interpolation = 0.125,
                .validation = 0.3,
                .patience = 6,
                .history = true};
  const TrainingPlan plan = plan_training(training_options_of(mlp), 50);
  EXPECT_EQ(plan.rule.kind, OptimiserKind::nesterov);
  EXPECT_EQ(plan.rule.momentum, 0.5);
  EXPECT_EQ(plan.rule.clip, 3);
  EXPECT_FALSE(plan.scaling.adaptive);
  EXPECT_EQ(plan.schedule.kind, ScheduleKind::step);
  EXPECT_EQ(plan.schedule.decay_epochs, 4);
  EXPECT_EQ(plan.batch, 7);
  EXPECT_EQ(plan.epochs, 12);
  EXPECT_EQ(plan.learning_rate, 0.25);
  EXPECT_EQ(plan.interpolation, 0.125);
  EXPECT_EQ(plan.validation_rows, 15);
  EXPECT_EQ(plan.patience, 6);
  EXPECT_TRUE(plan.history);
  EXPECT_EQ(plan_training(training_options_of(Mlp{}), 50).batch, 32);
  EXPECT_EQ(plan_training(training_options_of(Mlp{}), 20).batch, 20);
}

TEST(TrainingOptions, NameTheModelThatRefuses) {
  EXPECT_NE(thrown_message([] {
              require_rows(training_options_of(ConvNet{.batch = 9}), 5);
            }).find("the batch of convnet is 9 but n is 5"),
            std::string::npos);
  EXPECT_NE(thrown_message([] {
              require_holdable("convnet", "channels", 1e15);
            }).find("convnet would have 1e+15 parameters by its option \"channels\""),
            std::string::npos);
}

}  // namespace
}  // namespace quartic::detail::shared_options_test
