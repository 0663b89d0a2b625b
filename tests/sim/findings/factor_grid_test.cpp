#include "sim/findings/factor_grid.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "sim/findings/marginals.hpp"

namespace quartic::factor_grid_test {
namespace {

using namespace quartic::detail;

TEST(FactorGrid, WeightsAreThoseOfANormal) {
  for (const double c : {0.1, 0.3, 0.9, 0.99}) {
    const FactorGrid grid = make_factor_grid(c);
    double mass = 0, squares = 0;
    for (std::size_t i = 0; i < grid.size(); ++i) {
      mass += grid.weights[i];
      squares += grid.weights[i] * grid.factors[i] * grid.factors[i];
    }
    EXPECT_NEAR(mass, 1, 1e-11) << c;
    EXPECT_NEAR(squares, 1, 1e-10) << c;
  }
}

// Densities: c. Sizes: (e^(c/4) - 1)/(e^(1/4) - 1) by the normal's moments; with a density sqrt(c) s/sd of it times
// sqrt(c). Present with a density: the density of z at the threshold over the deviation, times c.
TEST(FactorGrid, KnowsCovariancesInClosedForm) {
  for (const double c : {0.1, 0.3, 0.8, 0.99}) {
    const FactorGrid grid = make_factor_grid(c);
    EXPECT_NEAR(covariance_of(grid, FindingKind::density, FindingKind::margin), c, 1e-10) << c;
    EXPECT_NEAR(covariance_of(grid, FindingKind::size, FindingKind::margin),
                c * 0.5 / std::sqrt(std::exp(0.25) - 1), 1e-10)
        << c;
    const double threshold = 0.5244005127080408;
    EXPECT_NEAR(covariance_of(grid, FindingKind::present, FindingKind::density),
                c * std::exp(-threshold * threshold / 2) / std::sqrt(2 * std::acos(-1.)) / std::sqrt(0.21),
                1e-10)
        << c;
  }
}

TEST(FactorGrid, FindingsWithoutACommonFactorDoNotGoTogether) {
  const FactorGrid grid = make_factor_grid(0);
  EXPECT_NEAR(covariance_of(grid, FindingKind::size, FindingKind::count), 0, 1e-14);
}

TEST(FactorGrid, ChancesOfAtomsSumToOneAndAgreeWithMeans) {
  for (const double c : {0., 0.3, 0.9})
    for (const FindingKind kind :
         {FindingKind::size, FindingKind::density, FindingKind::present, FindingKind::count}) {
      const FactorGrid grid = make_factor_grid(c);
      for (const Atoms& atoms : {make_atoms(grid, kind, 10), make_split_atoms(grid, kind, 10)})
        for (std::size_t i = 0; i < grid.size(); ++i) {
          if (std::abs(grid.factors[i]) > 3) continue;
          double mass = 0, mean = 0;
          for (std::size_t k = 0; k < atoms.values.size(); ++k) {
            mass += atoms.chance(i, k);
            mean += atoms.chance(i, k) * atoms.values[k];
          }
          EXPECT_NEAR(mass, 1, 1e-11) << c;
          EXPECT_NEAR(mean, mean_given_factor(kind, grid.factors[i], c), 1e-9) << c;
        }
    }
}

// With as few nodes as waves, however short they get in the upper tail.
TEST(FactorGrid, SizesHaveAsManyNodesAsWaves) {
  const FactorGrid grid = make_factor_grid(0.3);
  for (const FindingKind kind : {FindingKind::size, FindingKind::density})
    for (const double frequency : {8., 64., 512.}) {
      const auto values = static_cast<double>(make_atoms(grid, kind, frequency).values.size());
      EXPECT_NEAR(values, nodes_needed(grid, kind, frequency), 2);
    }
  EXPECT_LT(nodes_needed(grid, FindingKind::size, 512), 6000);
  EXPECT_EQ(nodes_needed(grid, FindingKind::present, 512), 2);
  EXPECT_EQ(nodes_needed(grid, FindingKind::count, 512), 7);
}

TEST(FactorGrid, SplitAtomsKnowTheChanceOfConspicuousFindings) {
  const FactorGrid grid = make_factor_grid(0.4);
  for (const FindingKind kind :
       {FindingKind::size, FindingKind::margin, FindingKind::present, FindingKind::count}) {
    const Atoms atoms = make_split_atoms(grid, kind, 10);
    double chance = 0;
    for (std::size_t i = 0; i < grid.size(); ++i)
      for (std::size_t k = atoms.conspicuous; k < atoms.values.size(); ++k)
        chance += grid.weights[i] * atoms.chance(i, k);
    EXPECT_NEAR(chance, Conspicuousness(kind).chance, 1e-10);
  }
}

}  // namespace
}  // namespace quartic::factor_grid_test
