#include "experiments/engine/parallel.hpp"

#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>

namespace quartic::detail {

void spread(std::size_t count, void (*call)(void* work, std::size_t), void* work) {
  tbb::this_task_arena::isolate(
      [=] { tbb::parallel_for(std::size_t{0}, count, [=](std::size_t i) { call(work, i); }); });
}

}  // namespace quartic::detail
