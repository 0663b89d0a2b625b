#include "experiments/study/catalogues.hpp"

#include <gtest/gtest.h>

#include "core/require.hpp"
#include "experiments/study/read/parse_study.hpp"
#include "tests/experiments/engine/doubles.hpp"
#include "tests/support/thrown_message.hpp"

namespace quartic::catalogues_test {
namespace {

const std::string own_study = R"toml(title = "Kinds of one's own"
replicates = 2
sizes = [5, 10]
[world]
kind = "plain"
candidates = "2*n"
noise = 0.5
[[arm]]
name = "expert"
model = "marginal"
expert = { correct = 2 }
[[arm]]
name = "informed"
model = "marginal"
shrink = "1/(1 + noise^2)"
[[arm]]
name = "known"
model = "ridge"
penalty = 0.1
[[claim]]
says = "The error stays below its noise"
arm = "expert"
law = "plateau"
at_most = "10*noise"
[effort.small]
replicates = 1
)toml";

Catalogues own() {
  Catalogues all = built_in_catalogues();
  const Catalogues more = doubles::catalogues();
  for (const auto& world : more.worlds()) all = all.with(world);
  for (const auto& model : more.models()) all = all.with(model);
  return all;
}

using support::thrown_message;

std::string refusal(const std::string& from, const std::string& to) {
  std::string text = own_study;
  text.replace(text.find(from), from.size(), to);
  return thrown_message([&] { parse_study(text, "own.toml", {}, own()); });
}

TEST(Catalogues, AStudyMayNameKindsOfOnesOwn) {
  const Study study = parse_study(own_study, "own.toml", {}, own());
  EXPECT_EQ(study.cells[0].world.kind, "plain");
  doubles::KeepAll sink;
  const RunResult result = run(study, {.threads = 1}, sink);
  EXPECT_EQ(result.failed, 0);
  EXPECT_EQ(sink.records.size(), 12u);
  EXPECT_EQ(parse_study(study.text, "own.toml", {}, own()).text, study.text);
}

TEST(Catalogues, OptionsOfKindsOfOnesOwnAreChecked) {
  EXPECT_NE(refusal("noise = 0.5", "nois = 0.5").find("Did you mean \"noise\""), std::string::npos);
  EXPECT_NE(refusal("noise = 0.5", "noise = true").find("world.noise"), std::string::npos);
  EXPECT_NE(refusal("1/(1 + noise^2)", "1/(1 + nois^2)").find("arm.informed.shrink"), std::string::npos);
  EXPECT_NE(refusal("\"10*noise\"", "\"10*signal\"").find("claim.at_most: unknown name"), std::string::npos);
  EXPECT_NE(refusal("\"plain\"", "\"plane\"").find("Did you mean \"plain\""), std::string::npos);
}

TEST(Catalogues, AStudyKeepsItsKindsWhenTheyAreGoneElsewhere) {
  auto catalogues = std::make_unique<Catalogues>(own());
  const Study study = parse_study(own_study, "own.toml", {}, *catalogues);
  catalogues.reset();
  EXPECT_EQ(study.catalogues.world("plain").summary, "a small world");
}

TEST(Catalogues, TheBuiltInOnesDoNotChange) {
  const std::size_t worlds = built_in_catalogues().worlds().size();
  EXPECT_EQ(own().worlds().size(), worlds + 1);
  EXPECT_EQ(built_in_catalogues().worlds().size(), worlds);
  EXPECT_EQ(
      thrown_message([&] { parse_study(own_study, "own.toml"); }).find("own.toml:5: world.kind: unknown"),
      0u);
}

TEST(Catalogues, RefuseTwoOfOneName) {
  const std::string message =
      thrown_message([] { (void)own().with(doubles::catalogues().models().front()); });
  EXPECT_EQ(
      message,
      "two models are named \"marginal\" (a study could not tell which it means). Choose another name.");
}

}  // namespace
}  // namespace quartic::catalogues_test
