// Every key of an expert moves where least squares stalls, and its error before, as the closed form says.
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "experiments/engine/risk.hpp"
#include "experiments/study/read/parse_study.hpp"
#include "sim/experts/expert.hpp"
#include "sim/worlds/sparse_linear.hpp"
#include "tests/experiments/engine/doubles.hpp"

namespace quartic::expert_dial_test {
namespace {

using doubles::run_study;

const std::string ten = "candidates = 60\nrelevant = 10\n";

Study study_of(const std::string& expert, const std::string& more) {
  return parse_study("seed = 5\n" + more + "\n[world]\nkind = \"sparse_linear\"\n" + ten +
                         "[[arm]]\nname = \"a\"\nmodel = \"least_squares\"\nexpert = { " + expert + " }\n",
                     "dial.toml");
}

/// Of the differences between measured error and theory.
struct Compared {
  double mean = 0, se = 0, theory = 0;
};

Compared compare(const std::vector<Record>& records, Index n) {
  std::vector<double> differences;
  double theory = 0;
  for (const Record& record : records) {
    if (record.n != n) continue;
    differences.push_back(record.normalised_error - record.theory);
    theory += record.theory;
  }
  const Eigen::Map<const Eigen::ArrayXd> all(differences.data(), std::ssize(differences));
  const double count = static_cast<double>(all.size());
  return {all.mean(), std::sqrt((all - all.mean()).square().sum() / (count - 1) / count), theory / count};
}

struct Dial {
  std::string expert;
  double explained;  ///< share of the signal, at last
};

class EveryKey : public ::testing::TestWithParam<Dial> {};

TEST_P(EveryKey, MovesTheStallAndTheErrorBeforeAsTheClosedFormSays) {
  const auto records =
      run_study(study_of(GetParam().expert, "replicates = 150\nsizes = [200, 4000]")).records;
  for (const Index n : {200, 4000}) {
    const Compared compared = compare(records, n);
    EXPECT_NEAR(compared.mean, 0, 5 * compared.se) << n;
    EXPECT_LT(compared.se, 0.05 * compared.theory + 1e-4) << n << ": else this would say little";
  }
  const double stall = 1 - GetParam().explained;
  EXPECT_NEAR(compare(records, 4000).theory, stall, 0.001 + 0.01 * stall);
  EXPECT_GT(compare(records, 200).theory, stall);
}

const double by_threshold = 2 * std::numbers::inv_pi;

INSTANTIATE_TEST_SUITE_P(
    Dial, EveryKey,
    ::testing::Values(Dial{"recall = 0.7", 0.7}, Dial{"recall = 1, false = 0.5", 1},
                      Dial{"recall = 1, noise = 0.5", 1 / 1.25}, Dial{"recall = 1, missing = 0.2", 0.8},
                      Dial{"recall = 1, wrong_form = 0.5", 0.5 + 0.5 * by_threshold},
                      Dial{"recall = 1, wrong_sign = 0.3", 0.7},
                      Dial{"recall = 0.8, false = 0.2, noise = 0.3, missing = 0.1, wrong_sign = 0.25",
                           0.6 * 0.9 / 1.09},
                      Dial{"correct = 10, false = 0.1, noise = 0.3, missing = 0.1, wrong_form = 1",
                           by_threshold * 0.9 / 1.09}));

// With one column the residual is large just where the reading is lost.
TEST(ExpertDial, ErrorBeforeTheStallKnowsThatLostReadingsTeachNothing) {
  const Study study = parse_study(
      "seed = 6\nreplicates = 1500\nsizes = [60]\n[world]\nkind = \"sparse_linear\"\ncandidates = 5\n"
      "relevant = 1\n[[arm]]\nname = \"a\"\nmodel = \"least_squares\"\n"
      "expert = { recall = 1, missing = 0.5 }\n",
      "dial.toml");
  const Compared compared = compare(run_study(study).records, 60);
  EXPECT_NEAR(compared.theory, 0.5 + 1. / (60 - 1 - 4), 1e-12) << "a plug-in of the stall would say 1.5";
  EXPECT_NEAR(compared.mean, 0, 5 * compared.se);
  EXPECT_LT(compared.se, 0.05 / 55);
}

TEST(ExpertDial, ExactRiskOfReadingsIsThatOnFreshRows) {
  const Truth truth =
      SparseLinear{.candidates = 30, .relevant = 5, .covariance = "spectrum(0.5)"}.draw(Stream(1));
  const Expert expert{.correct = 4, .wrong = 2, .noise = 0.5, .missing = 0.2};
  const Advice advice = advise(expert, truth, Stream(2).child("expert"));
  LinearRule rule{Vector::LinSpaced(6, -1, 1.5), 0.3};
  const std::vector<detail::Rule> rules = {{rule, &advice.reading}};
  const double exact = detail::exact_risk(truth, rules[0], Task::regression)->excess;
  const detail::Risk sampled = detail::on_fresh_rows(truth, Task::regression, rules, Stream(2))[0].risk;
  EXPECT_NEAR(sampled.excess, exact, 5 * sampled.standard_error);
  EXPECT_LT(sampled.standard_error, 0.05 * exact);
  EXPECT_FALSE(detail::exact_risk(truth, rules[0], Task::classification)) << "no square of a difference";
}

// A column that has moved where rules are judged weighs more when its reading is lost, which the closed form, made of
// the training columns' deviations, does not see.
TEST(ExpertDial, ReadingsUnderAnotherLawAreJudgedOnFreshRows) {
  const auto records_with = [](const std::string& expert) {
    return run_study(parse_study("seed = 3\nreplicates = 4\nsizes = [400]\n[world]\nkind = \"shifted\"\n" +
                                     ten +
                                     "shift = \"rebuilt\"\nstrength = 0.5\n[[arm]]\nname = \"a\"\n"
                                     "model = \"least_squares\"\nexpert = { recall = 1" +
                                     expert + " }\n",
                                 "shifted.toml"))
        .records;
  };
  const std::vector<Record> well = records_with(""), badly = records_with(", missing = 0.2");
  for (std::size_t k = 0; k < 4; ++k) {
    EXPECT_EQ(well[k].error_se, 0) << "exact";
    EXPECT_GT(badly[k].error_se, 0) << "sampled";
    EXPECT_GT(badly[k].normalised_error, 0.1);
  }
}

TEST(ExpertDial, ClassesAreReadBadlyToo) {
  const auto mean_error = [](const std::string& expert) {
    const Study study =
        parse_study("seed = 3\nreplicates = 20\nsizes = [400]\n[world]\nkind = \"logistic\"\n" + ten +
                        "[[arm]]\nname = \"a\"\nmodel = \"least_squares\"\nexpert = { " + expert + " }\n",
                    "classes.toml");
    double sum = 0;
    for (const Record& record : run_study(study).records) {
      EXPECT_EQ(record.report.message, "");
      EXPECT_TRUE(std::isnan(record.theory));
      sum += record.normalised_error;
    }
    return sum / 20;
  };
  const double well = mean_error("recall = 1");
  for (const char* badly : {"recall = 1, noise = 1", "recall = 1, missing = 0.4",
                            "recall = 1, wrong_form = 1", "recall = 1, wrong_sign = 0.5"})
    EXPECT_GT(mean_error(badly), 1.5 * well) << badly;
}

TEST(ExpertDial, WorldsThatDoNotKnowTheirVariancesServeOnlyWhoReadsThemAsTheyAre) {
  Study study = doubles::plain_study();
  const auto message = [&](const Expert& expert) {
    edit(study.cells)->arms[0].expert = expert;
    return run_study(study).records.front().report.message;
  };
  EXPECT_EQ(message({.correct = 2, .missing = 0.1}), "") << "judged on fresh rows";
  EXPECT_NE(message({.correct = 2, .noise = 0.1}).find("does not know how much its columns vary"),
            std::string::npos);
  edit(study.cells)->world.options["exact"] = false;
  EXPECT_NE(message({.correct = 2, .wrong_sign = 1}).find("does not know the risk of a rule"),
            std::string::npos);
}

TEST(ExpertDial, TheoryIsAbsentWhereNoFormulaHolds) {
  const auto theory = [](const std::string& world, const std::string& arm) {
    const Study study = parse_study("replicates = 1\nsizes = [100]\n[world]\nkind = \"sparse_linear\"\n" +
                                        ten + world + "[[arm]]\nname = \"a\"\n" + arm + "\n",
                                    "dial.toml");
    return run_study(study).records.front().theory;
  };
  const std::string least_squares = "model = \"least_squares\"\nexpert = ";
  EXPECT_FALSE(std::isnan(theory("", least_squares + "{ recall = 1, noise = 0.5 }")));
  EXPECT_TRUE(
      std::isnan(theory("covariance = \"ar1(0.5)\"\n", least_squares + "{ recall = 1, noise = 0.5 }")));
  EXPECT_TRUE(std::isnan(theory("", "model = \"ridge\"\nexpert = { recall = 1, noise = 0.5 }")));
  EXPECT_TRUE(std::isnan(theory("", least_squares + "{ recall = 1, missing = 0.9 }"))) << "100 rows are few";
  EXPECT_TRUE(std::isnan(theory("noise = 10\n", least_squares + "{ recall = 1, wrong_sign = 0.5 }")))
      << "who is left out is a matter of luck";
}

std::string lines(const Study& study, const EngineOptions& options = {.threads = 1}) {
  return records_csv(run_study(study, options).records);
}

const std::string dial =
    "recall = 0.8, false = 0.2, noise = 0.3, missing = 0.1, wrong_form = 0.4, wrong_sign = 0.3";
const std::string small = "replicates = 5\nsizes = [20, 30]";

TEST(ExpertDial, BitsDependNeitherOnThreadsNorOnOtherArmsAndSizes) {
  const Study alone = study_of(dial, small);
  EXPECT_EQ(lines(alone, {.threads = 4}), lines(alone));
  Study among = alone;
  edit(among.cells)->arms.push_back({.name = "all", .model = {"ridge", {}}, .expert = {}});
  among.sizes = {10, 20, 30, 40};
  std::vector<Record> mine = run_study(among).records;
  std::erase_if(mine, [](const Record& one) { return one.arm != "a" || one.n == 10 || one.n == 40; });
  EXPECT_EQ(records_csv(mine), lines(alone));
}

TEST(ExpertDial, FloatsAreTheRoundedReadingsWhoeverElseHoldsRows) {
  const Study alone = study_of(dial, small + "\nstorage = \"float\"");
  Study among = alone;
  edit(among.cells)->arms.push_back({.name = "all", .model = {"ridge", {}}, .expert = {}});
  std::vector<Record> mine = run_study(among).records;
  std::erase_if(mine, [](const Record& one) { return one.arm != "a"; });
  EXPECT_EQ(records_csv(mine), lines(alone));
}

TEST(ExpertDial, RowsOnDemandAreReadLikeThoseThatAreHeld) {
  const auto study = [](const std::string& storage) {
    return parse_study(small + "\nstorage = \"" + storage + "\"\n[world]\nkind = \"sparse_linear\"\n" + ten +
                           "[[arm]]\nname = \"a\"\nmodel = \"linear_sgd\"\nexpert = { " + dial + " }\n",
                       "dial.toml");
  };
  EXPECT_EQ(lines(study("stream")), lines(study("double")));
}

TEST(ExpertDial, AShareIsTheCountThatItComesTo) {
  const auto errors = [](const std::string& expert) {
    std::vector<double> all;
    for (const Record& record : run_study(study_of(expert, small)).records)
      all.push_back(record.normalised_error);
    return all;
  };
  EXPECT_EQ(errors("recall = 0.9, false = 0.1"), errors("correct = 9, wrong = 1"));
  EXPECT_EQ(errors("recall = 0.84, false = 0.5"), errors("correct = 8, wrong = 8"));
  EXPECT_EQ(errors("recall = 0.9, weight = \"signal\""), errors("correct = 9")) << "equal coefficients";
  EXPECT_EQ(errors("correct = 9, noise = 0.0, missing = 0.0"), errors("correct = 9"));
}

}  // namespace
}  // namespace quartic::expert_dial_test
