/// `quartic prereg`.
#include "cli/protocol/protocol.hpp"

#include <gtest/gtest.h>

#include <regex>

#include "cli/protocol/markdown.hpp"
#include "experiments/platform/digest.hpp"
#include "experiments/study/read/parse_study.hpp"
#include "tests/cli/run_quartic.hpp"

namespace quartic::protocol_test {
namespace {

using namespace quartic::testing;

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

/// What stands within the last fence.
std::string fenced_study(const std::string& document) {
  const std::size_t first = document.rfind("```toml\n") + 8;
  return document.substr(first, document.rfind("```") - first);
}

/// The number in this column of the first row of a table that begins so.
std::string cell_of(const std::string& document, const std::string& row, int column) {
  std::size_t at = document.find("\n| " + row);
  for (int k = 0; k <= column; ++k) at = document.find("| ", at + 1);
  return document.substr(at + 2, document.find(" |", at) - at - 2);
}

TEST(Protocol, OfEveryExperimentHasAllOfItsParts) {
  for (const auto& [name, text] : built_in_studies()) {
    const Study study = parse_study(text, name);
    const std::string document = protocol(study, {});
    for (const char* heading : {"Aims", "Data-generating mechanisms", "Estimands", "Methods",
                                "Performance measures", "Number of replicates", "Conduct", "The study"})
      EXPECT_TRUE(holds(document, "\n## " + std::string(heading) + "\n")) << name << ": " << heading;
    for (const Claim& claim : study.claims)
      EXPECT_TRUE(holds(document, ". " + markdown_text(claim.says) + "\n")) << name << ": " << claim.says;
    for (const Claim& claim : study.claims)
      for (const auto& [key, values] : claim.cells)
        EXPECT_TRUE(holds(document, markdown_text(key + " = " + values.front())))
            << name << ": " << claim.says;
    EXPECT_EQ(holds(document, "The effects on training are muted"), study.remedies.has_value()) << name;
    EXPECT_EQ(holds(document, "Without any cause"), study.causes.has_value()) << name;
    EXPECT_FALSE(std::regex_search(document, std::regex("\\bnan\\b"))) << name;
    EXPECT_FALSE(holds(document, "\n\n\n")) << name;
  }
}

TEST(Protocol, HoldsTheStudyAsItRunsAndItsDigest) {
  const Study study =
      parse_study(small_study, "small", {.effort = "classroom", .overrides = {{"world.noise", "2"}}});
  const std::string document = protocol(study, {});
  EXPECT_EQ(fenced_study(document), study.text);
  EXPECT_TRUE(holds(document, sha256(study.text)));
  EXPECT_TRUE(holds(document, "noise 2"));
  EXPECT_EQ(parse_study(fenced_study(document), "again").text, study.text);
}

TEST(Protocol, IsTheSameEachTime) {
  const Study study = parse_study(small_study, "small");
  EXPECT_EQ(protocol(study, {}), protocol(study, {}));
}

TEST(Protocol, PlansReplicatesAsThePlanDoes) {
  const Scratch folder;
  const std::string document = run_quartic(folder, "prereg data_exponent --power 3 --spread 0.4").out;
  const std::string plan = run_quartic(folder, "plan data_exponent --power 3 --spread 0.4").out;
  const Study study = parse_study(built_in_studies().at("data_exponent"), "data_exponent");
  const std::vector<ClaimPower> planned = plan_power(study, {.against = 3, .spread = 0.4});
  ASSERT_FALSE(planned.empty());
  EXPECT_EQ(cell_of(document, planned[0].quantity, 3), replicates_text(planned[0].replicates));
  EXPECT_TRUE(holds(plan, planned[0].quantity));
}

TEST(Protocol, TellsAClaimFromTwiceItsMarginUnlessToldOtherwise) {
  const Study study = parse_study(built_in_studies().at("data_exponent"), "data_exponent");
  for (const ClaimPower& one : plan_power(study, {}))
    EXPECT_DOUBLE_EQ(one.against, one.expect + 2 * one.margin);
}

TEST(Protocol, NamesWhatASweepVaries) {
  const Study study = parse_study(small_study, "small", {.overrides = {{"world.noise", "[0.5, 1, 2]"}}});
  const std::string document = protocol(study, {});
  EXPECT_TRUE(holds(document, "3 cells"));
  EXPECT_TRUE(holds(document, "| world.noise | 0.5, 1, 2 |"));
}

TEST(Protocol, IsNoPlaceForMarkupOfOthers) {
  std::string text = small_study;
  text.replace(text.find("A small study"), 13, "a | <b> [x](y) `z`");
  const std::string document = protocol(parse_study(text, "small"), {});
  EXPECT_TRUE(document.starts_with("# Protocol: a \\| \\<b\\> \\[x\\](y) \\`z\\`\n"));
}

TEST(Protocol, WantsAStudyThatIsSimulated) {
  const Scratch folder;
  EXPECT_EQ(run_quartic(folder, "prereg recorded").status, 2);
  EXPECT_EQ(run_quartic(folder, "prereg nothing_of_the_kind").status, 2);
  EXPECT_EQ(run_quartic(folder, "prereg figure2 --spread 0").status, 2);
  EXPECT_EQ(run_quartic(folder, "prereg figure2 --effort classroom").status, 0);
}

}  // namespace
}  // namespace quartic::protocol_test
