#include "experiments/findings/gathering.hpp"

#include <gtest/gtest.h>

#include "experiments/engine/engine.hpp"
#include "experiments/study/read/parse_study.hpp"
#include "tests/support/thrown_message.hpp"

namespace quartic::gathering_test {
namespace {

constexpr const char* text = R"(
replicates = 20
sizes = [20, 40, 80]
[world]
kind = "sparse_linear"
candidates = 20
relevant = 2
[[arm]]
name = "oracle"
model = "least_squares"
expert = { correct = 2, wrong = 0 }
[[claim]]
says = "Twice the data"
arm = "oracle"
law = "data_exponent"
form = "power"
expect = 2.0
)";

struct Ran {
  Study study;
  Cube cube;
};

Ran ran(const std::string& seed, const std::string& noise = "1") {
  Study study = parse_study(text, "tiny.toml", {"", {{"seed", seed}, {"world.noise", noise}}});
  Nowhere nowhere;
  Cube cube = run(study, {.threads = 1}, nowhere).cube;
  return {std::move(study), std::move(cube)};
}

TEST(Gathering, HoldsTheReplicatesOfAllGroups) {
  const Ran a = ran("1"), b = ran("2");
  const std::vector<GroupRun> groups = {{"anna", a.study, a.cube}, {"ben", b.study, b.cube}};
  const Gathering gathering = gather_runs(groups);
  EXPECT_EQ(gathering.cube.axes().replicates, 40);
  const Matrix together = gathering.cube.mean(0, Measure::normalised_error),
               half =
                   (a.cube.mean(0, Measure::normalised_error) + b.cube.mean(0, Measure::normalised_error)) /
                   2;
  EXPECT_TRUE(together.isApprox(half, 1e-12));
  EXPECT_EQ(gathering.cube.at({0, 0, 1, 22}, Measure::normalised_error),
            b.cube.at({0, 0, 1, 2}, Measure::normalised_error));
}

TEST(Gathering, JudgesEachGroupAndAllTogether) {
  const Ran a = ran("1"), b = ran("2"), c = ran("3");
  const std::vector<GroupRun> groups = {
      {"anna", a.study, a.cube}, {"ben", b.study, b.cube}, {"chen", c.study, c.cube}};
  const Gathering gathering = gather_runs(groups);
  ASSERT_EQ(gathering.findings.size(), 1U);
  ASSERT_EQ(gathering.groups.size(), 3U);
  EXPECT_EQ(gathering.groups[2][0].law.value.estimate,
            evaluate_claims(c.study, c.cube)[0].law.value.estimate);
  const Interval &all = gathering.findings[0].law.value, &one = gathering.groups[0][0].law.value;
  EXPECT_LT(all.high - all.low, one.high - one.low);
}

TEST(Gathering, RefusesWhatAreNotReplicatesOfOneStudy) {
  const Ran a = ran("1"), same = ran("1"), other = ran("2", "3");
  const auto message = [](const std::vector<GroupRun>& groups) {
    return support::thrown_message([&] { gather_runs(groups); });
  };
  EXPECT_NE(message({{"anna", a.study, a.cube}}).find("two groups or more"), std::string::npos);
  EXPECT_NE(message({{"anna", a.study, a.cube}, {"ben", same.study, same.cube}}).find("--seed-from"),
            std::string::npos);
  EXPECT_NE(message({{"anna", a.study, a.cube}, {"ben", other.study, other.cube}}).find("another study"),
            std::string::npos);
}

}  // namespace
}  // namespace quartic::gathering_test
