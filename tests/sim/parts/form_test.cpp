#include "sim/parts/form.hpp"

#include <gtest/gtest.h>

#include <array>

#include "tests/support/thrown_message.hpp"

namespace quartic::form_test {
namespace {

using support::thrown_message;

const std::array<FormRule, 2> rules = {
    {{"plain", {}, "plain"}, {"blocks", {"size", "rho"}, "blocks(20, 0.5)"}}};

Form parse(std::string_view text) {
  return parse_form("covariance", text, rules);
}

TEST(Form, ReadsABareWord) {
  EXPECT_EQ(parse(" plain ").word, "plain");
  EXPECT_TRUE(parse("plain").arguments.empty());
}

TEST(Form, ReadsArgumentsWithOrWithoutBlanks) {
  for (const char* text : {"blocks(20,0.5)", " blocks ( 20 , 5e-1 ) "}) {
    EXPECT_EQ(parse(text).word, "blocks");
    EXPECT_EQ(parse(text).arguments, (std::vector<double>{20, 0.5}));
  }
}

TEST(Form, RefusesAnUnknownWordWithTheNearestKnownOne) {
  EXPECT_EQ(
      thrown_message([] { parse("blokcs(20, 0.5)"); }),
      "covariance = \"blokcs(20, 0.5)\" (it understands plain, blocks(size, rho)). Did you mean \"blocks\"?");
  EXPECT_EQ(thrown_message([] { parse("toeplitz"); }),
            "covariance = \"toeplitz\" (it understands plain, blocks(size, rho)). Write one of these.");
}

TEST(Form, RefusesWrongArguments) {
  for (const char* text : {"blocks", "blocks()", "blocks(20)", "blocks(20, 0.5, 1)", "blocks(20, x)",
                           "blocks(20, 0.5", "blocks(20, 0.5) more", "blocks(20, nan)", "blocks(20, inf)",
                           "blocks(20, 0.5y)", "plain(1)", "plain()", "blocks("})
    EXPECT_NE(thrown_message([&] { parse(text); }).find("cannot be read"), std::string::npos) << text;
  EXPECT_EQ(thrown_message([] { parse("blocks(20)"); }),
            "covariance = \"blocks(20)\" cannot be read (the form is blocks(size, rho) with finite numbers). "
            "Write for "
            "example \"blocks(20, 0.5)\".");
}

TEST(Form, IsReadAgainWhereItsOptionHasAcceptedIt) {
  const Form form = split_form(" blocks( 20, 0.5 ) ");
  EXPECT_EQ(form.word, "blocks");
  EXPECT_EQ(form.arguments, (std::vector<double>{20, 0.5}));
  EXPECT_EQ(split_form("plain").arguments.size(), 0u);
}

TEST(Form, RefusesAnEmptyText) {
  EXPECT_NE(thrown_message([] { parse(""); }), "");
}

}  // namespace
}  // namespace quartic::form_test
