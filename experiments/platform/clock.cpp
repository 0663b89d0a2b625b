#include "experiments/platform/clock.hpp"

#include <time.h>

namespace quartic {

namespace {

double read_clock(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

}  // namespace

double process_seconds() {
  return read_clock(CLOCK_PROCESS_CPUTIME_ID);
}

double thread_seconds() {
  return read_clock(CLOCK_THREAD_CPUTIME_ID);
}

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace quartic
