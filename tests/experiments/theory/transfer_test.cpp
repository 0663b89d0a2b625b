#include "experiments/theory/transfer.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "laws/theory/fine_tuning.hpp"
#include "laws/theory/least_squares.hpp"
#include "laws/theory/pruning.hpp"
#include "laws/theory/shared_subspace.hpp"
#include "tests/support/full_options.hpp"

namespace quartic::transfer_test {
namespace {

/// A world of related tasks, and what may be asked of it.
struct Asked {
  Choice world;
  Facts facts;

  explicit Asked(const std::string& relation = "shift", double signal = 0)
      : world{"related", testing::world_options("related", {{"relation", relation}, {"signal", signal}})},
        facts{{"candidates", 100}, {"relevant", 10}, {"noise", 0.5},        {"signal", 1},
              {"tasks", 1},        {"delta2", 0.09}, {"source_noise", 0.5}, {"source_rows", 300}} {}

  TheoryQuery query(const std::string& model, OptionValues options, double rows) const {
    return {.world = &world,
            .model = model,
            .options = std::move(options),
            .rows = rows,
            .columns = 100,
            .facts = &facts};
  }
};

OptionValues tuned(const std::string& method) {
  return {{"method", method},
          {"penalty", "loo"},
          {"sources", "pooled"},
          {"start", "least_squares"},
          {"intercept", false}};
}

TEST(TransferTheory, GivesFineTuningFromOneSource) {
  Asked one;
  const FineTuningDesign design{50, 100, 1, 0.25, 0.09, 300, 0.25};
  EXPECT_DOUBLE_EQ(theory_error(one.query("fine_tuned", tuned("least_squares"), 50)),
                   fine_tuning_risk(design));
  OptionValues ridge = tuned("ridge");
  EXPECT_TRUE(std::isnan(theory_error(one.query("fine_tuned", ridge, 50))));
  ridge["penalty"] = 0.3;
  EXPECT_DOUBLE_EQ(theory_error(one.query("fine_tuned", ridge, 50)), fine_tuning_ridge_risk(design, 0.3));
  OptionValues other = tuned("least_squares");
  other["start"] = "ridge";
  EXPECT_TRUE(std::isnan(theory_error(one.query("fine_tuned", other, 50))));
}

TEST(TransferTheory, LeavesPooledSourcesAndExpertsEmpty) {
  Asked several;
  several.facts["tasks"] = 4;
  OptionValues options = tuned("least_squares");
  EXPECT_TRUE(std::isnan(theory_error(several.query("fine_tuned", options, 50))));
  options["sources"] = "first";
  EXPECT_FALSE(std::isnan(theory_error(several.query("fine_tuned", options, 50))));
  TheoryQuery expert = several.query("fine_tuned", options, 50);
  expert.columns = 9;
  EXPECT_TRUE(std::isnan(theory_error(expert)));
}

TEST(TransferTheory, GivesTheSharedSubspaceWhereItsDirectionsAreAlike) {
  Asked subspace("subspace", 1);
  subspace.facts["dimensions"] = 3;
  subspace.facts["tasks"] = 200;
  subspace.facts["source_rows"] = 150;
  const OptionValues options = {{"dimensions", Index{3}}, {"intercept", false}};
  const Vector each = Vector::Constant(3, 1. / 3);
  const SubspaceDesign design{.source_noise_variance = 0.25,
                              .strengths = each.cwiseSqrt(),
                              .loadings = each,
                              .rows = 20,
                              .noise_variance = 0.25};
  EXPECT_DOUBLE_EQ(theory_error(subspace.query("shared_subspace", options, 20)), subspace_risk(design));
  EXPECT_TRUE(std::isnan(theory_error(subspace.query("shared_subspace", {{"dimensions", Index{2}}}, 20))));
  subspace.facts["source_rows"] = 101;
  EXPECT_TRUE(std::isnan(theory_error(subspace.query("shared_subspace", options, 20))));
  subspace.facts["source_rows"] = 150;
  subspace.facts["tasks"] = 2;
  EXPECT_TRUE(std::isnan(theory_error(subspace.query("shared_subspace", options, 20))));
  Asked shift;
  EXPECT_TRUE(std::isnan(theory_error(shift.query("shared_subspace", options, 20))));
}

// Of the natural scale a target may be longer than others: sources are as long as they are on average.
TEST(TransferTheory, TakesSourcesAtTheirNaturalScale) {
  Asked natural("subspace");
  natural.facts["dimensions"] = 3;
  natural.facts["tasks"] = 200;
  natural.facts["source_rows"] = 150;
  natural.facts["signal"] = 6;
  const SubspaceDesign design{
      .source_noise_variance = 0.25, .loadings = Vector::Constant(3, 2), .rows = 20, .noise_variance = 0.25};
  EXPECT_DOUBLE_EQ(theory_error(natural.query("shared_subspace", {{"dimensions", Index{3}}}, 20)),
                   subspace_risk(design) / 6);
}

TEST(TransferTheory, TargetsAreSparseLinearWorlds) {
  for (const char* relation : {"overlap", "subspace", "shift"}) {
    const Asked asked(relation);
    EXPECT_DOUBLE_EQ(theory_error(asked.query("least_squares", testing::model_options("least_squares"), 400)),
                     least_squares_risk(LeastSquaresDesign{400, 100, 1, 0, 0.25}));
    OptionValues lasso = testing::model_options("lasso", {{"penalty", 0.1}});
    EXPECT_FALSE(std::isnan(theory_error(asked.query("lasso", lasso, 200)))) << relation;
  }
}

TEST(TransferTheory, GivesPruningOfOneShot) {
  const Asked asked;
  OptionValues options = {{"base", "least_squares"}, {"threshold", 0.1}, {"keep", 0.5},
                          {"rounds", Index{1}},      {"refit", false},   {"intercept", false}};
  const PruningDesign design{.rows = 400,
                             .columns = 100,
                             .coefficients = Vector::Constant(10, std::sqrt(0.1)),
                             .noise_variance = 0.25};
  EXPECT_NEAR(theory_error(asked.query("pruned", options, 400)), pruned_risk(design, 0.1), 1e-12);
  options["threshold"] = 0.0;
  EXPECT_NEAR(theory_error(asked.query("pruned", options, 400)),
              pruned_risk(design, pruning_threshold(design, 50)), 1e-12);
  EXPECT_TRUE(std::isnan(theory_error(asked.query("pruned", options, 100))));
  for (const auto& [name, value] :
       OptionValues{{"keep", "held_out"}, {"rounds", Index{3}}, {"refit", true}, {"base", "ridge"}}) {
    OptionValues other = options;
    other[name] = value;
    EXPECT_TRUE(std::isnan(theory_error(asked.query("pruned", other, 400)))) << name;
  }
  const Asked subspace("subspace");
  EXPECT_TRUE(std::isnan(theory_error(subspace.query("pruned", options, 400))));
}

}  // namespace
}  // namespace quartic::transfer_test
