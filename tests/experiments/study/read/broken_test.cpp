// Studies that must be refused, each with file, line, key and a remedy.
#include <gtest/gtest.h>

#include <array>

#include "core/random/stream.hpp"
#include "core/require.hpp"
#include "experiments/study/read/parse_study.hpp"
#include "experiments/study/study.hpp"
#include "tests/experiments/engine/doubles.hpp"
#include "tests/support/thrown_message.hpp"

namespace quartic::broken_test {
namespace {

/// A sound study; line k of the file is element k - 1.
const std::array<std::string, 23> sound = {"title = \"Sound\"",                        // 1
                                           "replicates = 3",                           // 2
                                           "sizes = [10, 20, 50]",                     // 3
                                           "[world]",                                  // 4
                                           "kind = \"sparse_linear\"",                 // 5
                                           "candidates = 100",                         // 6
                                           "relevant = 10",                            // 7
                                           "noise = 1.0",                              // 8
                                           "[[arm]]",                                  // 9
                                           "name = \"oracle\"",                        // 10
                                           "model = \"least_squares\"",                // 11
                                           "expert = { correct = 10, wrong = 0 }",     // 12
                                           "[[arm]]",                                  // 13
                                           "name = \"regularised\"",                   // 14
                                           "model = \"lasso\"",                        // 15
                                           "penalty = 0.5",                            // 16
                                           "[[claim]]",                                // 17
                                           "arm = \"oracle\"",                         // 18
                                           "law = \"data_exponent\"",                  // 19
                                           "expect = 2.0",                             // 20
                                           "[[theory]]",                               // 21
                                           "arm = \"oracle\"",                         // 22
                                           "curve = \"10*noise^2/(n - 11)/signal\""};  // 23

/// One line of the sound study replaced, and what the message must hold.
struct Broken {
  std::string name;
  std::size_t line;
  std::string replacement;
  std::string place;   ///< how the message begins after "broken.toml:"
  std::string remedy;  ///< a later part of it
};

std::string with_line(std::size_t line, const std::string& replacement) {
  std::string text;
  for (std::size_t k = 0; k < sound.size(); ++k) text += (k + 1 == line ? replacement : sound[k]) + "\n";
  return text;
}

std::string error_of(const std::string& text) {
  try {
    static_cast<void>(parse_study(text, "broken.toml"));
  } catch (const InvalidInput& error) {
    return error.what();
  }
  return "";
}

const std::vector<Broken> cases = {
    // The text itself.
    {"unclosed string", 1, "title = \"Sound", "1: ", "Correct this line"},
    {"not UTF-8", 1, "title = \"\xff\xfe\"", "1: ", "save the file as UTF-8"},
    {"key twice", 2, "title = \"Again\"", "2: ", "Correct this line"},
    {"stray character", 4, "[$world]", "4: unexpected character", "Correct this line"},
    {"date", 2, "replicates = 2024-05-01", "2: a date or time", "Put it in quotes"},
    // Top level.
    {"unknown key", 2, "replicate = 3", "2: replicate: unknown key", "Did you mean \"replicates\"?"},
    {"option outside its table", 2, "noise = 2.0", "2: noise: unknown key", "Did you mean \"world.noise\"?"},
    {"replicates as text", 2, "replicates = \"many\"", "2: replicates: ", "a whole number is needed here"},
    {"no replicates", 2, "replicates = 0", "2: replicates: 0 is out of range", "from 1 to"},
    {"half a replicate", 2, "replicates = 2.5", "2: replicates: 2.5 is a fraction",
     "Write a whole number, such as 3."},
    {"replicates not a number", 2, "replicates = nan", "2: replicates: nan is not finite", "one such as 0.1"},
    {"negative seed", 2, "seed = -1", "2: seed: -1 cannot be a seed", "seed = 1"},
    {"storage", 2, "storage = \"single\"", "2: storage: unknown word \"single\"", "double, float, stream"},
    {"version of tomorrow", 2, "schema_version = 2", "2: schema_version: 2 is not known",
     "schema_version = 1"},
    {"title as number", 1, "title = 7", "1: title: 7 is a whole number (a text is needed here)", "in quotes"},
    // Sizes.
    {"no sizes", 3, "sizes = []", "3: sizes: the list is empty", "sizes = [10, 20, 50]"},
    {"missing sizes", 3, "", "1: sizes: \"sizes\" is missing", "Add it"},
    {"sizes in disorder", 3, "sizes = [50, 10, 10]", "3: sizes: the sizes are not ascending",
     "Write sizes = [10, 50]."},
    {"size zero", 3, "sizes = [0, 10]", "3: sizes: 0 is out of range", "from 1 to"},
    {"fractional size", 3, "sizes = [10, 20.5]", "3: sizes: 20.5 is a fraction", "such as 21"},
    {"size not a number", 3, "sizes = [10, nan]", "3: sizes: nan is not finite", ""},
    {"sizes as text", 3, "sizes = \"10 to 50\"", "3: sizes: ", "{ from = 10, to = 3000, per_decade = 8 }"},
    {"range reversed", 3, "sizes = { from = 50, to = 10, per_decade = 4 }", "3: sizes: the range is empty",
     "from <= to"},
    {"range incomplete", 3, "sizes = { from = 10, to = 50 }", "3: sizes: \"per_decade\" is missing",
     "per_decade = 8"},
    {"range misspelt", 3, "sizes = { from = 10, to = 50, per_decades = 4 }",
     "3: sizes.per_decades: unknown key", "\"per_decade\""},
    // The world.
    {"unknown world", 5, "kind = \"sparse_linaer\"", "5: world.kind: unknown world",
     "Did you mean \"sparse_linear\"?"},
    {"no world kind", 5, "", "4: world: \"kind\" is missing", "Add kind"},
    {"world kind as number", 5, "kind = 7", "5: world.kind: 7 is not a text", "Give one in quotes"},
    {"kinds that share no option", 5, "kind = [\"sparse_linear\", \"smooth\"]",
     "7: world.relevant: unknown key", "the keys here are"},
    {"two models", 11, "model = [\"ridge\", \"lasso\"]", "11: arm.oracle.model: a list of models",
     "an arm of its own"},
    {"world key misspelt", 6, "candidate = 100", "6: world.candidate: unknown key",
     "Did you mean \"candidates\"?"},
    {"candidates as flag", 6, "candidates = true", "6: world.candidates: true does not fit",
     "for example 1000"},
    {"fractional candidates", 6, "candidates = 100.5", "6: world.candidates: 100.5 is a fraction",
     "such as 101"},
    {"too many candidates", 6, "candidates = 1000000000000", "6: world.candidates: 1e+12 is too many",
     "Use at most 100000000."},
    {"fraction by formula", 6, "candidates = \"10.01*n\"",
     "6: world.candidates: \"10.01*n\" is 100.1 at n = 10", "round(10.01*n)"},
    {"formula quotes a fact", 6, "candidates = \"2*width\"", "6: world.candidates: unknown name \"width\"",
     "n"},
    {"nested list", 6, "candidates = [[100]]", "6: world.candidates: [100] is a list",
     "a plain list of values"},
    {"empty sweep", 6, "candidates = []", "6: world.candidates: the list is empty", "Give it a value"},
    {"more relevant than candidates", 7, "relevant = 101", "7: world.relevant: ", ""},
    {"no relevant", 7, "relevant = -1", "7: world.relevant: ", ""},
    {"negative noise", 8, "noise = -1.0", "8: world.noise: ", ""},
    {"infinite noise", 8, "noise = inf", "8: world.noise: inf is not finite", ""},
    {"noise as word", 8, "noise = \"loud\"", "8: world.noise: unknown name \"loud\" at character 1", ""},
    {"unknown coefficients", 8, "coefficients = \"equla\"", "8: world.coefficients: ", "equal"},
    // Arms.
    {"two arms of one name", 14, "name = \"oracle\"", "14: arm.oracle: two arms have the name",
     "Rename one."},
    {"no arm name", 14, "", "13: arm: \"name\" is missing", "Add name"},
    {"name with a dot", 14, "name = \"lasso.cv\"", "14: arm: the name \"lasso.cv\" is not usable",
     "Use letters"},
    {"name with a backquote", 14, "name = \"`ls`\"", "14: arm: the name \"`ls`\" is not usable",
     "Use letters"},
    {"name with a semicolon", 14, "name = \"a;b\"", "14: arm: the name \"a;b\" is not usable", "Use letters"},
    {"name that steers a terminal", 14, "name = \"a\\u001bc\"", "14: arm: the name ", "is not usable"},
    {"name that ends a text", 14, "name = \"a\\u0000\"", "14: arm: the name ", "is not usable"},
    {"name of C1", 14, "name = \"a\\u009b\"", "14: arm: the name ", "is not usable"},
    {"name read backwards", 14, "name = \"a\\u202e\"", "14: arm: the name ", "is not usable"},
    {"name that is a sum", 14, "name = \"+1+1\"", "14: arm: the name \"+1+1\" begins like a formula",
     "Begin it with a letter"},
    {"name that is a difference", 14, "name = \"-2+3\"", "14: arm: the name \"-2+3\" begins like a formula",
     "Begin it with a letter"},
    {"name that is a function", 14, "name = \"@SUM(1)\"",
     "14: arm: the name \"@SUM(1)\" begins like a formula", "Begin it with a letter"},
    {"name that is a wide sum", 14, "name = \"\\uFF0B1\"", "14: arm: the name ", "begins like a formula"},
    {"unknown model", 15, "model = \"laso\"", "15: arm.regularised.model: unknown model \"laso\"",
     "Did you mean \"lasso\"?"},
    {"unknown model option", 16, "penlty = 0.5", "16: arm.regularised.penlty: unknown key",
     "Did you mean \"penalty\"?"},
    {"unknown penalty word", 16, "penalty = \"cvs\"",
     "16: arm.regularised.penalty: \"cvs\" is neither a word", "Did you mean \"cv\"?"},
    {"unknown fact", 16, "penalty = \"2*nois\"",
     "16: arm.regularised.penalty: unknown name \"nois\" at character 3", "Did you mean \"noise\"?"},
    {"broken formula", 16, "penalty = \"2*(noise\"",
     "16: arm.regularised.penalty: \"2*(noise\" is not a formula", "Close the parenthesis."},
    {"formula without value", 16, "penalty = \"1/(n - 20)^2\"",
     "16: arm.regularised.penalty: \"1/(n - 20)^2\" is inf at n = 20", "Correct the formula."},
    {"negative penalty", 11, "model = \"ridge\"\npenalty = -0.5", "12: arm.oracle.penalty: ", "Give"},
    {"too much known", 12, "expert = { correct = 11 }",
     "12: arm.oracle.expert.correct: 11 is more than there are", "Give at most 10."},
    {"too much believed", 12, "expert = { correct = 9, wrong = 91 }",
     "12: arm.oracle.expert.wrong: 91 is more", "Give at most 90."},
    {"nothing known", 12, "expert = { correct = 0 }", "9: arm.oracle.expert: the expert names nothing",
     "correct = 1"},
    {"negative knowledge", 12, "expert = { correct = -1 }", "12: arm.oracle.expert.correct: -1 is negative",
     "Give 0 or more."},
    {"half known", 12, "expert = { correct = 9.5 }", "12: arm.oracle.expert.correct: 9.5 is a fraction",
     "such as 10"},
    {"expert as number", 12, "expert = 10", "12: arm.oracle.expert: a whole number",
     "expert = { correct = 9, wrong = 1 }"},
    {"expert key misspelt", 12, "expert = { corect = 10 }", "12: arm.oracle.expert.corect: unknown key",
     "Did you mean \"correct\"?"},
    {"forgets misspelt", 12, "expert = { correct = 9, forgets = \"random\" }",
     "12: arm.oracle.expert.forgets: unknown word", "at_random"},
    {"select without path", 12, "select = \"oracle\"",
     "12: arm.oracle.select: model \"least_squares\" has no path", "Remove the key"},
    {"select misspelt", 16, "select = \"oracel\"", "16: arm.regularised.select: unknown word",
     "Did you mean \"oracle\"?"},
    {"single bracket arm", 9, "[arm]", "", ""},
    // Claims and theory.
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
    {"slope against an arm", 20, "expect = 2.0\nagainst = { arm = \"oracle\" }",
     "21: claim 1.against: ", "Remove the key."},
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
    {"theory without sense", 23, "curve = \"1/(n\"", "23: theory.curve: ", "Close the parenthesis."},
    // Ranges, and what spans a sweep.
    {"range without fineness", 8, "noise = { from = 0.1, to = 10 }",
     "8: world.noise: \"per_decade\" is missing", "points"},
    {"range without an end", 8, "noise = { from = 0.1, points = 7 }", "8: world.noise: \"to\" is missing",
     "Write world.noise = { from = 0.1, to = 10, points = 7, scale = \"log\" }."},
    {"range spaced twice", 8, "noise = { from = 1, to = 10, points = 7, step = 1 }",
     "8: world.noise: points and step are both given", "in one way"},
    {"range from nothing", 8, "noise = { from = 0, to = 10, points = 7, scale = \"log\" }",
     "8: world.noise: a logarithmic range from 0", "above 0"},
    {"range downwards", 8, "noise = { from = 10, to = 1, points = 7 }", "8: world.noise: the range is empty",
     "from <= to"},
    {"linear decades", 8, "noise = { from = 1, to = 10, per_decade = 7, scale = \"linear\" }",
     "8: world.noise: scale = \"linear\" with per_decade", "logarithmic"},
    {"logarithmic step", 8, "noise = { from = 1, to = 10, step = 1, scale = \"log\" }",
     "8: world.noise: scale = \"log\" with a step", "added"},
    {"step of nothing", 8, "noise = { from = 1, to = 10, step = 0 }", "8: world.noise: a step of 0",
     "upwards"},
    {"one point of two", 8, "noise = { from = 1, to = 10, points = 1 }", "8: world.noise: one point",
     "both ends"},
    {"no points", 8, "noise = { from = 1, to = 10, points = 0 }", "8: world.noise.points: 0 is out of range",
     "from 1"},
    {"range too fine", 8, "noise = { from = 1, to = 10, step = 1e-9 }",
     "8: world.noise: the range has 9000000001 values", "1000000 are the most"},
    {"scale misspelt", 8, "noise = { from = 1, to = 10, points = 3, scale = \"lin\" }",
     "8: world.noise.scale: unknown word \"lin\"", "linear"},
    {"endless range", 8, "noise = { from = 1, to = inf, points = 3 }", "8: world.noise.to: inf is not finite",
     ""},
    {"range of words", 8, "coefficients = { from = 1, to = 3, points = 3 }",
     "8: world.coefficients: 1.0 does not fit", ""},
    {"range of sizes from zero", 3, "sizes = { from = 0, to = 50, step = 10 }",
     "3: sizes.from: 0 is out of range", "from 1"},
    {"count beyond all counting", 6, "candidates = 1e18", "6: world.candidates: 1e+18 is too large",
     "Write a smaller one."},
    {"tie of one", 2, "zip = [\"world.noise\"]", "2: zip: fewer than two keys", "\"world.candidates\"]"},
    {"tie of nothing", 2, "zip = []", "2: zip: [] ties nothing", "Write zip"},
    {"tie as text", 2, "zip = \"world.noise\"", "2: zip: \"world.noise\" ties nothing", "Write zip"},
    {"tie of a number", 2, "zip = [\"world.noise\", 3]", "2: zip: 3 is a whole number", "in quotes"},
    {"tie twice", 2, "zip = [\"world.noise\", \"world.noise\"]", "2: zip: a key is named twice", "Write zip"},
    {"tie of strangers", 2, "zip = [\"world.noize\", \"world.candidates\"]",
     "2: zip: unknown key \"world.noize\"", "Did you mean \"world.noise\"?"},
    {"tie of single values", 2, "zip = [\"world.noise\", \"world.candidates\"]",
     "2: zip: world.noise has one value", "Give it a list"},
    {"tie among lists", 2, "zip = [[\"world.noise\", \"world.candidates\"], \"world.relevant\"]",
     "2: zip: a text among lists", "in brackets"},
    {"condition without sense", 2, "where = \"candidates >\"",
     "2: where: \"candidates >\" is not a condition", "Complete it."},
    {"condition as number", 2, "where = \"candidates\"", "2: where: \"candidates\" is not a condition",
     "noise < 2"},
    {"condition on the size", 2, "where = \"candidates > n\"", "2: where: unknown name \"n\"", "candidates"},
    {"condition no cell meets", 2, "where = \"candidates > 1000\"", "2: where: the condition keeps no cell",
     "Correct it"},
    {"condition as flag", 2, "where = true", "2: where: true is true or false", "in quotes"},
    {"one case", 2, "case = { world = { noise = 2 } }", "2: case: a table (there are several cases)",
     "double brackets"},
    {"case of nothing", 23, "curve = \"1/n\"\n[[case]]", "24: case: the case changes nothing",
     "Name an option"},
    {"case of other sizes", 23, "curve = \"1/n\"\n[[case]]\nsizes = [10]",
     "25: case.sizes: ", "world and arms"},
    {"case of other replicates", 23, "curve = \"1/n\"\n[[case]]\narm.oracle.replicates = 3",
     "25: case.arm.oracle.replicates: ", "Change the arm itself."},
    {"case of no arm", 23, "curve = \"1/n\"\n[[case]]\narm.orcale.penalty = 3", "25: arm.orcale: unknown arm",
     "\"oracle\""},
    {"case of no option", 23, "curve = \"1/n\"\n[[case]]\nworld.noize = 3", "25: world.noize: unknown key",
     "\"noise\""},
    {"case out of range", 23, "curve = \"1/n\"\n[[case]]\nworld.noise = -3.0", "25: world.noise: ", ""},
    {"case of a number", 23, "curve = \"1/n\"\n[[case]]\nworld = 3", "25: case.world: a whole number",
     "world.noise = 2.0"},
    {"include of no file", 2, "include = \"nowhere.toml\"", "2: include: there is no file nowhere.toml",
     "Check the name."},
    {"include of a number", 2, "include = 3", "2: include: a whole number", "include = \"base.toml\""},
    // Efforts, though none is asked for.
    {"effort with unknown key", 23, "curve = \"1/n\"\n[effort.quick]\nreplicate = 2",
     "25: replicate: unknown key", "\"replicates\""},
    {"effort on unknown arm", 23, "curve = \"1/n\"\n[effort.quick]\narm.oracl.replicates = 2",
     "25: arm.oracl: unknown arm", "\"oracle\""},
    {"effort with bad value", 23, "curve = \"1/n\"\n[effort.quick]\nworld.noise = -2.0",
     "25: world.noise: ", ""}};

TEST(BrokenStudy, TheSoundStudyParses) {
  EXPECT_EQ(error_of(with_line(0, "")), "");
}

TEST(BrokenStudy, IsRefusedWithFileLineKeyAndRemedy) {
  for (const Broken& broken : cases) {
    const std::string error = error_of(with_line(broken.line, broken.replacement));
    EXPECT_EQ(error.find("broken.toml:" + broken.place), 0u) << broken.name << " -> " << error;
    EXPECT_NE(error.find(broken.remedy), std::string::npos) << broken.name << " -> " << error;
  }
}

TEST(BrokenStudy, EveryMessageGivesAReasonAndAdvice) {
  for (const Broken& broken : cases) {
    const std::string error = error_of(with_line(broken.line, broken.replacement));
    const std::string first = error.substr(0, error.find('\n'));
    EXPECT_NE(first.find(" ("), std::string::npos) << broken.name << " -> " << error;
    EXPECT_NE(first.find("). "), std::string::npos) << broken.name << " -> " << error;
    EXPECT_TRUE(first.ends_with('.') || first.ends_with('?')) << broken.name << " -> " << error;
  }
}

/// A sound study of a network; line k of the file is element k - 1.
const std::array<std::string, 9> sound_network = {"title = \"Sound\"",     // 1
                                                  "sizes = [10, 20, 50]",  // 2
                                                  "[world]",               // 3
                                                  "kind = \"teacher\"",    // 4
                                                  "[[arm]]",               // 5
                                                  "name = \"network\"",    // 6
                                                  "model = \"mlp\"",       // 7
                                                  "width = 8",             // 8
                                                  "batch = 10"};           // 9

std::string network_with_line(std::size_t line, const std::string& replacement) {
  std::string text;
  for (std::size_t k = 0; k < sound_network.size(); ++k)
    text += (k + 1 == line ? replacement : sound_network[k]) + "\n";
  return text;
}

const std::vector<Broken> network_cases = {
    {"batch above the smallest size", 9, "batch = 16",
     "9: arm.network.batch: the batch of mlp is 16 but n is 10", "batch = \"min(16, n)\""},
    {"batch above a later size", 9, "batch = \"n*n/20\"",
     "9: arm.network.batch: the batch of mlp is 125 but n is 50", "Set batch to 50 or fewer"},
    {"batch above what validation leaves", 8, "validation = 0.5",
     "9: arm.network.batch: the batch of mlp is 10 but validation leaves 5 of 10 rows",
     "Set batch to 5 or fewer, or to 0"},
    {"negative batch", 9, "batch = -1", "9: arm.network.batch: ", "Give a whole number of 0 or more."},
    {"loss of classes", 8, "loss = \"logistic\"", "8: arm.network.loss: the loss of mlp is \"logistic\"",
     "\"squared\" or \"huber\""},
    {"nothing left beside validation", 2,
     "sizes = [1, 50]\n[[arm]]\nname = \"first\"\nmodel = \"mlp\"\n"
     "validation = 0.2",
     "6: arm.first.validation: the validation of mlp holds out 1 of 1 rows", "Give more rows"},
    {"nothing left beside tuning", 2,
     "sizes = [1, 50]\n[[arm]]\nname = \"first\"\nmodel = \"mlp\"\n"
     "learning_rate = \"tuned\"",
     "6: arm.first.learning_rate: the learning_rate \"tuned\" of mlp holds out 1", "Give more rows"},
    {"width that no memory holds", 8, "layers = 2\nwidth = 1000000",
     "9: arm.network.width: mlp would have 1000053000001 parameters", "18 TiB). Choose fewer."},
    {"parameters that no memory holds", 8, "parameters = \"1e11*n\"",
     "8: arm.network.parameters: mlp would have ", "Choose fewer."},
    {"width that is a fraction", 8, "width = \"n/3\"", "8: arm.network.width: \"n/3\" is 3.33", "at n = 10"},
    {"width that is negative later", 8, "width = \"30 - n\"", "8: arm.network.width: width = -20",
     "Give a whole number of 1 or more."},
    {"width of none", 8, "width = 0", "8: arm.network.width: width = 0", "1 or more"},
    {"rate not a number", 8, "learning_rate = nan", "8: arm.network.learning_rate: nan is not finite", ""},
    {"infinite rate", 8, "learning_rate = inf", "8: arm.network.learning_rate: inf is not finite", ""},
    {"rate that is infinite later", 8, "learning_rate = \"1/(20 - n)^2\"",
     "8: arm.network.learning_rate: \"1/(20 - n)^2\" is inf at n = 20", "Correct the formula."},
    {"rate of zero", 8, "learning_rate = 0",
     "8: arm.network.learning_rate: ", "Give a number above 0 or \"tuned\"."},
    {"features that no memory holds", 7,
     "model = \"random_features\"\nfeatures = 100000000000\n[[arm]]\n"
     "name = \"second\"\nmodel = \"mlp\"",
     "8: arm.network.features: the features of random_features are", "Ask for fewer"},
    {"penalty that overflows", 7,
     "model = \"random_features\"\npenalty = 1e308\n[[arm]]\nname = \"second\"\n"
     "model = \"mlp\"",
     "8: arm.network.penalty: the penalty of random_features is 1e+308", "Give a smaller one."}};

TEST(BrokenStudy, OfANetworkIsRefusedAtEverySizeBeforeItRuns) {
  EXPECT_EQ(error_of(network_with_line(0, "")), "");
  for (const Broken& broken : network_cases) {
    const std::string error = error_of(network_with_line(broken.line, broken.replacement));
    EXPECT_EQ(error.find("broken.toml:" + broken.place), 0u) << broken.name << " -> " << error;
    EXPECT_NE(error.find(broken.remedy), std::string::npos) << broken.name << " -> " << error;
    EXPECT_NE(error.find(" ("), std::string::npos) << broken.name << " -> " << error;
  }
}

/// A world whose truths do not say how much signal they have.
struct Silent : doubles::PlainTable {
  Facts facts() const { return {}; }
};
struct SilentWorld : doubles::PlainWorld {
  Truth draw(Stream) const { return Silent{{candidates, relevant, noise}}; }
};

TEST(BrokenStudy, OfAWorldWithoutSignalIsRefusedBeforeItRuns) {
  CatalogueEntry<World> entry = built_in_catalogues().world("sparse_linear");
  entry.name = "silent";
  entry.make = [](const OptionValues&) { return World(SilentWorld{}); };
  const std::string error = support::thrown_message([&] {
    parse_study(with_line(5, "kind = \"silent\""), "broken.toml", {}, built_in_catalogues().with(entry));
  });
  EXPECT_NE(error.find("broken.toml:5: world: the world \"silent\" has no fact \"signal\""),
            std::string::npos)
      << error;
  EXPECT_NE(error.find("Let facts() of its truths give the variance of f*"), std::string::npos) << error;
}

TEST(BrokenStudy, SeveralProblemsAreReportedAtOnce) {
  const std::string error = error_of("replicates = 0\nsizes = []\ntitel = \"x\"\n");
  EXPECT_NE(error.find("broken.toml:1: replicates: "), std::string::npos) << error;
  EXPECT_NE(error.find("broken.toml:2: sizes: "), std::string::npos) << error;
  EXPECT_NE(error.find("broken.toml:3: titel: "), std::string::npos) << error;
}

TEST(BrokenStudy, ASampleThatNoMachineHoldsIsRefused) {
  std::string text = with_line(6, "candidates = 50000000");
  text.replace(text.find("50]"), 3, "50000]");
  EXPECT_NE(error_of(text).find(
                "broken.toml:6: world.candidates: 5e+07 is too many (50000 rows would take 18 TiB of "
                "memory). Use fewer candidates or smaller sizes."),
            std::string::npos)
      << error_of(text);
}

TEST(BrokenStudy, AHugeSweepIsRefused) {
  const std::string range = "{ from = 1, to = 20000, step = 1 }";
  const std::string text = with_line(16, "penalty = " + range + "\nfolds = " + range);
  EXPECT_EQ(
      error_of(text).find("broken.toml:16: arm.regularised.penalty: the sweep has 4e+08 cells, "
                          "7.2e+09 fits (every combination of the lists is one, and 1e+08 are the most)"),
      0U)
      << error_of(text);
}

/// Words of the grammar, thrown together: each study is read or refused with advice, whatever they are.
TEST(BrokenStudy, HeapsOfWordsAreReadOrRefused) {
  const std::vector<std::string> words = {"zip = ",
                                          "where = ",
                                          "[[case]]\n",
                                          "world.noise = ",
                                          "[\"world.noise\", ",
                                          "\"world.candidates\"]",
                                          "[0.1, 1.0]",
                                          "{ from = 1, to = 9, ",
                                          "points = 3 }",
                                          "step = 2 }",
                                          "per_decade = 2 }",
                                          "\n",
                                          "\"noise < 2 and ",
                                          "relevant > 3\"",
                                          "arm.oracle.expert.correct = ",
                                          "5",
                                          "[[arm]]\n",
                                          "include = \"x.toml\"",
                                          "scale = \"log\", ",
                                          "not (",
                                          ")",
                                          "\"",
                                          "[effort.a]\n",
                                          "case = ",
                                          "-1"};
  Stream stream = Stream(5).child("words");
  const auto pick = [&](std::size_t count) {
    return static_cast<std::size_t>(stream.uniform() * static_cast<double>(count));
  };
  int refused = 0;
  for (int trial = 0; trial < 3000; ++trial) {
    std::string heap;
    for (std::size_t k = 1 + pick(8); k > 0; --k) heap += words[pick(words.size())];
    const std::string error = error_of(with_line(1 + pick(sound.size()), heap));
    refused += !error.empty();
    EXPECT_TRUE(error.empty() || error.find(" (") != std::string::npos) << heap << " -> " << error;
  }
  EXPECT_GT(refused, 1000);
  EXPECT_LT(refused, 3000);
}

TEST(BrokenStudy, HasNotTooManyArmsNorTooLongNames) {
  std::string text = with_line(1, "title = \"Many\"");
  for (int k = 0; k < 1000; ++k)
    text += "[[arm]]\nname = \"a" + std::to_string(k) + "\"\nmodel = \"lasso\"\n";
  EXPECT_NE(error_of(text).find("1002 arms (1000 are the most"), std::string::npos) << error_of(text);
  const std::string longest(200, 'a');
  EXPECT_EQ(error_of(with_line(14, "name = \"" + longest + "\"")), "");
  EXPECT_NE(error_of(with_line(14, "name = \"a" + longest + "\"")).find("a name of 201 bytes"),
            std::string::npos);
}

}  // namespace
}  // namespace quartic::broken_test
