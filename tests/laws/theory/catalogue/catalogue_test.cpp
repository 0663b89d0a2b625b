#include "laws/theory/catalogue/catalogue.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "core/require.hpp"

namespace quartic::catalogue_test {
namespace {

TheoryPoint at(std::string_view curve, double n, const TheoryValues& changes = {}) {
  return theory_curve(curve).evaluate(n, theory_values(theory_curve(curve), changes));
}

TEST(TheoryCatalogue, DescribesEveryCurve) {
  std::set<std::string> names;
  for (const TheoryCurve& curve : theory_curves()) {
    EXPECT_TRUE(names.insert(curve.name).second) << curve.name;
    EXPECT_FALSE(curve.summary.empty());
    EXPECT_FALSE(curve.citation.empty());
    for (const TheoryParameter& parameter : curve.parameters)
      EXPECT_FALSE(parameter.help.empty()) << parameter.name;
  }
}

TEST(TheoryCatalogue, EveryCurveHasValuesAtItsDefaults) {
  for (const TheoryCurve& curve : theory_curves()) {
    const TheoryPoint point = curve.evaluate(2000, theory_values(curve, {}));
    EXPECT_GT(point.excess_risk, 0) << curve.name;
    EXPECT_GT(point.normalised_error, 0) << curve.name;
  }
}

TEST(TheoryCatalogue, GivesTheFigure) {
  EXPECT_DOUBLE_EQ(at("oracle", 15).normalised_error, 0.25);
  EXPECT_DOUBLE_EQ(at("flexible", 1401).normalised_error, 0.25);
  EXPECT_NEAR(at("expert", 1e9).normalised_error, 0.1, 1e-8);
  EXPECT_NEAR(at("badly_read", 1e9).normalised_error, 1 - 0.9 / 1.25, 1e-8);
  EXPECT_NEAR(at("badly_read", 50, {{"reading_noise", 0}}).excess_risk, at("expert", 50).excess_risk, 1e-12);
  EXPECT_NEAR(at("lasso", 200).excess_risk, 1.6768, 5e-5);
  EXPECT_NEAR(at("flexible_geometric", 1557).normalised_error, std::exp(7. / 12) / 10, 5e-4);
}

TEST(TheoryCatalogue, GivesTheGoldenValuesOfRidge) {
  const TheoryValues narrow{{"candidates", 100}, {"relevant", 2}};
  EXPECT_NEAR(at("ridge", 200, narrow).excess_risk, 0.5655, 5e-5);
  EXPECT_NEAR(at("ridge_optimal", 200, {{"candidates", 300}, {"relevant", 2}}).excess_risk, 1.2573, 5e-5);
  EXPECT_NEAR(at("spectrum_ridge", 100, {{"candidates", 600}, {"noise", 0.5}}).excess_risk, 0.0478, 5e-5);
}

TEST(TheoryCatalogue, GivesTheHybridBetweenTheLassoAndTheExpert) {
  const TheoryValues distrust{{"trust", 0}};
  EXPECT_NEAR(at("hybrid", 200, distrust).excess_risk, at("lasso", 200).excess_risk, 1e-9);
  EXPECT_LT(at("hybrid", 200).excess_risk, at("expert", 200).excess_risk);
  EXPECT_LT(at("hybrid", 200).excess_risk, at("lasso", 200).excess_risk);
  EXPECT_TRUE(std::isnan(at("hybrid", 200, {{"wrong", 995}}).excess_risk));
}

TEST(TheoryCatalogue, LetsNobodyBelowTheBestOfAll) {
  for (double n : {20., 50., 100., 200., 500., 2000.})
    for (const char* curve : {"flexible", "ridge_optimal", "lasso"}) {
      EXPECT_GE(at(curve, n).excess_risk, at("bayes_optimal", n).excess_risk) << curve << " " << n;
      EXPECT_GE(at("bayes_optimal_signs", n).excess_risk, (1 - 1e-9) * at("bayes_optimal", n).excess_risk)
          << n;
    }
}

TEST(TheoryCatalogue, GivesTheGoldenValuesOfWhatIsLearnedElsewhereAndCut) {
  EXPECT_NEAR(at("fine_tuned", 50).excess_risk, 0.3629, 5e-5);
  EXPECT_EQ(at("fine_tuned", 50, {{"signal", 2}}).normalised_error, at("fine_tuned", 50).excess_risk / 2);
  EXPECT_LT(at("fine_tuned_ridge", 50).excess_risk, at("fine_tuned", 50).excess_risk);
  const double missing = (1 - 0.957) * 12;  // of directions half as strong as the noise
  EXPECT_NEAR(at("shared_subspace", 1e9, {{"signal", 12}, {"source_noise", 4}}).excess_risk, missing, 0.01);
  EXPECT_NEAR(at("pruned", 400).excess_risk, 0.03357, 5e-6);  // by a normal law .0335
  EXPECT_NEAR(at("pruned", 100, {{"candidates", 300}, {"threshold", 0.3}}).excess_risk, 6.082, 1e-3);
}

TEST(TheoryCatalogue, RefusesSourcesThatTeachNothing) {
  EXPECT_THROW(at("shared_subspace", 50, {{"source_rows", 100}}), InvalidInput);
  EXPECT_THROW(at("shared_subspace", 50, {{"dimensions", 2.5}}), InvalidInput);
  EXPECT_THROW(at("shared_subspace", 50, {{"dimensions", 1e14}, {"candidates", 1e15}}), InvalidInput);
  EXPECT_THROW(at("shared_subspace", 50, {{"dimensions", 101}}), InvalidInput);
  EXPECT_THROW(at("fine_tuned", 50, {{"candidates", 0}}), InvalidInput);
  EXPECT_THROW(at("pruned", 50, {{"relevant", 0.5}}), InvalidInput);
}

TEST(TheoryCatalogue, GivesTheGoldenValuesOfGradientDescent) {
  const TheoryValues world{
      {"candidates", 50}, {"relevant", 1}, {"coefficient", 1}, {"noise", 0.5}, {"step", 0.01}};
  EXPECT_NEAR(at("sgd", 100, world).excess_risk, 0.2906, 5e-5);
  EXPECT_LT(at("sgd_averaged", 5000, world).excess_risk, at("sgd", 5000, world).excess_risk / 10);
  EXPECT_LT(at("sgd_tail", 500, world).excess_risk, at("sgd_averaged", 500, world).excess_risk);
  EXPECT_GT(at("spectrum_sgd", 100).excess_risk, at("spectrum_sgd", 1000).excess_risk);
}

TEST(TheoryCatalogue, GivesTheGoldenValueOfRandomFeatures) {
  EXPECT_NEAR(at("random_features", 300, {{"features", 60}, {"noise", 0.5}}).excess_risk, 0.8376, 5e-5);
}

TEST(TheoryCatalogue, GivesTheErrorOfLogisticRegressionUpToItsThreshold) {
  EXPECT_NEAR(at("logistic", 2000).excess_risk, 0.0303, 5e-5);
  EXPECT_LT(at("logistic", 2000).normalised_error, 0.2);
  EXPECT_TRUE(std::isnan(at("logistic", 400).excess_risk));
}

TEST(TheoryCatalogue, GivesNetworksThatLearnOnline) {
  EXPECT_NEAR(at("online_network", 4000).excess_risk, 2 * 0.030, 2 * 5e-4);
  EXPECT_NEAR(at("online_network", 16000).normalised_error, 2 * 0.0244 / (2. / 3), 2e-3);
  EXPECT_TRUE(std::isnan(at("online_network", 100, {{"students", 0}}).excess_risk));
  EXPECT_TRUE(std::isnan(at("online_network", 100, {{"students", 64}}).excess_risk));
}

TEST(TheoryCatalogue, GivesPowerLaws) {
  const TheoryValues wide{{"candidates", 600}};
  const double one = at("power_law_sgd", 300, wide).normalised_error,
               more = at("power_law_sgd", 1200, wide).normalised_error;
  EXPECT_NEAR(std::log(one / more) / std::log(4), 0.5, 0.05);
  EXPECT_LT(at("power_law_sgd_tail", 2000, {{"noise", 1}}).excess_risk,
            at("power_law_sgd", 2000, {{"noise", 1}}).excess_risk);
  EXPECT_LE(at("power_law_frontier", 4096).excess_risk,
            at("power_law_sgd", 163, {{"candidates", 25}}).excess_risk);
}

std::string message_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const InvalidInput& error) {
    return error.what();
  }
  return "";
}

