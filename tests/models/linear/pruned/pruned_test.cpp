#include "models/linear/pruned/pruned.hpp"

#include <gtest/gtest.h>

#include "core/require.hpp"
#include "models/linear/least_squares.hpp"
#include "models/linear/pruned/flops.hpp"
#include "models/linear/ridge/ridge.hpp"
#include "tests/support/linear_problem.hpp"
#include "tests/support/reference/pruned.hpp"
#include "tests/support/thrown_message.hpp"

namespace quartic::pruned_test {
namespace {

using support::thrown_message;

const Vector& coefficients(const Fit& fit) {
  return fit.predict.linear()->coefficients;
}

Index count_kept(const Fit& fit) {
  return (coefficients(fit).array() != 0).count();
}

// Coefficients 10, 9, ..., 1, 0, 0, ...: which are the largest is beyond doubt.
Data sloping(Index n, Index d, std::uint64_t seed) {
  Matrix x = gaussian_matrix(n, d, Stream(seed).child("x"));
  Vector y = 0.1 * gaussian_matrix(n, 1, Stream(seed).child("noise"));
  for (Index j = 0; j < std::min<Index>(d, 10); ++j) y += static_cast<double>(10 - j) * x.col(j);
  return {std::move(x), std::move(y)};
}

TEST(Pruned, IsTheSlowFitOfWhatEachRoundKeeps) {
  for (auto [n, d] : {std::pair{60, 16}, {16, 60}, {30, 16}}) {
    const Data data = gaussian_problem(n, d, 3);
    const auto x = grid_of<double>(data.dense());
    const auto y = numbers_of<double>(data.y());
    const auto eighth = static_cast<std::size_t>((d + 7) / 8),
               quarter = static_cast<std::size_t>((d + 3) / 4), half = static_cast<std::size_t>((d + 1) / 2);
    const auto once = reference::pruned(x, y, {eighth});
    const auto thrice = reference::pruned(x, y, {half, quarter, eighth});
    const Fit one_shot = fit(Pruned{.keep = 0.125}, data),
              iterative = fit(Pruned{.keep = 0.125, .rounds = 3}, data);
    EXPECT_LE((coefficients(one_shot) - Eigen::Map<const Vector>(once.data(), d)).norm(), 1e-9) << n;
    EXPECT_LE((coefficients(iterative) - Eigen::Map<const Vector>(thrice.data(), d)).norm(), 1e-9) << n;
  }
}

TEST(Pruned, BillsEveryFitToTheFlop) {
  for (auto [n, d] : {std::pair{20, 8}, {6, 16}}) {
    const Data data = gaussian_problem(n, d, 4);
    const auto x = grid_of<CountingScalar>(data.dense());
    const auto y = numbers_of<CountingScalar>(data.y());
    const auto half = static_cast<std::size_t>(d / 2), quarter = static_cast<std::size_t>(d / 4);
    const Fit one_shot = fit(Pruned{.keep = 0.25}, data),
              iterative = fit(Pruned{.keep = 0.25, .rounds = 2}, data);
    EXPECT_EQ(one_shot.report.cost.fit_flops, count_flops([&] { reference::pruned(x, y, {quarter}); }));
    EXPECT_EQ(iterative.report.cost.fit_flops, count_flops([&] {
                reference::pruned(x, y, {half, quarter});
              }));
    EXPECT_EQ(iterative.report.cost.tuning_flops, 0);
    const Fit unfitted = fit(Pruned{.keep = 0.25, .refit = false}, data);
    EXPECT_EQ(unfitted.report.cost.fit_flops, LeastSquares{}.fit_flops(n, d));
  }
}

TEST(Pruned, WithoutARefitIsHardThresholding) {
  const Data data = gaussian_problem(100, 30, 5);
  const Vector b = coefficients(fit(LeastSquares{}, data));
  const Fit pruned = fit(Pruned{.threshold = 0.15, .refit = false}, data);
  const Vector expected = (b.array().abs() >= 0.15).select(b, 0.0);
  EXPECT_EQ(coefficients(pruned), expected);
  EXPECT_EQ(pruned.report.parameters, (expected.array() != 0).count());
  EXPECT_TRUE(std::isnan(pruned.report.certificate));
}

TEST(Pruned, KeepsTheLargestAndRunsAtTheirPrice) {
  const Data data = sloping(80, 40, 6);
  for (const Index rounds : {1, 3}) {
    const Fit pruned = fit(Pruned{.keep = 0.1, .rounds = rounds}, data);
    EXPECT_TRUE((coefficients(pruned).head(4).array() != 0).all());
    EXPECT_EQ(count_kept(pruned), 4);
    EXPECT_EQ(pruned.report.parameters, 4);
    EXPECT_EQ(pruned.report.iterations, rounds);
    EXPECT_EQ(pruned.predict.score_flops(), 8);
  }
  EXPECT_EQ(count_kept(fit(Pruned{.threshold = 5.5}, data)), 5);
  // A share as decimals have it is not one column more by rounding; and one column always stays.
  EXPECT_EQ(count_kept(fit(Pruned{.keep = 0.3, .rounds = 7}, sloping(80, 10, 6))), 3);
  EXPECT_EQ(count_kept(fit(Pruned{.keep = 1e-9}, data)), 1);
}

TEST(Pruned, KeepingAllIsTheBase) {
  const Data data = gaussian_problem(50, 20, 7);
  EXPECT_TRUE(same_bits(fit(Pruned{.keep = 1.0}, data), fit(LeastSquares{}, data)));
  EXPECT_TRUE(same_bits(fit(Pruned{.base = "ridge", .keep = 1.0, .intercept = true}, data),
                        fit(Ridge{.intercept = true}, data)));
}

TEST(Pruned, RefitsRidgeWithAPenaltyOfItsOwn) {
  const Data data = sloping(40, 20, 8);
  const Fit pruned = fit(Pruned{.base = "ridge", .keep = 0.1}, data);
  const std::vector<Index> two = {0, 1};
  const Fit dense = fit(Ridge{}, data), refitted = fit(Ridge{}, data.restrict(two));
  EXPECT_EQ(coefficients(pruned)(two), coefficients(refitted));
  EXPECT_EQ(pruned.report.cost.fit_flops, dense.report.cost.fit_flops + refitted.report.cost.fit_flops);
  EXPECT_EQ(pruned.report.cost.tuning_flops,
            dense.report.cost.tuning_flops + refitted.report.cost.tuning_flops);
}

TEST(Pruned, HeldOutKeepsWhatTheLastFifthLikesAndBillsEveryTrial) {
  const Data data = sloping(100, 64, 9);
  const Fit chosen = fit(Pruned{.keep = "held_out"}, data);
  EXPECT_EQ(count_kept(chosen), 16);  // 8 are too few for ten
  EXPECT_EQ(chosen.report.message, "keeps 0.25");
  EXPECT_TRUE(coefficients(chosen) == coefficients(fit(Pruned{.keep = 0.25}, data)));
  const double dense = LeastSquares{}.fit_flops(80, 64);
  double tuning = dense;  // which serves all
  for (const double keep : {1.0, 0.5, 0.25, 0.125, 0.0625, 0.03125}) {
    const Fit trial = fit(Pruned{.keep = keep}, data.prefix(80));
    const auto kept = static_cast<double>(trial.report.parameters);
    tuning += trial.report.cost.fit_flops - dense + detail::pruned_flops::judge(20, kept, 0);
  }
  EXPECT_EQ(chosen.report.cost.tuning_flops, tuning);
  EXPECT_EQ(count_kept(fit(Pruned{.keep = "held_out"}, data.prefix(1))), 64);
}

TEST(Pruned, JudgesAtThePriceOfTheSlowError) {
  const auto x = grid_of<CountingScalar>(gaussian_matrix(7, 3, Stream(1)));
  const auto y = numbers_of<CountingScalar>(Vector(gaussian_matrix(7, 1, Stream(2))));
  for (const bool intercept : {false, true}) {
    const double counted = count_flops([&] {
      auto scores = reference::product(x, reference::Numbers<CountingScalar>(3, 0.5));
      if (intercept)
        for (CountingScalar& score : scores) score += CountingScalar(0.25);
      const auto residual = reference::difference(scores, y);
      return reference::dot(residual, residual) / CountingScalar(7);
    });
    EXPECT_EQ(detail::pruned_flops::judge(7, 3, intercept ? 1 : 0), counted);
  }
}

TEST(Pruned, RefusesToCutEverything) {
  const Data data = gaussian_problem(50, 20, 10);
  EXPECT_THROW(fit(Pruned{.keep = 0.0}, data), InvalidInput);
  EXPECT_THROW(fit(Pruned{.keep = 1.5}, data), InvalidInput);
  const Fit nothing = fit(Pruned{.threshold = 100}, data);
  EXPECT_EQ(count_kept(nothing), 0);
  EXPECT_EQ(nothing.report.parameters, 0);
  EXPECT_NE(nothing.report.message.find("threshold = 100 cuts every column"), std::string::npos);
  EXPECT_NE(
      thrown_message([&] { fit(Pruned{.refit = false, .intercept = true}, data); }).find("Set refit = true"),
      std::string::npos);
  EXPECT_NE(thrown_message([&] { fit(Pruned{.rounds = 2, .refit = false}, data); }).find("Set refit = true"),
            std::string::npos);
}

}  // namespace
}  // namespace quartic::pruned_test
