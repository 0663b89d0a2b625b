// What the engine does with little memory.
#include <gtest/gtest.h>

#include "experiments/engine/setup.hpp"
#include "models/flexible/mlp/mlp.hpp"
#include "tests/experiments/engine/doubles.hpp"
#include "tests/support/scratch.hpp"
#include "tests/support/thrown_message.hpp"

namespace quartic {
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
  EXPECT_EQ(planned().task_bytes, without + 1e9);
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

TEST(Engine, RefusesResultsThatDoNotFitTheMemory) {
  Study study = plain_study();
  study.replicates = 1000000;
  const std::string message = thrown_message([&] { run_study(study, {.threads = 1, .memory_bytes = 20e6}); });
  EXPECT_NE(message.find("the results need"), std::string::npos) << message;
}

TEST(Engine, RunsFewerReplicatesAtOnceInLittleMemoryToTheSameBits) {
  Study study = plain_study();
  study.sizes = {100, 4000};
  study.replicates = 12;
  const double task = plan(study, {.threads = 2}, 0.1).task_bytes;
  const double results =
      Cube::bytes({.cells = 1, .arms = {"a", "b"}, .sizes = study.sizes, .replicates = 12});
  const EngineOptions tight{.threads = 4, .memory_bytes = 1.2 * task + results};
  EXPECT_EQ(records_csv(run_study(study, tight).records),
            records_csv(run_study(study, {.threads = 4}).records));
}

}  // namespace
}  // namespace quartic
