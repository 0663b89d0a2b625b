#include "sim/worlds/sparse_linear.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <map>
#include <vector>

#include "tests/support/thrown_message.hpp"

namespace quartic::sparse_linear_test {
namespace {

using support::thrown_message;

const std::vector<const char*> covariances = {"isotropic", "ar1(0.7)", "blocks(9, 0.5)", "spectrum(1)"};

double fact(const Truth& truth, const char* name) {
  return truth.facts().at(name);
}

// beta, read off the rule that the exact risk does not charge: risk(e_j h) - risk(0) = h^2 Sigma_jj - 2 h
// (Sigma beta)_j.
Vector sigma_beta(const Truth& truth) {
  const Index d = truth.candidates();
  Vector out(d);
  const double none = *truth.excess_risk({Vector::Zero(d)});
  for (Index j = 0; j < d; ++j) {
    const double forward = *truth.excess_risk({Vector::Unit(d, j)});
    const double backward = *truth.excess_risk({-Vector::Unit(d, j)});
    out[j] = (backward - forward) / 4;
    EXPECT_GT(forward + backward - 2 * none, 0);
  }
  return out;
}

// Its risk by the law is the exact one: sum of (deviation (coefficient - b))^2.
TEST(SparseLinear, SaysItsLawWhereColumnsAreIndependent) {
  for (const char* covariance : covariances) {
    const Truth truth =
        SparseLinear{.candidates = 80, .relevant = 5, .covariance = covariance}.draw(Stream(1));
    const std::optional<NormalLaw> law = truth.normal_law();
    EXPECT_EQ(law.has_value(),
              std::string(covariance) == "isotropic" || std::string(covariance) == "spectrum(1)");
    if (!law) continue;
    Vector b(80);
    Stream(2).fill_normal({b.data(), 80});
    const double risk = *truth.excess_risk({b});
    EXPECT_NEAR((b - law->coefficients).cwiseProduct(law->deviations).squaredNorm(), risk, 1e-12 * risk);
  }
}

TEST(SparseLinear, AnswersAreSumsOverTheRelevantColumns) {
  const Truth truth =
      SparseLinear{.candidates = 80, .relevant = 5, .coefficients = "gaussian"}.draw(Stream(1));
  const Vector beta = sigma_beta(truth);
  EXPECT_EQ((beta.array().abs() > 1e-12).count(), 5);
  const Matrix x = truth.x({0, 50}, {0, 80}, Stream(2));
  const Vector difference = x * beta - truth.mean({0, 50}, Stream(2));
  EXPECT_LT(difference.cwiseAbs().maxCoeff(), 1e-12);
}

TEST(SparseLinear, RelevantColumnsComeMostImportantFirst) {
  for (const char* covariance : {"isotropic", "spectrum(2)"}) {
    const Truth truth =
        SparseLinear{.candidates = 60, .relevant = 20, .covariance = covariance, .coefficients = "gaussian"}
            .draw(Stream(3));
    const Vector beta_variance = sigma_beta(truth);  // Sigma is diagonal here
    const std::vector<Index> relevant = truth.relevant();
    for (std::size_t k = 1; k < relevant.size(); ++k) {
      const auto importance = [&](Index j) {  // beta_j^2 Sigma_jj = (Sigma beta)_j^2 / Sigma_jj
        const double variance = std::string_view(covariance) == "isotropic" ? 1 : std::pow(j + 1.0, -2.0);
        return beta_variance[j] * beta_variance[j] / variance;
      };
      EXPECT_GE(importance(relevant[k - 1]), importance(relevant[k]) * (1 - 1e-9));
    }
  }
}

TEST(SparseLinear, TiesInImportanceKeepTheOrderOfTheSupport) {
  EXPECT_EQ((SparseLinear{.relevant = 4, .support = "first"}.draw(Stream(1)).relevant()),
            (std::vector<Index>{0, 1, 2, 3}));
}

TEST(SparseLinear, LabelsAreMeanPlusRowNoise) {
  const Truth truth = SparseLinear{.noise = 0.5}.draw(Stream(4));
  const Vector difference = truth.y({3, 20}, Stream(5)) - truth.mean({3, 20}, Stream(5));
  for (Index i = 0; i < 20; ++i)
    EXPECT_NEAR(difference[i],
                0.5 * Stream(5).child(static_cast<std::uint64_t>(3 + i)).child("noise").normal(), 1e-14);
}

TEST(SparseLinear, ColumnsAreCountersOfTheRowStream) {
  const Truth truth = SparseLinear{}.draw(Stream(6));
  const Matrix x = truth.x({7, 1}, {0, 1000}, Stream(8));
  Vector expected(1000);
  Stream(8).child(7).child("x").fill_normal({expected.data(), 1000});
  EXPECT_EQ(x.row(0).transpose(), expected);
}

TEST(SparseLinear, LargerPoolsKeepTheirFirstColumnsAndTheRelevantOnes) {
  for (const char* covariance : covariances) {
    const auto draw = [&](Index candidates) {
      return SparseLinear{
          .candidates = candidates, .covariance = covariance, .coefficients = "gaussian", .support = "first"}
          .draw(Stream(9));
    };
    const Truth small = draw(1000), large = draw(1200);
    EXPECT_EQ(small.relevant(), large.relevant());
    EXPECT_EQ(small.x({0, 5}, {0, 1000}, Stream(1)), large.x({0, 5}, {0, 1000}, Stream(1))) << covariance;
    EXPECT_EQ(small.y({0, 50}, Stream(1)), large.y({0, 50}, Stream(1))) << covariance;
    EXPECT_EQ(fact(small, "signal"), fact(large, "signal"));
  }
}

TEST(SparseLinear, MoreRelevantColumnsKeepTheCoefficientsOfTheFirst) {
  const auto draw = [](Index relevant) {
    return SparseLinear{
        .candidates = 40, .relevant = relevant, .coefficients = "gaussian", .support = "first"}
        .draw(Stream(2));
  };
  EXPECT_LT((sigma_beta(draw(5)) - sigma_beta(draw(25))).head(5).cwiseAbs().maxCoeff(), 1e-13);
}

TEST(SparseLinear, SignalIsWhatWasAskedFor) {
  for (const char* covariance : covariances) {
    const Truth truth =
        SparseLinear{.covariance = covariance, .coefficients = "gaussian", .signal = 3}.draw(Stream(10));
    EXPECT_EQ(fact(truth, "signal"), 3);
    EXPECT_NEAR(*truth.excess_risk({Vector::Zero(1000)}), 3, 1e-12) << covariance;
  }
}

TEST(SparseLinear, NaturalSignalIsTheVarianceOfTheMean) {
  EXPECT_EQ(fact(SparseLinear{}.draw(Stream(1)), "signal"), 10);
  const Truth correlated =
      SparseLinear{.relevant = 2, .covariance = "ar1(0.5)", .support = "first"}.draw(Stream(1));
  EXPECT_EQ(fact(correlated, "signal"), 1 + 1 + 2 * 0.5);
}

TEST(SparseLinear, SignalToNoiseSetsTheNoise) {
  const Truth truth = SparseLinear{.coefficients = "gaussian", .signal_to_noise = 4}.draw(Stream(11));
  EXPECT_NEAR(fact(truth, "signal") / std::pow(fact(truth, "noise"), 2), 4, 1e-12);
  EXPECT_NEAR(fact(truth, "signal_to_noise"), 4, 1e-12);
}

TEST(SparseLinear, FactsAreThoseOfTheOptions) {
  const Truth truth = SparseLinear{.candidates = 300, .relevant = 7, .noise = 2}.draw(Stream(12));
  EXPECT_EQ(
      truth.facts(),
      (Facts{{"candidates", 300}, {"relevant", 7}, {"noise", 2}, {"signal", 7}, {"signal_to_noise", 1.75}}));
  EXPECT_EQ(truth.candidates(), 300);
  EXPECT_EQ(truth.relevant().size(), 7);
}

TEST(SparseLinear, TheTrueRuleHasNoRiskAndAnInterceptItsSquare) {
  for (const char* covariance : covariances) {
    const Truth truth =
        SparseLinear{.candidates = 30, .relevant = 30, .covariance = covariance, .support = "first"}.draw(
            Stream(13));
    const LinearRule answer{Vector::Ones(30)};
    EXPECT_NEAR(*truth.excess_risk(answer), 0, 1e-14);
    EXPECT_NEAR(*truth.excess_risk({answer.coefficients, 0.5}), 0.25, 1e-14);
  }
}

TEST(SparseLinear, RefusesARuleOfTheWrongLength) {
  const Truth truth = SparseLinear{}.draw(Stream(1));
  EXPECT_EQ(thrown_message([&] { truth.excess_risk({Vector::Zero(3)}); }),
            "the rule has 3 coefficients and the truth 1000 candidates (each needs one). Give 0 for columns "
            "that the rule "
            "does not use.");
}

TEST(SparseLinear, ServesTwentyMillionCandidatesWithoutHoldingThem) {
  const Truth truth = SparseLinear{.candidates = 20'000'000, .relevant = 3}.draw(Stream(14));
  EXPECT_EQ(truth.x({1'000'000, 2}, {19'999'990, 10}, Stream(1)).cols(), 10);
  EXPECT_EQ(truth.y({5, 100}, Stream(1)).size(), 100);
}

TEST(SparseLinear, KeepsItsGoldenValues) {
  const Truth plain = SparseLinear{}.draw(Stream(1));
  EXPECT_EQ(plain.relevant(), (std::vector<Index>{825, 576, 411, 312, 857, 981, 416, 565, 718, 755}));
  EXPECT_EQ(plain.y({0, 2}, Stream(2)), (Vector(2) << 0x1.07d7b6ba0245ap+0, 0x1.58d7de01b4436p+1).finished());
  const Truth other = SparseLinear{.relevant = 3,
                                   .covariance = "spectrum(1.5)",
                                   .coefficients = "decay(0.7)",
                                   .signal_to_noise = 2,
                                   .tails = "student(3)"}
                          .draw(Stream(1));
  EXPECT_EQ(other.y({0, 2}, Stream(2)),
            (Vector(2) << 0x1.12551b0c6bd9cp-6, -0x1.25fb64fbc9498p-7).finished());
  EXPECT_EQ(other.x({0, 1}, {998, 2}, Stream(2)),
            (Matrix(1, 2) << -0x1.937182b06ae51p-9, -0x1.79355afe0d284p-8).finished());
}

TEST(SparseLinear, FingerprintHoldsEveryOption) {
  EXPECT_EQ(
      SparseLinear{}.fingerprint(),
      R"({"candidates":1000,"coefficients":"equal","covariance":"isotropic","noise":1,"relevant":10,"signal":0,)"
      R"("signal_to_noise":0,"support":"random","tails":"gaussian"})");
  EXPECT_EQ(SparseLinear::options().size(), 9);
}

TEST(SparseLinear, RefusesOptionsThatNoTableCanHave) {
  const std::vector<std::pair<SparseLinear, std::string>> refused = {
      {{.candidates = 0},
       "candidates = 0 (a truth has from 1 to 1000000000 columns). Give a whole number from 1 to 1000000000."},
      {{.candidates = 1'000'000'000'000},
       "candidates = 1000000000000 (a truth has from 1 to 1000000000 columns). Give a whole number from 1 to 1000000000."},
      {{.candidates = 5}, "relevant = 10 (there are only 5 candidates). Lower relevant or raise candidates."},
      {{.relevant = 0},
       "relevant = 0 (errors are measured against the variance of the true answer, which needs a relevant "
       "column). Give a whole number of 1 or more."},
      {{.relevant = -3},
       "relevant = -3 (errors are measured against the variance of the true answer, which needs a relevant "
       "column). Give a whole number of 1 or more."},
      {{.noise = -1},
       "noise = -1 (a standard deviation cannot be negative or infinite). Give a number of 0 or more."},
      {{.noise = nan},
       "noise = nan (a standard deviation cannot be negative or infinite). Give a number of 0 or more."},
      {{.signal = infinity},
       "signal = inf (a variance cannot be negative or infinite). Give a number of 0 or more."},
      {{.signal_to_noise = -2},
       "signal_to_noise = -2 (a ratio of variances cannot be negative or infinite). Give a number of 0 or "
       "more."},
      {{.noise = 2, .signal_to_noise = 4},
       "noise = 2 and signal_to_noise = 4 are both given (each alone sets the noise). Give one of them."},
      {{.covariance = "ar1(1)"},
       "covariance = \"ar1(1)\" (rho is the correlation of neighbouring columns, between -1 and 1, and 1 "
       "would make them all "
       "equal). Write for example \"ar1(0.5)\"."},
      {{.coefficients = "same"},
       "coefficients = \"same\" (it understands equal, gaussian, signs, decay(exponent), linear(from, to), halving(equal)). Write one of "
       "these."},
      {{.support = "frist"},
       "support = \"frist\" (it understands random, first, spaced). Did you mean \"first\"?"},
      {{.tails = "student(1)"},
       "tails = \"student(1)\" (with 2 degrees of freedom or fewer the variance is infinite and no noise "
       "level can be set; "
       "above a million write \"gaussian\"). Write for example \"student(3)\"."}};
  for (const auto& [world, message] : refused) {
    EXPECT_EQ(thrown_message([&, &w = world] { w.draw(Stream(1)); }), message);
    EXPECT_EQ(thrown_message([&, &w = world] { require_valid(w); }), message);
  }
}

TEST(SparseLinear, NoiseFreeWorldsAreFine) {
  const Truth truth = SparseLinear{.noise = 0}.draw(Stream(1));
  EXPECT_EQ(truth.y({0, 9}, Stream(2)), truth.mean({0, 9}, Stream(2)));
  EXPECT_EQ(fact(truth, "signal_to_noise"), std::numeric_limits<double>::infinity());
}

}  // namespace
}  // namespace quartic::sparse_linear_test
