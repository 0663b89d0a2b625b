#include "experiments/findings/gathering.hpp"

#include <gtest/gtest.h>

#include "experiments/engine/engine.hpp"
#include "experiments/study/absent_models.hpp"
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
[[arm]]
name = "flexible"
model = "ridge"
[[claim]]
says = "Thrice the data"
arm = "flexible"
law = "data_exponent"
form = "power"
expect = 3.0
)";

struct Ran {
  Study study;
  Cube cube;
};

Ran ran(const std::string& seed, const std::string& noise = "1", const std::string& known = "2") {
  Study study =
      parse_study(text, "tiny.toml",
                  {"", {{"seed", seed}, {"world.noise", noise}, {"arm.oracle.expert.correct", known}}});
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
  ASSERT_EQ(gathering.findings.size(), 2U);
  EXPECT_TRUE(gathering.own_arms.empty());
  ASSERT_EQ(gathering.groups.size(), 3U);
  EXPECT_EQ(gathering.groups[2][0].law.value.estimate,
            evaluate_claims(c.study, c.cube)[0].law.value.estimate);
  const Interval &all = gathering.findings[0].law.value, &one = gathering.groups[0][0].law.value;
  EXPECT_LT(all.high - all.low, one.high - one.low);
}

TEST(Gathering, PutsNothingTogetherOfArmsThatAreTheGroupsOwn) {
  const Ran a = ran("1"), b = ran("2", "1", "1");
  const std::vector<GroupRun> groups = {{"anna", a.study, a.cube}, {"ben", b.study, b.cube}};
  const Gathering gathering = gather_runs(groups);
  EXPECT_EQ(gathering.own_arms, std::vector<std::string>{"oracle"});
  EXPECT_TRUE(gathering.is_own(gathering.findings[0].claim));
  EXPECT_FALSE(gathering.is_own(gathering.findings[1].claim));
  EXPECT_EQ(gathering.groups[1][0].law.value.estimate,
            evaluate_claims(b.study, b.cube)[0].law.value.estimate);
  const Matrix count = gathering.cube.count(0, Measure::normalised_error);
  EXPECT_EQ(count.row(0).maxCoeff(), 0);
  EXPECT_EQ(count.row(1).minCoeff(), 40);
}

TEST(Gathering, TakesModelsThatAreNotHereForTheGroupsOwn) {
  Ran a = ran("1"), b = ran("2");
  for (Ran* one : {&a, &b}) {
    std::string of_elsewhere = one->study.text;
    of_elsewhere.replace(of_elsewhere.find("ridge"), 5, "python_ridge");
    one->study =
        parse_study(of_elsewhere, "tiny.toml", {}, with_absent_models(built_in_catalogues(), of_elsewhere));
  }
  const std::vector<GroupRun> groups = {{"anna", a.study, a.cube}, {"ben", b.study, b.cube}};
  EXPECT_EQ(gather_runs(groups).own_arms, std::vector<std::string>{"flexible"});
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
