#include "core/interruption.hpp"

#include <utility>

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
  if (asked_of_this_thread && asked_of_this_thread->load(std::memory_order_relaxed)) throw Interrupted();
}

}  // namespace quartic
