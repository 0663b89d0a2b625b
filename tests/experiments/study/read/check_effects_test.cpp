// Of two settings of which one is ignored beside the other, a study may have one only.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "experiments/study/read/parse_study.hpp"
#include "tests/support/thrown_message.hpp"

namespace quartic::check_effects_test {
namespace {

using support::thrown_message;

std::string study_of(const std::string& world, const std::string& arm) {
  return "sizes = [20, 40]\nreplicates = 2\n[world]\nkind = \"sparse_linear\"\ncandidates = 50\n" + world +
         "\n[[arm]]\nname = \"first\"\n" + arm + "\n";
}

std::string complaint(const std::string& world, const std::string& arm, const StudyEdits& edits = {}) {
  return thrown_message([&] { parse_study(study_of(world, arm), "study.toml", edits); });
}

struct Pair {
  std::string world, arm;
  std::string ignored, beside;  ///< as the message writes them
};

const std::string lasso = "model = \"lasso\"\n", ridge = "model = \"ridge\"\n", mlp = "model = \"mlp\"\n";

const std::vector<Pair>& pairs() {
  static const std::vector<Pair> all = {
      {"noise = 1.0\nsignal_to_noise = 4.0", lasso, "noise = 1.0", "signal_to_noise = 4.0"},
      {"", lasso + "penalty = 0.1\nfolds = 10", "folds = 10", "penalty = 0.1"},
      {"", lasso + "penalty = \"noise/n\"\nratio = 0.1", "ratio = 0.1", "penalty = \"noise/n\""},
      {"", lasso + "penalty = \"theory\"\npenalties = 9", "penalties = 9", "penalty = \"theory\""},
      {"", lasso + "constant = 2.0", "constant = 2.0", "penalty = \"cv\""},
      {"", lasso + "select = \"oracle\"\npenalty = \"cv\"", "penalty = \"cv\"", "select = \"oracle\""},
      {"", lasso + "select = \"oracle\"\nfolds = 7", "folds = 7", "select = \"oracle\""},
      {"", ridge + "folds = 7", "folds = 7", "penalty = \"loo\""},
      {"", ridge + "penalty = 1.0\npenalties = 9", "penalties = 9", "penalty = 1.0"},
      {"", mlp + "parameters = \"2*n\"\nwidth = 8", "width = 8", "parameters = \"2*n\""},
      {"", mlp + "layers = 0\nactivation = \"tanh\"", "activation = \"tanh\"", "layers = 0"},
      {"", mlp + "layers = 0\ndropout = 0.5", "dropout = 0.5", "layers = 0"},
      {"", lasso + "expert = { correct = 0, wrong = 3, forgets = \"at_random\" }", "forgets = \"at_random\"",
       "correct = 0"},
      {"", mlp + "huber_delta = 2.0", "huber_delta = 2.0", "loss = \"squared\""},
      {"", mlp + "base_width = 32", "base_width = 32", "parametrisation = \"standard\""},
      {"", mlp + "optimiser = \"sgd\"\nmomentum = 0.5", "momentum = 0.5", "optimiser = \"sgd\""},
      {"", mlp + "optimiser = \"nesterov\"\nbeta_2 = 0.5", "beta_2 = 0.5", "optimiser = \"nesterov\""},
      {"", mlp + "schedule = \"cosine\"\ndecay_epochs = 5", "decay_epochs = 5", "schedule = \"cosine\""},
      {"", mlp + "schedule = \"inverse_time\"\ndecay_factor = 0.5", "decay_factor = 0.5", "schedule ="},
      {"", mlp + "rate_from = 0.01", "rate_from = 0.01", "learning_rate = 0.001"},
      {"", mlp + "learning_rate = 0.1\nrates = 7", "rates = 7", "learning_rate = 0.1"},
      {"", mlp + "tune_at = \"20\"", "tune_at = \"20\"", "learning_rate = 0.001"},
      {"", mlp + "patience = 3", "patience = 3", "validation = 0"}};
  return all;
}

TEST(CheckEffects, NamesBothOfEveryPairOfWhichOneIsIgnored) {
  for (const Pair& pair : pairs()) {
    const std::string message = complaint(pair.world, pair.arm);
    EXPECT_NE(message.find(pair.ignored.substr(0, pair.ignored.find(" =")) + " ="), std::string::npos)
        << message;
    EXPECT_NE(message.find("has no effect beside " + pair.beside), std::string::npos) << pair.arm << "\n"
                                                                                      << message;
    EXPECT_NE(message.find("Remove "), std::string::npos) << message;
  }
}

TEST(CheckEffects, LeavesEachOfThePairsWhereTheOtherOneAllowsIt) {
  const std::vector<std::string> arms = {lasso + "penalty = \"cv_1se\"\nfolds = 10\nratio = 0.1",
                                         lasso + "penalty = \"theory_known\"\nconstant = 2.0",
                                         lasso + "select = \"oracle\"\nratio = 0.1\npenalties = 9",
                                         ridge + "penalty = \"cv\"\nfolds = 7\npenalties = 9",
                                         mlp + "optimiser = \"adamw\"\nmomentum = 0.5\nbeta_2 = 0.5",
                                         mlp + "validation = \"4/n\"\npatience = 3",
                                         mlp + "learning_rate = \"tuned\"\nrate_from = 0.01\nrates = 3"};
  for (const std::string& arm : arms) EXPECT_EQ(complaint("signal_to_noise = 4.0", arm), "") << arm;
}

TEST(CheckEffects, AsksThatASettingMattersInOneCellOnly) {
  EXPECT_EQ(complaint("", lasso + "penalty = [\"cv\", 0.1]\nfolds = 10"), "");
  EXPECT_NE(complaint("", lasso + "penalty = [0.2, 0.1]\nfolds = 10"), "");
  EXPECT_EQ(complaint("", lasso + "expert = { correct = [0, 2], wrong = 3, forgets = \"at_random\" }"), "");
}

TEST(CheckEffects, CountsAnOptionThatAFormulaQuotes) {
  EXPECT_EQ(complaint("", lasso + "penalty = \"constant/n\"\nconstant = 2.0"), "");
}

TEST(CheckEffects, CountsWhatIsSetOnTheCommandLine) {
  EXPECT_EQ(complaint("noise = 1.0", lasso), "");
  EXPECT_NE(
      complaint("noise = 1.0", lasso, {.overrides = {{"world.signal_to_noise", "4"}}}).find("noise = 1"),
      std::string::npos);
}

}  // namespace
}  // namespace quartic::check_effects_test
