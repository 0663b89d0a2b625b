// A plan is a promise: what it says of memory and disk is held against the program.
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "experiments/engine/engine.hpp"
#include "experiments/study/read/parse_study.hpp"
#include "tests/cli/run_quartic.hpp"

namespace quartic::plan_long {
namespace {

using testing::Scratch;
using testing::write_text;
namespace fs = std::filesystem;

struct PlannedStudy {
  std::string name, sizes, replicates, head, world, arm;
  std::string text() const {
    return "title = \"" + name + "\"\nseed = 1\nreplicates = " + replicates + "\nsizes = [" + sizes + "]\n" +
           head + "\n[world]\nkind = \"sparse_linear\"\nrelevant = 4\n" + world +
           "\n[[arm]]\nname = \"a\"\n" + arm + "\n";
  }
};

const std::vector<PlannedStudy> planned_studies = {
    {"ridge_loo", "1500", "3", "", "candidates = 1500", "model = \"ridge\"\npenalty = \"loo\""},
    {"ridge_loo_by_rows", "900", "3", "", "candidates = 2500", "model = \"ridge\"\npenalty = \"loo\""},
    {"ridge_folds", "1500", "3", "", "candidates = 1000", "model = \"ridge\"\npenalty = \"cv\""},
    {"random_features", "1200", "3", "", "candidates = 100",
     "model = \"random_features\"\nfeatures = 4000\npenalty = 0.01"},
    {"lasso", "400", "3", "", "candidates = 8000", "model = \"lasso\""},
    {"least_squares", "2000", "3", "", "candidates = 1500", "model = \"least_squares\""},
    {"least_squares_float", "2000", "3", "storage = \"float\"", "candidates = 1500",
     "model = \"least_squares\""},
    {"least_squares_intercept", "1500", "3", "", "candidates = 1500",
     "model = \"least_squares\"\nintercept = true"},
    {"mlp", "2000", "3", "", "candidates = 50", "model = \"mlp\"\nlayers = 2\nwidth = 1500\nepochs = 1"},
    {"convnet", "2000", "3", "", "candidates = 1024", "model = \"convnet\"\nchannels = 64\nepochs = 1"},
    {"stream", "20000", "3", "storage = \"stream\"", "candidates = 2000", "model = \"linear_sgd\""},
    {"many_cells", "30", "1", "", "candidates = 20\nnoise = { from = 0.1, to = 3.0, points = 40000 }",
     "model = \"least_squares\""},
    {"many_replicates", "30", "200000", "", "candidates = 20", "model = \"least_squares\""}};

// Of the program in kilobytes, or of this test where that is larger: a child begins as its copy.
struct Measured {
  int status = -1;
  double peak = 0;
};

Measured run_measured(const Scratch& folder, const std::string& words) {
  const std::string command =
      "cd '" + folder.path() + "' && '" + testing::program_path() + "' " + words + " > .out 2> .err; exit $?";
  const pid_t child = fork();
  if (child == 0) {
    execl("/bin/sh", "sh", "-c", command.c_str(), nullptr);
    _exit(98);
  }
  int status = 0;
  rusage used{};
  wait4(child, &status, 0, &used);
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, 1024 * static_cast<double>(used.ru_maxrss)};
}

// As `du` has it: whole blocks.
double bytes_of(const fs::path& folder) {
  double bytes = 0;
  for (const fs::directory_entry& file : fs::directory_iterator(folder)) {
    struct stat what {};
    if (stat(file.path().c_str(), &what) == 0) bytes += 512 * static_cast<double>(what.st_blocks);
  }
  return bytes;
}

class Planned : public ::testing::TestWithParam<PlannedStudy> {};

TEST_P(Planned, IsHeldByTheRun) {
  const Scratch folder;
  write_text(folder / "study.toml", GetParam().text());
  const Plan needs = plan(parse_study(GetParam().text(), "study.toml"), {.threads = 2}, 1);
  const Measured ran = run_measured(folder, "run study.toml --threads 2 --quiet --out made");
  ASSERT_EQ(ran.status, 0) << testing::read_text(folder / ".err");
  const double bytes = bytes_of(folder / "made");
  std::cout << GetParam().name << ": memory " << needs.memory_bytes / 1e6 << " planned, " << ran.peak / 1e6
            << " MB; disk " << needs.disk_bytes / 1e3 << " planned, " << bytes / 1e3 << " kB\n";
  EXPECT_LE(ran.peak, 1.2 * needs.memory_bytes);
  EXPECT_LE(bytes, 1.2 * needs.disk_bytes);
  EXPECT_GE(bytes, needs.disk_bytes / 1.2);
}

TEST_P(Planned, NeverTakesMoreThanItMay) {
  const Scratch folder;
  write_text(folder / "study.toml", GetParam().text());
  const double whole = plan(parse_study(GetParam().text(), "study.toml"), {.threads = 2}, 1).memory_bytes;
  for (const double share : {0.75, 0.55}) {
    const double allowed = share * whole;
    const Measured ran =
        run_measured(folder, "run study.toml --threads 2 --quiet --out made-" + std::to_string(share) +
                                 " --memory " + std::to_string(static_cast<long>(allowed)));
    if (ran.status == 2) continue;  // refused
    EXPECT_EQ(ran.status, 0);
    EXPECT_LE(ran.peak, allowed) << GetParam().name;
  }
}

INSTANTIATE_TEST_SUITE_P(Plan, Planned, ::testing::ValuesIn(planned_studies),
                         [](const auto& each) { return each.param.name; });

}  // namespace
}  // namespace quartic::plan_long
