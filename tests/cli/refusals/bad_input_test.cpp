/// Numbers that no world has and no model fits are refused before anything runs: by `quartic check`, with the line.
#include <gtest/gtest.h>

#include "tests/cli/run_quartic.hpp"

namespace quartic::bad_input_test {
namespace {

using testing::Outcome;
using testing::run_quartic;
using testing::Scratch;
using testing::write_text;

/// A sound study but for what it is asked to be; lines of the world from 5 on, of the arm from 8 on.
struct Bad {
  std::string name;
  std::string world = "relation = \"shift\"", arm = "model = \"fine_tuned\"";
  std::string place, remedy;  ///< that the refusal names
};

std::string study_of(const Bad& bad) {
  return "sizes = [20, 40]\n[world]\nkind = \"related\"\ncandidates = 12\nrelevant = 4\n" + bad.world +
         "\n[[arm]]\nname = \"a\"\n" + bad.arm + "\n";
}

const std::vector<Bad> cases = {
    {.name = "overlap above one",
     .world = "relation = \"overlap\"\noverlap = 2",
     .place = "bad.toml:7: world.overlap: ",
     .remedy = "from 0 to 1"},
    {.name = "more directions than columns",
     .world = "relation = \"subspace\"\ndimensions = 5",
     .place = "bad.toml:7: world.dimensions: ",
     .remedy = "4"},
    {.name = "more directions than columns of the model",
     .arm = "model = \"shared_subspace\"\ndimensions = 13",
     .place = "bad.toml:10: arm.a.dimensions: ",
     .remedy = "Choose 12 or fewer"},
    {.name = "more directions than the expert names",
     .world = "tasks = 5",
     .arm = "model = \"shared_subspace\"\ndimensions = 3\nexpert = { correct = 2 }",
     .place = "bad.toml:10: arm.a.dimensions: ",
     .remedy = "Choose 2 or fewer"},
    {.name = "more directions than wrong signs leave",
     .world = "tasks = 5",
     .arm = "model = \"shared_subspace\"\ndimensions = 3\nexpert = { correct = 4, wrong_sign = 0.5 }",
     .place = "bad.toml:11: arm.a.expert.wrong_sign: wrong_sign may leave 2 of 4 columns",
     .remedy = "Lower wrong_sign"},
    {.name = "more directions than tasks",
     .world = "tasks = 2",
     .arm = "model = \"shared_subspace\"\ndimensions = 3",
     .place = "bad.toml:10: arm.a.dimensions: dimensions = 3 but there are 2 source tasks",
     .remedy = "Give the world more tasks"},
    {.name = "no rows of sources",
     .world = "source_rows = 0",
     .place = "bad.toml:6: world.source_rows: ",
     .remedy = "1"},
    {.name = "too few rows of sources",
     .world = "source_rows = 12\ntasks = 3",
     .arm = "model = \"shared_subspace\"",
     .place = "bad.toml:10: arm.a: a source of shared_subspace has 12 rows",
     .remedy = "Give the world more source rows"},
    {.name = "a batch that the sources have no rows for",
     .world = "source_rows = 10",
     .arm = "model = \"fine_tuned_network\"\nbatch = 15",
     .place = "bad.toml:10: arm.a.batch: the batch of fine_tuned_network is 15 but the source tasks",
     .remedy = "set batch to 10 or fewer"},
    {.name = "more tasks a step than there are",
     .world = "tasks = 2",
     .arm = "model = \"meta_learned\"\nmeta_batch = 3",
     .place = "bad.toml:10: arm.a.meta_batch: meta_batch = 3 of 2 source tasks",
     .remedy = "Give the world more tasks"},
    {.name = "more rows to adapt to than leave as many to judge by",
     .world = "source_rows = 25",
     .arm = "model = \"meta_learned\"\nshots = 13",
     .place = "bad.toml:10: arm.a.shots: shots = 13 but a source task has 25 rows",
     .remedy = "set shots to 12 or fewer, or to 0"},
    {.name = "a rule of steps that is another",
     .arm = "model = \"meta_learned\"\noptimiser = \"adamw\"",
     .place = "bad.toml:10: arm.a.optimiser: ",
     .remedy = "adam"},
    {.name = "pruning all",
     .arm = "model = \"pruned\"\nkeep = 0",
     .place = "bad.toml:10: arm.a.keep: ",
     .remedy = "above 0"},
    {.name = "pruning all of a network",
     .arm = "model = \"pruned_network\"\nkeep = 0",
     .place = "bad.toml:10: arm.a.keep: ",
     .remedy = "above 0"},
    {.name = "a search without a budget",
     .arm = "model = \"searched\"\ntrials = 0",
     .place = "bad.toml:10: arm.a.trials: ",
     .remedy = "1"},
};

TEST(BadInput, IsRefusedByCheckWithPlaceAndRemedy) {
  const Scratch folder;
  for (const Bad& bad : cases) {
    write_text(folder / "bad.toml", study_of(bad));
    const Outcome outcome = run_quartic(folder, "check bad.toml");
    EXPECT_EQ(outcome.status, 2) << bad.name << '\n' << outcome.out;
    EXPECT_NE(outcome.err.find(bad.place), std::string::npos) << bad.name << '\n' << outcome.err;
    EXPECT_NE(outcome.err.find(bad.remedy), std::string::npos) << bad.name << '\n' << outcome.err;
  }
}

TEST(BadInput, OfModelsWithoutSourcesNamesTheWorldThatHasThem) {
  const Scratch folder;
  for (const std::string model : {"fine_tuned", "fine_tuned_network", "meta_learned", "shared_subspace"}) {
    write_text(folder / "bad.toml",
               "sizes = [20, 40]\n[world]\nkind = \"sparse_linear\"\ncandidates = 12\nrelevant = 4\n[[arm]]\n"
               "name = \"a\"\nmodel = \"" +
                   model + "\"\n");
    const Outcome outcome = run_quartic(folder, "check bad.toml");
    EXPECT_EQ(outcome.status, 2) << model;
    EXPECT_NE(outcome.err.find("bad.toml:8: arm.a: " + model + " was given no source tasks"),
              std::string::npos)
        << outcome.err;
    EXPECT_NE(outcome.err.find("kind = \"related\""), std::string::npos) << outcome.err;
  }
}

TEST(BadInput, IsWhatTheSameStudiesHaveAloneWrong) {
  const Scratch folder;
  for (const std::string model : {"fine_tuned", "fine_tuned_network", "meta_learned", "shared_subspace",
                                  "pruned", "pruned_network", "searched"}) {
    write_text(folder / "sound.toml", study_of({.world = "tasks = 5", .arm = "model = \"" + model + "\""}));
    const Outcome outcome = run_quartic(folder, "check sound.toml");
    EXPECT_EQ(outcome.status, 0) << model << '\n' << outcome.err;
  }
}

}  // namespace
}  // namespace quartic::bad_input_test
