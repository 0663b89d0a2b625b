#include "core/interruption.hpp"

#include <utility>

#include "core/interruption_flag.hpp"

namespace quartic {

namespace {
thread_local constinit const std::atomic<bool>* asked_of_this_thread = nullptr;
}

Interruptible::Interruptible(const std::atomic<bool>* asked)
    : before_(std::exchange(asked_of_this_thread, asked)) {}

Interruptible::~Interruptible() {
  asked_of_this_thread = before_;
}

void interruption_point() {
  if (is_asked_to_leave()) throw Interrupted();
}

const std::atomic<bool>* interruption_flag() {
  return asked_of_this_thread;
}

bool is_asked_to_leave() {
  return asked_of_this_thread && asked_of_this_thread->load(std::memory_order_relaxed);
}

}  // namespace quartic
