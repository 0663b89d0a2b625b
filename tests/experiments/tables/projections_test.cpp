#include "experiments/tables/projections.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "experiments/tables/built_in.hpp"
#include "tests/support/imagenet_points.hpp"
#include "tests/support/rounded.hpp"

namespace quartic::projections_test {
namespace {

ProjectionTable published(ProjectionForm form) {
  ProjectionTable table{
      fit_projection(form, support::imagenet_flops(), support::imagenet_errors()),
      machine_named(read_machines(built_in_tables().at("conversions"), "conversions"), "P100"),
      0.95,
      {}};
  for (const double target : {0.115, 0.05, 0.01}) table.projections.push_back(project(table.fit, target));
  return table;
}

TEST(Projections, AreThePublishedOnesInEveryUnit) {
  const ProjectionTable table = published(ProjectionForm::power);
  const LogCosts costs = log_costs(table.projections[1].log10_flops.estimate, table.machine);
  EXPECT_EQ(support::rounded(costs.gflop, 2), 19.06);
  EXPECT_EQ(support::rounded(costs.pounds, 2), 10.95);
  EXPECT_EQ(support::rounded(costs.dollars, 2), 11.15);
  EXPECT_NEAR(costs.kwh, costs.gflop + std::log10(26.8432 / 3.2921856e9), 1e-6);
}

TEST(Projections, AsJsonHoldIntervalsAndFlags) {
  const auto json = nlohmann::json::parse(projections_json(published(ProjectionForm::power)));
  EXPECT_EQ(support::rounded(json["exponent"], 1), 13.6);
  EXPECT_EQ(support::rounded(json["reverse_exponent"], 1), 6.2);
  const auto& first = json["projections"][0];
  EXPECT_FALSE(first["extrapolation"]);  // 11.5 %: .4 decades beyond
  EXPECT_TRUE(first["warnings"].empty());
  const auto& last = json["projections"][2];
  EXPECT_TRUE(last["extrapolation"]);
  EXPECT_LT(last["low"]["log10_gflop"], last["estimate"]["log10_gflop"]);
  EXPECT_LT(last["estimate"]["log10_dollars"], last["high"]["log10_dollars"]);
  EXPECT_LT(last["reverse"]["log10_gflop"], last["estimate"]["log10_gflop"]);
}

TEST(Projections, WithoutEndAreNullAndSaySo) {
  ProjectionTable table = published(ProjectionForm::power);
  table.projections = {project(table.fit, 0.05, 0.999)};
  const auto json = nlohmann::json::parse(projections_json(table));
  EXPECT_TRUE(json["projections"][0]["high"]["log10_gflop"].is_null());
  EXPECT_NE(std::string(json["projections"][0]["warnings"][0]).find("no end"), std::string::npos);
}

TEST(Projections, OfTheExponentialFormHaveNoExponent) {
  const auto json = nlohmann::json::parse(projections_json(published(ProjectionForm::exponential)));
  EXPECT_FALSE(json.contains("exponent"));
  EXPECT_EQ(support::rounded(json["slope"], 4), 0.8669);
}

}  // namespace
}  // namespace quartic::projections_test
