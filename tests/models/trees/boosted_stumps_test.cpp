#include "models/trees/boosted_stumps.hpp"

#include <gtest/gtest.h>

#include <set>

#include "core/require.hpp"
#include "models/trees/stump_training.hpp"
#include "tests/support/class_problem.hpp"
#include "tests/support/reference/boosted_stumps.hpp"

namespace quartic::boosted_stumps_test {
namespace {

template <class T>
reference::StumpWalk<T> slow(const Data& data, Index training, const BoostedStumps& model) {
  return {grid_of<T>(data.dense()),           numbers_of<T>(data.y()),
          static_cast<std::size_t>(training), static_cast<std::size_t>(model.bins),
          model.loss == "logistic",           model.learning_rate};
}

template <class T>
reference::StumpWalk<T> slow(const Data& data, Index rounds, Index training, const BoostedStumps& model) {
  auto walk = slow<T>(data, training, model);
  for (Index k = 0; k < rounds; ++k) walk.round();
  return walk;
}

struct Chosen {
  Index rounds = 0, tried = 0;
};

// Rounds until `patience` of them were no better than the best.
template <class T>
Chosen choose(const Data& data, const BoostedStumps& model) {
  const Index held_out = static_cast<Index>(model.validation * static_cast<double>(data.rows()));
  auto walk = slow<T>(data, data.rows() - held_out, model);
  T least = walk.error();
  Chosen chosen;
  while (chosen.tried < model.most && chosen.tried - chosen.rounds < model.patience) {
    walk.round();
    ++chosen.tried;
    const T error = walk.error();
    if (error < least) least = error, chosen.rounds = chosen.tried;
  }
  return chosen;
}

// y = 1 where the first column is above 0.3, -1/2 where the second is below -1, and noise.
Data steps_problem(Index n, Index d, std::uint64_t seed, double noise) {
  const Stream stream(seed);
  Matrix x = gaussian_matrix(n, d, stream.child("x"));
  Vector y = noise * gaussian_matrix(n, 1, stream.child("noise"));
  y.array() += (x.col(0).array() > 0.3).cast<double>() - 0.5 * (x.col(1).array() < -1).cast<double>();
  return {std::move(x), std::move(y)};
}

double mean_square(const Vector& v) {
  return v.squaredNorm() / static_cast<double>(v.size());
}

TEST(BoostedStumps, TakeTheRoundsOfTheObviousAlgorithm) {
  for (auto [n, d] : {std::pair{40, 7}, {300, 3}, {9, 30}})
    for (const char* loss : {"squared", "logistic"}) {
      const BoostedStumps model{.rounds = 30.0, .learning_rate = 0.3, .bins = 10, .loss = loss};
      const Data data = as_read_by(Model(model), gaussian_problem(n, d, 1));
      const auto walk = slow<double>(data, 30, n, model);
      const Vector expected = Eigen::Map<const Vector>(walk.scores.data(), n);
      const Fit fitted = fit(model, data);
      EXPECT_LE((fitted.predict.score(data.dense()) - expected).norm(), 1e-11 * expected.norm()) << loss << n;
      EXPECT_EQ(fitted.report.iterations, 30);
      EXPECT_EQ(fitted.report.message, "");
    }
}

// All columns and all places between neighbours are tried.
TEST(BoostedStumps, OneStumpIsTheBestOfAll) {
  for (std::uint64_t seed = 2; seed < 6; ++seed) {
    const Data data = gaussian_problem(30, 6, seed);
    double least = infinity;
    for (Index j = 0; j < 6; ++j)
      for (Index k = 0; k < 30; ++k) {
        const auto right = (data.dense().col(j).array() > data.dense()(k, j)).cast<double>().eval();
        if (right.sum() == 0) continue;
        const double r = (data.y().array() * right).sum() / right.sum();
        const double l = (data.y().array() * (1 - right)).sum() / (1 - right).sum();
        least = std::min(least, (data.y().array() - l - (r - l) * right).matrix().squaredNorm());
      }
    const Fit fitted = fit(BoostedStumps{.rounds = 1.0, .learning_rate = 1}, data);
    EXPECT_NEAR((data.y() - fitted.predict.score(data.dense())).squaredNorm(), least, 1e-10);
    EXPECT_EQ(fitted.report.parameters, 2);
  }
}

TEST(BoostedStumps, EveryRoundLowersTheTrainingLoss) {
  for (const char* loss : {"squared", "logistic"}) {
    double before = infinity;
    for (const double rounds : {0, 1, 2, 5, 10, 50}) {
      const BoostedStumps model{.rounds = rounds, .loss = loss};
      const Data data = as_read_by(Model(model), gaussian_problem(100, 5, 7));
      const Vector scores = fit(model, data).predict.score(data.dense());
      const double error =
          model.reads_classes() ? mean_log_loss(scores, data.y()) : mean_square(data.y() - scores);
      EXPECT_LT(error, before) << loss << rounds;
      before = error;
    }
  }
}

TEST(BoostedStumps, WithoutRoundsIsTheMeanOrTheLogOdds) {
  const Data data = gaussian_problem(40, 2, 8), classes = as_classes(data);
  const double ones = classes.y().sum();
  EXPECT_NEAR(fit(BoostedStumps{.rounds = 0.0}, data).predict.score(data.dense())(0), data.y().mean(), 1e-14);
  EXPECT_NEAR(fit(BoostedStumps{.rounds = 0.0, .loss = "logistic"}, classes).predict.score(data.dense())(0),
              std::log((ones + 0.5) / (40.5 - ones)), 1e-14);
}

// One column of few values: rounds come to the means of the labels at each, geometrically.
TEST(BoostedStumps, ConvergeToTheMeansAtEveryValue) {
  Matrix x(60, 1);
  for (Index i = 0; i < 60; ++i) x(i, 0) = static_cast<double>(i % 4);
  const Data data = data_of(x, gaussian_problem(60, 1, 9).y());
  const Fit fitted = fit(BoostedStumps{.rounds = 500.0, .learning_rate = 0.5}, data);
  for (Index value = 0; value < 4; ++value) {
    double mean = 0;
    for (Index i = value; i < 60; i += 4) mean += data.y()(i) / 15;
    EXPECT_NEAR(fitted.predict.score(data.dense())(value), mean, 1e-9);
  }
  EXPECT_EQ(fitted.report.parameters, 4);
}

// The log odds of each value of a column are those of its share of ones, once rounds are many.
TEST(BoostedStumps, LogOddsConvergeToThoseOfTheShares) {
  Matrix x(90, 1);
  Vector y(90);
  for (Index i = 0; i < 90; ++i) {
    x(i, 0) = static_cast<double>(i % 3);
    y(i) = i / 3 < 6 + 9 * (i % 3) ? 1 : 0;  // 6, 15 and 24 of 30
  }
  const Fit fitted =
      fit(BoostedStumps{.rounds = 2000.0, .learning_rate = 0.5, .loss = "logistic"}, classes_of(x, y));
  const Vector scores = fitted.predict.score(x);
  EXPECT_NEAR(scores(0), std::log(0.25), 1e-9);
  EXPECT_NEAR(scores(1), 0, 1e-9);
  EXPECT_NEAR(scores(2), std::log(4), 1e-9);
}

// Between quantiles of 20,000 rows the step is missed by at most 1/256 of them; both means err by about sigma/sqrt(n/2).
TEST(BoostedStumps, FindAStep) {
  constexpr Index n = 20000;
  const Data data = steps_problem(n, 3, 10, 1);
  const Fit fitted = fit(BoostedStumps{.rounds = 1.0, .learning_rate = 1, .bins = 256}, data);
  const Vector levels = fitted.predict.score((Matrix(2, 3) << -3, 0, 0, 3, 0, 0).finished());
  EXPECT_NEAR(levels(1) - levels(0), 1, 5 * std::sqrt(4.0 / n) + 2.0 / 256);
}

// The risk of a sum of two steps falls towards 0 as rows grow: 16 times as many, at most half of it.
TEST(BoostedStumps, ErrLessWithMoreRows) {
  const Data fresh = steps_problem(4000, 6, 11, 0);
  double few = 0, many = 0;
  for (std::uint64_t seed = 0; seed < 5; ++seed) {
    const auto risk = [&](Index n) {
      const Fit fitted = fit(BoostedStumps{}, steps_problem(n, 6, 100 + seed, 0.5));
      return mean_square(fitted.predict.score(fresh.dense()) - fresh.y());
    };
    few += risk(200), many += risk(3200);
  }
  EXPECT_LT(many, few / 2);
  EXPECT_LT(many / 5, 0.02);
}

// Where noise is all there is, the risk of the rounds chosen is below that of all, by five standard errors of the mean.
TEST(BoostedStumps, StopEarlyOnNoise) {
  constexpr int kFits = 20;
  Vector gains(kFits);
  for (int k = 0; k < kFits; ++k) {
    const Stream stream = Stream(12).child(static_cast<std::uint64_t>(k));
    const Data data =
        data_of(gaussian_matrix(200, 5, stream.child("x")), gaussian_matrix(200, 1, stream.child("y")));
    const Matrix fresh = gaussian_matrix(500, 5, stream.child("fresh"));
    const auto risk = [&](const BoostedStumps& model) {
      return mean_square(fit(model, data).predict.score(fresh));
    };
    gains(k) = risk(BoostedStumps{.rounds = 500.0}) - risk(BoostedStumps{.most = 500});
  }
  const double deviation = std::sqrt((gains.array() - gains.mean()).square().sum() / (kFits - 1));
  EXPECT_GT(gains.mean(), 5 * deviation / std::sqrt(kFits));
}

TEST(BoostedStumps, ChooseTheRoundsOfTheObviousAlgorithm) {
  for (const char* loss : {"squared", "logistic"})
    for (std::uint64_t seed = 15; seed < 18; ++seed) {
      const BoostedStumps model{.bins = 8, .loss = loss, .most = 60, .patience = 7};
      const Data data = as_read_by(Model(model), gaussian_problem(50, 4, seed));
      const Chosen chosen = choose<double>(data, model);
      const Fit fitted = fit(model, data);
      EXPECT_EQ(fitted.report.iterations, chosen.rounds) << loss << seed;
      EXPECT_EQ(fitted.report.status,
                chosen.tried - chosen.rounds == 7 ? FitStatus::converged : FitStatus::iteration_limit);
    }
}

TEST(BoostedStumps, SayThatMoreRoundsMayDoBetter) {
  const Fit fitted = fit(BoostedStumps{.learning_rate = 0.01, .most = 20}, steps_problem(500, 3, 19, 0.1));
  EXPECT_EQ(fitted.report.status, FitStatus::iteration_limit);
  EXPECT_EQ(fitted.report.message, "the best of 20 rounds is among the last 50: more may do better");
}

TEST(BoostedStumps, OfEqualColumnsTakeTheFirst) {
  const Data data = gaussian_problem(50, 3, 20);
  Matrix x(50, 6);
  x << data.dense(), data.dense();
  const Fit once = fit(BoostedStumps{.rounds = 20.0}, data),
            twice = fit(BoostedStumps{.rounds = 20.0}, data_of(x, data.y()));
  Matrix changed = x;
  changed.rightCols(3).setZero();
  EXPECT_EQ(twice.predict.score(changed), once.predict.score(data.dense()));
}

TEST(BoostedStumps, DoNotDependOnTheUnitsOfColumns) {
  const Data data = gaussian_problem(80, 4, 21);
  Matrix x = data.dense();
  x.col(0) *= 1024, x.col(1) *= 0x1p-300, x.col(3) *= 0x1p300;
  EXPECT_EQ(fit(BoostedStumps{}, data_of(x, data.y())).predict.score(x),
            fit(BoostedStumps{}, data).predict.score(data.dense()));
}

TEST(BoostedStumps, OfOneClassAreAConstant) {
  const Data rows = gaussian_problem(20, 3, 22);
  for (const double label : {0, 1}) {
    const Data data = classes_of(rows.dense(), Vector::Constant(20, label));
    const Fit fitted = fit(BoostedStumps{.loss = "logistic"}, data);
    EXPECT_NEAR(fitted.predict.score(data.dense())(7), (label > 0 ? 1 : -1) * std::log(41), 1e-14);
    EXPECT_EQ(fitted.report.parameters, 1);
  }
}

TEST(BoostedStumps, OfClassesThatSplitTakeBoundedSteps) {
  Matrix x(40, 1);
  for (Index i = 0; i < 40; ++i) x(i, 0) = static_cast<double>(i);
  const Vector y = (x.col(0).array() > 19).cast<double>();
  const Fit fitted = fit(BoostedStumps{.rounds = 1000.0, .loss = "logistic"}, classes_of(x, y));
  EXPECT_TRUE(fitted.predict.score(x).allFinite());
  EXPECT_EQ((fitted.predict.score(x).array() > 0).cast<double>().matrix(), y);
}

TEST(BoostedStumps, FailOnNumbersThatAreNotFinite) {
  const Data data = gaussian_problem(30, 3, 23);
  Matrix x = data.dense();
  x(7, 1) = INFINITY;
  EXPECT_EQ(fit(BoostedStumps{}, data_of(x, data.y())).report.status, FitStatus::failed);
  EXPECT_EQ(fit(BoostedStumps{}, data_of(data.dense(), data.y() * NAN)).report.status, FitStatus::failed);
}

TEST(BoostedStumps, RefuseWhatTheyCannotUse) {
  const Data data = gaussian_problem(30, 3, 24);
  EXPECT_THROW(fit(BoostedStumps{.rounds = 1.5}, data), InvalidInput);
  EXPECT_THROW(fit(BoostedStumps{.bins = 257}, data), InvalidInput);
  EXPECT_THROW(fit(BoostedStumps{.learning_rate = 0}, data), InvalidInput);
  EXPECT_THROW(fit(BoostedStumps{.loss = "logistic"}, data), InvalidInput);
  EXPECT_THROW(BoostedStumps{}.fit(as_classes(data), Stream(1)), InvalidInput);
  EXPECT_THROW(fit(BoostedStumps{}, data.prefix(1)), InvalidInput);
  EXPECT_NO_THROW(fit(BoostedStumps{.rounds = 5.0}, data.prefix(1)));
  EXPECT_THROW(fit(BoostedStumps{.loss = "logistic"}, classes_of(data.dense(), Vector(data.y()))),
               InvalidInput);
}

// Seven of ten rows have the larger value, and then the smaller one: what is rare is found on either side.
TEST(BoostedStumps, SplitColumnsOfTwoValuesWhicheverIsRare) {
  for (const double rare : {0.0, 1.0}) {
    Matrix x = Matrix::Constant(40, 1, 1 - rare);
    x.topRows(12).setConstant(rare);
    const Fit fitted = fit(BoostedStumps{.rounds = 50.0, .bins = 2}, Data(x, 5 * x.col(0)));
    EXPECT_LT((fitted.predict.score(x) - 5 * x.col(0)).cwiseAbs().maxCoeff(), 0.1) << rare;
  }
}

TEST(BoostedStumps, AreBilledWhatTheObviousAlgorithmCounts) {
  using T = CountingScalar;
  for (auto [n, d] : {std::pair{40, 7}, {9, 12}})
    for (const char* loss : {"squared", "logistic"}) {
      const BoostedStumps model{.rounds = 6.0, .bins = 5, .loss = loss};
      const Data data = as_read_by(Model(model), gaussian_problem(n, d, 25));
      EXPECT_EQ(fit(model, data).report.cost.fit_flops,
                count_flops([&, rows = n] { slow<T>(data, 6, rows, model); }))
          << loss << n;
      const BoostedStumps validated{.bins = 5, .loss = loss, .validation = 0.25, .most = 9};
      EXPECT_EQ(fit(validated, data).report.cost.tuning_flops,
                count_flops([&] { choose<T>(data, validated); }))
          << loss << n;
    }
}

// Rounds that cut at one place are one jump.
TEST(BoostedStumps, BillAPredictionByTheirJumps) {
  Matrix x = Matrix::Constant(40, 1, 1);
  x.topRows(12).setConstant(0);
  EXPECT_EQ(fit(BoostedStumps{.rounds = 50.0, .bins = 2}, Data(x, 5 * x.col(0))).predict.score_flops(), 1);
  EXPECT_EQ((detail::StumpRule{1, {{0, 0.5, 2}, {0, 1.5, 1}, {3, 0.5, -1}}}.score_flops()), 3);
}

}  // namespace
}  // namespace quartic::boosted_stumps_test
