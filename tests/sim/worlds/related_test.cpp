#include "sim/worlds/related.hpp"

#include <gtest/gtest.h>

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <set>

#include "sim/worlds/sparse_linear.hpp"
#include "tests/support/pool_world.hpp"

namespace quartic::related_test {
namespace {

using support::fact;

/// The true coefficients, one a candidate.
Vector rule_of(const Truth& truth) {
  return truth.normal_law()->coefficients;
}

std::set<Index> columns_of(const Truth& truth) {
  const std::vector<Index> relevant = truth.relevant();
  return {relevant.begin(), relevant.end()};
}

Index shared_columns(const Truth& a, const Truth& b) {
  const std::set<Index> first = columns_of(a), second = columns_of(b);
  return std::count_if(first.begin(), first.end(), [&](Index j) { return second.contains(j); });
}

Related overlap_world(double overlap) {
  return {
      .candidates = 60, .coefficients = "decay(0.5)", .tasks = 3, .relation = "overlap", .overlap = overlap};
}

Related subspace_world(Index dimensions) {
  return {.candidates = 60, .relevant = 20, .tasks = 40, .relation = "subspace", .dimensions = dimensions};
}

Related shift_world(double distance) {
  return {
      .candidates = 60, .coefficients = "gaussian", .tasks = 3, .relation = "shift", .distance = distance};
}

const std::vector<Related> every_relation = {overlap_world(0.6), subspace_world(3), shift_world(0.5)};

TEST(Related, TheTargetIsTheSparseLinearWorld) {
  for (const Related& world : {overlap_world(0.3), shift_world(0.7)}) {
    const Truth linear =
        SparseLinear{.candidates = 60, .coefficients = world.coefficients, .signal = 2, .noise = 0.5}.draw(
            Stream(3));
    Related same = world;
    same.signal = 2;
    same.noise = 0.5;
    const Truth truth = same.draw(Stream(3));
    EXPECT_EQ(truth.relevant(), linear.relevant());
    EXPECT_EQ(truth.x({4, 9}, {0, 60}, Stream(5)), linear.x({4, 9}, {0, 60}, Stream(5)));
    EXPECT_EQ(truth.y({4, 9}, Stream(5)), linear.y({4, 9}, Stream(5)));
    for (const auto& [name, value] : linear.facts()) EXPECT_EQ(fact(truth, name.c_str()), value) << name;
  }
}

TEST(Related, SourcesHaveTheirRowsAndTheirNoise) {
  for (Related world : every_relation) {
    world.source_rows = 77;
    for (const double noise : {0.0, 2.5}) {
      world.source_noise = noise;
      const Truth truth = world.draw(Stream(1));
      ASSERT_EQ(std::ssize(truth.sources()), world.tasks);
      EXPECT_EQ(fact(truth, "source_noise"), noise > 0 ? noise : 1);
      for (const Truth& source : truth.sources()) {
        EXPECT_EQ(source.rows(), std::optional<Index>(77));
        EXPECT_EQ(fact(source, "noise"), fact(truth, "source_noise"));
        const Vector w = rule_of(source);
        EXPECT_NEAR(*source.excess_risk({w, 0.5}), 0.25, 1e-12);
        EXPECT_NEAR(*source.excess_risk({Vector::Zero(60)}), fact(source, "signal"), 1e-12);
        EXPECT_NEAR(*source.excess_risk({rule_of(truth)}), (w - rule_of(truth)).squaredNorm(), 1e-12);
        EXPECT_TRUE(source.mean({0, 7}, Stream(2)).isApprox(source.x({0, 7}, {0, 60}, Stream(2)) * w, 1e-12));
      }
    }
  }
}

TEST(Related, TellsTheDistanceOfTheFirstSource) {
  for (const Related& world : every_relation) {
    const Truth truth = world.draw(Stream(4));
    EXPECT_NEAR(fact(truth, "delta2"), (rule_of(truth.sources().front()) - rule_of(truth)).squaredNorm(),
                1e-12);
    EXPECT_EQ(fact(truth, "tasks"), static_cast<double>(world.tasks));
    EXPECT_EQ(fact(truth, "source_rows"), 300);
    EXPECT_EQ(truth.facts().contains("dimensions"), world.relation == "subspace");
  }
}

TEST(Related, OverlappingSupportsShareTheirPart) {
  for (const double overlap : {0.0, 0.3, 0.44, 0.46, 1.0}) {
    const Truth truth = overlap_world(overlap).draw(Stream(2));
    for (const Truth& source : truth.sources()) {
      EXPECT_EQ(std::ssize(source.relevant()), 10);
      EXPECT_EQ(shared_columns(source, truth), std::lround(10 * overlap)) << overlap;
      const Vector difference = rule_of(source) - rule_of(truth);
      for (const Index column : source.relevant())
        if (columns_of(truth).contains(column)) {
          EXPECT_EQ(difference[column], 0);
        }
    }
  }
  EXPECT_EQ(fact(overlap_world(1).draw(Stream(2)), "delta2"), 0);
}

TEST(Related, ASourcesOwnCoefficientsAreOfTheTargetsScale) {
  Related world = overlap_world(0.3);
  world.coefficients = "equal";
  world.signal = 40;
  for (const Truth& source : world.draw(Stream(2)).sources())
    for (const Index column : source.relevant()) EXPECT_NEAR(rule_of(source)[column], 2, 1e-12);
}

TEST(Related, AWholeOverlapIsTheTargetsRule) {
  for (const Truth& source : overlap_world(1).draw(Stream(2)).sources())
    EXPECT_EQ(rule_of(source), rule_of(overlap_world(1).draw(Stream(2))));
}

TEST(Related, LessOverlapReplacesMoreOfTheSameColumns) {
  const Truth much = overlap_world(0.7).draw(Stream(6)), little = overlap_world(0.2).draw(Stream(6));
  EXPECT_EQ(rule_of(much), rule_of(little));
  for (std::size_t t = 0; t < 3; ++t) {
    const Vector difference = rule_of(much.sources()[t]) - rule_of(much);
    const Vector more = rule_of(little.sources()[t]) - rule_of(much);
    for (Index j = 0; j < 60; ++j)
      if (difference[j] != 0) {
        EXPECT_EQ(more[j], difference[j]) << j;
      }
  }
}

TEST(Related, SourcesOfAnOverlapHaveColumnsOfTheirOwn) {
  const std::vector<Truth> sources = overlap_world(0).draw(Stream(2)).sources();
  EXPECT_NE(columns_of(sources[0]), columns_of(sources[1]));
  Related first = overlap_world(0.5);
  first.support = "first";
  const Truth truth = first.draw(Stream(2));
  for (std::size_t t = 0; t < 3; ++t)
    for (const Index column : columns_of(truth.sources()[t]))
      EXPECT_TRUE(column < 10 ||
                  (column >= 10 * static_cast<Index>(t + 1) && column < 10 * static_cast<Index>(t + 1) + 5));
}

TEST(Related, EveryTaskOfASubspaceLiesInIt) {
  const Truth truth = subspace_world(3).draw(Stream(5));
  Matrix rules(60, 41);
  for (Index t = 0; t < 40; ++t) rules.col(t) = rule_of(truth.sources()[static_cast<std::size_t>(t)]);
  rules.col(40) = rule_of(truth);
  const Vector values = Eigen::JacobiSVD<Matrix>(rules).singularValues();
  EXPECT_GT(values[2], 1);
  EXPECT_LT(values[3], 1e-12);
  EXPECT_EQ(fact(truth, "dimensions"), 3);
}

// Of a = (g_1, g_2, ...) |w|^2 = |a|^2, of mean 3 and variance 6; of decaying directions the sum of 1/k.
TEST(Related, CoefficientsSizeTheDirections) {
  Related world = subspace_world(3);
  world.tasks = 4000;
  const auto mean_square = [&](const char* coefficients) {
    world.coefficients = coefficients;
    double sum = 0;
    for (const Truth& source : world.draw(Stream(8)).sources()) sum += fact(source, "signal");
    return sum / 4000;
  };
  EXPECT_NEAR(mean_square("equal"), 3, 5 * std::sqrt(6.0 / 4000));
  EXPECT_NEAR(mean_square("decay(0.5)"), 1 + 1 / 2. + 1 / 3., 5 * std::sqrt(6.0 / 4000));
}

TEST(Related, ASignalIsThatOfEveryTaskOfASubspace) {
  Related world = subspace_world(4);
  world.signal = 2.5;
  const Truth truth = world.draw(Stream(5));
  EXPECT_EQ(fact(truth, "signal"), 2.5);
  EXPECT_NEAR(rule_of(truth).squaredNorm(), 2.5, 1e-12);
  for (const Truth& source : truth.sources()) EXPECT_NEAR(fact(source, "signal"), 2.5, 1e-12);
}

TEST(Related, ShiftedSourcesLieAtTheirDistance) {
  for (const double distance : {0.0, 0.3, 2.0}) {
    Related world = shift_world(distance);
    world.signal = 4;
    const Truth truth = world.draw(Stream(7));
    EXPECT_NEAR(fact(truth, "delta2"), 4 * distance * distance, 1e-12);
    for (const Truth& source : truth.sources()) {
      EXPECT_NEAR((rule_of(source) - rule_of(truth)).norm(), 2 * distance, 1e-12);
      EXPECT_EQ(columns_of(source), columns_of(truth));
    }
  }
}

TEST(Related, MoreDistanceMovesTheSameWay) {
  const auto moved = [](double distance, std::size_t t) {
    const Truth truth = shift_world(distance).draw(Stream(7));
    return Vector(rule_of(truth.sources()[t]) - rule_of(truth));
  };
  EXPECT_TRUE(moved(2, 1).isApprox(4 * moved(0.5, 1), 1e-12));
  EXPECT_FALSE(moved(2, 1).isApprox(moved(2, 2), 0.1));
}

// Uniform over all directions: the share of one column has mean 1/10 and variance 2 (1 - 1/10)/(10 * 12).
TEST(Related, MovesInEveryDirectionAlike) {
  Related world = shift_world(1);
  world.support = "first";
  world.tasks = 4000;
  const Truth truth = world.draw(Stream(9));
  double sum = 0, share = 0;
  for (const Truth& source : truth.sources()) {
    const Vector moved = (rule_of(source) - rule_of(truth)) / rule_of(truth).norm();
    sum += moved[0];
    share += moved[0] * moved[0];
  }
  EXPECT_NEAR(sum / 4000, 0, 5 * std::sqrt(0.1 / 4000));
  EXPECT_NEAR(share / 4000, 0.1, 5 * std::sqrt(2 * 0.9 / (10. * 12) / 4000));
}

TEST(Related, MoreTasksAndMoreRowsKeepThoseThereWere) {
  for (Related world : every_relation) {
    const Truth before = world.draw(Stream(11));
    world.tasks += 5;
    world.source_rows += 1000;
    const Truth after = world.draw(Stream(11));
    EXPECT_EQ(rule_of(after), rule_of(before));
    for (std::size_t t = 0; t < before.sources().size(); ++t) {
      const Truth one = before.sources()[t], same = after.sources()[t];
      EXPECT_EQ(rule_of(one), rule_of(same));
      EXPECT_EQ(one.y({0, 20}, Stream(1)), same.y({0, 20}, Stream(1)));
    }
  }
}

TEST(Related, LargerPoolsKeepWhatWasDrawn) {
  for (Related world : every_relation) {
    world.support = "first";
    const Truth small = world.draw(Stream(9));
    world.candidates += 77;
    const Truth large = world.draw(Stream(9));
    EXPECT_EQ(small.relevant(), large.relevant());
    EXPECT_EQ(small.y({0, 50}, Stream(1)), large.y({0, 50}, Stream(1)));
    for (std::size_t t = 0; t < small.sources().size(); ++t) {
      EXPECT_EQ(small.sources()[t].relevant(), large.sources()[t].relevant());
      EXPECT_EQ(small.sources()[t].y({0, 50}, Stream(1)), large.sources()[t].y({0, 50}, Stream(1)));
    }
  }
}

TEST(Related, NoiseMayBeSetByTheSignal) {
  Related world = shift_world(0.5);
  world.signal_to_noise = 4;
  const Truth truth = world.draw(Stream(11));
  EXPECT_NEAR(fact(truth, "signal") / std::pow(fact(truth, "noise"), 2), 4, 1e-12);
  EXPECT_EQ(fact(truth.sources()[1], "noise"), fact(truth, "noise"));
}

TEST(Related, RefusesWhatCannotBe) {
  support::expect_refusals<Related>(
      {{{.relation = "overlap", .overlap = 2},
        "overlap = 2 (a share goes from none to all). Give a number from 0 to 1."},
       {{.tasks = 0},
        "tasks = 0 (without a source there is nothing to learn from first). Give a whole number from 1 to 1000000."},
       {{.source_rows = 0},
        "source_rows = 0 (a source without rows teaches nothing). Give a whole number from 1 to 1000000000."},
       {{.source_noise = -1},
        "source_noise = -1 (a standard deviation cannot be negative or infinite). Give a number of 0 or more."},
       {{.distance = infinity},
        "distance = inf (a source farther away has nothing in common with the target). Give a number from 0 to "
        "1000000."},
       {{.relation = "friends"},
        "relation = \"friends\" (it understands overlap, subspace, shift). Write one of these."},
       {{.candidates = 8, .relevant = 8, .relation = "subspace", .dimensions = 9},
        "dimensions = 9 (no more directions than relevant columns, here 8, can be orthonormal). Lower dimensions or "
        "raise relevant."},
       {{.candidates = 5},
        "relevant = 10 (there are only 5 candidates). Lower relevant or raise candidates."},
       {{.candidates = 15, .relation = "overlap", .overlap = 0.2},
        "overlap = 0.2 (8 of the 10 relevant columns of a source are not the target's, and there are 15 candidates). "
        "Raise overlap or candidates, or lower relevant."},
       {{.support = "first", .tasks = 10, .relation = "overlap", .overlap = 0.2},
        "overlap = 0.2 (8 of the 10 relevant columns of each source are its own, after those of the sources before, "
        "and there are 100 candidates). Raise overlap or candidates, or lower relevant, or set support = \"random\"."},
       {{.candidates = 1'000'000, .relevant = 1000, .tasks = 100'000},
        "relevant = 1000 (100000 tasks have more than 10000000 coefficients). Lower relevant or tasks."}});
}

TEST(Related, TakesTheLargestThatCanBe) {
  EXPECT_EQ((Related{.candidates = 8, .relevant = 8, .relation = "subspace", .dimensions = 8}
                 .draw(Stream(1))
                 .sources()
                 .size()),
            1u);
  const Truth first =
      Related{.support = "first", .tasks = 9, .relation = "overlap", .overlap = 0}.draw(Stream(1));
  EXPECT_EQ(*columns_of(first.sources()[8]).rbegin(), 99);
  EXPECT_EQ((Related{.candidates = 10, .relation = "overlap", .overlap = 1}.draw(Stream(1)).candidates()),
            10);
  EXPECT_EQ(shared_columns(
                Related{.candidates = 20, .relation = "overlap", .overlap = 0}.draw(Stream(1)).sources()[0],
                Related{.candidates = 20, .relation = "overlap", .overlap = 0}.draw(Stream(1))),
            0);
}

TEST(Related, FingerprintHoldsEveryOption) {
  EXPECT_EQ(
      Related{}.fingerprint(),
      R"({"candidates":100,"coefficients":"equal","dimensions":3,"distance":0.3,"noise":1,"overlap":0.8,)"
      R"("relation":"shift","relevant":10,"signal":0,"signal_to_noise":0,"source_noise":0,"source_rows":300,)"
      R"("support":"random","tasks":1})");
  EXPECT_EQ(Related::options().size(), 14);
}

}  // namespace
}  // namespace quartic::related_test
