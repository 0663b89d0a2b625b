/// Studies that are refused before they run because some cell of theirs could not.
#include <gtest/gtest.h>

#include "models/linear/lasso/lasso.hpp"
#include "tests/experiments/engine/doubles.hpp"
#include "tests/experiments/study/read/broken_study.hpp"
#include "tests/support/thrown_message.hpp"

namespace quartic::try_cells_test {
namespace {

using testing::Broken;
using testing::error_of;
using testing::expect_refused;
using testing::sound;
using testing::with_line;

/// A sound study of a network; line k of the file is element k - 1.
const std::array<std::string, 9> network = {"title = \"Sound\"",     // 1
                                            "sizes = [10, 20, 50]",  // 2
                                            "[world]",               // 3
                                            "kind = \"teacher\"",    // 4
                                            "[[arm]]",               // 5
                                            "name = \"network\"",    // 6
                                            "model = \"mlp\"",       // 7
                                            "width = 8",             // 8
                                            "batch = 10"};           // 9

const std::vector<Broken> cases = {
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

TEST(TryCells, RefuseANetworkThatCannotBeAtSomeSize) {
  expect_refused(cases, network);
}

/// A world whose truths do not say how much signal they have.
struct Silent : doubles::PlainTable {
  Facts facts() const { return {}; }
};
struct SilentWorld : doubles::PlainWorld {
  Truth draw(Stream) const { return Silent{{candidates, relevant, noise}}; }
};

TEST(TryCells, RefuseAWorldWithoutSignal) {
  CatalogueEntry<World> entry = built_in_catalogues().world("sparse_linear");
  entry.name = "silent";
  entry.make = [](const OptionValues&) { return World(SilentWorld{}); };
  const std::string error = support::thrown_message([&] {
    parse_study(with_line(sound, 5, "kind = \"silent\""), "broken.toml", {},
                built_in_catalogues().with(entry));
  });
  EXPECT_NE(error.find("broken.toml:5: world: the world has no fact \"signal\""), std::string::npos) << error;
  EXPECT_NE(error.find("Let facts() of its truths give the variance of f*"), std::string::npos) << error;
}

TEST(TryCells, RefuseASampleThatNoMachineHolds) {
  std::string text = with_line(sound, 6, "candidates = 50000000");
  text.replace(text.find("50]"), 3, "50000]");
  EXPECT_NE(error_of(text).find(
                "broken.toml:6: world.candidates: 5e+07 is too many (50000 rows would take 18 TiB of "
                "memory). Use fewer candidates or smaller sizes."),
            std::string::npos)
      << error_of(text);
}

/// A lasso that listens to an expert.
struct Listener : Lasso {
  std::string name() const { return "listener"; }
  Listener advised(std::span<const Index>) const { return *this; }
};

TEST(TryCells, RefuseToTellAModelMoreThanNames) {
  CatalogueEntry<Model> entry = built_in_catalogues().model("lasso");
  entry.name = "listener";
  entry.make = [](const OptionValues&) { return Model(Listener{}); };
  const Catalogues catalogues(built_in_catalogues().worlds(), {entry});
  const auto error = [&](const std::string& expert) {
    return support::thrown_message([&] {
      parse_study(
          "title = \"Sound\"\nsizes = [10]\n[world]\nkind = \"sparse_linear\"\n[[arm]]\n"
          "name = \"told\"\nmodel = \"listener\"\nexpert = { " +
              expert + " }\n",
          "broken.toml", {}, catalogues);
    });
  };
  EXPECT_EQ(error("correct = 2"), "");
  for (const std::string key : {"noise", "missing", "wrong_form", "wrong_sign"})
    EXPECT_NE(error("correct = 2, " + key + " = 0.5")
                  .find("broken.toml:8: arm.told.expert." + key + ": model \"listener\" takes no " + key),
              std::string::npos)
        << error("correct = 2, " + key + " = 0.5");
}

std::string error_of_subspace(const std::string& expert, const std::string& dimensions) {
  return error_of(
      "title = \"Sound\"\nsizes = [20]\n[world]\nkind = \"related\"\ncandidates = 30\nrelevant = 10\n"
      "tasks = 8\ncoefficients = \"gaussian\"\n[[arm]]\nname = \"told\"\nexpert = { " +
      expert + " }\nmodel = \"shared_subspace\"\ndimensions = " + dimensions + "\n");
}

// How many columns hold half of the signal depends on which come first, and on the replicate: one does in some.
TEST(TryCells, RefuseAModelThatHasNoFitToTheFewestColumnsOfAnExpertBySignal) {
  const std::string by_signal = "recall = 0.5, weight = \"signal\"";
  EXPECT_EQ(error_of_subspace(by_signal, "1"), "");
  EXPECT_EQ(error_of_subspace(by_signal, "\"min(5, columns)\""), "");
  EXPECT_EQ(error_of_subspace("recall = 0.5", "5"), "") << "five in every replicate";
  EXPECT_EQ(error_of_subspace("recall = 0.9, weight = \"signal\"", "2"), "");
  const std::string error = error_of_subspace(by_signal, "2");
  for (const char* part :
       {"broken.toml:13: arm.told.dimensions: the expert names 1 to ", " columns (chance decides",
        "and of 1: dimensions = 2 of 1 columns", "Choose 1 or fewer. Or raise the recall."})
    EXPECT_NE(error.find(part), std::string::npos) << part << "\n" << error;
}

/// A world of 30 rows.
struct Short : doubles::ExactTable {
  Index rows() const { return 30; }
};

TEST(TryCells, RefuseMoreRowsThanThereAre) {
  CatalogueEntry<World> entry = built_in_catalogues().world("sparse_linear");
  entry.name = "short";
  struct ShortWorld : doubles::PlainWorld {
    Truth draw(Stream) const { return Short{{20, 3, 1}}; }
  };
  entry.make = [](const OptionValues&) { return World(ShortWorld{}); };
  const std::string error = support::thrown_message([&] {
    parse_study(with_line(sound, 5, "kind = \"short\""), "broken.toml", {},
                built_in_catalogues().with(entry));
  });
  EXPECT_NE(
      error.find("sizes: 50 is more than there are (this world has 30 rows to train on). Give at most 30."),
      std::string::npos)
      << error;
}

}  // namespace
}  // namespace quartic::try_cells_test
