#include "sim/findings/score_atoms.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "sim/findings/marginals.hpp"
#include "tests/support/slow_score.hpp"

namespace quartic::score_atoms_test {
namespace {

using namespace quartic::detail;

double sum_of_chances(const std::vector<ScoreAtom>& atoms) {
  double sum = 0;
  for (const ScoreAtom& atom : atoms) sum += atom.chance;
  return sum;
}

TEST(ScoreAtoms, OneSignHasTwo) {
  const FindingScore score{0.3, {{3, 2}}, {}};
  const std::vector<ScoreAtom> atoms = *atoms_of(score, 10);
  ASSERT_EQ(atoms.size(), 2);
  EXPECT_NEAR(atoms[0].chance, 0.7, 1e-11);
  EXPECT_NEAR(atoms[1].chance, 0.3, 1e-11);
  EXPECT_NEAR(atoms[0].value, -2 * 0.3 / std::sqrt(0.21), 1e-14);
  EXPECT_NEAR(atoms[1].value, 2 * 0.7 / std::sqrt(0.21), 1e-14);
}

TEST(ScoreAtoms, EqualValuesAreOne) {
  std::vector<Effect> effects;
  for (Index k = 0; k < 30; ++k) effects.push_back({5 * k + 3, 1});
  const std::vector<ScoreAtom> atoms = *atoms_of({0.3, effects, {}}, 100);
  ASSERT_EQ(atoms.size(), 31);
  EXPECT_NEAR(atoms[0].chance, std::pow(0.7, 30), 1e-15);
  EXPECT_NEAR(sum_of_chances(atoms), 1, 1e-9);
}

TEST(ScoreAtoms, AreTheSumsOverEveryFindingInTurn) {
  const FindingScore score = make_score({0.6, {{3, 1}, {4, 0.5}, {9, 0.7}, {13, 1}, {18, 1}}, 4, 0.3});
  const std::vector<ScoreAtom> atoms = *atoms_of(score, 4096);
  EXPECT_NEAR(sum_of_chances(atoms), 1, 1e-10);
  const double intercept = intercept_of(atoms, 0.2, 40);
  EXPECT_NEAR(logistic_mean(atoms, intercept), 0.2, 1e-13);
  const support::SlowScore slow(score, intercept);
  EXPECT_NEAR(slow.prevalence(), 0.2, 1e-10);
  EXPECT_NEAR(slow.least_error(), least_error(atoms, intercept), 1e-10);
}

TEST(ScoreAtoms, AreNoneWhereALawIsSmoothOrHasTooMany) {
  EXPECT_FALSE(atoms_of({0.3, {{1, 1}, {3, 1}}, {}}, 4096));
  EXPECT_FALSE(atoms_of({0.3, {{0, 1}}, {}}, 4096));
  EXPECT_FALSE(atoms_of({0.3, {{4, 1}, {9, 0.7}}, {}}, 48));
  EXPECT_TRUE(atoms_of({0.3, {{4, 1}, {9, 0.7}}, {}}, 49));
}

}  // namespace
}  // namespace quartic::score_atoms_test
