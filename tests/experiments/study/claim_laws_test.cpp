#include "experiments/study/claim_laws.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "experiments/study/read/parse_study.hpp"
#include "experiments/study/schema.hpp"
#include "experiments/study/study.hpp"
#include "tests/support/places.hpp"

namespace quartic::claim_laws_test {
namespace {

std::string documentation() {
  std::ifstream in(testing::source_folder() + "/docs/study-files.md");
  return {std::istreambuf_iterator<char>(in), {}};
}

/// The line of the documentation that begins with this.
std::string line_of(const std::string& beginning) {
  const std::string text = documentation();
  const std::size_t at = text.find("\n" + beginning);
  return at == std::string::npos ? "" : text.substr(at + 1, text.find('\n', at + 1) - at - 1);
}

/// A study with a claim by this law, written as its arms demand.
std::string study_with(const ClaimLaw& law) {
  std::string text =
      "sizes = [10, 20, 40]\nreplicates = 2\nworld.kind = \"sparse_linear\"\nworld.candidates = 5\n"
      "world.relevant = 2\n[[arm]]\nname = \"a\"\nmodel = \"ridge\"\n[[arm]]\nname = \"b\"\nmodel = \"ridge\"\n"
      "[[claim]]\narm = \"a\"\nexpect = 1\nlaw = \"" +
      std::string(law.name) + "\"\n";
  if (law.arms == ArmsOfLaw::joined) text += "with = [\"b\"]\n";
  if (law.arms == ArmsOfLaw::compared) text += "against.arm = \"b\"\n";
  if (law.has_form) text += "form = \"power\"\n";
  return text;
}

TEST(ClaimLaws, HaveDistinctNames) {
  std::set<std::string_view> names;
  for (const ClaimLaw& law : claim_laws) EXPECT_TRUE(names.insert(law.name).second) << law.name;
}

TEST(ClaimLaws, AreReadByName) {
  for (const ClaimLaw& law : claim_laws) {
    const Study study = parse_study(study_with(law), "s.toml");
    EXPECT_EQ(study.claims.at(0).law, law.kind) << law.name;
    EXPECT_EQ(to_string(study.claims[0].law), law.name);
  }
}

TEST(ClaimLaws, StandInTheSchema) {
  const nlohmann::json schema = nlohmann::json::parse(study_schema(built_in_catalogues()));
  const nlohmann::json& names =
      schema["anyOf"][0]["properties"]["claim"]["items"]["properties"]["law"]["enum"];
  ASSERT_EQ(names.size(), claim_laws.size());
  for (std::size_t k = 0; k < names.size(); ++k) EXPECT_EQ(names[k], claim_laws[k].name);
}

TEST(ClaimLaws, HaveARowOfTheDocumentation) {
  for (const ClaimLaw& law : claim_laws)
    EXPECT_NE(line_of("| `" + std::string(law.name) + "` | "), "") << law.name;
}

TEST(ClaimLaws, SayInWordsWhatTheyAre) {
  for (const ClaimLaw& law : claim_laws) {
    EXPECT_FALSE(law.summary.empty()) << law.name;
    EXPECT_NE(law.summary.back(), '.') << law.name;
    EXPECT_EQ(law.meaning.substr(law.meaning.size() - 1), ".") << law.name;
  }
}

}  // namespace
}  // namespace quartic::claim_laws_test
