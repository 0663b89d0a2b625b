#include "sim/worlds/test_shift.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "sim/catalogue.hpp"
#include "tests/support/thrown_message.hpp"

namespace quartic::test_shift_test {
namespace {

World make(const std::string& kind, OptionValues options) {
  for (const CatalogueEntry<World>& entry : world_catalogue())
    if (entry.name == kind) return entry.make(options);
  throw InvalidInput("no world " + kind);
}

OptionValues few_columns(OptionValues more) {
  more.insert({{"candidates", Index{20}}, {"relevant", Index{4}}, {"covariance", "ar1(0.6)"}});
  return more;
}

OptionValues shifted_by(const std::string& shift, const std::string& prefix = "test_") {
  OptionValues options{{prefix + "shift", shift}, {prefix + "strength", 0.7}};
  if (shift != "rebuilt") options.emplace(prefix + "block", Index{6});
  return options;
}

Matrix all_of(const Truth& truth, Index rows) {
  return truth.x({0, rows}, {0, truth.candidates()}, Stream(2));
}

LinearRule rule_of(Index columns) {
  Vector b(columns);
  Stream(8).fill_normal({b.data(), static_cast<std::size_t>(columns)});
  return {b / std::sqrt(static_cast<double>(columns)), 0.3};
}

TEST(TestShift, OfTheLinearWorldIsThatOfShifted) {
  for (const std::string shift : {"rotation", "permutation", "rebuilt"}) {
    const Truth linear = make("sparse_linear", few_columns(shifted_by(shift))).draw(Stream(1));
    const Truth shifted = make("shifted", few_columns(shifted_by(shift, ""))).draw(Stream(1));
    EXPECT_EQ(all_of(linear, 9), all_of(shifted, 9)) << shift;
    EXPECT_EQ(all_of(*linear.tested(), 9), all_of(*shifted.tested(), 9)) << shift;
    EXPECT_EQ(linear.tested()->y({0, 9}, Stream(2)), shifted.tested()->y({0, 9}, Stream(2))) << shift;
    const double risk = *shifted.tested()->excess_risk(rule_of(20));
    EXPECT_NEAR(*linear.tested()->excess_risk(rule_of(20)), risk, 1e-12 * risk) << shift;
  }
}

TEST(TestShift, OfLogisticIsThatOfShiftedClasses) {
  for (const std::string shift : {"rotation", "permutation", "rebuilt"}) {
    OptionValues rare{{"prevalence", 0.2}};
    rare.merge(few_columns(shifted_by(shift)));
    const Truth logistic = make("logistic", rare).draw(Stream(1));
    const Truth shifted = make("shifted_classes", few_columns(shifted_by(shift, ""))).draw(Stream(1));
    EXPECT_EQ(all_of(*logistic.tested(), 9), all_of(*shifted.tested(), 9)) << shift;
    EXPECT_TRUE(
        logistic.tested()->mean({0, 9}, Stream(2)).isApprox(shifted.tested()->mean({0, 9}, Stream(2)), 1e-12))
        << shift;
    const std::optional<double> risk = logistic.tested()->excess_risk(rule_of(20));
    EXPECT_EQ(risk.has_value(), shift != "rebuilt");
    if (!risk) continue;
    EXPECT_NEAR(*risk, *shifted.tested()->excess_risk(rule_of(20)), 1e-9) << shift;
  }
}

TEST(TestShift, OfATestSetMadeAnewTheRiskIsThatOfSimulation) {
  for (const std::string kind : {"sparse_linear", "related", "smooth", "power_law"}) {
    const Truth judge = *make(kind, shifted_by("rebuilt")).draw(Stream(1)).tested();
    const LinearRule rule = rule_of(judge.candidates());
    const Index rows = 4000;
    const Vector losses =
        (rule.score(all_of(judge, rows)) - judge.mean({0, rows}, Stream(2))).array().square().matrix();
    const double mean = losses.mean(), n = static_cast<double>(rows);
    const std::optional<double> risk = judge.excess_risk(rule);
    ASSERT_TRUE(risk.has_value()) << kind;
    EXPECT_NEAR(*risk, mean, 5 * std::sqrt((losses.array() - mean).square().sum()) / n) << kind;
  }
}

TEST(TestShift, AsksForNoneIsTestedAsTrained) {
  const World plain = make("sparse_linear", {});
  EXPECT_FALSE(plain.draw(Stream(1)).tested());
  EXPECT_EQ(all_of(plain.draw(Stream(1)), 3),
            all_of(make("sparse_linear", shifted_by("rotation")).draw(Stream(1)), 3));
  EXPECT_FALSE(has_test_shift({}));
  EXPECT_FALSE(has_test_shift({{"test_shift", "none"}}));
  EXPECT_TRUE(has_test_shift({{"test_shift", "rotation"}}));
}

TEST(TestShift, KeepsSourcesAndFindings) {
  const Truth related = make("related", shifted_by("rotation")).draw(Stream(1));
  ASSERT_EQ(related.sources().size(), 1);
  EXPECT_FALSE(related.sources()[0].tested());
  const Truth film = make("xray_image", shifted_by("permutation")).draw(Stream(1));
  const Truth read = film.findings().value(), judged = film.tested()->findings().value();
  EXPECT_NE(all_of(film, 2), all_of(*film.tested(), 2));
  EXPECT_EQ(all_of(read, 5), all_of(judged, 5));
}

TEST(TestShift, IsRefusedWhereItCannotBe) {
  const auto said = [](const OptionValues& options) {
    return support::thrown_message([&] { make("logistic", options); });
  };
  EXPECT_EQ(said({{"test_shift", "rotation"}, {"test_block", Index{1}}}),
            "test_block = 1 (one column alone stays as it is). Give a whole number from 2 to 1000000000.");
  EXPECT_NE(said({{"test_shift", "rotation"}, {"test_strength", 1.5}}), "");
  EXPECT_NE(said({{"test_shift", "scale"}}), "");
  EXPECT_NE(said({{"test_shfit", "rotation"}}).find("Did you mean \"test_shift\"?"), std::string::npos);
}

}  // namespace
}  // namespace quartic::test_shift_test
