#include "experiments/engine/risk.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "experiments/study/read/parse_study.hpp"
#include "models/flexible/random_features/random_features.hpp"
#include "sim/worlds/sparse_classes.hpp"
#include "sim/worlds/sparse_linear.hpp"
#include "tests/experiments/engine/doubles.hpp"

namespace quartic::risk_test {
namespace {

using detail::on_fresh_rows;
using detail::Risk;
using detail::Rule;
using detail::Sampled;

/// The same scores from a rule of which nobody knows that it is linear.
struct Opaque {
  LinearRule rule;
  Vector score(const Matrix& x) const { return rule.score(x); }
};

LinearRule drawn_rule(Index candidates, Index used) {
  Vector b = Vector::Zero(candidates);
  Stream(3).fill_normal({b.data(), static_cast<std::size_t>(used)});
  return {b, 0.1};
}

TEST(Risk, FreshRowsAgreeWithExactErrorsOfClasses) {
  const Truth truth =
      Logistic{.candidates = 60, .relevant = 5, .support = "first", .prevalence = 0.3}.draw(Stream(1));
  for (const Index used : {3, 10, 60}) {
    const LinearRule rule = drawn_rule(60, used);
    const double exact = detail::exact_risk(truth, {rule}, Task::classification)->excess;
    const std::vector<Rule> rules = {{rule}, {Opaque{rule}}};
    const std::vector<Sampled> sampled = on_fresh_rows(truth, Task::classification, rules, Stream(2));
    for (const Sampled& one : sampled)
      EXPECT_NEAR(one.risk.excess, exact, 5 * one.risk.standard_error) << used;
    EXPECT_NEAR(sampled[0].classes->auc, sampled[1].classes->auc, 1e-12) << used;
    EXPECT_NEAR(sampled[0].risk.excess, sampled[1].risk.excess, 1e-12) << used;
  }
}

// Rules draw the columns that they ask for, all of them or some: nobody's answer depends on who else asks.
TEST(Risk, AnswersDoNotDependOnOtherRules) {
  const Truth truth = Logistic{.candidates = 60, .relevant = 5}.draw(Stream(1));
  const ColumnReading seen{.columns = {3, 17, 40}};
  const ColumnReading badly{
      .columns = {4, 17, 50}, .noise = 0.5, .missing = 0.2, .deviations = Vector::Ones(3)};
  const std::vector<Rule> rules = {{drawn_rule(60, 4)},        {drawn_rule(60, 60)},
                                   {drawn_rule(3, 3), &seen},  {Opaque{drawn_rule(3, 3)}, &seen},
                                   {drawn_rule(3, 3), &badly}, {Opaque{drawn_rule(60, 60)}}};
  for (const Task task : {Task::classification, Task::regression}) {
    const std::vector<Sampled> together = on_fresh_rows(truth, task, rules, Stream(2));
    for (std::size_t k = 0; k < rules.size(); ++k) {
      const Sampled alone = on_fresh_rows(truth, task, std::span(rules).subspan(k, 1), Stream(2)).front();
      EXPECT_EQ(alone.risk.excess, together[k].risk.excess) << k;
      EXPECT_EQ(alone.classes.has_value(), task == Task::classification);
      EXPECT_EQ(alone.classes ? alone.classes->auc : 0, together[k].classes ? together[k].classes->auc : 0)
          << k;
    }
  }
}

TEST(Risk, ARuleWithoutAnAnswerHasNoError) {
  const Truth truth = Logistic{.candidates = 10, .relevant = 5}.draw(Stream(1));
  const std::vector<Rule> rules = {{Opaque{{Vector::Constant(10, nan), 0}}}};
  const Sampled sampled = on_fresh_rows(truth, Task::classification, rules, Stream(2)).front();
  EXPECT_TRUE(std::isnan(sampled.risk.excess) && std::isnan(sampled.classes->auc));
}

constexpr const char* study_of_classes = R"(
title = "classes"
question = "who tells them apart?"
replicates = 3
sizes = [40, 80]
[world]
kind = "logistic"
candidates = 30
relevant = 4
[[arm]]
name = "expert"
model = "least_squares"
expert = { correct = 4, wrong = 1 }
[[arm]]
name = "all"
model = "ridge"
)";

std::string with_network(const std::string& study) {
  return study + "[[arm]]\nname = \"network\"\nmodel = \"mlp\"\nloss = \"logistic\"\nwidth = 4\nepochs = 2\n";
}

std::vector<Record> records_of(const std::string& text, int threads = 1) {
  return doubles::run_study(parse_study(text, "study.toml", {}), {.threads = threads}).records;
}

TEST(Risk, RecordsOfClassesHoldErrorsInUnitsOfWhatTheBestRuleGains) {
  const Truth truth = Logistic{.candidates = 30, .relevant = 4}.draw(Stream(1));
  const double gain = truth.facts().at("constant_error") - truth.facts().at("bayes_error");
  for (const Record& record : records_of(with_network(study_of_classes))) {
    EXPECT_NEAR(record.normalised_error, record.excess_risk / gain, 1e-12);
    EXPECT_GT(record.normalised_error, 0);
    EXPECT_LT(record.normalised_error, 1.5);
    EXPECT_EQ(record.error_se == 0, record.arm != "network");
    EXPECT_GT(record.auc, record.arm == "network" ? 0.2 : 0.45);
    EXPECT_LT(record.auc, 0.9);
    EXPECT_GT(record.log_loss, 0);
    EXPECT_GT(record.brier, 0.1);
    EXPECT_TRUE(std::isnan(record.theory)) << "formulas for numbers are none for classes";
  }
}

TEST(Risk, MoreArmsAndThreadsChangeNoRecordOfClasses) {
  const std::vector<Record> few = records_of(study_of_classes);
  std::vector<Record> more = records_of(with_network(study_of_classes), 2);
  std::erase_if(more, [](const Record& record) { return record.arm == "network"; });
  EXPECT_EQ(records_csv(few), records_csv(more));
  EXPECT_EQ(classes_csv(few), classes_csv(more));
}

constexpr const char* study_of_features = R"(
title = "features"
question = "how far are they off?"
replicates = 2
sizes = [30, 60]
[world]
kind = "sparse_linear"
candidates = 12
relevant = 12
[[arm]]
name = "random"
model = "random_features"
features = 40
)";

TEST(Risk, OfRandomFeaturesOfIndependentNormalsIsExact) {
  for (const Record& record : records_of(study_of_features)) EXPECT_EQ(record.error_se, 0);
  std::string study = study_of_features;
  study.insert(study.find("candidates"), "covariance = \"blocks(3, 0.5)\"\n");
  for (const Record& record : records_of(study)) EXPECT_GT(record.error_se, 0);
}

TEST(Risk, OfRandomFeaturesIsThatOfFreshRows) {
  const Truth truth = SparseLinear{.candidates = 12, .relevant = 5}.draw(Stream(1));
  const Data data(truth.x({0, 60}, {0, 12}, Stream(2)), truth.y({0, 60}, Stream(2)));
  for (const Index features : {20, 60, 300}) {
    const Rule rule{RandomFeatures{.features = features}.fit(data, Stream(3)).predict};
    const Risk exact = *detail::exact_risk(truth, rule, Task::regression);
    const Risk sampled = on_fresh_rows(truth, Task::regression, {&rule, 1}, Stream(4)).front().risk;
    EXPECT_NEAR(sampled.excess, exact.excess, 5 * sampled.standard_error) << features;
    EXPECT_EQ(exact.standard_error, 0);
  }
}

}  // namespace
}  // namespace quartic::risk_test
