#include "models/linear/sgd/linear_sgd.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "core/require.hpp"
#include "models/linear/sgd/flops.hpp"
#include "models/linear/sgd/run.hpp"
#include "models/optim/row_order.hpp"
#include "tests/support/linear_problem.hpp"
#include "tests/support/reference/sgd.hpp"

namespace quartic::linear_sgd_test {
namespace {

constexpr const char* averages[] = {"last", "all", "tail"};

const Vector& coefficients(const Fit& fit) {
  return fit.predict.linear()->coefficients;
}

Vector vector_of(const std::vector<double>& numbers) {
  return Eigen::Map<const Vector>(numbers.data(), std::ssize(numbers));
}

// The slow reference of one pass.
Vector slow(const Data& data, double step, const std::string& average) {
  const auto iterates =
      reference::sgd_iterates(grid_of<double>(data.dense()), numbers_of<double>(data.y()), step);
  return vector_of(reference::averaged(iterates, average));
}

RowSource source_of(const Data& data) {
  return {data.columns(), data.task(), [data](Range rows) {
            return Data(data.block(rows, {0, data.columns()}), data.y().segment(rows.first, rows.count));
          }};
}

TEST(LinearSgd, TakesTheStepsOfTheObviousAlgorithm) {
  for (auto [n, p] : {std::pair{1, 1}, {2, 3}, {7, 5}, {300, 40}})
    for (const char* average : averages) {
      const Data data = gaussian_problem(n, p, 1);
      const double step = 0.3 / p;
      const Fit fast = fit(LinearSgd{.step = step, .average = average}, data);
      const Vector expected = slow(data, step, average);
      EXPECT_LE((coefficients(fast) - expected).norm(), 1e-13 * expected.norm()) << n << average;
      EXPECT_EQ(fast.report.status, FitStatus::converged);
      EXPECT_EQ(fast.report.iterations, n);
      EXPECT_EQ(fast.report.parameters, p);
    }
}

TEST(LinearSgd, AutomaticStepIsAQuarterOfTheMeanSquaredLength) {
  for (Index n : {1, 20, 256, 400}) {
    const Data data = gaussian_problem(n, 6, 2);
    const double step = reference::automatic_step(grid_of<double>(data.dense()));
    const Fit automatic = fit(LinearSgd{}, data), given = fit(LinearSgd{.step = step}, data);
    EXPECT_LE((coefficients(automatic) - coefficients(given)).norm(), 1e-13 * coefficients(given).norm())
        << n;
  }
}

TEST(LinearSgd, FitsACurveInOnePassWithTheBitsOfBareFits) {
  const Data data = gaussian_problem(700, 30, 3);
  const std::vector<Index> sizes = {1, 2, 3, 50, 51, 100, 255, 256, 257, 300, 512, 699, 700};
  for (const NumberOrWord& step : {NumberOrWord("auto"), NumberOrWord(0.01)})
    for (const char* average : averages) {
      const LinearSgd sgd{.step = step, .average = average};
      const auto curve = fit_prefixes(sgd, data, sizes);
      ASSERT_EQ(curve.size(), sizes.size());
      for (std::size_t k = 0; k < sizes.size(); ++k)
        EXPECT_TRUE(same_bits(curve[k], fit(sgd, data.prefix(sizes[k])))) << sizes[k] << average;
    }
}

TEST(LinearSgd, FitsAStreamWithTheBitsOfTheRowsHeldWhole) {
  const Data data = gaussian_problem(700, 30, 3);
  const std::vector<Index> sizes = {1, 50, 256, 257, 512, 700};
  for (const char* average : averages) {
    const LinearSgd sgd{.average = average};
    const auto held = fit_prefixes(sgd, data, sizes);
    const auto drawn = Model(sgd).fit_stream(source_of(data), sizes, Stream(1));
    ASSERT_EQ(drawn.size(), sizes.size());
    for (std::size_t k = 0; k < sizes.size(); ++k) EXPECT_TRUE(same_bits(held[k], drawn[k])) << sizes[k];
  }
  EXPECT_TRUE(LinearSgd{}.fit_stream(source_of(data), {}, Stream(1)).empty());
}

TEST(LinearSgd, DrawsEachRowOfAStreamOnceAndFewAtATime) {
  const Data data = gaussian_problem(1000, 3, 4);
  Index next = 0;
  RowSource source = source_of(data);
  source.rows = [&, rows = source.rows](Range range) {
    EXPECT_EQ(range.first, next);
    EXPECT_LE(range.count, 256);
    next += range.count;
    return rows(range);
  };
  const std::vector<Index> sizes = {10, 777};
  LinearSgd{}.fit_stream(source, sizes, Stream(1));
  EXPECT_EQ(next, 777);
}

TEST(LinearSgd, FurtherPassesTakeEveryRowInANewOrder) {
  const Data data = gaussian_problem(40, 5, 5);
  const LinearSgd sgd{.step = 0.02, .passes = 3, .average = "tail"};
  const Stream stream = Stream(1).child("fit");
  std::vector<Index> order(40);
  for (Index i = 0; i < 40; ++i) order[static_cast<std::size_t>(i)] = i;
  for (std::uint64_t pass : {1, 2})
    for (Index i : shuffled_rows(40, stream.child(pass))) order.push_back(i);
  Matrix x(120, 5);
  Vector y(120);
  for (Index k = 0; k < 120; ++k) {
    x.row(k) = data.dense().row(order[static_cast<std::size_t>(k)]);
    y(k) = data.y()(order[static_cast<std::size_t>(k)]);
  }
  const Fit fitted = fit(sgd, data);
  const Vector expected = slow(data_of(x, y), 0.02, "tail");
  EXPECT_LE((coefficients(fitted) - expected).norm(), 1e-13 * expected.norm());
  EXPECT_EQ(fitted.report.iterations, 120);
}

TEST(LinearSgd, FitsManyPassesAsItFitsThemAlone) {
  const Data data = gaussian_problem(90, 10, 6);
  const Model sgd = LinearSgd{.passes = 4};
  const std::vector<Index> sizes = {1, 30, 90};
  const auto curve = fit_prefixes(sgd, data, sizes);
  for (std::size_t k = 0; k < sizes.size(); ++k) {
    Stream stream = Stream(1).child("curve").child(static_cast<std::uint64_t>(sizes[k]));
    EXPECT_TRUE(same_bits(curve[k], sgd.fit(data.prefix(sizes[k]), std::move(stream)))) << sizes[k];
  }
}

TEST(LinearSgd, ApproachesLeastSquaresOverManyPasses) {
  const Data noisy = gaussian_problem(60, 4, 7);
  const Data data = data_of(noisy.dense(), noisy.dense() * Vector::Ones(4));
  const Fit few = fit(LinearSgd{.passes = 2}, data), many = fit(LinearSgd{.passes = 40}, data);
  EXPECT_LE((coefficients(many) - Vector::Ones(4)).norm(), 1e-6);
  EXPECT_LT(many.report.certificate, 1e-6);
  EXPECT_GT(few.report.certificate, many.report.certificate);
}

TEST(LinearSgd, HasNoCertificateAfterOnePass) {
  EXPECT_TRUE(std::isnan(fit(LinearSgd{}, gaussian_problem(20, 4, 1)).report.certificate));
}

TEST(LinearSgd, CertificateIsTheRelativeGradient) {
  const Data data = gaussian_problem(30, 4, 8);
  const Fit fitted = fit(LinearSgd{.passes = 2}, data);
  const Vector& b = coefficients(fitted);
  const Vector gradient = data.dense().transpose() * (data.y() - data.dense() * b);
  EXPECT_NEAR(fitted.report.certificate, gradient.norm() / (data.dense().norm() * data.y().norm()), 1e-14);
}

TEST(LinearSgd, SaysWhereItDiverges) {
  const Data data = gaussian_problem(400, 50, 9);
  const std::vector<Index> sizes = {5, 200, 400};
  for (const char* average : averages) {
    const LinearSgd sgd{.step = 0.5, .average = average};
    const auto curve = fit_prefixes(sgd, data, sizes);
    EXPECT_EQ(curve[0].report.status, FitStatus::converged);
    for (std::size_t k : {1u, 2u}) {
      EXPECT_EQ(curve[k].report.status, FitStatus::diverged);
      EXPECT_LT(curve[k].report.iterations, 200);
      EXPECT_TRUE(coefficients(curve[k]).allFinite());
      EXPECT_NE(curve[k].report.message.find("smaller step"), std::string::npos);
      EXPECT_TRUE(same_bits(curve[k], fit(sgd, data.prefix(sizes[k]))));
    }
  }
}

TEST(LinearSgd, FailsOnNumbersThatAreNotFinite) {
  const Data data = gaussian_problem(20, 3, 10);
  Matrix x = data.dense();
  x(4, 1) = INFINITY;
  EXPECT_NE(fit(LinearSgd{.step = 0.1}, data_of(x, data.y())).report.status, FitStatus::converged);
  Vector y = data.y();
  y(4) = NAN;
  EXPECT_NE(fit(LinearSgd{}, data_of(data.dense(), y)).report.status, FitStatus::converged);
}

using Counted = CountingScalar;

TEST(LinearSgd, IsBilledWhatTheObviousAlgorithmCounts) {
  for (auto [n, p] : {std::pair{1, 1}, {2, 3}, {9, 4}, {300, 2}})
    for (const char* average : averages) {
      const Data data = gaussian_problem(n, p, 11);
      const auto x = grid_of<Counted>(data.dense());
      const auto y = numbers_of<Counted>(data.y());
      const double counted =
          count_flops([&] { reference::averaged(reference::sgd_iterates(x, y, Counted(0.01)), average); });
      const LinearSgd sgd{.step = 0.01, .average = average};
      EXPECT_EQ(fit(sgd, data).report.cost.fit_flops, counted) << n << average;
      EXPECT_EQ(sgd.fit_flops(n, p), counted) << n << average;
      EXPECT_EQ(fit(sgd, data).report.cost.tuning_flops, 0);
      EXPECT_EQ(fit(LinearSgd{.average = average}, data).report.cost.tuning_flops,
                count_flops([&] { reference::automatic_step(x); }));
    }
}

TEST(LinearSgd, IsBilledForEveryPassButNotForItsCertificate) {
  const Data data = gaussian_problem(20, 6, 12);
  const LinearSgd sgd{.step = 0.01, .passes = 3};
  const Matrix thrice = data.dense().replicate(3, 1);
  const double counted = count_flops([&] {
    const auto labels = numbers_of<Counted>(Vector(data.y().replicate(3, 1)));
    reference::averaged(reference::sgd_iterates(grid_of<Counted>(thrice), labels, Counted(0.01)), "tail");
  });
  EXPECT_EQ(fit(sgd, data).report.cost.fit_flops, counted);
  EXPECT_EQ(sgd.fit_flops(20, 6), counted);
}

TEST(LinearSgd, IsBilledTheStepsBeforeItDiverged) {
  const Data data = gaussian_problem(400, 50, 9);
  const Fit fitted = fit(LinearSgd{.step = 0.5, .average = "last"}, data);
  const double counted = count_flops([&] {
    reference::sgd_iterates(grid_of<Counted>(data.dense()), numbers_of<Counted>(data.y()), Counted(0.5));
  });
  EXPECT_EQ(fitted.report.cost.fit_flops, counted);
}

TEST(LinearSgd, RefusesOptionsItCannotUse) {
  const Data data = gaussian_problem(5, 2, 1);
  EXPECT_THROW(fit(LinearSgd{.step = 0.0}, data), InvalidInput);
  EXPECT_THROW(fit(LinearSgd{.step = NAN}, data), InvalidInput);
  EXPECT_THROW(fit(LinearSgd{.step = "fast"}, data), InvalidInput);
  EXPECT_THROW(fit(LinearSgd{.passes = 0}, data), InvalidInput);
  EXPECT_THROW(fit(LinearSgd{.average = "first"}, data), InvalidInput);
}

TEST(LinearSgd, RefusesStreamsItCannotFit) {
  RowSource source = source_of(gaussian_problem(5, 2, 1));
  const std::vector<Index> sizes = {5}, none = {0};
  EXPECT_THROW(LinearSgd{.passes = 2}.fit_stream(source, sizes, Stream(1)), InvalidInput);
  EXPECT_THROW(LinearSgd{}.fit_stream(source, none, Stream(1)), InvalidInput);
  source.task = Task::classification;
  EXPECT_THROW(LinearSgd{}.fit_stream(source, sizes, Stream(1)), InvalidInput);
}

TEST(RowOrder, IsAPermutationThatTheStreamDecides) {
  const std::vector<Index> order = shuffled_rows(100, Stream(1));
  EXPECT_EQ(std::set<Index>(order.begin(), order.end()).size(), 100u);
  EXPECT_EQ(*std::min_element(order.begin(), order.end()), 0);
  EXPECT_EQ(order, shuffled_rows(100, Stream(1)));
  EXPECT_NE(order, shuffled_rows(100, Stream(2)));
  EXPECT_TRUE(shuffled_rows(0, Stream(1)).empty());
}

// 6 orders of three rows: chi-squared with 5 degrees of freedom, whose 5 standard deviations above the mean
// are 21.
TEST(RowOrder, AllOrdersAreEquallyLikely) {
  std::map<std::vector<Index>, int> counts;
  for (std::uint64_t k = 0; k < 6000; ++k) ++counts[shuffled_rows(3, Stream(2).child(k))];
  ASSERT_EQ(counts.size(), 6u);
  double chi_squared = 0;
  for (const auto& [order, count] : counts) chi_squared += (count - 1000) * (count - 1000) / 1000.0;
  EXPECT_LT(chi_squared, 5 + 5 * std::sqrt(10.0));
}

}  // namespace
}  // namespace quartic::linear_sgd_test
