#include "experiments/platform/folder_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>

#include "core/require.hpp"
#include "experiments/platform/machine.hpp"
#include "experiments/platform/plain_file.hpp"

namespace quartic {

namespace {

namespace fs = std::filesystem;

std::string read_holder(const fs::path& path) {
  constexpr std::size_t longest = 1000;
  std::string text = read_plain_file(path, longest).value_or("");
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return text.empty() ? "another process" : text;
}

// -1, and errno, where it cannot be opened or is held by another.
int open_and_lock(const fs::path& path) {
  const int descriptor = detail::open_own_file(path);
  if (descriptor < 0) return -1;
  if (flock(descriptor, LOCK_EX | LOCK_NB) == 0 && detail::is_file(descriptor, path)) return descriptor;
  close(descriptor);
  errno = EWOULDBLOCK;
  return -1;
}

// A process that only asks for the holder holds the lock too, for a moment.
int open_and_lock_patiently(const fs::path& path) {
  int descriptor = open_and_lock(path);
  for (int tries = 0; descriptor < 0 && errno == EWOULDBLOCK && tries < 10; ++tries) {
    usleep(10000);
    descriptor = open_and_lock(path);
  }
  return descriptor;
}

}  // namespace

FolderLock::FolderLock(const fs::path& folder)
    : path_(folder / lock_name), descriptor_(open_and_lock_patiently(path_)) {
  const int reason = errno;
  require(descriptor_ >= 0 || reason != EWOULDBLOCK,
          "the folder " + folder.string() + " is in use (another run is writing there: " +
              read_holder(path_) + "). Wait for it to end, or choose another folder with --out.");
  if (descriptor_ < 0) detail::refuse_file("write in the folder", folder, reason, "--out");
  const std::string me =
      "process " + std::to_string(getpid()) + " on " + host_name() + " since " + now_in_utc() + "\n";
  // A full disk leaves the file empty: the lock holds all the same.
  if (ftruncate(descriptor_, 0) == 0) {
    [[maybe_unused]] const auto written = write(descriptor_, me.data(), me.size());
  }
}

FolderLock::~FolderLock() {
  unlink(path_.c_str());  // while it is locked: the next run's file of that name is another
  close(descriptor_);
}

std::optional<std::string> FolderLock::holder(const fs::path& folder) {
  const fs::path path = folder / lock_name;
  const int descriptor = open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  if (descriptor < 0) return std::nullopt;
  const bool is_free = flock(descriptor, LOCK_SH | LOCK_NB) == 0;
  close(descriptor);
  if (is_free) return std::nullopt;
  return read_holder(path);
}

}  // namespace quartic
