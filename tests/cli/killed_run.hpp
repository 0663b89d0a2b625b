#pragma once
/// A run that is killed at random moments and resumed until it is done.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <random>
#include <thread>

#include "experiments/store/reader.hpp"
#include "experiments/store/state.hpp"
#include "experiments/study/read/parse_study.hpp"
#include "tests/cli/background.hpp"
#include "tests/cli/run_quartic.hpp"

namespace quartic::testing {

/// A fraction of a second of fits, in tasks of about a millisecond.
inline constexpr Index killed_fits = 640;
inline const std::string killed_study = R"(title = "A study to be killed"
seed = 5
replicates = 80
sizes = [60, 120]

[world]
kind = "sparse_linear"
candidates = [100, 150]
relevant = 4

[[arm]]
name = "expert"
model = "least_squares"
expert = { correct = 3, wrong = 1 }

[[arm]]
name = "regularised"
model = "lasso"
penalty = "theory_known"
)";

class KilledRun {
 public:
  explicit KilledRun(unsigned seed) : generator_(seed) {
    write_text(folder_ / "study.toml", killed_study);
    const auto start = Clock::now();
    EXPECT_EQ(started("whole").wait(), 0);
    seconds_ = std::chrono::duration<double>(Clock::now() - start).count();
    whole_ = read_text(folder_ / "whole/records.csv");
    EXPECT_EQ(std::count(whole_.begin(), whole_.end(), '\n'), killed_fits + 1);
  }

  /// Kills runs until there were so many kills, each at a random moment of what is left of its run; every run
  /// ends in the same bytes.
  void kill_often(int kills) {
    while (kills_ < kills) {
      std::filesystem::remove_all(folder_ / "made");
      for (int in_a_row = 0; !ends_or_is_killed(in_a_row);) ++in_a_row;
      EXPECT_EQ(read_text(folder_ / "made/records.csv"), whole_) << "after " << kills_ << " kills";
      EXPECT_EQ(done(), killed_fits);
    }
  }
  int kills() const { return kills_; }

 private:
  using Clock = std::chrono::steady_clock;

  Background started(const std::string& name) {
    return Background({"run", (folder_ / "study.toml").string(), "--quiet", "--threads", "2", "--out",
                       (folder_ / name).string()});
  }

  // A store that SQLite finds nothing wrong with, wherever the run was when it was killed.
  Index done() {
    const std::string made = (folder_ / "made").string();
    const detail::StoreState state = detail::state_of_store(made, detail::Care::thoroughly);
    EXPECT_TRUE(state == detail::StoreState::sound || state == detail::StoreState::absent)
        << "after " << kills_ << " kills";
    if (state != detail::StoreState::sound) return 0;
    const StoreReader store(made);
    const std::string text = store.study_text();
    return text.empty() ? 0 : store.count(parse_study(text, "study.toml")).done;
  }

  bool ends_or_is_killed(int in_a_row) {
    // Up to a whole run's time beyond what is left, so that a run with nothing left to compute can end too; and longer
    // after every kill, for where starting takes most of the time none would ever end.
    const double most = (2 - static_cast<double>(done()) / killed_fits) * (1 + 0.05 * in_a_row) * seconds_;
    const double moment = std::uniform_real_distribution<double>(0, most)(generator_);
    Background program = started("made");
    std::this_thread::sleep_for(std::chrono::duration<double>(moment));
    int status = -1;
    if (program.has_ended(status)) {
      EXPECT_EQ(status, 0);
      return true;
    }
    ++kills_;
    return program.end_with(SIGKILL) == 0;  // 0 where it ended just before
  }

  Scratch folder_;
  std::mt19937 generator_;
  std::string whole_;
  double seconds_ = 0;
  int kills_ = 0;
};

}  // namespace quartic::testing
