/// Studies that must be refused, each with file, line, key and a remedy: texts, keys, sizes, worlds, arms,
/// files and efforts.
#include <gtest/gtest.h>

#include "core/random/stream.hpp"
#include "tests/experiments/study/read/broken_study.hpp"

namespace quartic::broken_test {
namespace {

using testing::Broken;
using testing::error_of;
using testing::expect_refused;
using testing::sound;
using testing::with_line;

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
    {"uses below nothing", 2, "uses = -1", "2: uses: it is no number of predictions", "such as 1e6"},
    {"nobody shares", 2, "pretraining_shared_by = 0", "2: pretraining_shared_by: 0 is out of range",
     "from 1 to"},
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
    {"more than all known", 12, "expert = { recall = 1.2 }",
     "12: arm.oracle.expert.recall: 1.2 is out of range (it is a share)", "Give a number from 0 to 1."},
    {"all wrong", 12, "expert = { recall = 1, false = 1 }",
     "12: arm.oracle.expert.false: 1.0 is out of range", "below 1"},
    {"negative noise", 12, "expert = { correct = 9, noise = -0.5 }",
     "12: arm.oracle.expert.noise: -0.5 is out of range", "of 0 or more"},
    {"more than all missing", 12, "expert = { correct = 9, missing = [0.5, 1.5] }",
     "12: arm.oracle.expert.missing: 1.5 is out of range", "from 0 to 1"},
    {"knowledge as text", 12, "expert = { recall = \"most\" }",
     "12: arm.oracle.expert.recall: \"most\" is a text (a number", "for example 0.1"},
    {"count and share", 12, "expert = { correct = 9, recall = 0.9 }",
     "12: arm.oracle.expert.recall: \"recall\" stands beside \"correct\"", "Keep one of them."},
    {"wrong and false", 12, "expert = { correct = 9, wrong = 1, false = 0.1 }",
     "12: arm.oracle.expert.false: \"false\" stands beside \"wrong\"", "Keep one of them."},
    {"neither count nor share", 12, "expert = { wrong = 1 }", "12: arm.oracle.expert: \"correct\" is missing",
     "recall = 0.9"},
    {"too much believed by share", 12, "expert = { recall = 1, false = 0.95 }",
     "12: arm.oracle.expert.false: such a share asks for 190 wrong candidates", "Lower it."},
    {"too little known", 12, "expert = { recall = 0.04 }", "9: arm.oracle.expert: the expert names nothing",
     "larger recall"},
    {"weight misspelt", 12, "expert = { recall = 0.9, weight = \"signl\" }",
     "12: arm.oracle.expert.weight: unknown word", "Did you mean \"signal\"?"},
    {"weight of a count", 12, "expert = { correct = 9, weight = \"signal\" }",
     "12: arm.oracle.expert.weight: weight = \"signal\" has no effect", "recall"},
    {"shares that do not add up", 8,
     "covariance = \"blocks(100, 0.5)\"\n[[arm]]\nname = \"s\"\nmodel = "
     "\"lasso\"\nexpert = { recall = 0.9, weight = \"signal\" }",
     "12: arm.s.expert.weight: weight = ", "Use weight = \"count\"."},
    {"signs of a network", 16,
     "penalty = 0.5\n[[arm]]\nname = \"net\"\nmodel = \"mlp\"\nexpert = { correct = 9, wrong_sign = 0.1 }",
     "20: arm.net.expert.wrong_sign: wrong_sign asks for signs of coefficients", "use a linear model"},
    {"signs of a path", 16, "select = \"oracle\"\nexpert = { correct = 9, wrong_sign = 0.1 }",
     "17: arm.regularised.expert.wrong_sign: wrong_sign stands beside select", "Remove one of them."},
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

TEST(BrokenStudy, IsRefusedWithFileLineKeyAndRemedy) {
  expect_refused(cases, sound);
}

TEST(BrokenStudy, SeveralProblemsAreReportedAtOnce) {
  const std::string error = error_of("replicates = 0\nsizes = []\ntitel = \"x\"\n");
  EXPECT_NE(error.find("broken.toml:1: replicates: "), std::string::npos) << error;
  EXPECT_NE(error.find("broken.toml:2: sizes: "), std::string::npos) << error;
  EXPECT_NE(error.find("broken.toml:3: titel: "), std::string::npos) << error;
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
    const std::string error = error_of(with_line(sound, 1 + pick(sound.size()), heap));
    refused += !error.empty();
    EXPECT_TRUE(error.empty() || error.find(" (") != std::string::npos) << heap << " -> " << error;
  }
  EXPECT_GT(refused, 1000);
  EXPECT_LT(refused, 3000);
}

TEST(BrokenStudy, HasNotTooManyArmsNorTooLongNames) {
  std::string text = with_line(sound, 1, "title = \"Many\"");
  for (int k = 0; k < 1000; ++k)
    text += "[[arm]]\nname = \"a" + std::to_string(k) + "\"\nmodel = \"lasso\"\n";
  EXPECT_NE(error_of(text).find("1002 arms (1000 are the most"), std::string::npos) << error_of(text);
  const std::string longest(200, 'a');
  EXPECT_EQ(error_of(with_line(sound, 14, "name = \"" + longest + "\"")), "");
  EXPECT_NE(error_of(with_line(sound, 14, "name = \"a" + longest + "\"")).find("a name of 201 bytes"),
            std::string::npos);
}

}  // namespace
}  // namespace quartic::broken_test
