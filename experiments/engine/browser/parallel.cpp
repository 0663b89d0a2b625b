#include "experiments/engine/parallel.hpp"

namespace quartic::detail {

void spread(std::size_t count, void (*call)(void* work, std::size_t), void* work) {
  for (std::size_t i = 0; i < count; ++i) call(work, i);
}

}  // namespace quartic::detail
