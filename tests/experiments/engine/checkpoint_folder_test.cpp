#include "experiments/engine/checkpoint_folder.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>

#include "core/require.hpp"
#include "tests/experiments/engine/doubles.hpp"
#include "tests/support/scratch.hpp"

namespace quartic::checkpoint_folder_test {
namespace {

namespace fs = std::filesystem;
using doubles::plain_study;
using testing::Scratch;

TEST(CheckpointFolder, KeepsTheLastTextOfEveryFit) {
  const Scratch scratch;
  const CheckpointFolder folder(scratch / "a/b");
  const std::string bytes("\0\r\n\xff", 4);
  EXPECT_EQ(folder.of("fit").load(), std::nullopt);
  folder.of("fit").save("first");
  folder.of("fit").save(bytes);
  folder.of("another").save("other");
  EXPECT_EQ(folder.of("fit").load(), bytes);
  EXPECT_EQ(CheckpointFolder(scratch / "a/b").of("another").load(), "other");
}

TEST(CheckpointFolder, ForgetsAFitThatEnded) {
  const Scratch scratch;
  const CheckpointFolder folder(scratch.path());
  folder.of("fit").save("state");
  folder.of("another").save("other");
  folder.forget("fit");
  folder.forget("fit");
  EXPECT_EQ(folder.of("fit").load(), std::nullopt);
  EXPECT_EQ(folder.of("another").load(), "other");
  EXPECT_EQ(scratch.files().size(), 1u);
}

TEST(CheckpointFolder, LeavesAloneWhatIsNotItsOwn) {
  const Scratch scratch;
  std::ofstream(scratch / "thesis.tex") << "years of work";
  const CheckpointFolder folder(scratch.path());
  folder.of("thesis.tex").save("state");
  folder.forget("thesis.tex");
  EXPECT_EQ(scratch.files(), std::vector<std::string>{scratch / "thesis.tex"});
}

std::string message_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const InvalidInput& error) {
    return error.what();
  }
  return "";
}

TEST(CheckpointFolder, RefusesAFolderThatCannotBeMade) {
  const Scratch scratch;
  std::ofstream(scratch / "file") << "mine";
  for (const char* name : {"file", "file/inside"}) {
    const std::string message = message_of([&] { CheckpointFolder folder(scratch / name); });
    for (const std::string& part : {scratch / name, std::string("--checkpoints")})
      EXPECT_NE(message.find(part), std::string::npos) << message;
  }
}

TEST(CheckpointFolder, RefusesAFolderThatCannotBeWrittenTo) {
  const std::string message = message_of([] { CheckpointFolder folder("/proc"); });
  EXPECT_NE(message.find("Choose a folder you may write to with --checkpoints."), std::string::npos)
      << message;
}

TEST(CheckpointFolder, WarnsOnceWhereStatesCannotBeSavedAndTriesTheNextAgain) {
  const Scratch scratch;
  std::vector<std::string> warnings;
  const CheckpointFolder folder(scratch / "states",
                                [&](const std::string& text) { warnings.push_back(text); });
  folder.of("fit").save("state");
  EXPECT_TRUE(warnings.empty());
  fs::remove_all(scratch / "states");
  folder.of("fit").save("later");
  folder.of("another").save("other");
  ASSERT_EQ(warnings.size(), 1u);
  EXPECT_NE(warnings[0].find("--checkpoints"), std::string::npos) << warnings[0];
  EXPECT_EQ(folder.of("fit").load(), std::nullopt);
  fs::create_directory(scratch / "states");
  folder.of("fit").save("latest");
  EXPECT_EQ(folder.of("fit").load(), "latest");
  EXPECT_EQ(warnings.size(), 1u);
}

TEST(CheckpointFolder, KeepsTheStateBeforeWhereTheNextCannotBeSaved) {
  const Scratch scratch;
  const CheckpointFolder folder(scratch / "states");
  folder.of("fit").save("state");
  const std::string file = fs::directory_iterator(scratch / "states")->path();
  fs::create_directory(file + ".partial");  // stands where the next one would be written
  folder.of("fit").save("later");
  EXPECT_EQ(folder.of("fit").load(), "state");
}

TEST(CheckpointFolder, BeginsAnewWhereAStateIsNoPlainFile) {
  const Scratch scratch;
  std::vector<std::string> warnings;
  const CheckpointFolder folder(scratch / "states",
                                [&](const std::string& text) { warnings.push_back(text); });
  folder.of("fit").save("state");
  const std::string file = fs::directory_iterator(scratch / "states")->path();
  fs::resize_file(file, std::uintmax_t{3} << 30U);  // sparse
  EXPECT_EQ(folder.of("fit").load(), std::nullopt);
  fs::remove(file);
  ASSERT_EQ(mkfifo(file.c_str(), 0600), 0);
  EXPECT_EQ(folder.of("fit").load(), std::nullopt);
  folder.of("fit").save("in the place of the pipe");
  EXPECT_EQ(folder.of("fit").load(), "in the place of the pipe");
  fs::remove(file);
  fs::create_directories(file + "/mine");
  EXPECT_EQ(folder.of("fit").load(), std::nullopt);
  EXPECT_TRUE(warnings.empty());
  folder.of("fit").save("nowhere");
  EXPECT_EQ(warnings.size(), 1u);
  EXPECT_TRUE(fs::exists(file + "/mine"));
}

