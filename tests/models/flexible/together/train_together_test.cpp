#include "models/flexible/together/train_together.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "models/flexible/dense/kernel.hpp"
#include "tests/support/linear_problem.hpp"

namespace quartic::detail::train_together_test {
namespace {

/// Rows that trainings take their own from.
struct Problem {
  MatrixF x;
  std::vector<float> y;
  LabelledRows<float> rows(Index first, Index count) const {
    return LabelledRows<float>{{x.data(), x.rows(), x.cols()}, y.data()}.part({first, count});
  }
};

Problem make_problem(Index columns) {
  const Data data = gaussian_problem(400, columns, 5);
  Problem problem{data.dense().cast<float>(), {}};
  for (const double y : data.y()) problem.y.push_back(static_cast<float>(y));
  return problem;
}

struct Case {
  TrainingPlan plan;
  Index members = 8, rows = 50;
  double spread = 1.5;  ///< from rate to rate
};

Member<float> make_member(const Case& one, const Problem& problem, Index m) {
  Member<float> member{one.plan, problem.rows(3 * m, one.rows),
                       Stream(9).child(static_cast<std::uint64_t>(m))};
  member.plan.learning_rate *= std::pow(one.spread, static_cast<double>(m));
  return member;
}

bool same(double a, double b) {
  return a == b || (std::isnan(a) && std::isnan(b));
}

void expect_same(const Trained<float>& a, const Trained<float>& b) {
  EXPECT_EQ(a.parameters, b.parameters);
  EXPECT_EQ(a.status, b.status);
  EXPECT_EQ(a.steps, b.steps);
  EXPECT_EQ(a.rows_visited, b.rows_visited);
  EXPECT_TRUE(same(a.training_error, b.training_error));
  EXPECT_TRUE(same(a.validation_error, b.validation_error));
  EXPECT_TRUE(same(a.certificate, b.certificate));
  EXPECT_EQ(a.fit_flops, b.fit_flops);
  EXPECT_EQ(a.validation_flops, b.validation_flops);
  ASSERT_EQ(a.history.size(), b.history.size());
  for (std::size_t e = 0; e < a.history.size(); ++e)
    EXPECT_EQ(a.history[e].training_error, b.history[e].training_error);
}

/// What trainings come to together, each of them compared with what it comes to alone.
std::vector<Trained<float>> expect_bits_of_each_alone(const Case& one) {
  const Problem problem = make_problem(one.plan.shape.inputs);
  std::vector<Member<float>> members;
  for (Index m = 0; m < one.members; ++m) members.push_back(make_member(one, problem, m));
  std::vector<Trained<float>> together = train_together<float>(std::move(members));
  for (Index m = 0; m < one.members; ++m) {
    SCOPED_TRACE("member " + std::to_string(m));
    Member<float> member = make_member(one, problem, m);
    expect_same(together[m], train<float>(member.plan, member.rows, std::move(member.stream)));
  }
  return together;
}

TrainingPlan small_plan() {
  TrainingPlan plan;
  plan.shape = {6, {9, 5}, ActivationKind::tanh};
  plan.learning_rate = 0.002;
  plan.batch = 8;
  plan.epochs = 6;
  plan.history = true;
  return plan;
}

Index lanes() {
  return dense_kernels<float>().front().lanes;
}

TEST(TrainTogether, GivesEachMemberItsBitsWhateverTheOptimiser) {
  for (const OptimiserKind kind : {OptimiserKind::sgd, OptimiserKind::momentum, OptimiserKind::nesterov,
                                   OptimiserKind::adam, OptimiserKind::adamw})
    for (const double penalty : {0.0, 0.01}) {
      Case one{small_plan(), lanes()};
      one.plan.rule = {.kind = kind, .weight_decay = penalty, .l1 = penalty / 2};
      one.plan.scaling.adaptive = one.plan.rule.adaptive();
      SCOPED_TRACE(static_cast<int>(kind));
      ASSERT_TRUE(goes_together(one.plan));
      expect_bits_of_each_alone(one);
    }
}

TEST(TrainTogether, GivesEachMemberItsBitsWhateverTheLossTheScheduleAndTheScaling) {
  for (const LossKind loss : {LossKind::squared, LossKind::huber, LossKind::logistic})
    for (const ScheduleKind schedule : {ScheduleKind::constant, ScheduleKind::cosine, ScheduleKind::step})
      for (const Parametrisation scaling :
           {Parametrisation::standard, Parametrisation::ntk, Parametrisation::mup}) {
        Case one{small_plan(), lanes()};
        one.plan.loss = {loss, 0.5};
        one.plan.schedule = {.kind = schedule, .warm_up = 1.5, .decay_epochs = 2};
        one.plan.scaling = {.parametrisation = scaling, .base_width = 4};
        expect_bits_of_each_alone(one);
      }
}

TEST(TrainTogether, GivesEachMemberItsBitsWhateverTheShapeAndTheBatches) {
  Stream stream(11);
  const auto below = [&](Index bound) {
    return static_cast<Index>(stream.uniform() * static_cast<double>(bound));
  };
  for (int k = 0; k < 60; ++k) {
    Case one{small_plan(), 1 + below(2 * lanes() + 3), 2 + below(90)};
    one.plan.shape = {
        1 + below(30), {1 + below(40)}, static_cast<ActivationKind>(below(5)), below(3) > 0, below(3) > 0};
    if (below(2) == 0) one.plan.shape.hidden.push_back(1 + below(20));
    one.plan.batch = k % 4 == 0 ? 1 : 1 + below(100);  // of one row, that divide the rows or not, of all
    one.plan.rule.kind = below(2) == 0 ? OptimiserKind::sgd : OptimiserKind::adam;
    one.plan.epochs = 1 + below(4);
    SCOPED_TRACE("case " + std::to_string(k));
    expect_bits_of_each_alone(one);
  }
}

TEST(TrainTogether, LetsMembersStopEarlyAndOthersTakeTheirPlaces) {
  Case one{small_plan(), 3 * lanes() + 1, 60};
  one.plan.rule.kind = OptimiserKind::adam;
  one.plan.scaling.adaptive = true;
  one.plan.epochs = 40;
  one.plan.validation_rows = 15;
  one.plan.patience = 3;
  one.spread = 1.2;
  const auto trained = expect_bits_of_each_alone(one);
  Index first = trained.front().steps, others = 0;
  for (const Trained<float>& member : trained) others += member.steps != first ? 1 : 0;
  EXPECT_GT(others, 0);  // else nobody made room before the others did

  one.plan.validation_rows = 0;
  one.plan.interpolation = 0.3;
  expect_bits_of_each_alone(one);
}

TEST(TrainTogether, LeavesMembersThatDivergeAsTheyAreAlone) {
  Case one{small_plan(), 2 * lanes(), 50, 4};
  one.plan.shape.activation = ActivationKind::relu;
  const auto trained = expect_bits_of_each_alone(one);
  EXPECT_EQ(trained.front().status, FitStatus::converged);
  EXPECT_EQ(trained.back().status, FitStatus::diverged);
}

TEST(TrainTogether, GoesOnFromStatesAndSavesThoseThatTrainingAloneSaves) {
  const Case one{small_plan(), lanes(), 50, 1.2};  // none of them diverges, however many lanes there are
  const Problem problem = make_problem(one.plan.shape.inputs);
  std::vector<std::vector<TrainingState<float>>> saved(static_cast<std::size_t>(one.members)), alone = saved;
  std::vector<Member<float>> members;
  for (Index m = 0; m < one.members; ++m) {
    members.push_back(make_member(one, problem, m));
    members.back().progress.save = [&, m](const TrainingState<float>& state) { saved[m].push_back(state); };
    Member<float> member = make_member(one, problem, m);
    train<float>(member.plan, member.rows, std::move(member.stream),
                 {.save = [&, m](const TrainingState<float>& state) { alone[m].push_back(state); }});
  }
  const auto whole = train_together<float>(std::move(members));
  members.clear();
  for (Index m = 0; m < one.members; ++m) {
    ASSERT_EQ(saved[m].size(), 6U);
    for (std::size_t e = 0; e < 6; ++e) EXPECT_EQ(saved[m][e].parameters, alone[m][e].parameters);
    members.push_back(make_member(one, problem, m));
    members.back().progress.state =
        saved[m][static_cast<std::size_t>(m % 5)];  // each from an epoch of its own
  }
  const auto resumed = train_together<float>(std::move(members));
  for (Index m = 0; m < one.members; ++m) expect_same(whole[m], resumed[m]);
}

TEST(TrainTogether, TakesMembersOfAllKindsInTheirOrder) {
  Case one{small_plan()}, other = one, dropped = one;
  other.plan.shape.hidden = {4};
  other.rows = 30;
  dropped.plan.dropout = 0.2;
  const std::array<const Case*, 3> kinds = {&one, &other, &dropped};
  const Problem problem = make_problem(one.plan.shape.inputs);
  std::vector<Member<float>> members;
  for (Index m = 0; m < 3 * lanes(); ++m) members.push_back(make_member(*kinds[m % 3], problem, m % 4));
  const auto trained = train_together<float>(std::move(members));
  for (Index m = 0; m < 3 * lanes(); ++m) {
    Member<float> member = make_member(*kinds[m % 3], problem, m % 4);
    expect_same(trained[m], train<float>(member.plan, member.rows, std::move(member.stream)));
  }
}

TEST(TrainTogether, LeavesAloneWhatHasNothingToWin) {
  const auto goes = [](auto change) {
    TrainingPlan plan = small_plan();
    change(plan);
    return goes_together(plan);
  };
  EXPECT_TRUE(goes([](TrainingPlan&) {}));
  EXPECT_FALSE(goes([](TrainingPlan& p) { p.dropout = 0.1; }));
  EXPECT_FALSE(goes([](TrainingPlan& p) { p.rule.clip = 1; }));
  EXPECT_FALSE(goes([](TrainingPlan& p) { p.proximal.l1 = 0.1; }));
  EXPECT_FALSE(goes([](TrainingPlan& p) { p.shape.hidden = {}; }));
  EXPECT_FALSE(goes([](TrainingPlan& p) { p.shape.hidden = {200, 200}; }));
  EXPECT_TRUE(goes([](TrainingPlan& p) { p.shape.hidden = {100, 100}; }));
  EXPECT_FALSE(goes([](TrainingPlan& p) { p.shape.hidden = {100, 100}, p.batch = 32; }));
  EXPECT_FALSE(goes([](TrainingPlan& p) { p.shape.hidden = {60, 60}, p.batch = 1; }));
}

TEST(TrainTogether, ThrowsNothingForNobody) {
  EXPECT_TRUE(train_together(std::vector<Member<float>>()).empty());
}

}  // namespace
}  // namespace quartic::detail::train_together_test
