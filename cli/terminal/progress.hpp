#pragma once
/// How far a run is: a bar that redraws its line on a terminal, plain lines every few seconds elsewhere.
#include <chrono>
#include <string>

#include "cli/terminal/console.hpp"
#include "core/types.hpp"

namespace quartic {

/// What one line of progress says.
struct ProgressState {
  Index done = 0, total = 0;
  double seconds = 0;  ///< since the start
};

/// "  38 %  [=======>          ]  2,914 of 7,600 fits  310/s  15 s left", at most `width` columns.
std::string progress_line(const ProgressState& state, std::size_t width);

/// Not thread-safe: call from one thread at a time. Clears its line when destroyed.
class ProgressMeter {
 public:
  explicit ProgressMeter(const Console& console);
  ~ProgressMeter();
  ProgressMeter(const ProgressMeter&) = delete;
  ProgressMeter& operator=(const ProgressMeter&) = delete;

  void update(Index done, Index total);

 private:
  using Clock = std::chrono::steady_clock;
  const Console& console_;
  Clock::time_point start_, shown_;
  bool drawn_ = false;
};

}  // namespace quartic
