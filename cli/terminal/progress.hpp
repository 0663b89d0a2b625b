#pragma once
/// How far a run is: a bar that redraws its line on a terminal, plain lines every few seconds elsewhere.
#include <chrono>
#include <string>
#include <string_view>

#include "cli/terminal/console.hpp"
#include "core/types.hpp"

namespace quartic {

/// What one line of progress says.
struct ProgressState {
  Index done = 0, total = 0;
  std::string_view unit = "fits";
  double seconds = 0;  ///< since the start
  double left = 0;     ///< seconds to come; NaN: not known yet
};

/// "  38 %  [=======>          ]  2,914 of 7,600 fits  310/s  15 s left", at most `width` columns.
std::string progress_line(const ProgressState& state, std::size_t width);

/// Not thread-safe: call from one thread at a time. Clears its line when destroyed.
class ProgressMeter {
 public:
  explicit ProgressMeter(const Console& console, std::string_view unit = "fits");
  ~ProgressMeter();
  ProgressMeter(const ProgressMeter&) = delete;
  ProgressMeter& operator=(const ProgressMeter&) = delete;

  /// `share` is that of the work that is done, which units of unlike cost do not tell; NaN where it is not
  /// known.
  void update(Index done, Index total, double share);

 private:
  using Clock = std::chrono::steady_clock;
  const Console& console_;
  std::string_view unit_;
  Clock::time_point start_, shown_;
  double share_ = 0, seconds_at_share_ = 0;
  bool drawn_ = false;
};

}  // namespace quartic
