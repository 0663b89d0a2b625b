#include "experiments/platform/plain_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <iterator>
#include <system_error>
#include <utility>

#include "core/require.hpp"
#include "experiments/platform/machine_failure.hpp"

namespace quartic {

namespace {

/// Closes what it holds.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) close(number_);
  }
  int number() const { return number_; }
  int release() { return std::exchange(number_, -1); }

 private:
  int number_;
};

// Nothing where reading fails. A file may grow, or say that it is empty (/proc): the bytes decide.
std::optional<std::string> read_to_end(int descriptor, std::size_t likely_bytes, std::size_t most_bytes) {
  std::string text(likely_bytes + 1, '\0');
  for (std::size_t end = 0;;) {
    if (end == text.size()) text.resize(std::max<std::size_t>(65536, 2 * end));
    const ssize_t count = read(descriptor, text.data() + end, text.size() - end);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return std::nullopt;
    end += static_cast<std::size_t>(count);
    if (end > most_bytes) return std::nullopt;
    if (count > 0) continue;
    text.resize(end);
    return text;
  }
}

}  // namespace

std::optional<std::string> read_plain_file(const std::filesystem::path& path, std::size_t most_bytes) {
  const Descriptor file(open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));  // a pipe would make it wait
  struct stat what {};
  if (file.number() < 0 || fstat(file.number(), &what) != 0 || !S_ISREG(what.st_mode)) return std::nullopt;
  const auto bytes = static_cast<std::size_t>(what.st_size);
  if (bytes > most_bytes) return std::nullopt;
  return read_to_end(file.number(), bytes, most_bytes);
}

namespace detail {

int open_own_file(const std::filesystem::path& path) {
  constexpr int flags = O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;
  Descriptor file(open(path.c_str(), flags, 0666));
  const bool is_link = file.number() < 0 && errno == ELOOP;
  if (file.number() < 0 && !is_link) return -1;
  struct stat what {};
  const bool is_ours =
      !is_link && fstat(file.number(), &what) == 0 && S_ISREG(what.st_mode) && what.st_nlink <= 1;
  require(is_ours, path.string() +
                       " is a link, or no plain file (what is written there would end up elsewhere). Remove "
                       "it, or choose another folder.");
  return file.release();
}

bool is_file(int descriptor, const std::filesystem::path& path) {
  struct stat opened {
  }, named{};
  return fstat(descriptor, &opened) == 0 && stat(path.c_str(), &named) == 0 &&
         opened.st_dev == named.st_dev && opened.st_ino == named.st_ino;
}

bool is_exhausted(int reason) {
  constexpr int reasons[] = {ENOSPC, EDQUOT, EFBIG, EMFILE, ENFILE, ENOMEM, EAGAIN, EIO};
  return std::find(std::begin(reasons), std::end(reasons), reason) != std::end(reasons);
}

std::string remedy(int reason, const std::string& option) {
  const std::string again = ", then give the same command again.";
  if (reason == ENOSPC || reason == EDQUOT || reason == EFBIG) return "Free some space" + again;
  if (reason == EMFILE || reason == ENFILE) return "Allow more open files (ulimit -n)" + again;
  if (reason == ENOMEM || reason == EAGAIN)
    return "Close some programs, or raise their limits (ulimit -a)" + again;
  if (reason == EIO) return "Check the disk" + again;
  return "Choose a folder you may write to" + (option.empty() ? "" : " with " + option) + ".";
}

void refuse_file(const std::string& action, const std::filesystem::path& path, int reason,
                 const std::string& option) {
  const std::string message = "cannot " + action + " " + path.string() + " (" +
                              std::generic_category().message(reason) + "). " + remedy(reason, option);
  if (is_exhausted(reason)) throw MachineFailure(message);
  throw InvalidInput(message);
}

}  // namespace detail
}  // namespace quartic
