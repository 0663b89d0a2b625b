#pragma once
/// Long work beside an interpreter that goes on hearing.
#include <atomic>
#include <functional>

namespace quartic::python {

/// Set when the user interrupts.
struct Flags {
  std::atomic<bool> stop = false, abandon = false;
};

/// Runs `work` on a thread of its own, while the calling thread, without the interpreter's lock, waits; twenty times a
/// second it takes the lock, calls `tick` and looks for signals. On Ctrl-C, or where the calling thread is itself at
/// work for a run that is interrupted, both flags turn, the work is waited for, and KeyboardInterrupt is raised. What
/// the work throws is passed on. To be called with the lock held.
void run_watched(const std::function<void()>& work, Flags& flags, const std::function<void()>& tick = {});

/// Ends what run_watched does on other threads, there by SystemExit: the interpreter is about to go. To be called with
/// the lock held; waits for ten seconds at most.
void end_watched();

}  // namespace quartic::python
