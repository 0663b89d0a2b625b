/// A machine whose clock jumps by decades while quartic works. libfaketime plays that clock; what is asked of
/// the clock that does not jump (CLOCK_MONOTONIC) it leaves alone, as the kernel does.
#include <gtest/gtest.h>

#include <chrono>
#include <set>
#include <thread>

#include "cli/killed_run.hpp"

namespace quartic {
namespace {

namespace fs = std::filesystem;
using testing::Outcome;
using testing::read_text;
using testing::write_text;

/// Sets the clock 20 years back and forth, some hundred times a second, as long as it lives.
class JumpingClock {
 public:
  explicit JumpingClock(fs::path file) : file_(std::move(file)) {
    set("-20y");
    thread_ = std::jthread([this](const std::stop_token& stop) {
      for (bool back = false; !stop.stop_requested(); back = !back) {
        set(back ? "-20y" : "+20y");
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
      }
    });
  }

  /// What makes a command of the shell see it.
  std::string before() const {
    return "env LD_PRELOAD='/usr/$LIB/faketime/libfaketimeMT.so.1' FAKETIME_NO_CACHE=1 "
           "FAKETIME_DONT_FAKE_MONOTONIC=1 FAKETIME_TIMESTAMP_FILE='" +
           file_.string() + "'";
  }

 private:
  void set(const std::string& time) const {
    const fs::path next = file_.string() + ".next";
    write_text(next, time + "\n");
    fs::rename(next, file_);
  }

  fs::path file_;
  std::jthread thread_;
};

TEST(Clock, MayJumpWhileARunIsStoredResumedAndWatched) {
  if (std::system("faketime --version >/dev/null 2>&1") != 0)
    GTEST_SKIP() << "needs libfaketime (Debian: faketime), which plays a clock that jumps";
  const testing::Scratch folder;
  write_text(folder / "study.toml", testing::killed_study);
  const std::string quietly = "run study.toml --quiet --threads 2 --out ";
  ASSERT_EQ(testing::run_quartic(folder, quietly + "calm").status, 0);

  const JumpingClock clock(folder / "clock");
  const auto quartic = [&](const std::string& words) {
    return testing::run_quartic(folder, words, "", clock.before());
  };
  for (const int part : {1, 2}) {
    const std::string shard = std::to_string(part) + "/2 --out part-" + std::to_string(part);
    const Outcome ran = quartic("run study.toml --quiet --threads 2 --shard " + shard);
    EXPECT_EQ(ran.status, 0) << ran.err;
  }
  EXPECT_EQ(quartic("merge jumpy part-1 part-2 --quiet").status, 0);
  EXPECT_EQ(quartic("resume jumpy --quiet").status, 0);
  EXPECT_EQ(read_text(folder / "jumpy/records.csv"), read_text(folder / "calm/records.csv"));
  const Outcome status = quartic("status jumpy");
  EXPECT_EQ(status.status, 0) << status.err;
  EXPECT_NE(status.out.find("640 of 640"), std::string::npos) << status.out;

  std::set<std::string> decades;  // so that the clock did jump
  for (const StoredRun& run : StoreReader((folder / "jumpy").string()).runs())
    for (const std::string& time : {run.started, run.last_commit})
      if (!time.empty()) decades.insert(time.substr(0, 3));
  EXPECT_GE(decades.size(), 2U);
}

}  // namespace
}  // namespace quartic
