/// Fits can be stopped: every model and every world hears it, and every built-in study ends within half a
/// second.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <thread>

#include "core/interruption.hpp"
#include "experiments/adaptive/adaptive.hpp"
#include "experiments/engine/engine.hpp"
#include "experiments/platform/clock.hpp"
#include "experiments/study/read/parse_study.hpp"
#include "models/catalogue.hpp"
#include "sim/catalogue.hpp"
#include "tests/support/places.hpp"
#include "tests/support/related_tasks.hpp"

namespace quartic::stopping_test {
namespace {

class EveryModelStops : public ::testing::TestWithParam<CatalogueEntry<Model>> {};

TEST_P(EveryModelStops, WhenAsked) {
  const Model model = GetParam().make({});
  const std::atomic<bool> asked = true;
  const std::vector<Index> sizes = {20, 60};
  const Index p = served_columns(model, 40);
  const Data data = with_sources(as_read_by(model, gaussian_problem(60, p, 3)), p + 10, 4);
  const Interruptible here(&asked);
  EXPECT_THROW(model.fit(data, Stream(1)), Interrupted);
  EXPECT_THROW(model.fit_prefixes({data, sizes}, Stream(1)), Interrupted);
  if (model.has_path()) {
    EXPECT_THROW(model.fit_path(data, Stream(1)), Interrupted);
  }
  if (model.has_stream()) {
    const RowSource rows{p, Task::regression, [&](Range some) {
                           return Data(data.block(some, {0, p}), data.y().segment(some.first, some.count));
                         }};
    EXPECT_THROW(model.fit_stream(rows, sizes, Stream(1)), Interrupted);
  }
}
INSTANTIATE_TEST_SUITE_P(Contract, EveryModelStops, ::testing::ValuesIn(model_catalogue()),
                         [](const auto& entry) { return entry.param.name; });

class EveryWorldStops : public ::testing::TestWithParam<CatalogueEntry<World>> {};

TEST_P(EveryWorldStops, WhileItsRowsAreDrawn) {
  const Truth truth = GetParam().make({}).draw(Stream(1));
  const std::atomic<bool> asked = true;
  const Interruptible here(&asked);
  EXPECT_THROW(truth.x({0, 10}, {0, 5}, Stream(2)), Interrupted);
  EXPECT_THROW(truth.y({0, 10}, Stream(2)), Interrupted);
}
INSTANTIATE_TEST_SUITE_P(Contract, EveryWorldStops, ::testing::ValuesIn(world_catalogue()),
                         [](const auto& entry) { return entry.param.name; });

/// As the program runs it.
RunResult run_whole(const Study& study, const EngineOptions& options) {
  Nowhere sink;
  return study.adaptive ? run_adaptively(study, options, sink).result : run(study, options, sink);
}

/// Seconds that a run on one thread computed after it was asked to stop, `after` such seconds from its start.
double seconds_to_stop(const Study& study, double after) {
  std::atomic<bool> asked = false, ended = false;
  RunResult result;
  const double start = process_seconds();
  std::thread runner([&] {
    result = run_whole(study, {.threads = 1, .stop = &asked, .abandon = &asked});
    ended = true;
  });
  while (!ended && process_seconds() < start + after)
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  const double then = process_seconds();
  asked = true;
  runner.join();
  EXPECT_TRUE(result.interrupted) << "it ended before it was asked";
  return process_seconds() - then;
}

class EveryStudyStops : public ::testing::TestWithParam<std::string> {};

// The one promise of a time: computed seconds, so that a busy machine does not break it. Sanitizers make code
// many times as slow: there only that the run ends.
TEST_P(EveryStudyStops, WithinHalfASecond) {
  const double most = testing::libraries_are_sanitized() ? 60 : 0.5;
  const Study study =
      parse_study(built_in_studies().at(GetParam()), GetParam(), {.effort = "standard", .overrides = {}});
  for (const double after : {0.05, 0.6}) EXPECT_LT(seconds_to_stop(study, after), most) << after;
}

std::vector<std::string> names_of_studies() {
  std::vector<std::string> names;
  for (const auto& [name, text] : built_in_studies()) names.push_back(name);
  return names;
}
INSTANTIATE_TEST_SUITE_P(Contract, EveryStudyStops, ::testing::ValuesIn(names_of_studies()),
                         [](const auto& name) { return name.param; });

}  // namespace
}  // namespace quartic::stopping_test
