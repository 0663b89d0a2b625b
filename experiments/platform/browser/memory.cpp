#include "experiments/platform/memory.hpp"

namespace quartic {

// What an instance of 32 bits may have: a quarter is left to the browser, and addresses end at 4 GiB.
double machine_memory_bytes() {
  return 2.0 * 1024 * 1024 * 1024;
}

}  // namespace quartic
