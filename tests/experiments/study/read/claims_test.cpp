/// Claims, and lines of theory, that must be refused.
#include <gtest/gtest.h>

#include "tests/experiments/study/read/broken_study.hpp"

namespace quartic::claims_test {
namespace {

using testing::Broken;
using testing::expect_refused;
using testing::sound;

const std::vector<Broken> cases = {
    {"claim on no arm", 18, "arm = \"orcale\"", "18: claim 1.arm: unknown arm \"orcale\"",
     "Did you mean \"oracle\"?"},
    {"unknown law", 19, "law = \"exponent\"", "19: claim 1.law: unknown word \"exponent\"", "data_exponent"},
    {"claim without value", 20, "", "17: claim 1: no value is claimed", "expect = 2.0"},
    {"claim with two values", 20, "expect = 2.0\nat_least = 1.0", "17: claim 1: several values are claimed",
     "Keep one"},
    {"negative margin", 20, "expect = 2.0\nmargin = -0.1", "21: claim 1.margin: the margin is negative",
     "Give 0 or more."},
    {"certain confidence", 20, "expect = 2.0\nconfidence = 1", "21: claim 1.confidence: ", "0.95"},
    {"window reversed", 20, "expect = 2.0\nfrom = 50\nto = 10", "21: claim 1.from: ", "Exchange them."},
    {"crossing of one curve", 19, "law = \"crossing\"", "17: claim 1.against: the other arm is missing",
     "against = {"},
    {"crossing of itself", 19, "law = \"crossing\"\nagainst = { arm = \"oracle\" }",
     "20: claim 1.against.arm: ", "Name another arm"},
    {"slope near a crossing", 20, "expect = 2.0\nnear = 2", "21: claim 1.near: this law is about no crossing",
     "Remove the key"},
    {"near nothing", 19, "law = \"crossing\"\nagainst = { arm = \"oracle\", n = 20 }\nnear = 1",
     "21: claim 1.near: no size lies within it", "Write near = 1.5"},
    {"slope against an arm", 20, "expect = 2.0\nagainst = { arm = \"oracle\" }",
     "21: claim 1.against: ", "Remove the key."},
    {"plateau over a cost", 19, "law = \"plateau\"\nover = \"total\"",
     "20: claim 1.over: this law is over nothing that can be chosen", "Remove the key."},
    {"computing over data", 19, "law = \"compute_exponent\"\nover = \"data\"",
     "20: claim 1.over: this law is one of computing", "change the law"},
    {"slope of a ratio", 20, "expect = 2.0\nof = \"cost\"", "21: claim 1.of: this law is no ratio",
     "Remove it."},
    {"ratio of one arm", 19, "law = \"ratio\"", "17: claim 1.against: the other arm is missing",
     "against = {"},
    {"ratio with itself", 19, "law = \"ratio\"\nagainst = { arm = \"oracle\" }",
     "20: claim 1.against.arm: ", "Name another arm"},
    {"ratio with a stranger", 19, "law = \"ratio\"\nagainst = { arm = \"laso\" }",
     "20: claim 1.against.arm: unknown arm \"laso\"", ""},
    {"ratio at one size", 19, "law = \"ratio\"\nagainst = { arm = \"regularised\", n = 20 }",
     "20: claim 1.against: it names one size", "Remove n."},
    {"costs at no error", 19, "law = \"ratio\"\nagainst = { arm = \"regularised\" }\nof = \"cost\"",
     "17: claim 1.at_error: it is no error above 0", "at_error = 0.1"},
    {"exponents at an error", 19, "law = \"ratio\"\nagainst = { arm = \"regularised\" }\nat_error = 0.1",
     "21: claim 1.at_error: exponents are those of whole curves", "of = \"cost\""},
    {"form misspelt", 20, "expect = 2.0\nform = \"ofset\"", "21: claim 1.form: unknown word \"ofset\"",
     "Did you mean \"offset\"?"},
    {"floor in words", 20, "expect = 2.0\nfloor = \"some\"", "21: claim 1.floor: unknown word \"some\"",
     "\"free\" or a number"},
    {"negative floor", 20, "expect = 2.0\nfloor = -0.1", "21: claim 1.floor: the floor is negative",
     "0 or more"},
    {"floor and none", 20, "expect = 2.0\nform = \"floor\"\nfloor = \"none\"",
     "22: claim 1.floor: ", "Remove one."},
    {"free floor of a logarithm", 20, "expect = 2.0\nform = \"logarithm\"\nfloor = \"free\"",
     "22: claim 1.floor: ", "Hold the floor at a number."},
    {"form of a plateau", 19, "law = \"plateau\"\nform = \"power\"", "20: claim 1.form: ", "Remove the key."},
    {"unknown interval", 20, "expect = 2.0\ninterval = \"bootstrap\"",
     "21: claim 1.interval: unknown word \"bootstrap\"", "bootstrap_t"},
    {"frontier with a stranger", 19, "law = \"frontier_exponent\"\nwith = [\"laso\"]",
     "20: claim 1.with: unknown arm \"laso\"", "regularised"},
    {"slope with others", 20, "expect = 2.0\nwith = [\"regularised\"]",
     "21: claim 1.with: ", "Remove the key."},
    {"claim key misspelt", 20, "expects = 2.0", "20: claim 1.expects: unknown key",
     "Did you mean \"expect\"?"},
    {"claim of no formula", 20, "expect = \"2 +\"", "20: claim 1.expect: \"2 +\" is not a formula", ""},
    {"claim quotes nothing known", 20, "expect = \"2*nois\"", "17: claim.expect: unknown name \"nois\"",
     "noise"},
    {"claim about no setting", 20, "expect = 2.0\ncells = { world.noize = 2.0 }",
     "17: claim.cells: unknown key \"world.noize\"", "Did you mean \"world.noise\"?"},
    {"claim about no values", 20, "expect = 2.0\ncells = 2.0", "21: claim 1.cells: it names no value",
     "cells = {"},
    {"theory of no arm", 22, "arm = \"oracel\"", "22: theory.arm: unknown arm", "Did you mean \"oracle\"?"},
    {"theory of no fact", 23, "curve = \"sigma^2/n\"", "23: theory.curve: unknown name \"sigma\"", "noise"},
    {"theory of what the world does not tell", 23, "curve = \"lasso\"",
     "23: theory.curve: the closed form \"lasso\"", "Write a formula"},
    {"theory without sense", 23, "curve = \"1/(n\"", "23: theory.curve: ", "Close the parenthesis."}};

TEST(BrokenClaim, IsRefusedWithFileLineKeyAndRemedy) {
  expect_refused(cases, sound);
}

}  // namespace
}  // namespace quartic::claims_test
