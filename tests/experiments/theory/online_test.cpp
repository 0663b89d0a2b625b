#include "experiments/theory/online.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "laws/theory/online_network.hpp"
#include "tests/support/full_options.hpp"

namespace quartic::online_test {
namespace {

std::string text(const char* word) {
  return word;
}

/// Saad & Solla at N = 800: student 3, teacher 2, h = .5, noise of variance .01.
struct Asked {
  Choice world{"teacher",
               {{"activation", text("erf")},
                {"weights", text("orthonormal")},
                {"coefficients", text("equal")},
                {"hidden", Index{2}},
                {"signal", 0.}}};
  Facts facts = {{"candidates", 800}, {"relevant", 800}, {"noise", 0.1}, {"signal", 2. / 3}};
  OptionValues options = {
      {"layers", Index{1}},   {"width", Index{3}},         {"activation", text("erf")},
      {"biases", false},      {"output", text("sum")},     {"initialisation", text("lecun")},
      {"initial_scale", 0.5}, {"optimiser", text("sgd")},  {"batch", Index{1}},
      {"epochs", Index{1}},   {"learning_rate", 0.5 / 800}};

  double error(double rows = 4000) const {
    const Choice full{world.kind, testing::world_options(world.kind, world.options)};
    const OptionValues all = testing::model_options("mlp", options);
    return theory_error(
        {.world = &full, .model = "mlp", .options = all, .rows = rows, .columns = 800, .facts = &facts});
  }
  Asked with(const char* name, const OptionValue& value) const {
    Asked changed = *this;
    changed.options[name] = value;
    return changed;
  }
};

TEST(OverlayOnline, GivesTheGoldenCurve) {
  const Asked asked;
  EXPECT_NEAR(asked.error(), 2 * 0.030 / (2. / 3), 2 * 5e-4 / (2. / 3));
  EXPECT_NEAR(asked.error(16000), 2 * 0.0244 / (2. / 3), 2 * 5e-4 / (2. / 3));
  EXPECT_NEAR(asked.error(0), 1 + 3 * 2 / std::numbers::pi * std::asin(0.25 / 1.25) / (2. / 3),
              0.05);  // Q = I/4, R near 0
}

TEST(OverlayOnline, ParametrisationsAreTheSameNetworks) {
  const Asked asked;
  EXPECT_EQ(asked.with("parametrisation", text("ntk")).with("learning_rate", 0.5).error(), asked.error());
  EXPECT_TRUE(std::isnan(asked.with("parametrisation", text("mup")).error()));
  const Asked he = asked.with("initialisation", text("he")).with("initial_scale", 0.5 / std::sqrt(2.));
  EXPECT_NEAR(he.error(), asked.error(), 1e-9);
  EXPECT_NEAR(asked.with("width_1", Index{3}).with("width", Index{64}).error(), asked.error(), 1e-12);
}

TEST(OverlayOnline, IsSilentOutsideTheSettingOfSaadAndSolla) {
  const Asked asked;
  const std::pair<const char*, OptionValue> others[] = {
      {"activation", text("relu")}, {"biases", true},
      {"output", text("trained")},  {"optimiser", text("adam")},
      {"batch", Index{32}},         {"epochs", Index{2}},
      {"layers", Index{2}},         {"dropout", 0.5},
      {"schedule", text("cosine")}, {"learning_rate", text("tuned")},
      {"width", Index{64}},         {"loss", text("huber")}};
  for (const auto& [name, value] : others) EXPECT_TRUE(std::isnan(asked.with(name, value).error())) << name;
  Asked scaled = asked;
  scaled.facts["signal"] = 1;
  EXPECT_TRUE(std::isnan(scaled.error()));
  Asked gaussian = asked;
  gaussian.world.options["weights"] = text("gaussian");
  EXPECT_TRUE(std::isnan(gaussian.error()));
}

}  // namespace
}  // namespace quartic::online_test
