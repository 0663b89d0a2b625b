#include "sim/worlds/multi_index.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "tests/support/pool_world.hpp"

namespace quartic::multi_index_test {
namespace {

using support::answers;
using support::fact;
using support::first_columns;

// Directions are columns: answers by hand.
MultiIndex columns(Index directions, const char* link) {
  return {.candidates = directions,
          .relevant = directions,
          .directions = directions,
          .link = link,
          .weights = "coordinates",
          .signal = 0,
          .support = "first"};
}

TEST(MultiIndex, HermiteLinksAreThePolynomials) {
  const std::vector<std::pair<const char*, double (*)(double)>> polynomials = {
      {"hermite(1)", [](double u) { return u; }},
      {"hermite(2)", [](double u) { return (u * u - 1) / std::sqrt(2.); }},
      {"hermite(3)", [](double u) { return (u * u * u - 3 * u) / std::sqrt(6.); }},
      {"hermite(4)", [](double u) { return (u * u * u * u - 6 * u * u + 3) / std::sqrt(24.); }}};
  for (const auto& [link, h] : polynomials) {
    const Truth truth = columns(2, link).draw(Stream(1));
    const Matrix z = first_columns(truth, 20);
    for (Index i = 0; i < 20; ++i) EXPECT_NEAR(answers(truth, 20)[i], h(z(i, 0)) + h(z(i, 1)), 1e-13) << link;
    EXPECT_EQ(fact(truth, "signal"), 2);
  }
}

TEST(MultiIndex, StaircasesProductsAndBumpsAreWhatTheySay) {
  MultiIndex falling = columns(3, "staircase");
  falling.coefficients = "decay(1)";
  const Truth staircase = falling.draw(Stream(1)), product = columns(3, "product").draw(Stream(1)),
              bump = columns(3, "bump").draw(Stream(1));
  const Matrix z = first_columns(bump, 20);
  for (Index i = 0; i < 20; ++i) {
    const double u = z(i, 0), v = z(i, 1), w = z(i, 2);
    EXPECT_NEAR(answers(staircase, 20)[i], u + u * v / 2 + u * v * w / 3, 1e-14);
    EXPECT_NEAR(answers(product, 20)[i], u * v * w, 1e-14);
    EXPECT_NEAR(answers(bump, 20)[i], std::exp(-(u * u + v * v + w * w) / 2) - std::pow(2, -1.5), 1e-15);
  }
  EXPECT_NEAR(fact(staircase, "signal"), 1 + 1. / 4 + 1. / 9, 1e-15);
  EXPECT_EQ(fact(product, "signal"), 1);
  EXPECT_NEAR(fact(bump, "signal"), std::pow(3, -1.5) - 0.125, 1e-15);
}

TEST(MultiIndex, LinearRulesExplainTheFirstDegreeAlone) {
  EXPECT_NEAR(fact(columns(3, "hermite(1)").draw(Stream(1)), "nonlinear"), 0, 1e-15);
  EXPECT_EQ(fact(columns(3, "hermite(2)").draw(Stream(1)), "nonlinear"), 3);
  EXPECT_EQ(fact(columns(3, "staircase").draw(Stream(1)), "nonlinear"), 2);
  EXPECT_EQ(fact(columns(1, "product").draw(Stream(1)), "nonlinear"), 0);
  EXPECT_EQ(fact(columns(2, "product").draw(Stream(1)), "nonlinear"), 1);
  EXPECT_NEAR(*columns(3, "staircase").draw(Stream(1)).excess_risk({Vector::Unit(3, 0)}), 2, 1e-15);
}

TEST(MultiIndex, LowerStepsOfAStaircaseMatterMore) {
  EXPECT_EQ(columns(4, "staircase").draw(Stream(1)).relevant(), (std::vector<Index>{0, 1, 2, 3}));
  MultiIndex rising = columns(3, "hermite(2)");
  rising.coefficients = "decay(0.5)";
  EXPECT_EQ(rising.draw(Stream(1)).relevant(), (std::vector<Index>{0, 1, 2}));
}

// Any frame is as good as the columns: |u|^2 is |z|^2.
TEST(MultiIndex, RotatedDirectionsSpanTheSameSpace) {
  MultiIndex rotated = columns(3, "hermite(2)");
  rotated.weights = "orthonormal";
  EXPECT_LT((answers(rotated.draw(Stream(1)), 20) - answers(columns(3, "hermite(2)").draw(Stream(1)), 20))
                .cwiseAbs()
                .maxCoeff(),
            1e-13);
}

TEST(MultiIndex, LargerPoolsKeepEverything) {
  support::expect_larger_pools_to_keep_everything(MultiIndex{});
}

TEST(MultiIndex, SignalAndNoiseAreSettable) {
  for (const char* link : {"hermite(1)", "hermite(3)", "staircase", "product", "bump"})
    support::expect_signal_and_noise_to_be_settable(MultiIndex{.directions = 3, .link = link});
}

TEST(MultiIndex, KeepsItsGoldenValues) {
  const Truth hermite = MultiIndex{}.draw(Stream(1));
  EXPECT_EQ(hermite.relevant(), (std::vector<Index>{39, 49, 41, 29, 21, 31, 38, 17, 43, 24}));
  EXPECT_EQ(hermite.y({0, 2}, Stream(2)),
            (Vector(2) << -0x1.815bcf4a4aa98p-1, -0x1.b5721174b5c3p-5).finished());
  const Truth stairs =
      MultiIndex{.directions = 3, .link = "staircase", .coefficients = "decay(1)", .signal = 0}.draw(
          Stream(1));
  EXPECT_EQ(stairs.y({0, 2}, Stream(2)),
            (Vector(2) << -0x1.cc9ab72f87d1dp+0, -0x1.7d48f9f1f729bp-1).finished());
  const Truth bump = MultiIndex{.relevant = 4, .link = "bump"}.draw(Stream(1));
  EXPECT_EQ(bump.y({0, 2}, Stream(2)), (Vector(2) << -0x1.1f8686867092cp+1, 0x1.7923811240ac2p+0).finished());
}

TEST(MultiIndex, RefusesOptionsThatNoTableCanHave) {
  support::expect_refusals<MultiIndex>(
      {{{.relevant = 0},
        "relevant = 0 (errors are measured against the variance of the true answer, which needs a relevant "
        "column). Give a whole number of 1 or more."},
       {{.directions = 11},
        "directions = 11 (no more directions than relevant columns, here 10, can be orthonormal). Raise "
        "relevant, or lower directions."},
       {{.link = "hermite(2.5)"},
        "link = \"hermite(2.5)\" (the degree is a whole number from 1 to 8). Write for example "
        "\"hermite(2)\"."},
       {{.link = "hermite"},
        "link = \"hermite\" cannot be read (the form is hermite(degree) with finite numbers). Write for "
        "example "
        "\"hermite(2)\"."},
       {{.link = "stair"},
        "link = \"stair\" (it understands hermite(degree), staircase, product, bump). Write one of these."},
       {{.relevant = 30, .directions = 21, .link = "product"},
        "directions = 21 (a product of more than 20 is all but 0 nearly everywhere). Lower directions or "
        "write link "
        "= \"hermite(2)\"."},
       {{.link = "bump", .coefficients = "signs"},
        "coefficients = \"signs\" (link = \"bump\" is one term, which signal scales). Leave coefficients at "
        "\"equal\"."},
       {{.weights = "gaussian"},
        "weights = \"gaussian\" (the variance of the answer is exact for directions at right angles; it "
        "understands orthonormal, coordinates). Write one of these."},
       {{.signal = -1},
        "signal = -1 (a variance cannot be negative or infinite). Give a number of 0 or more."}});
}

}  // namespace
}  // namespace quartic::multi_index_test