TEST(TheoryCatalogue, RefusesMoreRelevantColumnsThanThereAre) {
  EXPECT_THROW(theory_values(theory_curve("lasso"), {{"relevant", 2000}}), InvalidInput);
  EXPECT_EQ(theory_values(theory_curve("lasso"), {{"relevant", 2000}, {"candidates", 3000}}).at("relevant"),
            2000);
}

TEST(TheoryCatalogue, RefusesMoreColumnsThanCanBeCounted) {
  EXPECT_THROW(theory_values(theory_curve("spectrum_ridge"), {{"candidates", 1e300}}), InvalidInput);
  EXPECT_EQ(theory_values(theory_curve("oracle"), {{"relevant", 1e15}}).at("relevant"), 1e15);
}

TEST(TheoryCatalogue, SuggestsTheNearestName) {
  EXPECT_NE(message_of([] { theory_curve("laso"); }).find("Did you mean \"lasso\""), std::string::npos);
  EXPECT_NE(message_of([] { at("oracle", 15, {{"relevent", 3}}); }).find("\"relevant\""), std::string::npos);
  EXPECT_NE(message_of([] { at("oracle", 15, {{"noise", -1}}); }).find("noise = -1"), std::string::npos);
}

}  // namespace
}  // namespace quartic::catalogue_test
