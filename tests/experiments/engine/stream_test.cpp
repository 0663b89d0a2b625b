/// storage = "stream": rows that are drawn on demand and never held.
#include <gtest/gtest.h>

#include "core/require.hpp"
#include "experiments/engine/memory_budget.hpp"
#include "experiments/study/read/parse_study.hpp"
#include "tests/experiments/engine/doubles.hpp"

namespace quartic::stream_test {
namespace {

std::string study_text(const std::string& storage) {
  return "seed = 4\nreplicates = 3\nsizes = [40, 300, 900]\nstorage = \"" + storage + R"toml("
[world]
kind = "sparse_linear"
candidates = 30
relevant = 5
[[arm]]
name = "all"
model = "linear_sgd"
step = "1/(4*candidates)"
[[arm]]
name = "named"
model = "linear_sgd"
average = "last"
expert = { correct = 4, wrong = 2 }
)toml";
}

std::string records_of(const std::string& storage) {
  doubles::KeepAll sink;
  run(parse_study(study_text(storage), "stream.toml"), {.threads = 2}, sink);
  return records_csv(sink.records);
}

TEST(EngineStream, GivesTheBitsOfRowsHeldWhole) {
  const std::string drawn = records_of("stream");
  EXPECT_EQ(drawn, records_of("double"));
  EXPECT_NE(drawn.find("\n0,named,900,2,converged"), std::string::npos) << drawn;
}

TEST(EngineStream, HoldsNoRows) {
  Study study = parse_study(study_text("stream"), "stream.toml");
  const auto held = [&] {
    return detail::task_memory(detail::make_ready(study, study.cells[0]), detail::Sharing::moments).total();
  };
  const double few = held();
  study.sizes.back() = 1'000'000'000;
  EXPECT_EQ(held(), few);
  EXPECT_LT(few, 1e6);
}

TEST(EngineStream, RefusesModelsThatNeedTheirRows) {
  std::string text = study_text("stream");
  text.replace(text.find("linear_sgd"), 10, "ridge");
  text.erase(text.find("step ="), text.find("[[arm]]", text.find("step =")) - text.find("step ="));
  try {
    parse_study(text, "stream.toml");
    FAIL();
  } catch (const InvalidInput& error) {
    const std::string message = error.what();
    EXPECT_NE(message.find("\"ridge\" cannot fit rows that are not held"), std::string::npos) << message;
    EXPECT_NE(message.find("). "), std::string::npos);
  }
}

}  // namespace
}  // namespace quartic::stream_test
