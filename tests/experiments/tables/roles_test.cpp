#include "experiments/tables/roles.hpp"

#include <gtest/gtest.h>

#include "tests/support/thrown_message.hpp"

namespace quartic::roles_test {
namespace {

using support::thrown_message;

detail::ReadRows name(const std::string& text, FitQuestion question = {}) {
  detail::ReadRows read{.question = std::move(question)};
  detail::name_columns(read, parse_csv(text, "t.csv"));
  return read;
}

TEST(Roles, AreTakenByTheUsualNames) {
  const FitQuestion question =
      name("Model,Train Size,Test Error,GFLOPs\na,1,2,3\na,1,2,3\na,1,2,3\n").question;
  EXPECT_EQ(question.error, "Test Error");
  EXPECT_EQ(question.data, "Train Size");
  EXPECT_EQ(question.compute, "GFLOPs");
  EXPECT_EQ(question.group, "Model");
}

TEST(Roles, OfTheLawInTwoCausesAreThoseOfModelsAndData) {
  const auto roles = [](const std::string& header, const std::string& parameters = "") {
    const FitQuestion question =
        name(header + "\n1,2,3,4\n", {.two_causes = true, .parameters = parameters}).question;
    return question.parameters + " " + *question.data;
  };
  EXPECT_EQ(roles("N,D,loss,lab"), "N D");
  EXPECT_EQ(roles("params,n,loss,d"), "params n");
  EXPECT_EQ(roles("params,d,loss,lab"), "params d");
  EXPECT_EQ(roles("params (M),tokens (B),loss,lab"), "params (M) tokens (B)");
  EXPECT_EQ(roles("n,tokens,loss,lab", "n"), "n tokens");
}

TEST(Roles, TellOfWordsThatMayPartTheRows) {
  std::string text = "model name,lab,n,error\n";
  for (const char* row : {"A,x", "B,y"})
    for (int n = 1; n < 4; ++n) text += std::string(row) + "," + std::to_string(n) + ",.1\n";
  const auto notes = name(text).notes;
  ASSERT_EQ(notes.size(), 2u);
  EXPECT_EQ(notes[0],
            "All rows make one curve. The column model name has 2 words in it: --group with its name gives "
            "each a curve of its own.");
  EXPECT_EQ(name(text, {.group = "lab"}).notes.size(), 0u);
  EXPECT_EQ(name(text, {.group = ""}).notes.size(), 0u) << "no groups were asked for";
  EXPECT_EQ(name("note,n,error\na,1,.1\nb,2,.1\na,3,.1\na,4,.1\n").notes.size(), 0u)
      << "one has a single row";
}

TEST(Roles, NeedNamesAboveThem) {
  EXPECT_EQ(
      thrown_message([] { name("100,0.0997\n200,0.07\n"); }),
      "t.csv has no names of columns (its first line holds 100, 0.0997). Write a line of names above it: "
      "n,error.");
  EXPECT_NE(thrown_message([] { name("100,200\n.1,.07\n"); }).find("--wide"), std::string::npos);
}

}  // namespace
}  // namespace quartic::roles_test
