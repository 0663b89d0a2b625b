#pragma once
/// Ctrl-C, a batch system's SIGTERM, and the SIGHUP of a terminal that goes away: the first asks the run to
/// finish what it is doing, the second to drop it, the third ends the program at once.
#include <atomic>

namespace quartic {

/// While an object lives, the first SIGINT, SIGTERM or SIGHUP turns stop() true, the second abandon(), and
/// each says so on standard error; the next one has its usual, deadly effect. One object at a time.
class InterruptGuard {
 public:
  InterruptGuard();
  ~InterruptGuard();
  InterruptGuard(const InterruptGuard&) = delete;
  InterruptGuard& operator=(const InterruptGuard&) = delete;

  const std::atomic<bool>& stop() const;
  const std::atomic<bool>& abandon() const;
  /// The first signal that came, or 0.
  int signal() const;
};

}  // namespace quartic
