#include "experiments/study/expression.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "core/require.hpp"
#include "tests/support/thrown_message.hpp"

namespace quartic::expression_test {
namespace {

const Variables facts = {{"n", 100}, {"candidates", 1000}, {"noise", 1.5}, {"signal", 10}};

double value(std::string_view text) {
  return Expression(text).evaluate(facts);
}

std::string error_of(std::string_view text) {
  try {
    static_cast<void>(Expression(text).evaluate(facts));
  } catch (const InvalidInput& error) {
    return error.what();
  }
  return "";
}

TEST(Expression, FollowsThePrecedenceOfMathematics) {
  EXPECT_EQ(value("1 + 2*3"), 7);
  EXPECT_EQ(value("(1 + 2)*3"), 9);
  EXPECT_EQ(value("7 - 2 - 1"), 4);
  EXPECT_EQ(value("12/3/2"), 2);
  EXPECT_EQ(value("-2^2"), -4);
  EXPECT_EQ(value("(-2)^2"), 4);
  EXPECT_EQ(value("2^3^2"), 512);
  EXPECT_EQ(value("2^-1"), 0.5);
  EXPECT_EQ(value("2*-3"), -6);
  EXPECT_EQ(value("1--1"), 2);
  EXPECT_EQ(value("-+-3"), 3);
  EXPECT_EQ(value("2*3^2"), 18);
}

TEST(Expression, ReadsNumbersInEveryUsualForm) {
  EXPECT_EQ(value("1e-3"), 1e-3);
  EXPECT_EQ(value(".5"), 0.5);
  EXPECT_EQ(value("2."), 2);
  EXPECT_EQ(value("1.25E+2"), 125);
  EXPECT_EQ(value(" \t 3 \n"), 3);
}

TEST(Expression, KnowsItsFunctions) {
  EXPECT_EQ(value("min(3, 1, 2)"), 1);
  EXPECT_EQ(value("max(3, 1, n)"), 100);
  EXPECT_EQ(value("round(2.5)"), 3);
  EXPECT_EQ(value("round(-2.5)"), -3);
  EXPECT_EQ(value("ceil(2.1)"), 3);
  EXPECT_EQ(value("floor(-2.1)"), -3);
  EXPECT_EQ(value("sqrt(16)"), 4);
  EXPECT_EQ(value("log(exp(1))"), 1);
  EXPECT_EQ(value("max(1, round(0.04*n))"), 4);
}

TEST(Expression, EvaluatesThePenaltyOfTheory) {
  EXPECT_DOUBLE_EQ(value("sqrt(2)*noise*sqrt(2*log(candidates)/n)"),
                   std::sqrt(2.0) * 1.5 * std::sqrt(2 * std::log(1000.0) / 100));
}

TEST(Expression, ListsTheNamesItQuotesOnce) {
  EXPECT_EQ(Expression("n*noise + log(n)/candidates").variables(),
            (std::vector<std::string>{"candidates", "n", "noise"}));
  EXPECT_TRUE(Expression("2^10").variables().empty());
}

TEST(Expression, GivesInfinityWhereMathematicsGivesNothing) {
  EXPECT_EQ(value("log(0)"), -INFINITY);
  EXPECT_EQ(value("1/0"), INFINITY);
  EXPECT_TRUE(std::isnan(value("sqrt(-1)")));
}

TEST(Expression, NamesTheNearestKnownName) {
  EXPECT_EQ(error_of("2*sqrt(n) + nois"),
            "unknown name \"nois\" at character 13 (the names here are candidates, n, noise, signal). Did "
            "you mean \"noise\"?");
  EXPECT_THROW(Expression("nois").require_known(std::vector<std::string>{"noise"}), InvalidInput);
  EXPECT_NO_THROW(Expression("noise").require_known(std::vector<std::string>{"noise"}));
}

TEST(Expression, SaysWhereAFormulaStopsMakingSense) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"", "the formula is empty at character 1"},
      {"1 +", "the formula ends at character 4"},
      {"(1 + 2", "a \")\" is missing"},
      {"1 + 2)", "unexpected \")\" at character 6 (no \"(\" is open here)"},
      {"2n",
       "unexpected \"n\" at character 2 (an operator is missing before it). Write a product with *, as in "
       "2*n."},
      {"n**2", "unexpected \"*\" at character 3 (a power is written with ^). Write n^2, not n**2."},
      {"3 $ 4", "unexpected \"$\" at character 3"},
      {"\u00f1 + 1", "unexpected \"\u00f1\" at character 1"},
      {"1e999", "a number is out of range at character 1"},
      {"ln(2)", "unknown function \"ln\" at character 1"},
      {"sqr(2)", "Did you mean \"sqrt\"?"},
      {"sqrt(1, 2)", "sqrt has 2 arguments at character 10 (it takes one). Write sqrt(n)."},
      {"max(1)", "max has 1 argument at character 6 (it takes two or more). Write max(1, n)."},
      {"log()", "unexpected \")\" at character 5"},
      {"1 2", "unexpected \"2\" at character 3"}};
  for (const auto& [text, fragment] : cases)
    EXPECT_NE(error_of(text).find(fragment), std::string::npos) << text << " -> " << error_of(text);
}

