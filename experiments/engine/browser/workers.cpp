#include "experiments/engine/workers.hpp"

namespace quartic::detail {

int available_threads() {
  return 1;
}

void run_crew(const Crew& crew) {
  crew.work();
}

}  // namespace quartic::detail