struct Killed {};

/// Adds up draws, one a step, and keeps its state after each: a word that says it is its own, the step and
/// the sum.
struct Steps {
  Index* steps_left;  // until the power goes
  Index steps = 10;
  std::string name() const { return "steps"; }
  Fit fit(const Data& data, Stream stream) const { return fit_resuming(data, std::move(stream), {}); }
  Fit fit_resuming(const Data& data, Stream stream, const Checkpoints& checkpoints) const {
    State state = loaded(checkpoints);
    while (state.step < steps) {
      if (*steps_left == 0) throw Killed{};
      --*steps_left;
      state.sum += stream.child(static_cast<std::uint64_t>(state.step++)).normal();
      if (checkpoints.save) checkpoints.save({reinterpret_cast<const char*>(&state), sizeof(state)});
    }
    return {LinearRule{Vector::Constant(data.columns(), state.sum), 0}, FitReport{}};
  }

 private:
  struct State {
    char own[8] = "steps:1";
    Index step = 0;
    double sum = 0;
  };
  static State loaded(const Checkpoints& checkpoints) {
    const auto text = checkpoints.load ? checkpoints.load() : std::nullopt;
    State state;
    if (text && text->size() == sizeof(state) && text->starts_with(state.own))
      std::memcpy(&state, text->data(), sizeof(state));
    return state;
  }
};

/// Runs of one replicate of one arm at two sizes, over a source of power.
struct Laboratory {
  Index steps_left = 1000;
  Study study = only_steps();

  static Study only_steps() {
    Study study = plain_study();
    study.replicates = 1;
    study.sizes = {10, 20};
    edit(study.cells)->arms = {{.name = "flexible", .model = {"steps", {}}, .expert = {}}};
    return study;
  }
  std::vector<Record> run(const CheckpointFolder* folder) {
    study.catalogues = doubles::catalogues().with(CatalogueEntry<Model>{
        "steps", "adds up", {}, [this](const OptionValues&) { return Model(Steps{&steps_left}); }});
    doubles::KeepAll sink;
    quartic::run(study, {.threads = 1, .checkpoints = folder}, sink);
    return sink.records;
  }
};

TEST(CheckpointFolder, AStudyThatWasKilledGoesOnToTheSameBits) {
  const Scratch scratch;
  const CheckpointFolder folder(scratch.path());
  Laboratory laboratory;
  const std::string whole = records_csv(laboratory.run(nullptr));
  laboratory.steps_left = 14;  // the first size, and four steps of the second
  laboratory.run(&folder);
  EXPECT_EQ(scratch.files().size(), 1u);  // of the second
  laboratory.steps_left = 1000;
  EXPECT_EQ(records_csv(laboratory.run(&folder)), whole);
  EXPECT_EQ(laboratory.steps_left, 1000 - 10 - 6);
  EXPECT_TRUE(scratch.files().empty());
}

TEST(CheckpointFolder, AStudyWhoseStatesCannotBeSavedHasTheSameBits) {
  const Scratch scratch;
  int warnings = 0;
  const CheckpointFolder folder(scratch / "states", [&](const std::string&) { ++warnings; });
  Laboratory laboratory;
  const std::string whole = records_csv(laboratory.run(nullptr));
  fs::remove_all(scratch / "states");
  EXPECT_EQ(records_csv(laboratory.run(&folder)), whole);
  EXPECT_EQ(warnings, 1);
}

TEST(CheckpointFolder, AStudyWithOneNumberChangedStartsAnew) {
  const Scratch scratch;
  const CheckpointFolder folder(scratch.path());
  Laboratory laboratory;
  const auto change = [](const std::function<void(Study&)>& by) {
    Laboratory other;
    by(other.study);
    return other;
  };
  laboratory.steps_left = 14;
  laboratory.run(&folder);
  for (Laboratory other : {change([](Study& study) { study.seed = 8; }), change([](Study& study) {
                             study.sizes = {10, 21};
                           }),
                           change([](Study& study) { study.storage = Storage::floats; }),
                           change([](Study& study) { edit(study.cells)->arms[0].name = "other"; }),
                           change([](Study& study) { edit(study.cells)->world.options["noise"] = 2.0; })}) {
    const std::string whole = records_csv(other.run(nullptr));
    other.steps_left = 1000;
    EXPECT_EQ(records_csv(other.run(&folder)), whole);
    EXPECT_EQ(other.steps_left, 1000 - 20);
  }
}

TEST(CheckpointFolder, AStateThatIsSpoiltStartsAnew) {
  const Scratch scratch;
  const CheckpointFolder folder(scratch.path());
  Laboratory laboratory;
  const std::string whole = records_csv(laboratory.run(nullptr));
  for (const char* text : {"", "steps:1", "not a state at all, but a file of the same name"}) {
    laboratory.steps_left = 14;
    laboratory.run(&folder);
    for (const std::string& file : scratch.files()) std::ofstream(file, std::ios::trunc) << text;
    laboratory.steps_left = 1000;
    EXPECT_EQ(records_csv(laboratory.run(&folder)), whole);
    EXPECT_TRUE(scratch.files().empty());
  }
}

}  // namespace
}  // namespace quartic::checkpoint_folder_test
