#include "models/flexible/meta_learned/maml.hpp"

#include <gtest/gtest.h>

#include "tests/support/linear_problem.hpp"
#include "tests/support/reference/maml.hpp"

namespace quartic::detail::maml_test {
namespace {

template <class Real>
struct Task {
  std::vector<Real> x, y;
  LabelledRows<Real> rows() const { return {{x.data(), static_cast<Index>(y.size()), 3}, y.data()}; }
  template <class T>
  reference::LabelledGrid<T> grid() const {
    reference::LabelledGrid<T> all{Grid<T>(y.size(), 3), {}, {}};
    all.x.numbers.assign(x.begin(), x.end());
    all.y.assign(y.begin(), y.end());
    return all;
  }
};

template <class Real>
std::vector<Task<Real>> tasks() {
  std::vector<Task<Real>> all;
  for (const Index rows : {8, 13, 9}) {
    const Data data = gaussian_problem(rows, 3, static_cast<std::uint64_t>(rows));
    Task<Real> task;
    for (Index i = 0; i < rows; ++i) {
      for (Index j = 0; j < 3; ++j)
        task.x.push_back(static_cast<Real>(static_cast<float>(data.dense()(i, j))));
      task.y.push_back(static_cast<Real>(static_cast<float>(data.y()(i) > 0 ? 1 : 0)));
    }
    all.push_back(std::move(task));
  }
  return all;
}

template <class Real>
std::vector<LabelledRows<Real>> views(const std::vector<Task<Real>>& all) {
  std::vector<LabelledRows<Real>> rows;
  for (const Task<Real>& task : all) rows.push_back(task.rows());
  return rows;
}

template <class T, class Real>
std::vector<reference::LabelledGrid<T>> grids(const std::vector<Task<Real>>& all) {
  std::vector<reference::LabelledGrid<T>> some;
  for (const Task<Real>& task : all) some.push_back(task.template grid<T>());
  return some;
}

MamlPlan small_plan(LossKind loss = LossKind::squared) {
  return {.shape = {3, {4}, ActivationKind::tanh},
          .loss = {loss},
          .outer_rate = 0.05,
          .inner_rate = 0.1,
          .inner_steps = 3,
          .meta_steps = 20,
          .shots = 0};
}

// The mean loss over rows by the reference.
double mean_loss(const MamlPlan& plan, const std::vector<double>& w,
                 const reference::LabelledGrid<double>& rows) {
  const auto pass = reference::network_forward(plan.shape, w, rows.x);
  double sum = 0;
  for (std::size_t i = 0; i < rows.y.size(); ++i) {
    const double error = reference::row_error(plan.loss, pass.scores[i], rows.y[i]);
    sum += plan.loss.kind == LossKind::logistic ? error : error / 2;
  }
  return sum / static_cast<double>(rows.y.size());
}

// Central differences of the mean loss.
std::vector<double> slopes(const MamlPlan& plan, const std::vector<double>& w,
                           const reference::LabelledGrid<double>& rows) {
  constexpr double h = 1e-5;
  std::vector<double> all;
  for (std::size_t k = 0; k < w.size(); ++k) {
    auto above = w, below = w;
    above[k] += h, below[k] -= h;
    all.push_back((mean_loss(plan, above, rows) - mean_loss(plan, below, rows)) / (2 * h));
  }
  return all;
}

TEST(Maml, TheFirstOrderGradientIsThatOfWhatJudgesWhereAdaptationEnds) {
  for (const LossKind loss : {LossKind::squared, LossKind::logistic}) {
    const MamlPlan plan = small_plan(loss);
    const auto all = tasks<double>();
    auto w = initial_parameters<double>(plan.shape, layer_scales(plan.shape, plan.scaling), Stream(1));
    const auto gradient = first_order_gradient<double>(plan, w, all[0].rows(), all[1].rows());
    for (int step = 0; step < 3; ++step) {
      const std::vector<double> slope = slopes(plan, w, all[0].grid<double>());
      for (std::size_t k = 0; k < w.size(); ++k) w[k] -= plan.inner_rate * slope[k];
    }
    const std::vector<double> expected = slopes(plan, w, all[1].grid<double>());
    for (std::size_t k = 0; k < w.size(); ++k) EXPECT_NEAR(gradient[k], expected[k], 1e-7) << k;
  }
}

TEST(Maml, AdaptsByPlainDescent) {
  const MamlPlan plan = small_plan();
  const auto all = tasks<double>();
  const auto w = initial_parameters<double>(plan.shape, layer_scales(plan.shape, plan.scaling), Stream(2));
  const auto fast = adapted<double>(plan, w, all[1].rows(), 7);
  const auto slow = reference::adapted<double>(plan, w, all[1].grid<double>(), 7);
  for (std::size_t k = 0; k < w.size(); ++k) EXPECT_NEAR(fast[k], slow[k], 1e-12) << k;
}

TEST(Maml, LearnsTheWeightsThatTheSlowReferenceLearns) {
  for (const Index rows : {0, 3, 4}) {
    MamlPlan plan = small_plan();
    plan.shots = rows;
    const auto all = tasks<double>();
    const auto fast = meta_train<double>(plan, views(all), Stream(3));
    const auto slow = reference::meta_train<double>(plan, grids<double>(all), Stream(3));
    for (std::size_t k = 0; k < slow.size(); ++k) EXPECT_NEAR(fast.parameters[k], slow[k], 1e-9) << rows;
  }
}

TEST(Maml, BillsWhatTheSlowReferenceCounts) {
  for (const LossKind loss : {LossKind::squared, LossKind::logistic})
    for (const Index rows : {0, 3}) {
      MamlPlan plan = small_plan(loss);
      plan.shots = rows, plan.meta_steps = 2;
      const auto all = tasks<float>();
      const auto some = grids<CountingScalar>(all);
      const double counted =
          count_flops([&] { reference::meta_train<CountingScalar>(plan, some, Stream(3)); });
      EXPECT_EQ(meta_train<float>(plan, views(all), Stream(3)).flops, counted);
      const std::vector<CountingScalar> w(static_cast<std::size_t>(parameter_count(plan.shape)), 0.1);
      EXPECT_EQ(2 * descent_flops(plan, 8),
                count_flops([&] { reference::adapted<CountingScalar>(plan, w, some[0], 2); }));
    }
}

TEST(Maml, DrawsTasksWithoutReplacement) {
  MamlPlan plan = small_plan();
  const auto all = tasks<double>();
  const double whole = meta_train<double>(plan, views(all), Stream(4)).flops;
  plan.meta_batch = 3;  // all of them
  EXPECT_EQ(meta_train<double>(plan, views(all), Stream(4)).flops, whole);
  plan.meta_batch = 1;
  EXPECT_LT(meta_train<double>(plan, views(all), Stream(4)).flops, 0.5 * whole);
}

TEST(Maml, SplitsATaskByShotsOrInHalf) {
  const auto split = [](Index rows, Index n) {
    MamlPlan plan;
    plan.shots = rows;
    const TaskSplit parts = split_task(plan, n);
    return std::pair(parts.adapt, parts.judge);
  };
  EXPECT_EQ(split(10, 50), std::pair(Index{10}, Index{10}));
  EXPECT_EQ(split(7, 15), std::pair(Index{7}, Index{7}));
  EXPECT_EQ(split(0, 15), std::pair(Index{7}, Index{8}));
  EXPECT_EQ(split(0, 2), std::pair(Index{1}, Index{1}));
}

}  // namespace
}  // namespace quartic::detail::maml_test
