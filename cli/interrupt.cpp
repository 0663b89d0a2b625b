#include "cli/interrupt.hpp"

#include <signal.h>
#include <unistd.h>

#include <string_view>

namespace quartic {

namespace {

std::atomic<bool> stop_requested{false}, abandon_requested{false};
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler may only touch lock-free atomics");

void say(std::string_view message) {
  [[maybe_unused]] const auto written = write(STDERR_FILENO, message.data(), message.size());
}

void on_signal(int) {
  if (!stop_requested.exchange(true)) {
    say("\nquartic: finishing the running tasks; press Ctrl-C again to drop them\n");
    return;
  }
  abandon_requested.store(true);
  say("\nquartic: dropping the running tasks at their next fit; press Ctrl-C again to quit at once\n");
  signal(SIGINT, SIG_DFL);
  signal(SIGTERM, SIG_DFL);
}

void install(void (*handler)(int)) {
  struct sigaction action {};
  action.sa_handler = handler;
  sigemptyset(&action.sa_mask);
  action.sa_flags = SA_RESTART;
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

}  // namespace

InterruptGuard::InterruptGuard() {
  stop_requested.store(false);
  abandon_requested.store(false);
  install(on_signal);
}

InterruptGuard::~InterruptGuard() {
  install(SIG_DFL);
}

const std::atomic<bool>& InterruptGuard::stop() const {
  return stop_requested;
}

const std::atomic<bool>& InterruptGuard::abandon() const {
  return abandon_requested;
}

}  // namespace quartic
