#pragma once
/// The threads of a run. A browser's build has one, and nobody beside it who watches.
#include <chrono>
#include <functional>

namespace quartic::detail {

/// How many this process may use.
int available_threads();

struct Crew {
  int workers = 1;             ///< threads that work; from 1 to `threads`
  int threads = 1;             ///< of all loops together: idle ones help with those of workers
  std::function<void()> work;  ///< what each worker does
  /// Called by a thread of its own, as long as one works, so often; false: not again. Not in a browser.
  std::function<bool()> look;
  std::chrono::milliseconds between_looks{200};
};

/// Returns when all workers have. `work` throws nothing, and neither does `look`.
void run_crew(const Crew& crew);

}  // namespace quartic::detail
