#include "models/flexible/mlp/mlp.hpp"

#include <gtest/gtest.h>

#include "core/require.hpp"
#include "models/flexible/mlp/checkpoint.hpp"
#include "models/flexible/mlp/plan.hpp"
#include "models/flexible/network/rule.hpp"
#include "tests/support/linear_problem.hpp"
#include "tests/support/thrown_message.hpp"

namespace quartic::mlp_test {
namespace {

using support::thrown_message;

bool same_fit(const Fit& a, const Fit& b, const Data& data) {
  return same_report(a, b) && a.predict.score(data.dense()) == b.predict.score(data.dense()) &&
         a.report.iterations == b.report.iterations && a.report.history.size() == b.report.history.size();
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

Data classes(Index rows, Index columns) {
  const Data data = gaussian_problem(rows, columns, 51);
  return {Matrix(data.dense()), Vector((data.y().array() > 0).cast<double>()), Task::classification};
}

Mlp quick() {
  return {.width = 8, .batch = 10, .epochs = 6};
}

TEST(Mlp, LearnsAProductThatNoLineShows) {
  Matrix x = gaussian_matrix(400, 3, Stream(1).child("x"));
  const Vector y = x.col(0).cwiseProduct(x.col(1));
  Matrix fresh = gaussian_matrix(500, 3, Stream(1).child("fresh"));
  const Vector truth = fresh.col(0).cwiseProduct(fresh.col(1));
  const Fit network = fit(Mlp{.width = 32, .epochs = 60, .learning_rate = 0.01}, data_of(x, y));
  const double error = (network.predict.score(fresh) - truth).squaredNorm() / truth.squaredNorm();
  EXPECT_LT(error, 0.15);
  EXPECT_EQ(network.report.status, FitStatus::converged);
}

TEST(Mlp, SeparatesClasses) {
  const Data data = classes(300, 4);
  const Fit network = fit(Mlp{.loss = "logistic", .epochs = 30, .learning_rate = 0.01}, data);
  const Vector score = network.predict.score(data.dense());
  double wrong = 0;
  for (Index i = 0; i < 300; ++i) wrong += (score(i) > 0) != (data.y()(i) > 0.5);
  EXPECT_LT(wrong / 300, 0.3);
}

TEST(Mlp, TakesTheWidthWhoseParametersAreNearest) {
  const auto count = [](const Mlp& mlp, Index width, Index p) {
    Mlp fixed = mlp;
    fixed.parameters = 0;
    fixed.width = width;
    return detail::parameter_count(detail::make_shape(fixed, p));
  };
  for (const Index layers : {1, 3})
    for (const char* output : {"trained", "sum"})
      for (const Index wanted : {1, 10, 100, 777, 20000}) {
        const Mlp mlp{.layers = layers, .parameters = wanted, .output = output};
        const Index width = mlp.widths(13).front();
        const Index own = std::abs(count(mlp, width, 13) - wanted);
        EXPECT_LE(own, std::abs(count(mlp, width + 1, 13) - wanted));
        EXPECT_TRUE(width == 1 || own <= std::abs(count(mlp, width - 1, 13) - wanted));
        EXPECT_EQ(mlp.widths(13), std::vector<Index>(static_cast<std::size_t>(layers), width));
      }
  const Fit fitted = fit(Mlp{.parameters = 200, .epochs = 1}, gaussian_problem(20, 5, 2));
  EXPECT_EQ(fitted.report.parameters, 7 * 29 + 1 - 7);  // 28 units: 28 (5 + 1) + 28 + 1
}

TEST(Mlp, HasAWidthForEveryLayer) {
  const Mlp mlp{.layers = 3, .width = 9, .width_2 = 4};
  EXPECT_EQ(mlp.widths(5), (std::vector<Index>{9, 4, 9}));
}

TEST(Mlp, IsALinearRuleWithoutHiddenLayersOrWithLinearUnits) {
  const Data data = gaussian_problem(40, 6, 3);
  for (const Index layers : {0, 1, 3}) {
    const Mlp mlp{.layers = layers, .width = 5, .activation = "linear", .epochs = 3};
    const Fit fitted = fit(mlp, data);
    ASSERT_NE(fitted.predict.linear(), nullptr);
    // The same weights with the network's own passes.
    const detail::TrainingPlan plan = detail::make_training_plan(mlp, 40, 6);
    std::vector<float> x(240), y(40);
    for (Index i = 0; i < 240; ++i)
      x[static_cast<std::size_t>(i)] = static_cast<float>(data.dense().data()[i]);
    for (Index i = 0; i < 40; ++i) y[static_cast<std::size_t>(i)] = static_cast<float>(data.y()(i));
    const auto trained = detail::train<float>(plan, {{x.data(), 40, 6}, y.data()}, Stream(1).child("fit"));
    const detail::NetworkRule network{plan.shape,
                                      std::make_shared<const std::vector<float>>(trained.parameters)};
    EXPECT_LE((network.score(data.dense()) - fitted.predict.score(data.dense())).norm(), 1e-5);
  }
  EXPECT_EQ(fit(Mlp{.epochs = 1}, data).predict.linear(), nullptr);
}

TEST(Mlp, ScoresAnyNumberOfRowsAlike) {
  const Data data = gaussian_problem(600, 6, 4);
  const Fit fitted = fit(quick(), data);
  const Vector all = fitted.predict.score(data.dense());
  for (const Index rows : {1, 255, 256, 257}) {
    const Vector some = fitted.predict.score(data.dense().topRows(rows));
    EXPECT_LE((some - all.head(rows)).norm(), 1e-5 * all.norm()) << rows;
  }
  EXPECT_EQ(fitted.predict.score(Matrix(0, 6)).size(), 0);
}

TEST(Mlp, ReportsItsErrorsItsRateAndItsShareOfTheRuleOfThumb) {
  const Data data = gaussian_problem(100, 40, 5);
  Mlp mlp{.width = 100, .batch = 10, .epochs = 4, .validation = 0.2, .history = true};
  const Fit fitted = fit(mlp, data);
  const std::string& message = fitted.report.message;
  EXPECT_TRUE(contains(message, "training error ")) << message;
  EXPECT_TRUE(contains(message, "validation error ")) << message;
  EXPECT_TRUE(contains(message, "learning rate 0.001")) << message;
  EXPECT_TRUE(contains(message, " times 6 N D flops")) << message;
  ASSERT_EQ(fitted.report.history.size(), 4u);
  EXPECT_EQ(fitted.report.history[1].step, 16);
  EXPECT_EQ(fitted.report.iterations, 32);
  EXPECT_EQ(fitted.report.status, FitStatus::iteration_limit);
  EXPECT_GT(fitted.report.cost.tuning_flops, 0);
  mlp.history = false;
  EXPECT_TRUE(fit(mlp, data).report.history.empty());
}

TEST(Mlp, IsBilledByItsFormula) {
  const Data data = gaussian_problem(47, 6, 6);
  for (const Index epochs : {1, 3})
    for (const Index batch : {0, 1, 10})
      for (const double validation : {0.0, 0.3})
        for (const char* optimiser : {"sgd", "adam"}) {
          const Mlp mlp{
              .width = 5, .optimiser = optimiser, .batch = batch, .epochs = epochs, .validation = validation};
          EXPECT_EQ(fit(mlp, data).report.cost.fit_flops, mlp.fit_flops(47, 6));
        }
  const Mlp wide{.width = 400, .optimiser = "sgd", .epochs = 50};
  const double rule = mlp_six_nd(400 * 22 + 1, 50 * 1000.0);
  EXPECT_NEAR(wide.fit_flops(1000, 20) / rule, 2.0 / 3, 0.06);  // nobody needs the derivative by the inputs
}

Mlp tuned(const std::string& sizes) {
  return {
      .width = 6, .epochs = 5, .learning_rate = "tuned", .rate_from = 1e-3, .rate_to = 1, .tune_at = sizes};
}

TEST(Mlp, TunesOnNamedSizesWithTheBitsOfBareFits) {
  const Data data = gaussian_problem(120, 5, 7);
  for (const char* tune_at : {"", "40", "40,80"})
    for (const double validation : {0.0, 0.25}) {
      Mlp mlp = tuned(tune_at);
      mlp.validation = validation;
      const std::vector<Index> sizes = {20, 40, 60, 80, 120};
      const auto curve = fit_prefixes(mlp, data, sizes);
      for (std::size_t k = 0; k < sizes.size(); ++k) {
        const Fit alone = mlp.fit(data.prefix(sizes[k]),
                                  Stream(1).child("curve").child(static_cast<std::uint64_t>(sizes[k])));
        EXPECT_TRUE(same_fit(curve[k], alone, data)) << sizes[k] << tune_at;
      }
    }
}

TEST(Mlp, IsBilledTheTuningOfEverySizeItReadsItsRateFrom) {
  const Data data = gaussian_problem(120, 5, 7);
  const auto bill = [&](const char* tune_at, Index n) {
    return fit(tuned(tune_at), data.prefix(n)).report.cost.tuning_flops;
  };
  const double at_40 = bill("40", 120), at_80 = bill("80", 120);
  EXPECT_GT(at_40, 0);
  EXPECT_EQ(bill("40", 60), at_40);
  EXPECT_EQ(bill("40,80", 60), at_40);
  EXPECT_EQ(bill("40,80", 120), at_40 + at_80 + detail::rate_line_flops(2));
  EXPECT_EQ(bill("", 40), bill("40", 40));
  EXPECT_EQ(bill("80", 40), bill("", 40));  // below the smallest it tunes at its own size
}

TEST(Mlp, FlagsARateAtTheEndOfItsBracket) {
  const Data data = gaussian_problem(60, 5, 8);
  Mlp mlp = tuned("");
  mlp.rate_from = 1e-9;
  mlp.rate_to = 1e-7;
  const std::string message = fit(mlp, data).report.message;
  EXPECT_TRUE(contains(message, "at the end of the bracket from 1e-09 to 1e-07")) << message;
}

TEST(Mlp, SaysThatItDiverged) {
  const Fit lost = fit(Mlp{.optimiser = "sgd", .learning_rate = 50.0}, gaussian_problem(60, 5, 9));
  EXPECT_EQ(lost.report.status, FitStatus::diverged);
  EXPECT_TRUE(contains(lost.report.message, "diverged in step")) << lost.report.message;
  EXPECT_TRUE(lost.predict.score(Matrix::Ones(3, 5)).allFinite());
  const Fit hopeless = fit(Mlp{.initial_scale = 1e30, .optimiser = "sgd"}, gaussian_problem(60, 5, 9));
  EXPECT_EQ(hopeless.report.status, FitStatus::diverged);
  EXPECT_TRUE(std::isnan(hopeless.report.certificate)) << "no gradient to compare with";
}

/// A place that keeps the text saved last and is lost power after so many saves.
struct Killed {};
struct Disk {
  std::optional<std::string> text;
  int saves_left = 1000;
  Checkpoints checkpoints() {
    return {[this] { return text; },
            [this](std::string saved) {
              text = std::move(saved);
              if (--saves_left == 0) throw Killed{};
            },
            0};
  }
};

TEST(Mlp, GoesOnFromACheckpointWithTheSameBits) {
  const Data data = gaussian_problem(80, 5, 10);
  Mlp mlp = tuned("30,60");
  mlp.epochs = 12;
  mlp.history = true;
  const auto draws = [] { return Stream(2).child("fit"); };
  for (const double validation : {0.0, 0.2}) {
    mlp.validation = validation;
    Disk quiet;
    const Fit whole = mlp.fit_resuming(data, draws(), quiet.checkpoints());
    EXPECT_TRUE(same_fit(mlp.fit(data, draws()), whole, data));
    const int saves = 1000 - quiet.saves_left;
    // Two sizes of five rates, at most twelve epochs and a save for each, and twelve epochs of the fit.
    EXPECT_GT(saves, 80);
    EXPECT_LE(saves, 2 * 5 * 13 + 12);
    for (const int first : {1, 6, 12, 13, 14, 40, 65, 66, 70, saves - 13, saves - 12, saves - 2}) {
      Disk disk{.saves_left = first};
      EXPECT_THROW(mlp.fit_resuming(data, draws(), disk.checkpoints()), Killed);
      disk.saves_left = 1;
      EXPECT_THROW(mlp.fit_resuming(data, draws(), disk.checkpoints()), Killed);
      disk.saves_left = 1000;
      const Fit resumed = Model(mlp).fit_resuming(data, draws(), disk.checkpoints());
      EXPECT_TRUE(same_fit(resumed, whole, data)) << first;
      EXPECT_EQ(disk.saves_left, 1000 - (saves - first - 1)) << first;  // what was saved was not done again
    }
  }
}

TEST(Mlp, LeavesAStateAsideThatIsNotItsOwn) {
  const Data data = gaussian_problem(40, 5, 11);
  const Mlp mlp = quick();
  const auto draws = [] { return Stream(2).child("fit"); };
  Disk disk;
  mlp.fit_resuming(data, draws(), disk.checkpoints());
  Mlp other = mlp;
  other.learning_rate = 0.01;
  const std::string text = *disk.text;
  const auto saves = [&](const Mlp& model, const Data& rows, Stream stream, std::string found) {
    Disk again{.text = std::move(found)};
    const Fit resumed = model.fit_resuming(rows, std::move(stream), again.checkpoints());
    return 1000 - again.saves_left;
  };
  EXPECT_EQ(saves(mlp, data, draws(), text), 0);
  EXPECT_EQ(saves(other, data, draws(), text), 6);
  EXPECT_EQ(saves(mlp, gaussian_problem(40, 5, 12), draws(), text), 6);
  EXPECT_EQ(saves(mlp, data.prefix(30), draws(), text), 6);
  EXPECT_EQ(saves(mlp, data, Stream(3), text), 6);
  EXPECT_EQ(saves(mlp, data, draws(), text.substr(0, text.size() / 2)), 6);
  EXPECT_EQ(saves(mlp, data, draws(), ""), 6);
}

TEST(Mlp, LeavesASpoiltStateAside) {
  const Data data = gaussian_problem(40, 5, 11);
  const auto draws = [] { return Stream(2).child("fit"); };
  const Fit whole = quick().fit(data, draws());
  Disk disk{.saves_left = 3};
  EXPECT_THROW(quick().fit_resuming(data, draws(), disk.checkpoints()), Killed);
  for (const std::size_t at : {std::size_t{0}, disk.text->size() / 2, disk.text->size() - 1}) {
    Disk spoilt{.text = disk.text};
    (*spoilt.text)[at] ^= 1;
    EXPECT_TRUE(same_fit(quick().fit_resuming(data, draws(), spoilt.checkpoints()), whole, data)) << at;
    EXPECT_EQ(spoilt.saves_left, 1000 - 6) << at;
  }
}

TEST(Mlp, DrawsItsTuningFromTheStreamOfTheFit) {
  const Data data = gaussian_problem(60, 5, 8);
  const auto rate = [&](Stream stream) {
    const std::string message = tuned("").fit(data, std::move(stream)).report.message;
    return message.substr(message.find("learning rate "));
  };
  EXPECT_EQ(rate(Stream(1)), rate(Stream(1)));
  EXPECT_NE(rate(Stream(1)), rate(Stream(2)));
}

TEST(Mlp, SavesNoMoreOftenThanAsked) {
  const Data data = gaussian_problem(40, 5, 11);
  Disk disk;
  Checkpoints rare = disk.checkpoints();
  rare.flops_between = quick().fit_flops(40, 5) / 4.5;
  quick().fit_resuming(data, Stream(1), rare);
  EXPECT_EQ(disk.saves_left, 1000 - 3);
}

struct Refusal {
  Mlp mlp;
  std::string says;
};

TEST(Mlp, RefusesOptionsItCannotUse) {
  const std::vector<Refusal> refusals = {
      {{.layers = 9},
       "layers = 9 (without hidden layers the fit is a line). Give a whole number from 0 to 8."},
      {{.layers = -1}, "layers = -1"},
      {{.width = 0}, "width = 0 (a layer has units). Give a whole number of 1 or more."},
      {{.width = -4}, "width = -4"},
      {{.width_1 = -1}, "width_1 = -1"},
      {{.layers = 2, .width_3 = 10}, "width_3 = 10 (there are 2 hidden layers)"},
      {{.width_1 = 10, .parameters = 50}, "both parameters and width_1 are given"},
      {{.parameters = -1}, "parameters = -1"},
      {{.layers = 0, .parameters = 10}, "no hidden layers"},
      {{.activation = "sigmoid"},
       "activation = \"sigmoid\" (it understands linear, relu, tanh, erf, gelu). Write one of these."},
      {{.layers = 0, .output = "sum"}, "needs one"},
      {{.output = "sum", .parametrisation = "mup"}, "no output weights to scale"},
      {{.parametrisation = "pup"}, "parametrisation = \"pup\""},
      {{.initialisation = "hee"}, "initialisation = \"hee\""},
      {{.initial_scale = NAN}, "initial_scale = nan"},
      {{.base_width = 0}, "base_width = 0"},
      {{.loss = "cubic"}, "(it understands squared, huber, logistic). Write one of these."},
      {{.huber_delta = 0}, "huber_delta = 0"},
      {{.weight_decay = -1}, "weight_decay = -1"},
      {{.l1 = NAN}, "l1 = nan"},
      {{.dropout = 1}, "dropout = 1 (some units must stay). Give a number of at least 0 and below 1."},
      {{.optimiser = "lion"}, "optimiser = \"lion\""},
      {{.momentum = 1}, "momentum = 1"},
      {{.l1_steps = "soft"}, "l1_steps = \"soft\""},
      {{.group_l1 = -1}, "group_l1 = -1"},
      {{.beta_2 = -0.1}, "beta_2 = -0.1"},
      {{.clip = -1}, "clip = -1"},
      {{.batch = -1}, "batch = -1"},
      {{.epochs = 0}, "epochs = 0"},
      {{.schedule = "never"}, "schedule = \"never\""},
      {{.warm_up = -1}, "warm_up = -1"},
      {{.decay_epochs = 0}, "decay_epochs = 0"},
      {{.decay_factor = NAN}, "decay_factor = nan"},
      {{.learning_rate = NAN},
       "learning_rate = nan (a rate is positive). Give a number above 0 or \"tuned\"."},
      {{.learning_rate = -0.1}, "learning_rate = -0.1"},
      {{.learning_rate = "best"}, "learning_rate = \"best\""},
      {{.rate_from = 0}, "rate_from = 0"},
      {{.rate_from = 1, .rate_to = 0.5}, "rate_to = 0.5 (rates are tried from rate_from = 1 up to it)"},
      {{.rates = 2}, "rates = 2"},
      {{.rates = 1000000000},
       "rates = 1000000000 (a parabola has three points, and each rate is a fit). Give a whole number from 3 to 100."},
      {{.tune_at = "400,200"}, "not a list of ascending sizes"},
      {{.interpolation = -1}, "interpolation = -1"},
      {{.validation = 1.5}, "validation = 1.5"},
      {{.patience = 0}, "patience = 0"}};
  for (const Refusal& refusal : refusals) {
    const std::string message = thrown_message([&] { require_valid(refusal.mlp); });
    EXPECT_TRUE(contains(message, refusal.says)) << refusal.says << "\n" << message;
    EXPECT_TRUE(contains(message, "). ")) << message;
  }
  EXPECT_NO_THROW(require_valid(Mlp{}));
}

TEST(Mlp, WithProximalStepsHasZerosAndRunsForLess) {
  const Data data = gaussian_problem(100, 8, 2);
  const Mlp plain{.width = 20, .optimiser = "sgd", .epochs = 60, .learning_rate = 0.05};
  Mlp sparse = plain, shrunk = plain;
  sparse.l1 = shrunk.l1 = 0.1, sparse.l1_steps = "proximal";
  const Fit dense = fit(plain, data), few = fit(sparse, data);
  EXPECT_EQ(fit(shrunk, data).report.parameters, dense.report.parameters);  // small, not zero
  EXPECT_LT(few.report.parameters, dense.report.parameters / 2);
  EXPECT_LE(few.predict.score_flops(), 2.0 * static_cast<double>(few.report.parameters));
  EXPECT_TRUE(std::isnan(few.report.certificate));
  EXPECT_EQ(few.report.cost.fit_flops - dense.report.cost.fit_flops, 60 * 4 * 180);  // one a weight and step
  EXPECT_EQ(few.report.cost.fit_flops, sparse.fit_flops(100, 8));
}

TEST(Mlp, LosesWholeUnitsToAPenaltyOnGroups) {
  const Data data = gaussian_problem(100, 8, 2);
  const Mlp plain{.width = 20, .optimiser = "sgd", .epochs = 60, .learning_rate = 0.05};
  Mlp grouped = plain;
  grouped.group_l1 = 0.06;
  const Fit dense = fit(plain, data), few = fit(grouped, data);
  EXPECT_EQ(few.report.parameters % 10,
            1);  // of each unit nine numbers in and one out, and the output's bias
  EXPECT_LT(few.report.parameters, dense.report.parameters);
  EXPECT_GT(few.report.parameters, 1);
  grouped.group_l1 = 10;  // all of them
  const Fit none = fit(grouped, data);
  ASSERT_NE(none.predict.linear(), nullptr);
  EXPECT_EQ(none.predict.linear()->coefficients, Vector::Zero(8));
  EXPECT_EQ(none.report.parameters, 1);
}

TEST(Mlp, CountsTheMemoryOfWidthsThatNoMachineHolds) {
  const Mlp huge{.layers = 2, .width = 4000000000};
  EXPECT_GT(huge.working_bytes(100, 5), 1e20);
  const Mlp wide{.width = 400000, .batch = 1};
  EXPECT_GT(wide.working_bytes(100, 5), 256 * 3 * 400000 * 4.0) << "rows are judged 256 at once";
}

TEST(Mlp, CountsTheMemoryOfTheTextItSaves) {
  const Mlp mlp{.width = 1000, .epochs = 2, .validation = 0.2};
  const Data data = gaussian_problem(40, 20, 1);
  Disk disk;
  mlp.fit_resuming(data, Stream(1), disk.checkpoints());
  const double bytes = mlp.checkpoint_bytes(40, 20);
  EXPECT_NEAR(static_cast<double>(disk.text->size()) / bytes, 1, 0.01);
  EXPECT_NEAR(bytes / (4 * 4 * (1000 * 22 + 1)), 1, 1e-12);
}

TEST(Mlp, RefusesDataItCannotServe) {
  const Data data = gaussian_problem(20, 3, 1);
  const auto message = [](const Mlp& mlp, const Data& rows) {
    return thrown_message([&] { fit(mlp, rows); });
  };
  EXPECT_TRUE(contains(message({.batch = 32}, data),
                       "the batch of mlp is 32 but n is 20 (a step cannot take more rows "
                       "than there are). Set batch to 20 or fewer, or batch = \"min(32, n)\"."));
  EXPECT_TRUE(contains(message({.loss = "logistic"}, data), "it is for classes 0 and 1"));
  EXPECT_TRUE(contains(thrown_message([] { static_cast<void>(Mlp{}.fit(classes(20, 3), Stream(1))); }),
                       "Use loss = \"logistic\""));
  EXPECT_TRUE(contains(message({}, data.prefix(0)), "no rows"));
  EXPECT_TRUE(contains(message({.width = Index{1} << 40}, data), "parameters by its option \"width\""));
  EXPECT_TRUE(contains(message({.width = Index{1} << 40}, data), "no memory holds them"));
  EXPECT_TRUE(contains(message({.layers = 2, .width = Index{1} << 18}, data), "no memory holds them"));
  EXPECT_TRUE(contains(message({.layers = 2, .width_2 = Index{1} << 40}, data), "by its option \"width_2\""));
  EXPECT_TRUE(contains(message({.parameters = Index{1} << 50}, data), "by its option \"parameters\""));
  EXPECT_TRUE(contains(message({.validation = 0.5}, data.prefix(1)),
                       "the validation of mlp holds out 1 of 1 rows (none is left to train on)"));
  EXPECT_TRUE(
      contains(message({.learning_rate = "tuned"}, data.prefix(1)),
               "the learning_rate \"tuned\" of mlp holds out 1 of 1 rows (none is left to train on)"));
  EXPECT_TRUE(contains(message({.batch = 17, .validation = 0.2}, data),
                       "the batch of mlp is 17 but validation leaves 16 of 20 rows to train on"));
  EXPECT_NO_THROW(fit(Mlp{.width = 4, .batch = 16, .epochs = 1, .validation = 0.2}, data));
}

TEST(Mlp, RefusesDataBeforeThereAreAny) {
  const Mlp mlp{.batch = 20};
  EXPECT_NO_THROW(mlp.require_data(20, 3, Task::regression));
  EXPECT_THROW(mlp.require_data(19, 3, Task::regression), InvalidInput);
  EXPECT_THROW(mlp.require_data(20, 0, Task::regression), InvalidInput);
  EXPECT_THROW(mlp.require_data(20, 3, Task::classification), InvalidInput);
}

}  // namespace
}  // namespace quartic::mlp_test
