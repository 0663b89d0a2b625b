#include "models/rules/rule_list.hpp"

#include <gtest/gtest.h>

#include <numbers>

#include "core/require.hpp"
#include "models/linear/least_squares.hpp"
#include "models/on_columns.hpp"
#include "tests/support/class_problem.hpp"
#include "tests/support/reference/rule_list.hpp"

namespace quartic::rule_list_test {
namespace {

Matrix votes_of(const Matrix& x) {
  return x.unaryExpr([](double number) { return number > 0 ? 1.0 : number < 0 ? -1.0 : 0.0; });
}

// Columns that speak for and against in turns.
Data mixed_problem(Index n, Index d, std::uint64_t seed) {
  const Data data = gaussian_problem(n, d, seed);
  Matrix x = data.dense();
  for (Index j = 1; j < d; j += 2) x.col(j) *= -1;
  return data_of(x, data.y().array() + 3);
}

double share_wrong(const Vector& scores, const Vector& y) {
  return ((scores.array() > 0) != (y.array() > 0)).cast<double>().mean();
}

TEST(RuleList, FixedVotesAreTheMeanVoteAndLearnNothing) {
  Matrix x(3, 4);
  x << 1, -2, 0, 3, -1, -1, -1, 5, 0, 0, 0, 0;
  const Fit fitted = fit(RuleList{.votes = "fixed"}, data_of(x, Vector::Constant(3, -9)));
  EXPECT_EQ(fitted.predict.score(x), Vector(Eigen::Vector3d(0.25, -0.5, 0)));
  EXPECT_EQ(fitted.report.parameters, 0);
  EXPECT_EQ(fitted.report.cost.fit_flops, 0);
  EXPECT_EQ(fitted.predict.linear(), nullptr);
}

TEST(RuleList, SignsAndTheirLineAreThoseOfTheObviousCount) {
  for (auto [n, d] : {std::pair{40, 7}, {9, 30}, {300, 1}}) {
    const Data data = mixed_problem(n, d, 1);
    const auto expected =
        reference::signed_votes(grid_of<double>(data.dense()), numbers_of<double>(data.y()));
    const Vector weights = Eigen::Map<const Vector>(expected.coefficients.data(), d);
    const Vector scores = (votes_of(data.dense()) * weights).array() + expected.intercept;
    const Fit fitted = fit(RuleList{}, data);
    EXPECT_LE((fitted.predict.score(data.dense()) - scores).norm(), 1e-12 * scores.norm());
    EXPECT_EQ(fitted.report.parameters, d + 2);
  }
}

TEST(RuleList, LearnedWeightsAreLeastSquaresOnTheVotes) {
  for (auto [n, d] : {std::pair{40, 7}, {9, 30}}) {
    const Data data = mixed_problem(n, d, 2);
    const Data votes = data_of(votes_of(data.dense()), data.y());
    const Fit expected = fit(LeastSquares{.intercept = true}, votes);
    const Fit fitted = fit(RuleList{.votes = "learned"}, data);
    EXPECT_LE((fitted.predict.score(data.dense()) - expected.predict.score(votes.dense())).norm(), 1e-11);
    EXPECT_TRUE(same_report(fitted, expected));
    EXPECT_EQ(fitted.report.parameters, d + 1);
  }
}

TEST(RuleList, AColumnThatGoesWithNothingAbstains) {
  Matrix x(4, 2);
  x << 1, 1, 1, -1, -1, 1, -1, -1;
  const Fit fitted = fit(RuleList{}, data_of(x, Eigen::Vector4d(2, 2, 0, 0)));
  EXPECT_EQ(fitted.predict.score(x), Vector(Eigen::Vector4d(2, 2, 0, 0)));
}

// Of y = x + z the best slope in sign x is E|x| = sqrt(2/pi), and y less that times sign x has variance 2 - 2/pi.
TEST(RuleList, SlopeTendsToTheMeanAbsoluteColumn) {
  constexpr Index n = 20000;
  const Data data = gaussian_problem(n, 1, 3);
  const Fit fitted = fit(RuleList{}, data);
  const Vector scores = fitted.predict.score(Matrix(Eigen::Vector2d(1, -1)));
  const double error = std::sqrt((2 - 2 / std::numbers::pi) / n);
  EXPECT_NEAR((scores(0) - scores(1)) / 2, std::sqrt(2 / std::numbers::pi), 5 * error);
  EXPECT_NEAR((scores(0) + scores(1)) / 2, 0, 5 * error);
}

// sign x misses the sign of x + z, correlation 1/sqrt 2, in arccos(1/sqrt 2)/pi = a quarter of rows (Sheppard 1899).
TEST(RuleList, OneColumnErrsAsOftenAsSheppardSays) {
  constexpr Index n = 20000;
  const Data classes = as_classes(gaussian_problem(n, 1, 4));
  for (const char* votes : {"fixed", "signs", "learned"}) {
    const Fit fitted = fit(Model(RuleList{.votes = votes}), classes);
    const double wrong = share_wrong(fitted.predict.score(classes.dense()), classes.y());
    EXPECT_NEAR(wrong, 0.25, 5 * std::sqrt(0.25 * 0.75 / n)) << votes;
  }
}

// Nine columns with equal shares of the log odds: all of them tell more than one.
TEST(RuleList, MoreColumnsErrLess) {
  const Data rows = logistic_problem(4000, 9, 4, 5);
  const std::array<Index, 1> one = {0};
  const Fit alone = fit(on_columns(Model(RuleList{.votes = "fixed"}), {one.begin(), one.end()}), rows);
  const Fit all = fit(Model(RuleList{.votes = "fixed"}), rows);
  const double difference = share_wrong(alone.predict.score(rows.dense()), rows.y()) -
                            share_wrong(all.predict.score(rows.dense()), rows.y());
  EXPECT_GT(difference, 5 * std::sqrt(0.5 / 4000));
}

TEST(RuleList, SignsTellWhatAnExpertWithWrongSignsCannot) {
  const Data classes = as_classes(mixed_problem(2000, 8, 6));
  const Data centred = as_classes(data_of(classes.dense(), mixed_problem(2000, 8, 6).y().array() - 3));
  const auto wrong = [&](const char* votes) {
    const Fit fitted = fit(Model(RuleList{.votes = votes}), centred);
    return share_wrong(fitted.predict.score(centred.dense()), centred.y());
  };
  EXPECT_NEAR(wrong("fixed"), 0.5, 0.1);
  EXPECT_LT(wrong("signs"), 0.33);
}

TEST(RuleList, TakesLabelsThatAreAllTheSame) {
  const Data data = gaussian_problem(20, 4, 7);
  for (const char* votes : {"signs", "learned"}) {
    const Fit fitted = fit(RuleList{.votes = votes}, data_of(data.dense(), Vector::Constant(20, 2)));
    EXPECT_LE((fitted.predict.score(data.dense()) - Vector::Constant(20, 2)).norm(), 1e-12) << votes;
  }
}

TEST(RuleList, FailsOnLabelsThatAreNotFinite) {
  const Data data = gaussian_problem(20, 4, 8);
  EXPECT_EQ(fit(RuleList{}, data_of(data.dense(), data.y() * NAN)).report.status, FitStatus::failed);
}

TEST(RuleList, RefusesWhatItCannotUse) {
  const Data data = gaussian_problem(20, 4, 9);
  EXPECT_THROW(fit(RuleList{.votes = "none"}, data), InvalidInput);
  EXPECT_THROW(fit(RuleList{}, data.prefix(0)), InvalidInput);
  EXPECT_THROW(fit(RuleList{}, data_of(Matrix(3, 0), Vector::Zero(3))), InvalidInput);
  EXPECT_THROW(RuleList{}.fit(as_classes(data), Stream(1)), InvalidInput);
}

TEST(RuleList, IsBilledWhatTheObviousCountCounts) {
  using T = CountingScalar;
  for (auto [n, d] : {std::pair{40, 7}, {9, 30}, {2, 1}}) {
    const Data data = mixed_problem(n, d, 10);
    EXPECT_EQ(fit(RuleList{}, data).report.cost.fit_flops, count_flops([&] {
                reference::signed_votes(grid_of<T>(data.dense()), numbers_of<T>(data.y()));
              }));
  }
}

TEST(RuleList, BillsAPredictionByItsVotes) {
  const Data data = mixed_problem(40, 7, 11);
  EXPECT_EQ(fit(RuleList{.votes = "fixed"}, data).predict.score_flops(), 7);
  EXPECT_EQ(fit(RuleList{}, data).predict.score_flops(), 7 + 1);
  Matrix x(4, 2);
  x << 1, 1, 1, -1, -1, 1, -1, -1;
  EXPECT_EQ(fit(RuleList{}, data_of(x, Eigen::Vector4d(2, 2, 0, 0))).predict.score_flops(), 1 + 1);
}

}  // namespace
}  // namespace quartic::rule_list_test
