#pragma once
/// Seconds, from clocks that do not jump.
#include <chrono>

namespace quartic {

/// CPU seconds of all threads of this process, and of the calling thread.
double process_seconds();
double thread_seconds();
double seconds_since(std::chrono::steady_clock::time_point start);

}  // namespace quartic
