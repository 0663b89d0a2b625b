#include "cli/terminal/progress.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "cli/terminal/text.hpp"

namespace quartic {

namespace {

std::string bar(double fraction, std::size_t width) {
  const auto filled = static_cast<std::size_t>(fraction * static_cast<double>(width));
  std::string out(std::min(filled, width), '=');
  if (out.size() < width) out += '>';
  return "[" + pad_right(out, width) + "]";
}

std::string rate(double per_second) {
  return per_second >= 10 ? with_thousands(static_cast<Index>(per_second))
                          : fmt::format("{:.1f}", per_second);
}

}  // namespace

std::string progress_line(const ProgressState& state, std::size_t width) {
  const double fraction =
      state.total > 0 ? static_cast<double>(state.done) / static_cast<double>(state.total) : 0.0;
  std::string text =
      fmt::format("{} of {} {}", with_thousands(state.done), with_thousands(state.total), state.unit);
  if (state.done > 0 && state.seconds > 0)
    text += fmt::format("  {}/s", rate(static_cast<double>(state.done) / state.seconds));
  if (!std::isnan(state.left)) text += "  " + duration(state.left) + " left";
  const std::string percent = fmt::format("{:3} %", static_cast<int>(100 * fraction));
  const std::size_t used = percent.size() + text.size() + 8;
  const std::size_t room = width > used ? std::min<std::size_t>(width - used, 40) : 0;
  const std::string line = " " + percent + (room >= 8 ? "  " + bar(fraction, room) : "") + "  " + text;
  return line.substr(0, width);
}

ProgressMeter::ProgressMeter(const Console& console, std::string_view unit)
    : console_(console), unit_(unit), start_(Clock::now()), shown_(start_) {}

ProgressMeter::~ProgressMeter() {
  if (!drawn_) return;
  clear_line(console_.err);
  console_.err << std::flush;
}

void ProgressMeter::update(Index done, Index total, double share) {
  const Clock::time_point now = Clock::now();
  const double seconds = std::chrono::duration<double>(now - start_).count();
  if (share != share_) {
    share_ = share;
    seconds_at_share_ = seconds;
  }
  const double between = console_.live ? 0.1 : 5.0;
  if (std::chrono::duration<double>(now - shown_).count() < between) return;
  shown_ = now;
  const double whole = seconds_at_share_ / share_;  // what the run takes at the pace that it had then
  const ProgressState state{done, total, unit_, seconds,
                            std::isnan(share_) ? share_ : std::max(0.0, whole - seconds)};
  if (console_.live) {
    clear_line(console_.err);
    console_.err << progress_line(state, console_.width - 1) << std::flush;
    drawn_ = true;
  } else {
    console_.err << progress_line(state, 60) + "\n" << std::flush;
  }
}

}  // namespace quartic
