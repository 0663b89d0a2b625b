#include "experiments/platform/plain_file.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>

#include "experiments/platform/folder_lock.hpp"
#include "experiments/platform/machine_failure.hpp"
#include "experiments/platform/whole_file.hpp"
#include "tests/support/scratch.hpp"
#include "tests/support/thrown_message.hpp"

namespace quartic::plain_file_test {
namespace {

using support::thrown_message;
using testing::Scratch;
namespace fs = std::filesystem;

void write(const std::string& path, std::string_view text) {
  std::ofstream(path, std::ios::binary) << text;
}

TEST(PlainFile, IsReadWhole) {
  const Scratch scratch;
  const std::string text = std::string(200000, 'x') + '\0' + "end";
  write(scratch / "a", text);
  fs::create_symlink(scratch / "a", scratch / "link");
  EXPECT_EQ(read_plain_file(scratch / "a"), text);
  EXPECT_EQ(read_plain_file(scratch / "link"), text);
  EXPECT_EQ(read_plain_file(scratch / "a", text.size()), text);
  EXPECT_GT(read_plain_file("/proc/self/status").value().size(), 100U);  // which says that it is empty
}

TEST(PlainFile, IsNothingElseAndNotTooLarge) {
  const Scratch scratch;
  write(scratch / "a", "12345");
  fs::resize_file(scratch / "a", std::uintmax_t{5} << 30U);  // sparse
  ASSERT_EQ(mkfifo((scratch / "pipe").c_str(), 0600), 0);
  for (const std::string& path :
       {scratch / "a", scratch / "pipe", scratch / "none", scratch / "", std::string("/dev/zero")})
    EXPECT_FALSE(read_plain_file(path).has_value()) << path;
  write(scratch / "b", "12345");
  EXPECT_FALSE(read_plain_file(scratch / "b", 4).has_value());
}

/// Ways by which what is written under a name ends up elsewhere.
void make_traps(const Scratch& scratch, const std::string& name) {
  write(scratch / "thesis", "mine");
  fs::create_symlink(scratch / "thesis", scratch / name);
  fs::create_symlink(scratch / "nowhere", scratch / (name + ".dangling"));
  fs::create_hard_link(scratch / "thesis", scratch / (name + ".hard"));
  ASSERT_EQ(mkfifo((scratch / (name + ".pipe")).c_str(), 0600), 0);
}

TEST(OwnFile, IsNoLinkAndNoPipe) {
  const Scratch scratch;
  make_traps(scratch, "a");
  for (const char* trap : {"a", "a.dangling", "a.hard", "a.pipe"})
    EXPECT_NE(
        thrown_message([&] { detail::open_own_file(scratch / trap); }).find("is a link, or no plain file"),
        std::string::npos)
        << trap;
  EXPECT_FALSE(fs::exists(scratch / "nowhere"));
  EXPECT_EQ(detail::open_own_file(scratch / "none/b"), -1);
  const int descriptor = detail::open_own_file(scratch / "b");
  EXPECT_GE(descriptor, 0);
  EXPECT_TRUE(detail::is_file(descriptor, scratch / "b"));
  close(descriptor);
}

TEST(OwnFile, IsWhatLocksAndPartialFilesWriteInto) {
  for (const std::string trap : {"trap", "trap.hard", "trap.dangling", "trap.pipe"}) {
    const Scratch scratch;
    make_traps(scratch, "trap");
    fs::rename(scratch / trap, scratch / "run.lock");
    EXPECT_NE(thrown_message([&] { const FolderLock lock(scratch.path()); }).find("is a link"),
              std::string::npos)
        << trap;
    fs::rename(scratch / "run.lock", scratch / "summary.csv.partial");
    EXPECT_NE(
        thrown_message([&] { const detail::PartialFile file(scratch / "summary.csv"); }).find("is a link"),
        std::string::npos)
        << trap;
    EXPECT_EQ(read_plain_file(scratch / "thesis"), "mine") << trap;
  }
}

TEST(FolderLock, WaitsForNoPipeAndRepeatsNoFile) {
  const Scratch scratch;
  make_traps(scratch, "trap");
  fs::rename(scratch / "trap.pipe", scratch / "run.lock");
  EXPECT_FALSE(FolderLock::holder(scratch.path()).has_value());
  fs::rename(scratch / "trap", scratch / "run.lock");
  EXPECT_FALSE(FolderLock::holder(scratch.path()).has_value());
}

TEST(RefusedFile, IsTheMachinesFaultWhereItHasRunOutOfSomething) {
  for (const int reason : {ENOSPC, EMFILE, ENFILE, ENOMEM, EIO})
    EXPECT_THROW(detail::refuse_file("create", "a", reason, "--out"), MachineFailure) << reason;
  EXPECT_THROW(detail::refuse_file("create", "a", EACCES, "--out"), InvalidInput);
  EXPECT_EQ(
      thrown_message([] { detail::refuse_file("create", "a", EMFILE, "--out"); }),
      "cannot create a (Too many open files). Allow more open files (ulimit -n), then give the same command "
      "again.");
  EXPECT_EQ(thrown_message([] { detail::refuse_file("create", "a", EACCES, "--out"); }),
            "cannot create a (Permission denied). Choose a folder you may write to with --out.");
}

}  // namespace
}  // namespace quartic::plain_file_test
