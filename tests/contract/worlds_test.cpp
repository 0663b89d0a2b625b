// What every world of the catalogue promises (core/world.hpp), tested with its default options.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <limits>
#include <ostream>
#include <set>

#include "sim/catalogue.hpp"
#include "tests/support/thrown_message.hpp"

namespace quartic::worlds_test {
namespace {

/// A world of the catalogue, and which of its truths is asked: that of training, or that by which rules are judged, of
/// the world itself or of one whose cases are turned there.
struct Case {
  std::size_t world;
  bool judges = false, turned = false;

  std::string name() const {
    return world_catalogue()[world].name + (turned ? "_turned" : judges ? "_tested" : "");
  }
};

std::ostream& operator<<(std::ostream& out, const Case& one) {
  return out << one.name();
}

class EveryWorld : public ::testing::TestWithParam<Case> {
 protected:
  const CatalogueEntry<World>& entry() const { return world_catalogue()[GetParam().world]; }
  World world() const {
    return entry().make(GetParam().turned ? OptionValues{{"test_shift", "rotation"}} : OptionValues{});
  }
  Truth truth() const {
    const Truth drawn = world().draw(Stream(1));
    return GetParam().judges ? *drawn.tested() : drawn;
  }
  bool is_of_classes() const { return world().task() == Task::classification; }
};

TEST_P(EveryWorld, IsNamedAndExplained) {
  EXPECT_EQ(world().name(), entry().name);
  EXPECT_GT(entry().summary.size(), 20);
  std::set<std::string> names;
  for (const OptionInfo& option : entry().options) {
    EXPECT_TRUE(names.insert(option.name).second) << option.name;
    EXPECT_GT(option.help.size(), 10) << option.name;
    for (const OptionWord& word : option.words) EXPECT_GT(word.meaning.size(), 5) << word.word;
  }
}

TEST_P(EveryWorld, FingerprintHoldsEveryOptionAndItsDefault) {
  OptionValues defaults;
  for (const OptionInfo& option : entry().options) defaults.emplace(option.name, option.default_value);
  if (GetParam().turned) defaults["test_shift"] = "rotation";
  EXPECT_EQ(world().fingerprint(), canonical_json(defaults));
  EXPECT_EQ(entry().make(defaults).fingerprint(), world().fingerprint());
}

TEST_P(EveryWorld, RefusesUnknownOptions) {
  EXPECT_NE(support::thrown_message([&] { entry().make({{"no_such_option", 1.0}}); }), "");
}

TEST_P(EveryWorld, StatesItsFacts) {
  const Facts facts = truth().facts();
  EXPECT_EQ(facts.at("candidates"), static_cast<double>(truth().candidates()));
  EXPECT_EQ(facts.at("relevant"), static_cast<double>(truth().relevant().size()));
  EXPECT_GT(facts.at("signal"), 0);
  if (is_of_classes()) {
    EXPECT_GT(facts.at("constant_error"), facts.at("bayes_error"));
    EXPECT_GT(facts.at("bayes_error"), 0);
    EXPECT_EQ(facts.at("constant_error"), std::min(facts.at("prevalence"), 1 - facts.at("prevalence")));
  } else {
    EXPECT_GE(facts.at("noise"), 0);
  }
  for (const auto& [name, value] : facts) EXPECT_FALSE(std::isnan(value)) << name;
}

TEST_P(EveryWorld, RelevantColumnsAreDistinctCandidates) {
  const Truth drawn = truth();
  const std::vector<Index> relevant = drawn.relevant();
  EXPECT_EQ(std::set<Index>(relevant.begin(), relevant.end()).size(), relevant.size());
  for (const Index column : relevant) EXPECT_TRUE(column >= 0 && column < drawn.candidates());
}

TEST_P(EveryWorld, EqualStreamsGiveEqualTables) {
  const Truth once = truth(), again = truth();
  const Range rows = {2, 9}, columns = {0, once.candidates()};
  EXPECT_EQ(once.facts(), again.facts());
  EXPECT_EQ(once.relevant(), again.relevant());
  EXPECT_EQ(once.x(rows, columns, Stream(2)), again.x(rows, columns, Stream(2)));
  EXPECT_EQ(once.y(rows, Stream(2)), again.y(rows, Stream(2)));
}

TEST_P(EveryWorld, OtherStreamsGiveOtherRows) {
  const Truth once = truth();
  const Range rows = {0, 5}, columns = {0, once.candidates()};
  EXPECT_NE(once.x(rows, columns, Stream(2)), once.x(rows, columns, Stream(3)));
  EXPECT_NE(once.y(rows, Stream(2)), once.y(rows, Stream(3)));
}

TEST_P(EveryWorld, BlocksAreThoseOfTheWholeTable) {
  const Truth whole = truth();
  const Index d = whole.candidates();
  const Matrix x = whole.x({0, 40}, {0, d}, Stream(4));
  const Vector y = whole.y({0, 40}, Stream(4)), mean = whole.mean({0, 40}, Stream(4));
  for (const Range rows : {Range{0, 40}, Range{0, 1}, Range{13, 20}, Range{39, 1}, Range{40, 0}}) {
    for (const Range columns :
         {Range{0, d}, Range{1, d - 1}, Range{d / 3, d / 2}, Range{d - 1, 1}, Range{d, 0}})
      EXPECT_EQ(whole.x(rows, columns, Stream(4)),
                x.block(rows.first, columns.first, rows.count, columns.count));
    EXPECT_EQ(whole.y(rows, Stream(4)), y.segment(rows.first, rows.count));
    EXPECT_EQ(whole.mean(rows, Stream(4)), mean.segment(rows.first, rows.count));
  }
}

TEST_P(EveryWorld, ListedColumnsAreThoseOfTheWholeTable) {
  const Truth whole = truth();
  const Index d = whole.candidates();
  const Matrix x = whole.x({5, 10}, {0, d}, Stream(5));
  for (const std::vector<Index>& list :
       {std::vector<Index>{}, {d - 1, 0}, {d / 2}, {0, 1, 2, 3, 4}, whole.relevant()}) {
    const Matrix listed = whole.columns({5, 10}, list, Stream(5));
    ASSERT_EQ(listed.cols(), static_cast<Index>(list.size()));
    for (Index k = 0; k < listed.cols(); ++k)
      EXPECT_EQ(listed.col(k), x.col(list[static_cast<std::size_t>(k)]));
  }
}

// Mean of squares of fresh rows and its standard error.
void expect_mean_square(const Vector& values, double expected) {
  const double n = static_cast<double>(values.size());
  const double mean = values.squaredNorm() / n;
  const double se = std::sqrt((values.array().square() - mean).square().sum()) / n;
  EXPECT_NEAR(mean, expected, 5 * se);
}

TEST_P(EveryWorld, VariancesAreThoseOfItsColumns) {
  const Truth drawn = truth();
  const std::vector<Index> columns = {0, 1, drawn.candidates() - 1};
  if (!drawn.variance(0)) GTEST_SKIP() << "it does not say them";
  const Matrix x = drawn.columns({0, 20'000}, columns, Stream(8));
  for (Index k = 0; k < 3; ++k) {
    const std::optional<double> variance = drawn.variance(columns[static_cast<std::size_t>(k)]);
    if (variance) expect_mean_square(x.col(k), *variance);
  }
}

void expect_mean(const Vector& values, double expected) {
  const double n = static_cast<double>(values.size()), mean = values.mean();
  constexpr double rounding = 1e-12;  // of a sum of equal numbers nothing else is left
  EXPECT_NEAR(mean, expected, 5 * std::sqrt((values.array() - mean).square().sum()) / n + rounding);
}

void expect_excess_error(const Truth& truth, const LinearRule& rule, double expected) {
  const Range rows = {0, 5'000};
  const Vector score = rule.score(truth.x(rows, {0, truth.candidates()}, Stream(9)));
  const Vector chance = truth.mean(rows, Stream(9));
  const auto is_wrong = ((score.array() > 0) != (chance.array() > 0.5)).cast<double>();
  expect_mean((2 * chance.array() - 1).abs() * is_wrong, expected);
}

TEST_P(EveryWorld, ClassesComeByTheirChance) {
  if (!is_of_classes()) GTEST_SKIP() << "a world of numbers";
  const Range rows = {0, 50'000};
  const Vector y = truth().y(rows, Stream(7)), chance = truth().mean(rows, Stream(7));
  EXPECT_TRUE(((y.array() == 0) || (y.array() == 1)).all());
  EXPECT_TRUE(((chance.array() >= 0) && (chance.array() <= 1)).all());
  expect_mean(y - chance, 0);
  expect_mean(y, truth().facts().at("prevalence"));
  expect_mean(chance.cwiseMin((1 - chance.array()).matrix()), truth().facts().at("bayes_error"));
}

TEST_P(EveryWorld, SignalIsTheVarianceOfTheNoiselessAnswer) {
  if (is_of_classes()) GTEST_SKIP() << "its signal is the variance of a score that y hides";
  const Vector mean = truth().mean({0, 50'000}, Stream(6));
  expect_mean_square(mean.array() - mean.mean(), truth().facts().at("signal"));
}

TEST_P(EveryWorld, NoiseHasTheDeviationStated) {
  if (is_of_classes()) GTEST_SKIP() << "classes are drawn by their chance";
  const Range rows = {0, 50'000};
  const double noise = truth().facts().at("noise");
  expect_mean_square(truth().y(rows, Stream(7)) - truth().mean(rows, Stream(7)), noise * noise);
}

TEST_P(EveryWorld, ExactRiskIsWhatFreshRowsShow) {
  const Truth drawn = truth();
  const Index d = drawn.candidates();
  Vector b(d);
  Stream(8).fill_normal({b.data(), static_cast<std::size_t>(d)});
  const LinearRule rule{b / std::sqrt(static_cast<double>(d)), 0.2};
  const std::optional<double> exact = drawn.excess_risk(rule);
  if (!exact) GTEST_SKIP() << "no closed form in this world";
  const Range rows = {0, 5'000};
  if (is_of_classes()) return expect_excess_error(drawn, rule, *exact);
  expect_mean_square(rule.score(drawn.x(rows, {0, d}, Stream(9))) - drawn.mean(rows, Stream(9)), *exact);
}

TEST_P(EveryWorld, ItsSourcesAreTasksOfSoManyRowsWithItsColumns) {
  for (const Truth& source : truth().sources()) {
    EXPECT_EQ(source.candidates(), truth().candidates());
    EXPECT_GT(source.rows().value_or(0), 0);
    EXPECT_GT(source.facts().at("signal"), 0);
    EXPECT_TRUE(source.sources().empty());
  }
}

/// Asked by name: every process lists the cases, and to draw all worlds takes longer than most tests.
bool judges_under_another_law(const std::string& name) {
  return name.starts_with("shifted");
}

TEST_P(EveryWorld, JudgesUnderAnotherLawIfItSaysSo) {
  EXPECT_EQ(world().draw(Stream(1)).tested().has_value(),
            GetParam().turned || judges_under_another_law(entry().name));
}

std::vector<Case> all_cases() {
  std::vector<Case> cases;
  for (std::size_t k = 0; k < world_catalogue().size(); ++k) {
    cases.push_back({k});
    cases.push_back({k, true, !judges_under_another_law(world_catalogue()[k].name)});
  }
  return cases;
}

INSTANTIATE_TEST_SUITE_P(Catalogue, EveryWorld, ::testing::ValuesIn(all_cases()),
                         [](const auto& entry) { return entry.param.name(); });

}  // namespace
}  // namespace quartic::worlds_test
