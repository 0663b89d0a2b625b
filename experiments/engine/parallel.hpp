#pragma once
/// The one place where oneTBB spreads work over threads.
///
/// oneTBB orders its threads, but Debian's build of it is not instrumented, so that the thread sanitizer
/// would take every hand-over for a race. Hence the source of this header is compiled without that sanitizer,
/// and what it calls says aloud what oneTBB guarantees: everything before the loop comes before every body,
/// and every body before everything after the loop. Two bodies are in no order, and their races are found.
#include <cstddef>

#if defined(__SANITIZE_THREAD__)
#include <sanitizer/tsan_interface.h>
#endif

namespace quartic::detail {

/// call(work, 0) ... call(work, count - 1), in any order, on idle threads of the calling arena too. Isolated:
/// a thread that waits here begins no other work.
void spread(std::size_t count, void (*call)(void* work, std::size_t), void* work);

/// A point that one thread passes before another. For the thread sanitizer alone; elsewhere nothing.
class HandOver {
 public:
#if defined(__SANITIZE_THREAD__)
  void give() {
    __tsan_release(this);
  }
  void take() {
    __tsan_acquire(this);
  }
#else
  void give() {}
  void take() {}
#endif
};

/// body(0) ... body(count - 1) by spread().
template <class Body>
void for_each_in_parallel(std::size_t count, const Body& body) {
  struct Work {
    const Body& body;
    HandOver begin = {}, end = {};
  } work{body};
  work.begin.give();
  spread(
      count,
      [](void* shared, std::size_t i) {
        Work& mine = *static_cast<Work*>(shared);
        mine.begin.take();
        mine.body(i);
        mine.end.give();
      },
      &work);
  work.end.take();
}

}  // namespace quartic::detail
