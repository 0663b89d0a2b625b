/// A machine whose clock jumps by decades while quartic works. libfaketime plays that clock; what is asked of
/// the clock that does not jump (CLOCK_MONOTONIC) it leaves alone, as the kernel does.
#include <gtest/gtest.h>

#include <chrono>
#include <nlohmann/json.hpp>
#include <thread>

#include "tests/cli/killed_run.hpp"

namespace quartic::clock_test {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using testing::Outcome;
using testing::read_text;
using testing::write_text;

/// Sets the clock 20 years back and forth, a hundred times a second and never twice to the same day, as long
/// as it lives.
class JumpingClock {
 public:
  explicit JumpingClock(fs::path file) : file_(std::move(file)) {
    set(0);
    thread_ = std::jthread([this](const std::stop_token& stop) {
      for (int jump = 1; !stop.stop_requested(); ++jump) {
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
        set(jump);
      }
    });
  }

  /// What makes a command of the shell see it. (The address sanitizer wants its library to be the first.)
  std::string before() const {
    return "env LD_PRELOAD='/usr/$LIB/faketime/libfaketimeMT.so.1' FAKETIME_NO_CACHE=1 "
           "FAKETIME_DONT_FAKE_MONOTONIC=1 ASAN_OPTIONS=verify_asan_link_order=0:$ASAN_OPTIONS "
           "FAKETIME_TIMESTAMP_FILE='" +
           file_.string() + "'";
  }
  /// Whether commands see it: libfaketime is there, and may be loaded.
  bool is_seen() const {
    return std::system((before() + " date +%Y 2>/dev/null | grep -qv \"$(date +%Y)\"").c_str()) == 0;
  }

 private:
  void set(int jump) const {
    const fs::path next = file_.string() + ".next";
    write_text(next, (jump % 2 == 0 ? "-" : "+") + std::to_string(20 * 365 + jump) + "d\n");
    std::error_code left_as_it_was;
    fs::rename(next, file_, left_as_it_was);
  }

  fs::path file_;
  std::jthread thread_;
};

/// By the jumping clock nothing takes less than a day.
constexpr double a_day = 86400;
bool plausible(double seconds) {
  return seconds >= 0 && seconds < a_day;
}

TEST(Clock, MayJumpWhileARunIsStoredWatchedAndResumed) {
  const testing::Scratch folder;
  const JumpingClock clock(folder / "clock");
  if (!clock.is_seen())
    GTEST_SKIP() << "needs libfaketime (Debian: faketime), which plays a clock that jumps";
  write_text(folder / "study.toml", testing::killed_study);
  const std::string run = "run study.toml --quiet --threads 2 --out ";
  ASSERT_EQ(testing::run_quartic(folder, run + "calm").status, 0);
  const auto quartic = [&](const std::string& words, int expected = 0) {
    const Outcome outcome = testing::run_quartic(folder, words, "", clock.before());
    EXPECT_EQ(outcome.status, expected) << words << "\n" << outcome.err;
    return outcome.out;
  };
  quartic(run + "half --shard 1/2");
  const json status = json::parse(quartic("status half --json"));
  EXPECT_EQ(2 * status["done"].get<Index>(), testing::killed_fits);
  EXPECT_GT(status["fits_per_second"], 0.5 * testing::killed_fits / a_day);
  quartic("merge jumpy half --quiet", 130);  // half is missing
  quartic("resume jumpy --quiet --threads 2");
  EXPECT_EQ(read_text(folder / "jumpy/records.csv"), read_text(folder / "calm/records.csv"));
  EXPECT_TRUE(plausible(json::parse(read_text(folder / "jumpy/manifest.json"))["wall_seconds"]));

  const std::vector<StoredRun> runs = StoreReader((folder / "jumpy").string()).runs();
  const std::vector<StoredRun> calm = StoreReader((folder / "calm").string()).runs();
  EXPECT_EQ(runs.size(), 3U);
  for (const StoredRun& one : runs) {
    EXPECT_TRUE(plausible(one.seconds)) << one.seconds;
    EXPECT_NE(one.started.substr(0, 3), calm[0].started.substr(0, 3));  // so that the clock did jump
  }
}

}  // namespace
}  // namespace quartic::clock_test
