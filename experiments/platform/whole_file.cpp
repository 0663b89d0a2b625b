#include "experiments/platform/whole_file.hpp"

#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "core/require.hpp"
#include "experiments/platform/machine_failure.hpp"
#include "experiments/platform/plain_file.hpp"

namespace quartic::detail {

namespace {

constexpr std::size_t buffer_bytes = 256 * 1024;

}  // namespace

void put_in_place(const std::vector<PartialFile*>& files, const std::filesystem::path& folder,
                  std::initializer_list<const char*> stale) {
  for (PartialFile* file : files) file->complete();
  std::error_code absent;
  for (const char* name : stale) std::filesystem::remove(folder / name, absent);
  for (PartialFile* file : files) file->put_in_place();
}

void PartialFile::fail(std::string_view action, int reason) const {
  throw MachineFailure("cannot " + std::string(action) + " " + partial_.string() + " (" +
                       std::generic_category().message(reason) + "). " + remedy(reason, option_));
}

PartialFile::PartialFile(std::filesystem::path target, std::string option)
    : target_(std::move(target)), partial_(target_), option_(std::move(option)) {
  partial_ += partial_suffix;
  descriptor_ = open_own_file(partial_);
  if (descriptor_ < 0) refuse_file("create", partial_, errno, option_);
  const bool locked = flock(descriptor_, LOCK_EX | LOCK_NB) == 0 && is_file(descriptor_, partial_);
  if (locked && ftruncate(descriptor_, 0) == 0) return;
  const int reason = errno;
  close(descriptor_);  // the destructor will not run
  require(locked, "cannot write " + partial_.string() +
                      " (another run is writing there). Wait for it to end, or choose another folder" +
                      (option_.empty() ? "" : " with " + option_) + ".");
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

void PartialFile::read_back(const std::function<void(std::string_view)>& take) {
  flush();
  std::string piece(buffer_bytes, '\0');
  for (off_t place = 0;;) {
    const ssize_t count = pread(descriptor_, piece.data(), piece.size(), place);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fail("read", errno);
    if (count == 0) return;
    take({piece.data(), static_cast<std::size_t>(count)});
    place += count;
  }
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
