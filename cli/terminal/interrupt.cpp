#include "cli/terminal/interrupt.hpp"

#include <signal.h>
#include <unistd.h>

#include <array>
#include <string_view>

namespace quartic {

namespace {

std::atomic<bool> stop_requested{false}, abandon_requested{false};
std::atomic<int> first_signal{0};
static_assert(std::atomic<bool>::is_always_lock_free && std::atomic<int>::is_always_lock_free,
              "a signal handler may only touch lock-free atomics");
constexpr std::array signals = {SIGINT, SIGTERM, SIGHUP};

void say(std::string_view message) {
  [[maybe_unused]] const auto written = write(STDERR_FILENO, message.data(), message.size());
}

// As nohup leaves SIGHUP.
bool is_ignored(int number) {
  struct sigaction now {};
  return sigaction(number, nullptr, &now) == 0 && now.sa_handler == SIG_IGN;
}

void install(void (*handler)(int)) {
  struct sigaction action {};
  action.sa_handler = handler;
  sigemptyset(&action.sa_mask);
  action.sa_flags = SA_RESTART;
  for (const int each : signals)
    if (!is_ignored(each)) sigaction(each, &action, nullptr);
}

void on_signal(int number) {
  if (!stop_requested.exchange(true)) {
    first_signal.store(number);
    say("\nquartic: finishing the running tasks; press Ctrl-C again to drop them\n");
    return;
  }
  abandon_requested.store(true);
  say("\nquartic: dropping the running tasks; press Ctrl-C again to quit at once\n");
  install(SIG_DFL);
}

}  // namespace

InterruptGuard::InterruptGuard() {
  stop_requested.store(false);
  abandon_requested.store(false);
  first_signal.store(0);
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

int InterruptGuard::signal() const {
  return first_signal;
}

}  // namespace quartic
