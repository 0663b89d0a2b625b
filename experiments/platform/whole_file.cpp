#include "experiments/platform/whole_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "core/require.hpp"
#include "experiments/platform/machine_failure.hpp"

namespace quartic::detail {

namespace {

constexpr std::size_t buffer_bytes = 256 * 1024;

std::string remedy(int reason, const std::string& option) {
  if (reason == ENOSPC || reason == EDQUOT || reason == EFBIG)
    return "Free some space, then give the same command again.";
  return "Choose a folder you may write to with " + option + ".";
}

}  // namespace

void put_in_place(const std::vector<PartialFile*>& files, const std::filesystem::path& folder,
                  std::initializer_list<const char*> stale) {
  for (PartialFile* file : files) file->complete();
  std::error_code absent;
  for (const char* name : stale) std::filesystem::remove(folder / name, absent);
  for (PartialFile* file : files) file->put_in_place();
}

bool is_file(int descriptor, const std::filesystem::path& path) {
  struct stat opened {
  }, named{};
  return fstat(descriptor, &opened) == 0 && stat(path.c_str(), &named) == 0 &&
         opened.st_dev == named.st_dev && opened.st_ino == named.st_ino;
}

void PartialFile::fail(std::string_view action, int reason) const {
  const std::string message = "cannot " + std::string(action) + " " + partial_.string() + " (" +
                              std::generic_category().message(reason) + "). " + remedy(reason, option_);
  if (action == "create") throw InvalidInput(message);
  throw MachineFailure(message);
}

PartialFile::PartialFile(std::filesystem::path target, std::string option)
    : target_(std::move(target)), partial_(target_), option_(std::move(option)) {
  partial_ += partial_suffix;
  descriptor_ = open(partial_.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
  if (descriptor_ < 0) fail("create", errno);
  const bool locked = flock(descriptor_, LOCK_EX | LOCK_NB) == 0 && is_file(descriptor_, partial_);
  if (locked && ftruncate(descriptor_, 0) == 0) return;
  const int reason = errno;
  close(descriptor_);  // the destructor will not run
  require(locked, "cannot write " + partial_.string() +
                      " (another run is writing there). Wait for it to end, or choose another folder with " +
                      option_ + ".");
  fail("empty", reason);
}

PartialFile::~PartialFile() {
  if (!placed_) unlink(partial_.c_str());  // while it is locked: the next run's file of that name is another
  close(descriptor_);
}

void PartialFile::write_out(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) fail("write", written < 0 ? errno : ENOSPC);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

void PartialFile::flush() {
  write_out(buffer_);
  buffer_.clear();
}

void PartialFile::append(std::string_view bytes) {
  if (buffer_.size() + bytes.size() > buffer_bytes) flush();
  if (bytes.size() > buffer_bytes)
    write_out(bytes);
  else
    buffer_ += bytes;
}

void PartialFile::complete() {
  flush();
  if (fsync(descriptor_) != 0 && errno != EINVAL) fail("write", errno);
}

void PartialFile::put_in_place() {
  if (rename(partial_.c_str(), target_.c_str()) != 0) fail("rename", errno);
  placed_ = true;
}

}  // namespace quartic::detail
