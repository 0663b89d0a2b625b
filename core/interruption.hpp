#pragma once
/// How a long computation hears that nobody waits for its result any more.
///
/// The driver of a study turns a flag; a fit runs for minutes, deep in a library. The two share no list of
/// arguments, so the flag is the thread's: `Interruptible` sets it around a piece of work, and the work
/// passes an `interruption_point()` wherever it can be left, ten times a second or more often:
///
///     engine: Interruptible here(&abandon);  model.fit(data, stream);
///     model:  for (Index n : sizes) { interruption_point();  ... }
///
/// A point that does not throw does nothing, so results never depend on points. It costs two nanoseconds.
/// Pass one for each row, block of rows, step, tile or fold, but not for each number.
#include <atomic>

namespace quartic {

/// Thrown by an interruption point. Let it pass. It is no std::exception, lest a handler take it for a fit
/// that failed.
struct Interrupted {};

/// While it lives, points of this thread throw as soon as `*asked` is true. Null: none throws. Of nested
/// ones the innermost counts.
class Interruptible {
 public:
  explicit Interruptible(const std::atomic<bool>* asked);
  ~Interruptible();
  Interruptible(const Interruptible&) = delete;
  Interruptible& operator=(const Interruptible&) = delete;

 private:
  const std::atomic<bool>* before_;
};

/// Throws Interrupted where the thread was asked to leave.
void interruption_point();

}  // namespace quartic