TEST(Expression, RefusesNestingThatWouldExhaustTheStack) {
  EXPECT_NE(error_of(std::string(1000000, '(')).find("nested too deeply"), std::string::npos);
  EXPECT_NE(error_of(std::string(1000000, '-')).find("nested too deeply"), std::string::npos);
  EXPECT_EQ(value(std::string(90, '(') + "1" + std::string(90, ')')), 1);
}

TEST(Expression, CountsMustComeOutWhole) {
  EXPECT_EQ(Expression("2*n").evaluate_count(facts), 200);
  EXPECT_EQ(Expression("round(n/3)").evaluate_count(facts), 33);
  try {
    Expression("0.015*n").evaluate_count(facts);
    FAIL() << "a fraction passed as a count";
  } catch (const InvalidInput& error) {
    EXPECT_STREQ(error.what(),
                 "\"0.015*n\" is 1.5 at n = 100 (a count must come out whole). Write \"round(0.015*n)\".");
  }
  EXPECT_THROW(Expression("1/0").evaluate_count(facts), InvalidInput);
  EXPECT_THROW(Expression("sqrt(-1)").evaluate_count(facts), InvalidInput);
}

bool holds(const std::string& text, const Variables& variables = {}) {
  return Expression(text, Expression::Kind::condition).evaluate(variables) != 0;
}

TEST(Condition, ComparesNumbers) {
  EXPECT_TRUE(holds("1 < 2"));
  EXPECT_FALSE(holds("2 < 2"));
  EXPECT_TRUE(holds("2 <= 2"));
  EXPECT_TRUE(holds("3 > 2"));
  EXPECT_TRUE(holds("2 >= 2"));
  EXPECT_TRUE(holds("1 + 1 == 2"));
  EXPECT_TRUE(holds("1 != 2"));
  EXPECT_FALSE(holds("1 != 1"));
  EXPECT_TRUE(holds("candidates > 2*relevant", {{"candidates", 21}, {"relevant", 10}}));
}

TEST(Condition, JoinsByWordsAndBindsAsUsual) {
  EXPECT_TRUE(holds("1 > 2 and 1 > 3 or 1 < 2"));
  EXPECT_FALSE(holds("1 > 2 and (1 > 3 or 1 < 2)"));
  EXPECT_TRUE(holds("not 1 > 2 and 2 > 1"));
  EXPECT_FALSE(holds("not (1 > 2 or 2 > 1)"));
  EXPECT_TRUE(holds("not not 1 < 2"));
  EXPECT_TRUE(holds("android < order", {{"android", 1}, {"order", 2}}));
}

TEST(Condition, QuotesDottedNames) {
  EXPECT_TRUE(holds("arm.lasso.penalty < .5", {{"arm.lasso.penalty", 0.1}}));
  EXPECT_EQ(Expression("world.noise + 1.5").variables(), (std::vector<std::string>{"world.noise"}));
}

TEST(Condition, IsNoNumberAndANumberIsNoCondition) {
  const auto error = [](const std::string& text, Expression::Kind kind) {
    return support::thrown_message([&] { static_cast<void>(Expression(text, kind)); });
  };
  for (const char* text : {"1 < 2", "(1 < 2) + 1", "max(1, 2 < 3)", "-(1 < 2)", "2^(1 < 2)", "2*(1 < 2)"})
    EXPECT_NE(error(text, Expression::Kind::number).find("a number is needed here"), std::string::npos)
        << text;
  for (const char* text : {"1", "n", "1 < 2 and 3", "not 3", "3 or 1 < 2"})
    EXPECT_NE(error(text, Expression::Kind::condition).find("a condition is needed here"), std::string::npos)
        << text;
  EXPECT_NE(error("1 < 2 < 3", Expression::Kind::condition).find("joined by \"and\""), std::string::npos);
  EXPECT_NE(error("1 = 2", Expression::Kind::condition).find("compared with =="), std::string::npos);
  EXPECT_NE(error("1 < 2 && 2 < 3", Expression::Kind::condition).find("and, or, not"), std::string::npos);
  EXPECT_NE(error("", Expression::Kind::condition).find("the condition is empty"), std::string::npos);
  EXPECT_NE(error(std::string(1000, '('), Expression::Kind::condition).find("too deeply"), std::string::npos);
}

}  // namespace
}  // namespace quartic::expression_test
