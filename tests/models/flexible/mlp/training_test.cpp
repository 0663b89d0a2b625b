#include "models/flexible/mlp/training.hpp"

#include <gtest/gtest.h>

#include <optional>

#include "models/flexible/mlp/bytes.hpp"
#include "models/flexible/mlp/flops.hpp"
#include "tests/support/linear_problem.hpp"
#include "tests/support/reference/training.hpp"

namespace quartic::detail::training_test {
namespace {

template <class Real>
struct Problem {
  std::vector<Real> x, y, offsets;
  Index columns;
  LabelledRows<Real> rows() const {
    const Real* beside = offsets.empty() ? nullptr : offsets.data();
    return {{x.data(), static_cast<Index>(y.size()), columns}, y.data(), beside};
  }
  Grid<double> grid() const {
    Grid<double> all(y.size(), static_cast<std::size_t>(columns));
    all.numbers.assign(x.begin(), x.end());
    return all;
  }
  std::vector<double> labels() const { return {y.begin(), y.end()}; }
};

// The same numbers in both precisions. Classes where the labels are to be classes.
template <class Real>
Problem<Real> problem(Index rows, Index columns, LossKind loss = LossKind::squared) {
  const Data data = gaussian_problem(rows, columns, 17);
  Problem<Real> out{{}, {}, {}, columns};
  for (Index i = 0; i < rows; ++i) {
    for (Index j = 0; j < columns; ++j)
      out.x.push_back(static_cast<Real>(static_cast<float>(data.dense()(i, j))));
    const double y = loss == LossKind::logistic ? (data.y()(i) > 0 ? 1 : 0) : data.y()(i);
    out.y.push_back(static_cast<Real>(static_cast<float>(y)));
  }
  return out;
}

Stream draws() {
  return Stream(3).child("training");
}

TrainingPlan small_plan() {
  TrainingPlan plan;
  plan.shape = {5, {7, 6}, ActivationKind::tanh};
  plan.learning_rate = 0.02;
  plan.batch = 10;
  plan.epochs = 25;
  plan.history = true;
  return plan;
}

enum class Beside { nothing, offsets };

struct Case {
  std::string name;
  TrainingPlan plan;
  Beside beside = Beside::nothing;
};

template <class Real>
Problem<Real> problem_of(const Case& one, Index rows) {
  Problem<Real> data = problem<Real>(rows, one.plan.shape.inputs, one.plan.loss.kind);
  if (one.beside == Beside::nothing) return data;
  for (Index i = 0; i < rows; ++i)
    data.offsets.push_back(static_cast<Real>(static_cast<float>(std::sin(static_cast<double>(i)))));
  return data;
}

// Every optimiser, loss, schedule, activation, penalty and parametrisation, alone and together.
std::vector<Case> cases() {
  std::vector<Case> all;
  const auto add = [&](std::string name, auto change) {
    TrainingPlan plan = small_plan();
    change(plan);
    plan.scaling.adaptive = plan.rule.adaptive();
    all.push_back({std::move(name), plan});
  };
  add("sgd", [](TrainingPlan&) {});
  add("momentum", [](TrainingPlan& p) { p.rule.kind = OptimiserKind::momentum, p.learning_rate = 0.005; });
  add("nesterov", [](TrainingPlan& p) { p.rule.kind = OptimiserKind::nesterov, p.learning_rate = 0.005; });
  add("adam", [](TrainingPlan& p) { p.rule.kind = OptimiserKind::adam, p.learning_rate = 0.005; });
  add("adamw", [](TrainingPlan& p) {
    p.rule = {.kind = OptimiserKind::adamw, .weight_decay = 0.3, .l1 = 0.01};
    p.learning_rate = 0.005;
  });
  add("huber", [](TrainingPlan& p) { p.loss = {LossKind::huber, 0.7}; });
  add("logistic", [](TrainingPlan& p) { p.loss = {LossKind::logistic}, p.learning_rate = 0.1; });
  add("weight_decay", [](TrainingPlan& p) { p.rule.weight_decay = 0.1; });
  add("l1", [](TrainingPlan& p) { p.rule.l1 = 0.001; });
  add("clip", [](TrainingPlan& p) { p.rule.clip = 0.5; });
  add("dropout", [](TrainingPlan& p) { p.dropout = 0.3; });
  add("cosine", [](TrainingPlan& p) { p.schedule.kind = ScheduleKind::cosine; });
  add("inverse_time", [](TrainingPlan& p) {
    p.schedule = {.kind = ScheduleKind::inverse_time, .warm_up = 2.5, .decay_epochs = 4};
  });
  add("step", [](TrainingPlan& p) {
    p.schedule = {.kind = ScheduleKind::step, .decay_epochs = 8, .decay_factor = 0.5};
  });
  add("relu", [](TrainingPlan& p) { p.shape.activation = ActivationKind::relu; });
  add("gelu", [](TrainingPlan& p) { p.shape.activation = ActivationKind::gelu, p.batch = 7; });
  add("erf_sum", [](TrainingPlan& p) { p.shape = {5, {4}, ActivationKind::erf, false, false}; });
  add("no_hidden_layer", [](TrainingPlan& p) { p.shape = {5, {}}; });
  add("one_row", [](TrainingPlan& p) { p.batch = 1, p.epochs = 2, p.learning_rate = 0.01; });
  add("all_rows", [](TrainingPlan& p) { p.batch = 40, p.epochs = 100; });
  add("mup", [](TrainingPlan& p) {
    p.scaling = {.parametrisation = Parametrisation::mup, .base_width = 3};
    p.rule = {.kind = OptimiserKind::momentum, .weight_decay = 0.01, .clip = 1};
    p.learning_rate = 0.004;
  });
  add("ntk", [](TrainingPlan& p) {
    p.scaling.parametrisation = Parametrisation::ntk;
    p.rule.kind = OptimiserKind::adam;
  });
  add("pictures", [](TrainingPlan& p) { p.shape = {.inputs = 49, .channels = {3, 5}}; });
  add("pictures_adam", [](TrainingPlan& p) {
    p.shape = {.inputs = 16, .channels = {4}};
    p.rule = {.kind = OptimiserKind::adamw, .weight_decay = 0.1};
    p.loss = {LossKind::logistic};
    p.learning_rate = 0.005;
  });
  add("offsets", [](TrainingPlan&) {});
  all.back().beside = Beside::offsets;
  add("offsets_logistic",
      [](TrainingPlan& p) { p.loss = {LossKind::logistic}, p.batch = 40, p.epochs = 100; });
  all.back().beside = Beside::offsets;
  return all;
}

std::vector<Case> proximal_cases() {
  TrainingPlan weights = small_plan(), groups = small_plan();
  weights.proximal = {.l1 = 0.05};
  weights.shape.activation = ActivationKind::gelu;
  groups.proximal = {.l1 = 0.001, .group_l1 = 0.02};
  groups.rule = {.kind = OptimiserKind::momentum, .weight_decay = 0.01};
  groups.scaling.parametrisation = Parametrisation::ntk;
  groups.learning_rate = 0.005;
  return {{"weights", weights}, {"groups", groups}};
}

class EveryTraining : public testing::TestWithParam<Case> {};

TEST_P(EveryTraining, InSinglePrecisionFollowsTheSlowReference) {
  const TrainingPlan& plan = GetParam().plan;
  const auto data = problem_of<float>(GetParam(), 40);
  const auto fast = train<float>(plan, data.rows(), draws());
  const std::vector<double> offsets(data.offsets.begin(), data.offsets.end());
  const auto slow = reference::train<double>(plan, data.grid(), data.labels(), draws(), offsets);
  ASSERT_EQ(fast.parameters.size(), slow.w.size());
  EXPECT_GE(fast.steps, 80);
  double difference = 0, length = 0;
  for (std::size_t k = 0; k < slow.w.size(); ++k) {
    difference += std::pow(fast.parameters[k] - slow.w[k], 2);
    length += slow.w[k] * slow.w[k];
  }
  EXPECT_LE(std::sqrt(difference / length), 1e-4);
  ASSERT_EQ(fast.history.size(), slow.training_errors.size());
  for (std::size_t e = 0; e < fast.history.size(); ++e)
    EXPECT_NEAR(fast.history[e].training_error, slow.training_errors[e], 1e-4 * slow.training_errors[e]) << e;
  if (plan.proximal.any()) return;  // no gradient attests such a fit
  EXPECT_NEAR(fast.certificate, slow.certificate, 1e-3 * slow.certificate);
}

TEST_P(EveryTraining, InDoublePrecisionIsTheSlowReference) {
  const TrainingPlan& plan = GetParam().plan;
  const auto data = problem_of<double>(GetParam(), 40);
  const auto fast = train<double>(plan, data.rows(), draws());
  const std::vector<double> offsets(data.offsets.begin(), data.offsets.end());
  const auto slow = reference::train<double>(plan, data.grid(), data.labels(), draws(), offsets);
  for (std::size_t k = 0; k < slow.w.size(); ++k)
    EXPECT_NEAR(fast.parameters[k], slow.w[k], 1e-9 * (1 + std::abs(slow.w[k]))) << k;
}

TEST_P(EveryTraining, IsBilledWhatTheSlowReferenceCounts) {
  TrainingPlan plan = GetParam().plan;
  plan.epochs = 2;
  for (const Index held_out : {0, 9}) {
    plan.validation_rows = held_out;
    const auto data = problem_of<float>(GetParam(), 23);
    const auto fast = train<float>(plan, data.rows(), draws());
    Grid<CountingScalar> x(23, static_cast<std::size_t>(plan.shape.inputs));
    x.numbers.assign(data.x.begin(), data.x.end());
    const std::vector<CountingScalar> y(data.y.begin(), data.y.end());
    const std::vector<CountingScalar> offsets(data.offsets.begin(), data.offsets.end());
    TrainingPlan alone = plan;
    alone.certificate = false;  // it attests the fit, and is not billed
    const double counted = count_flops([&] { reference::train(alone, x, y, draws(), offsets); });
    const double added = GetParam().beside == Beside::offsets ? 9 : 0;
    EXPECT_EQ(std::isnan(fast.certificate), plan.proximal.any());  // no gradient attests such a fit
    EXPECT_EQ(fast.fit_flops + fast.validation_flops, counted) << held_out;
    EXPECT_EQ(fast.validation_flops,
              held_out == 0 ? 0 : 2 * (evaluation_flops(plan.shape, plan.loss, 9) + added + 1));
    EXPECT_EQ(fast.rows_visited, 2 * (23 - held_out));
  }
}

INSTANTIATE_TEST_SUITE_P(Training, EveryTraining, testing::ValuesIn(cases()),
                         [](const auto& one) { return one.param.name; });
INSTANTIATE_TEST_SUITE_P(Proximal, EveryTraining, testing::ValuesIn(proximal_cases()),
                         [](const auto& one) { return one.param.name; });

// The objective by the reference: mean loss and penalties.
double objective(const TrainingPlan& plan, const Problem<double>& data, const std::vector<double>& w) {
  const auto pass = reference::network_forward(plan.shape, w, data.grid());
  double sum = 0;
  for (std::size_t i = 0; i < data.y.size(); ++i) {
    const double error = reference::row_error(plan.loss, pass.scores[i], data.y[i]);
    sum += plan.loss.kind == LossKind::logistic ? error : error / 2;
  }
  sum /= static_cast<double>(data.y.size());
  const auto kinds = reference::parameter_kinds(plan);
  for (std::size_t k = 0; k < w.size(); ++k)
    if (kinds[k].weight) sum += plan.rule.weight_decay / 2 * w[k] * w[k] + plan.rule.l1 * std::abs(w[k]);
  return sum;
}

// One step of plain descent at rate 1 on all rows moves by the gradient.
double gradient_error(TrainingPlan plan) {
  plan.batch = 6;
  plan.epochs = 1;
  plan.learning_rate = 1;
  const auto data = problem<double>(6, plan.shape.inputs, plan.loss.kind);
  const auto start = initial_parameters<double>(plan.shape, layer_scales(plan.shape, plan.scaling),
                                                draws().child("initial"));
  const auto end = train<double>(plan, data.rows(), draws()).parameters;
  constexpr double h = 1e-5;
  double difference = 0, length = 0;
  for (std::size_t k = 0; k < start.size(); ++k) {
    auto above = start, below = start;
    above[k] += h;
    below[k] -= h;
    const double slope = (objective(plan, data, above) - objective(plan, data, below)) / (2 * h);
    difference += std::pow(start[k] - end[k] - slope, 2);
    length += slope * slope;
  }
  return std::sqrt(difference / length);
}

TEST(Training, GradientsAreCentralDifferencesOfTheObjective) {
  using enum ActivationKind;
  for (const ActivationKind activation : {linear, relu, ActivationKind::tanh, ActivationKind::erf, gelu})
    for (const Loss& loss : {Loss{LossKind::squared}, Loss{LossKind::huber, 0.6}, Loss{LossKind::logistic}})
      for (const Index depth : {0, 1, 3, 8})
        for (const OptimiserRule& rule :
             {OptimiserRule{}, OptimiserRule{.weight_decay = 0.3}, OptimiserRule{.l1 = 0.05},
              OptimiserRule{.weight_decay = 0.1, .l1 = 0.02, .clip = 1e9}}) {
          TrainingPlan plan;
          plan.shape = {3, std::vector<Index>(static_cast<std::size_t>(depth), 4), activation};
          plan.loss = loss;
          plan.rule = rule;
          EXPECT_LE(gradient_error(plan), 1e-6)
              << static_cast<int>(activation) << static_cast<int>(loss.kind) << depth << rule.l1;
        }
}

TEST(Training, GradientsOfPicturesAreCentralDifferencesToo) {
  for (const std::vector<Index>& channels : std::vector<std::vector<Index>>{{2}, {3, 2}, {1, 2, 3}})
    for (const Loss& loss : {Loss{LossKind::squared}, Loss{LossKind::logistic}}) {
      TrainingPlan plan;
      plan.shape = {.inputs = 81, .channels = channels};
      plan.loss = loss;
      plan.rule.weight_decay = 0.3;
      EXPECT_LE(gradient_error(plan), 1e-6) << channels.size() << static_cast<int>(loss.kind);
    }
}

// A first layer of which every other unit is left out is a layer of half as many.
TEST(Training, WhatIsLeftOutStaysZeroAndIsAsIfItWereNotThere) {
  for (const OptimiserKind kind : {OptimiserKind::sgd, OptimiserKind::momentum, OptimiserKind::adamw}) {
    TrainingPlan plan = small_plan(), narrow = plan;
    plan.shape.hidden = {8}, narrow.shape.hidden = {4};
    plan.rule = narrow.rule = {.kind = kind, .weight_decay = 0.01, .clip = 0.4};
    const auto data = problem<double>(40, 5);
    auto few = initial_parameters<double>(narrow.shape, layer_scales(narrow.shape, narrow.scaling), draws());
    std::vector<double> all, kept;  // weights of 8 units, their biases, weights of the output, its bias
    for (std::size_t k = 0; k < few.size(); ++k) {
      const std::size_t group = k < 20 ? 5 : 1;
      all.push_back(few[k]), kept.push_back(1);
      if (k + 1 == few.size() || (k + 1) % group != 0) continue;
      all.insert(all.end(), group, 0), kept.insert(kept.end(), group, 0);
    }
    ASSERT_EQ(all.size(), 57u);
    const auto wide = train<double>(plan, data.rows(), draws(), {.parameters = all, .kept = kept});
    const auto alone = train<double>(narrow, data.rows(), draws(), {.parameters = few});
    std::vector<double> left;
    for (std::size_t k = 0; k < all.size(); ++k) {
      EXPECT_TRUE(kept[k] != 0 || wide.parameters[k] == 0) << k;
      if (kept[k] != 0) left.push_back(wide.parameters[k]);
    }
    for (std::size_t k = 0; k < left.size(); ++k) EXPECT_NEAR(left[k], alone.parameters[k], 1e-10) << k;
    EXPECT_NEAR(wide.certificate, alone.certificate, 1e-9);
  }
}

TEST(Training, BeginsWithWhatItIsGivenAndGoesOnFromAnEarlyState) {
  const TrainingPlan plan = small_plan();
  const auto data = problem<float>(40, 5);
  std::optional<TrainingState<float>> early;
  const auto whole =
      train<float>(plan, data.rows(), draws(), {.save = [&](const TrainingState<float>& state) {
                     if (state.epoch == 4) early = state;
                   }});
  EXPECT_EQ(train<float>(plan, data.rows(), draws(), {.state = early}).parameters, whole.parameters);
  const TrainingState<float> first = first_state<float>(plan, data.rows(), draws());
  EXPECT_EQ(train<float>(plan, data.rows(), draws(), {.state = first}).parameters, whole.parameters);
  EXPECT_EQ(train<float>(plan, data.rows(), draws(), {.parameters = first.parameters}).parameters,
            whole.parameters);
}

TEST(Training, EarlyStoppingRestoresTheBestEpoch) {
  TrainingPlan plan = small_plan();
  plan.shape = {5, {60}, ActivationKind::relu};
  plan.rule.kind = OptimiserKind::adam;
  plan.learning_rate = 0.02;
  plan.validation_rows = 15;
  plan.epochs = 400;
  plan.patience = 7;
  const auto data = problem<float>(40, 5);
  const auto stopped = train<float>(plan, data.rows(), draws());
  EXPECT_EQ(stopped.status, FitStatus::converged);
  ASSERT_LT(stopped.history.size(), 400u);
  std::size_t best = 0;
  for (std::size_t e = 0; e < stopped.history.size(); ++e)
    if (stopped.history[e].validation_error < stopped.history[best].validation_error) best = e;
  EXPECT_EQ(stopped.history.size(), best + 1 + 7);
  EXPECT_EQ(stopped.validation_error, stopped.history[best].validation_error);
  EXPECT_EQ(stopped.training_error, stopped.history[best].training_error);
  plan.epochs = static_cast<Index>(best) + 1;
  const auto shorter = train<float>(plan, data.rows(), draws());
  EXPECT_EQ(shorter.parameters, stopped.parameters);
  EXPECT_EQ(shorter.status, FitStatus::iteration_limit);
  const auto rows = data.rows();
  EXPECT_EQ(relative_error<float>(plan, stopped.parameters, rows.part({25, 15}), rows.part({0, 25})),
            stopped.validation_error);
}

TEST(Training, StopsWhereItInterpolates) {
  TrainingPlan plan = small_plan();
  plan.shape = {5, {60}, ActivationKind::relu};
  plan.rule.kind = OptimiserKind::adam;
  plan.interpolation = 0.01;
  plan.epochs = 500;
  const auto data = problem<float>(40, 5);
  const auto done = train<float>(plan, data.rows(), draws());
  EXPECT_EQ(done.status, FitStatus::converged);
  ASSERT_GT(done.history.size(), 1u);
  EXPECT_LT(done.history.back().training_error, 0.01);
  for (std::size_t e = 0; e + 1 < done.history.size(); ++e) EXPECT_GE(done.history[e].training_error, 0.01);
  plan.epochs = 2;
  EXPECT_EQ(train<float>(plan, data.rows(), draws()).status, FitStatus::iteration_limit);
  plan.interpolation = 0;
  EXPECT_EQ(train<float>(plan, data.rows(), draws()).status, FitStatus::converged);
}

TEST(Training, DivergesWithTheWeightsOfTheLastWholeEpoch) {
  TrainingPlan plan = small_plan();
  plan.shape.activation = ActivationKind::relu;
  plan.learning_rate = 30;
  const auto data = problem<float>(40, 5);
  const auto lost = train<float>(plan, data.rows(), draws());
  EXPECT_EQ(lost.status, FitStatus::diverged);
  EXPECT_LT(lost.steps, 100);
  EXPECT_TRUE(
      std::all_of(lost.parameters.begin(), lost.parameters.end(), [](float w) { return std::isfinite(w); }));
}

TEST(Training, HasNoCertificateAfterOneEpoch) {
  TrainingPlan plan = small_plan();
  plan.epochs = 1;
  EXPECT_TRUE(std::isnan(train<float>(plan, problem<float>(40, 5).rows(), draws()).certificate));
}

// A zero unit is reported as such, not as a division by it.
TEST(Training, TellsErrorsOfEqualLabelsAsTheyAre) {
  auto data = problem<float>(20, 5);
  data.y.assign(20, 2.0F);
  const std::vector<float> zero(static_cast<std::size_t>(parameter_count(small_plan().shape)));
  EXPECT_EQ(relative_error<float>(small_plan(), zero, data.rows(), data.rows()), 4);
}

TEST(Training, StateSurvivesItsBytes) {
  TrainingPlan plan = small_plan();
  plan.rule.kind = OptimiserKind::adam;
  plan.validation_rows = 8;
  const auto data = problem<float>(40, 5);
  std::vector<std::string> texts;
  const auto save = [&](const TrainingState<float>& state) {
    ByteWriter writer;
    add(writer, state);
    texts.push_back(std::move(writer).text());
  };
  const auto whole = train<float>(plan, data.rows(), draws(), {std::nullopt, save});
  ASSERT_EQ(texts.size(), whole.history.size());
  for (const std::size_t epoch : {std::size_t{0}, std::size_t{4}, texts.size() - 1}) {
    ByteReader reader(texts[epoch]);
    const auto resumed = train<float>(plan, data.rows(), draws(), {read_state<float>(reader), {}});
    EXPECT_TRUE(reader.whole() && reader.at_end());
    EXPECT_EQ(resumed.parameters, whole.parameters);
    EXPECT_EQ(resumed.certificate, whole.certificate);
    EXPECT_EQ(resumed.fit_flops, whole.fit_flops);
    EXPECT_EQ(resumed.history.size(), whole.history.size());
  }
  const std::string_view text = texts[0];
  ByteReader cut(text.substr(0, text.size() - 1));
  read_state<float>(cut);
  EXPECT_FALSE(cut.whole());
}

}  // namespace
}  // namespace quartic::detail::training_test
