#pragma once
/// The built program, running beside the test.
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <string>
#include <vector>

#include "tests/support/places.hpp"

namespace quartic::testing {

/// `quartic words` with its output thrown away; killed with the object.
class Background {
 public:
  explicit Background(std::vector<std::string> words) : child_(fork()) {
    if (child_ != 0) return;
    const int nothing = open("/dev/null", O_RDWR);
    for (const int stream : {0, 1, 2}) dup2(nothing, stream);
    words.insert(words.begin(), "quartic");
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    execv(program_path().c_str(), arguments.data());
    _exit(98);
  }
  Background(Background&& other) noexcept : child_(other.child_) { other.child_ = -1; }
  Background(const Background&) = delete;
  Background& operator=(const Background&) = delete;
  ~Background() {
    if (child_ > 0) end_with(SIGKILL);
  }

  pid_t id() const { return child_; }
  /// The exit status, or 128 and the signal that ended it.
  int wait() {
    int status = 0;
    waitpid(child_, &status, 0);
    child_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }
  int end_with(int signal) {
    kill(child_, signal);
    return wait();
  }
  /// Whether it has ended by itself; then `status` is what wait() would have given.
  bool has_ended(int& status) {
    int raw = 0;
    if (waitpid(child_, &raw, WNOHANG) != child_) return false;
    child_ = -1;
    status = WIFEXITED(raw) ? WEXITSTATUS(raw) : 128 + WTERMSIG(raw);
    return true;
  }

 private:
  pid_t child_;
};

}  // namespace quartic::testing
