// What the engine does with little memory.
#include <gtest/gtest.h>

#include "experiments/engine/setup.hpp"
#include "experiments/study/read/parse_study.hpp"
#include "models/flexible/hybrid_network/hybrid_network.hpp"
#include "models/flexible/mlp/mlp.hpp"
#include "tests/experiments/engine/doubles.hpp"
#include "tests/support/scratch.hpp"
#include "tests/support/thrown_message.hpp"

namespace quartic::memory_budget_test {
namespace {

using doubles::plain_study;
using doubles::run_study;
using support::thrown_message;

TEST(Engine, RefusesAReplicateThatDoesNotFitTheMemory) {
  Study study = plain_study();
  study.sizes = {100000};
  const std::string message = thrown_message([&] { run_study(study, {.threads = 2, .memory_bytes = 20e6}); });
  for (const char* part : {"one replicate needs", "MiB", "--memory", "float"})
    EXPECT_NE(message.find(part), std::string::npos) << message;
}

TEST(Engine, CountsTheMemoryThatModelsWorkIn) {
  Study study = plain_study();
  const auto planned = [&] { return plan(study, {.threads = 1}, 0.1); };
  const double without = planned().task_bytes;
  edit(study.cells)->arms[1].model.options["working"] = 1e9;
  EXPECT_GE(planned().task_bytes, 1e9);
  EXPECT_LE(planned().task_bytes, 1e9 + without);
  EXPECT_GE(planned().memory_bytes, planned().program_bytes + 1e9);
  EXPECT_EQ(run_study(study, {.threads = 2, .memory_bytes = 1.5e9}).result.failed, 0);
  const std::string message =
      thrown_message([&] { run_study(study, {.threads = 1, .memory_bytes = 0.9e9}); });
  EXPECT_NE(message.find("one replicate needs"), std::string::npos) << message;
}

TEST(Engine, CountsTheMemoryOfCheckpointsOnlyWhereTheyAreKept) {
  Study study = plain_study();
  edit(study.cells)->arms = {{.name = "network", .model = {"mlp", {{"width", Index{1000}}}}, .expert = {}}};
  study.catalogues = Catalogues(doubles::catalogues().worlds(), built_in_catalogues().models());
  const testing::Scratch scratch;
  const CheckpointFolder folder(scratch.path());
  const auto bytes = [&](const CheckpointFolder* checkpoints) {
    const EngineOptions options{.threads = 1, .checkpoints = checkpoints};
    return detail::make_setup(study, options).budget.task.working;
  };
  const Index columns = doubles::PlainWorld{}.candidates;
  EXPECT_EQ(bytes(&folder) - bytes(nullptr), Mlp{.width = 1000}.checkpoint_bytes(40, columns));
}

TEST(Engine, CountsRowsAsDoubleOnlyOfModelsThatCopyThem) {
  Study study = plain_study();
  study.storage = Storage::floats;
  study.sizes = {4000};
  study.catalogues = Catalogues(doubles::catalogues().worlds(), built_in_catalogues().models());
  const auto working = [&](const std::string& model, Index candidates) {
    edit(study.cells)->world.options["candidates"] = candidates;
    edit(study.cells)->arms = {{.name = "one", .model = {model, {}}, .expert = {}}};
    return detail::make_setup(study, {.threads = 1}).budget.task.working;
  };
  const double copy = 8.0 * 4000 * 10000;
  EXPECT_GT(working("lasso", 20000) - working("lasso", 10000), copy);
  EXPECT_LT(working("logistic_lasso", 20000) - working("logistic_lasso", 10000), copy);
}

TEST(Engine, CountsWhatAModelHoldsOfTheColumnsThatItIsTold) {
  Study study = plain_study();
  study.catalogues = Catalogues(doubles::catalogues().worlds(), built_in_catalogues().models());
  const auto working = [&](const std::optional<Expert>& expert) {
    edit(study.cells)->arms = {{.name = "one", .model = {"hybrid_network", {}}, .expert = expert}};
    return detail::make_setup(study, {.threads = 1}).budget.task.working;
  };
  const auto told = [&](Index names) {
    const std::vector<Index> named(static_cast<std::size_t>(names), 0);
    return HybridNetwork{}.advised(named).working_bytes(study.sizes.back(), doubles::PlainWorld{}.candidates);
  };
  EXPECT_EQ(working(Expert{.correct = 2, .wrong = 4}) - working({}), told(6) - told(0));
}

TEST(Engine, CountsTheRowsOfAFurtherSizeForTheTargetsArmAlone) {
  Study study = plain_study();
  edit(study.cells)->arms[0].expert = Expert{.correct = 2, .wrong = 0};
  study.adaptive = {.least = 10, .most = 100};
  study.adaptive->targets = {{Claim{.says = "target", .arm = study.cells.front().arms[0].name}, 0.1}};
  const auto held = [&] { return detail::make_setup(study, {.threads = 1}).budget.task.held; };
  const double given = held();
  const Index n = 100000;
  study.adaptive->targets.front().sizes = {n};
  study.sizes.push_back(n);
  // two columns, labels and what goes with them: three more; of the 20 candidates nothing more
  EXPECT_NEAR(held() - given, 5 * 8.0 * static_cast<double>(n - study.sizes[3]), 1);
  study.adaptive->targets.front().law.arm = study.cells.front().arms[1].name;
  EXPECT_NEAR(held() - given, 23 * 8.0 * static_cast<double>(n - study.sizes[3]), 1);
}

TEST(Engine, CountsTheColumnsOfAnExpertByShares) {
  Study study = plain_study();
  const auto held = [&](const Expert& expert) {
    edit(study.cells)->arms[0].expert = expert;
    return detail::make_setup(study, {.threads = 1}).budget.task.held;
  };
  const double three = held({.correct = 2, .wrong = 1});
  EXPECT_EQ(held({.recall = 0.67, .false_share = 0.33}), three);
  EXPECT_EQ(held({.recall = 0.5, .false_share = 0.33, .weight = Weight::signal}), three)
      << "of equal columns";
  EXPECT_GT(held({.recall = 1, .false_share = 0.5}), three);
  EXPECT_EQ(held({.correct = 2, .wrong = 1, .wrong_sign = 0.5}), three);
}

TEST(Engine, RefusesResultsThatDoNotFitTheMemory) {
  Study study = plain_study();
  study.replicates = 1000000;
  const std::string message = thrown_message([&] { run_study(study, {.threads = 1, .memory_bytes = 20e6}); });
  EXPECT_NE(message.find("the results need"), std::string::npos) << message;
}

TEST(MemoryBudget, HoldsAtAnyTimeWhatTheBoundAllows) {
  using namespace detail;
  const TaskMemory task{.held = 100, .working = 10, .fits = 3};
  const auto budget_in = [&](double bytes, Index tasks) {
    const Budget budget = make_budget({task, task}, {.bytes = bytes, .threads = 8, .tasks = tasks});
    EXPECT_LE(budget.bytes(), bytes);
    EXPECT_LE(budget.tasks, budget.threads) << "a replicate that no thread works on only takes memory";
    return budget;
  };
  EXPECT_EQ(budget_in(1e9, 100).tasks, 8);
  EXPECT_EQ(budget_in(1e9, 2).tasks, 2) << "there are no more";
  EXPECT_EQ(budget_in(1e9, 2).fits(), 6);
  EXPECT_EQ(budget_in(kept_by_allocators * 110, 100).tasks, 1);
  EXPECT_EQ(budget_in(kept_by_allocators * 215, 100).fits(), 3) << "one replicate, all of whose fits run";
  EXPECT_EQ(budget_in(kept_by_allocators * 220, 100).tasks, 1) << "which keeps more threads busy than two";
  EXPECT_THROW(budget_in(109, 100), InvalidInput);
}

TEST(MemoryBudget, CountsHowCasesAreRecordedWhereRulesAreJudged) {
  const auto bytes = [](const std::string& shift) {
    const Study study = parse_study(
        "sizes = [20]\nreplicates = 1\nworld.kind = \"sparse_linear\"\nworld.candidates = 1000000\n" + shift +
            "[[arm]]\nname = \"a\"\nmodel = \"least_squares\"\nexpert = { correct = 5 }\n",
        "s.toml");
    return plan(study, {.threads = 1}, 0.1).task_bytes;
  };
  EXPECT_GE(bytes("world.test_shift = \"rotation\"\n"), bytes("") + 4 * 8e6);
}

TEST(MemoryBudget, ChargesEachMomentOnce) {
  Study study = plain_study();
  study.sizes = {100, 400};
  study.catalogues = built_in_catalogues();
  Cell cell = study.cells[0];
  cell.world = {"sparse_linear", {{"candidates", Index{200}}}};
  const auto budget_of = [&](std::vector<ArmSpec> arms) {
    cell.arms = std::move(arms);
    study.cells = {cell};
    return detail::make_setup(study, {.threads = 1, .memory_bytes = 1e9}).budget.task;
  };
  const ArmSpec first{.name = "first", .model = {"least_squares", {}}, .expert = {}};
  const ArmSpec second{.name = "second", .model = {"ridge", {{"penalty", 1.0}}}, .expert = {}};
  const double x = 400 * 200 * 8 + 3 * 400 * 8, square = 200 * 200 * 8;
  EXPECT_EQ(budget_of({first}).held, x) << "nobody to share with";
  EXPECT_GE(budget_of({first}).working, 2 * square) << "the growing sums and a copy";
  EXPECT_GE(budget_of({first, second}).held, x + square);
  EXPECT_LT(budget_of({first, second}).working, budget_of({first}).working + 2 * square);
}

TEST(Engine, RunsFewerReplicatesAtOnceInLittleMemoryToTheSameBits) {
  Study study = plain_study();
  study.sizes = {100, 4000};
  study.replicates = 12;
  const double one = plan(study, {.threads = 1}, 0.1).memory_bytes;
  const EngineOptions tight{.threads = 4, .memory_bytes = 1.01 * one};
  EXPECT_EQ(detail::make_setup(study, tight).budget.tasks, 1);
  EXPECT_EQ(records_csv(run_study(study, tight).records),
            records_csv(run_study(study, {.threads = 4}).records));
}

}  // namespace
}  // namespace quartic::memory_budget_test
