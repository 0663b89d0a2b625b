#pragma once
/// For whoever hands work to other threads: the flag that this one is asked by (core/interruption.hpp).
#include <atomic>

namespace quartic {

/// What the innermost Interruptible of this thread was given; null: nothing. Valid while that lives.
const std::atomic<bool>* interruption_flag();

/// Whether an interruption point would throw.
bool is_asked_to_leave();

}  // namespace quartic
