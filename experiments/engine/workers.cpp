#include "experiments/engine/workers.hpp"

#include <oneapi/tbb/info.h>
#include <oneapi/tbb/task_arena.h>

#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

namespace quartic::detail {

namespace {

void watch(const Crew& crew, const std::stop_token& ended) {
  std::mutex mutex;
  std::condition_variable_any asleep;
  std::unique_lock lock(mutex);
  for (bool again = true; again && !ended.stop_requested(); again = crew.look())
    asleep.wait_for(lock, ended, crew.between_looks, [] { return false; });
}

}  // namespace

int available_threads() {
  return tbb::info::default_concurrency();
}

// Workers have threads of their own, which enter the arena; idle threads of the arena help with their loops. (Handed
// to the arena as tasks instead, replicates sometimes all ran on one thread: oneTBB 2021.8 may leave its workers asleep
// when a process runs many short studies.)
void run_crew(const Crew& crew) {
  tbb::task_arena arena(crew.threads, static_cast<unsigned>(crew.workers));
  const auto enter = [&] { arena.execute([&] { crew.work(); }); };
  const std::jthread watcher([&crew](const std::stop_token& ended) { watch(crew, ended); });
  std::vector<std::jthread> others;
  for (int i = 1; i < crew.workers; ++i) others.emplace_back(enter);
  enter();
}

}  // namespace quartic::detail
