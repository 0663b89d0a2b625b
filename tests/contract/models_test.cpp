/// What every model of the catalogue owes: these tests know no model by name, but for the few that are listed
/// with the reason.
#include <gtest/gtest.h>

#include <set>
#include <tuple>

#include "core/require.hpp"
#include "models/catalogue.hpp"
#include "models/linear/moments.hpp"
#include "models/on_columns.hpp"
#include "tests/support/related_tasks.hpp"

namespace quartic::models_test {
namespace {

/// A model of the catalogue with some of its options; `name` says which, for the name of the test.
struct Choice {
  CatalogueEntry<Model> entry;
  std::string name = {};
  OptionValues options = {};
};

class EveryModel : public ::testing::TestWithParam<Choice> {
 protected:
  const std::string& kind() const { return GetParam().entry.name; }
  Model model() const { return GetParam().entry.make(GetParam().options); }

  // Every problem has source tasks, with more rows than columns: a model that wants none does not look at them.
  Data adapted(const Data& data) const {
    return with_sources(as_read_by(model(), data), data.columns() + 20, 77);
  }
  // As many columns, or the next number from there on that the model serves.
  Index served(Index columns) const { return served_columns(model(), columns); }
  Data problem(Index rows, Index columns, std::uint64_t seed) const {
    return adapted(gaussian_problem(rows, served(columns), seed));
  }

  // Models that begin with what other tasks taught.
  bool needs_sources() const {
    static const std::set<std::string> models = {"fine_tuned", "fine_tuned_network", "meta_learned",
                                                 "shared_subspace"};
    return models.contains(kind());
  }

  // Models that draw weights, one a column: they follow a permutation of the columns in law, not in number. One
  // of pictures knows besides which pixels are neighbours.
  bool draws_weights() const {
    static const std::set<std::string> models = {
        "convnet", "fine_tuned_network", "hybrid_network",  "meta_learned",
        "mlp",     "pruned_network",     "random_features", "searched"};
    return models.contains(kind());
  }

  // Models that go step by step from weights whose size does not know that of the labels: twice the labels
  // are not twice the function.
  bool begins_at_a_size_of_its_own() const {
    static const std::set<std::string> models = {
        "convnet", "fine_tuned_network", "hybrid_network", "meta_learned",
        "mlp",     "pruned_network",     "searched"};
    return models.contains(kind());
  }

  void expect_sound(const Fit& fit) const;
  void expect_sound_or_refused(const Data& data) const;
};

// Status, cost and certificate are what the headers allow: finite, or NaN where nothing was measured.
void EveryModel::expect_sound(const Fit& fit) const {
  const FitReport& report = fit.report;
  EXPECT_TRUE(report.status == FitStatus::converged || report.status == FitStatus::iteration_limit ||
              report.status == FitStatus::separated);
  EXPECT_GE(report.parameters, 0);
  EXPECT_GE(report.iterations, 0);
  EXPECT_TRUE(std::isfinite(report.cost.fit_flops) && report.cost.fit_flops >= 0);
  EXPECT_TRUE(std::isfinite(report.cost.tuning_flops) && report.cost.tuning_flops >= 0);
  EXPECT_TRUE(std::isfinite(report.cost.pretraining_flops) && report.cost.pretraining_flops >= 0);
  EXPECT_EQ(report.cost.pretraining_flops, std::floor(report.cost.pretraining_flops));
  EXPECT_EQ(report.cost.fit_flops, std::floor(report.cost.fit_flops));
  EXPECT_EQ(report.cost.tuning_flops, std::floor(report.cost.tuning_flops));
  EXPECT_GE(fit.predict.score_flops(), 0);
  EXPECT_EQ(fit.predict.score_flops(), std::floor(fit.predict.score_flops()));
  if (std::isnan(report.certificate)) return;
  EXPECT_GT(report.certificate, -1e-12);
  // Descent on a function that is not convex proves no optimum; its certificate says how far it came.
  EXPECT_TRUE(!fit.predict.linear() || begins_at_a_size_of_its_own() || report.certificate < 1e-2);
}

// A fit that is sound, or a refusal in the form of every message.
void EveryModel::expect_sound_or_refused(const Data& data) const {
  try {
    const Fit fitted = fit(model(), data);
    expect_sound(fitted);
    EXPECT_TRUE(fitted.predict.score(Matrix(data.dense())).allFinite());
  } catch (const InvalidInput& refusal) {
    const std::string message = refusal.what();
    EXPECT_NE(message.find("). "), std::string::npos) << message;  // "<problem> (<why>). <what to do>"
  }
}

// Of all tasks.
Data with_labels_times(double factor, const Data& data) {
  std::vector<Data> sources;
  for (const Data& source : data.sources()) sources.push_back(data_of(source.dense(), factor * source.y()));
  return data_of(data.dense(), factor * data.y()).with_sources(std::move(sources));
}

// Same rule (or predictions, where it is not linear), certificate and bill, bit for bit.
bool same_fit(const Fit& a, const Fit& b, const Data& data) {
  if (a.predict.linear()) return same_bits(a, b);
  return same_report(a, b) && a.predict.score(data.dense()) == b.predict.score(data.dense());
}

double distance(const Fit& a, const Fit& b, const Data& data) {
  const Matrix x = data.dense();
  return (a.predict.score(x) - b.predict.score(x)).norm() / (1 + b.predict.score(x).norm());
}

TEST_P(EveryModel, IsListedUnderItsName) {
  EXPECT_EQ(model().name(), kind());
  EXPECT_EQ(GetParam().entry.summary.back(), '.');
  EXPECT_EQ(model().fingerprint().front(), '{');
}

TEST_P(EveryModel, IsDeterministic) {
  for (Index n : {30, 90}) {
    const Data data = problem(n, 50, 31);
    EXPECT_TRUE(same_fit(fit(model(), data), fit(model(), data), data));
  }
}

TEST_P(EveryModel, ReportsSoundly) {
  for (auto [n, p] : {std::pair{40, 60}, {60, 40}, {50, 50}, {49, 50}, {51, 50}, {30, 1}}) {
    const Data data = problem(n, p, 32);
    expect_sound(fit(model(), data));
  }
}

TEST_P(EveryModel, FitsPrefixesAsItFitsThemAlone) {
  const Data data = problem(140, 70, 33);
  const std::vector<std::vector<Index>> curves = {{10, 40, 64, 69, 70, 71, 100, 140}, {40, 71}, {100}};
  for (const std::vector<Index>& sizes : curves) {
    const Moments moments(data, sizes, model().needs());
    const auto curve = model().fit_prefixes({data, sizes, nullptr}, Stream(5));
    const auto shared = model().fit_prefixes({data, sizes, &moments}, Stream(5));
    ASSERT_EQ(curve.size(), sizes.size());
    for (std::size_t k = 0; k < sizes.size(); ++k) {
      const auto id = static_cast<std::uint64_t>(sizes[k]);
      const Fit alone = model().fit(data.prefix(sizes[k]), Stream(5).child(id));
      EXPECT_TRUE(same_fit(curve[k], alone, data)) << sizes[k];
      EXPECT_TRUE(same_fit(shared[k], alone, data)) << sizes[k];
    }
  }
}

TEST_P(EveryModel, FollowsAPermutationOfTheColumns) {
  if (draws_weights()) return;
  const Data data = problem(80, 20, 34);
  std::vector<Index> order;
  for (Index j = 0; j < 20; ++j) order.push_back((7 * j + 3) % 20);
  const Fit permuted = fit(on_columns(model(), order), data);
  EXPECT_LE(distance(permuted, fit(model(), data), data), 1e-3);
}

TEST_P(EveryModel, ScalesWithTheLabels) {
  if (begins_at_a_size_of_its_own() || model().reads_classes()) return;
  for (Index n : {15, 80}) {
    const Data data = adapted(gaussian_problem(n, 20, 35));
    const Data scaled = with_labels_times(1024, data);
    const Fit small = fit(model(), data), large = fit(model(), scaled);
    const Matrix x = data.dense();
    const Vector expected = 1024 * small.predict.score(x);
    EXPECT_LE((large.predict.score(x) - expected).norm(), 1e-3 * (1 + expected.norm()));
  }
}

TEST_P(EveryModel, TakesAppendedColumns) {
  for (Index p : {20, 40, 41, 200}) expect_sound(fit(model(), problem(40, p, 36)));
}

TEST_P(EveryModel, TakesOneRowZeroLabelsAndCollinearColumns) {
  const Data data = gaussian_problem(30, served(8), 37);
  Matrix collinear = data.dense();
  collinear.col(5) = collinear.col(1);
  collinear.col(6).setZero();
  expect_sound_or_refused(adapted(data.prefix(1)));
  expect_sound_or_refused(adapted(data_of(data.dense(), Vector::Zero(30))));
  expect_sound_or_refused(adapted(data_of(collinear, data.y())));
  expect_sound_or_refused(adapted(data_of(Matrix::Zero(30, data.columns()), data.y())));
}

TEST_P(EveryModel, RefusesNoRows) {
  EXPECT_THROW(fit(model(), adapted(data_of(Matrix(0, served(3)), Vector(0)))), InvalidInput);
}

TEST_P(EveryModel, ReadsSinglePrecisionAsTheSameNumbersInDouble) {
  const Data single = adapted(in_single_precision(gaussian_problem(60, served(30), 38)));
  const Data widened = Data(single.block({0, 60}, {0, single.columns()}), Vector(single.y()), single.task())
                           .with_sources({single.sources().begin(), single.sources().end()});
  EXPECT_LE(distance(fit(model(), single), fit(model(), widened), widened), 1e-12);
}

TEST_P(EveryModel, BillsSourcesApartOrLooksAtNone) {
  const Data with = problem(60, 20, 39), plain(Matrix(with.dense()), Vector(with.y()), with.task());
  if (!needs_sources()) {
    EXPECT_TRUE(same_fit(fit(model(), with), fit(model(), plain), plain));
    EXPECT_EQ(fit(model(), with).report.cost.pretraining_flops, 0);
    return;
  }
  EXPECT_GT(fit(model(), with).report.cost.pretraining_flops, 0);
  try {
    fit(model(), plain);
    FAIL() << "learned from sources that are not there";
  } catch (const InvalidInput& refusal) {
    EXPECT_NE(std::string(refusal.what()).find("no source tasks"), std::string::npos) << refusal.what();
  }
}

TEST_P(EveryModel, RefusesAnUnknownOption) {
  EXPECT_THROW(GetParam().entry.make({{"no_such_option", 1.0}}), InvalidInput);
}

// Those that read numbers alone are given y - 1/2.
TEST_P(EveryModel, TellsClassesBetterThanAConstant) {
  const Index p = served(5);
  const Data rows = with_sources(logistic_problem(150, p, 2, 41), p + 20, 43);
  const Data fresh = logistic_problem(2000, p, 2, 42);
  const Vector score = fit(model(), rows).predict.score(Matrix(fresh.dense()));
  const auto wrong = ((score.array() > 0).cast<double>() - fresh.y().array()).abs();
  EXPECT_LT(wrong.mean(), 0.35);
}

std::vector<Choice> every_model() {
  std::vector<Choice> all;
  for (const CatalogueEntry<Model>& entry : model_catalogue()) all.push_back({entry});
  return all;
}

// Other ways through models that have several.
std::vector<Choice> other_choices() {
  using Words = std::string;
  const std::vector<std::tuple<std::string, std::string, OptionValues>> named = {
      {"fine_tuned", "least_squares", {{"method", Words("least_squares")}}},
      {"fine_tuned", "first", {{"sources", Words("first")}, {"start", Words("ridge")}, {"intercept", true}}},
      {"fine_tuned", "cv", {{"penalty", Words("cv")}}},
      {"fine_tuned_network", "first", {{"sources", Words("first")}, {"optimiser", Words("momentum")}}},
      {"meta_learned", "some", {{"meta_batch", Index{2}}, {"shots", Index{0}}, {"steps", Index{3}}}},
      {"shared_subspace", "intercept", {{"dimensions", Index{1}}, {"intercept", true}}},
      {"pruned", "ridge", {{"base", Words("ridge")}, {"keep", 0.25}, {"intercept", true}}},
      {"pruned", "held_out", {{"keep", Words("held_out")}}},
      {"pruned", "rounds", {{"rounds", Index{3}}}},
      {"pruned", "cut", {{"refit", false}}},
      {"pruned_network", "held_out", {{"keep", Words("held_out")}}},
      {"pruned_network", "fine_tune", {{"retrain", Words("fine_tune")}, {"rounds", Index{2}}}},
      {"pruned_network", "none", {{"retrain", Words("none")}, {"keep", 0.9}}},
      {"searched", "halving", {{"search", Words("successive_halving")}, {"trials", Index{6}}}},
      {"searched",
       "one_shape",
       {{"layers_to", Index{1}}, {"width_from", Index{16}}, {"width_to", Index{16}}, {"trials", Index{16}}}}};
  std::vector<Choice> all;
  for (const auto& [model, name, options] : named)
    for (const CatalogueEntry<Model>& entry : model_catalogue())
      if (entry.name == model) all.push_back({entry, "_" + name, options});
  return all;
}

const auto name_of = [](const auto& choice) { return choice.param.entry.name + choice.param.name; };
INSTANTIATE_TEST_SUITE_P(Catalogue, EveryModel, ::testing::ValuesIn(every_model()), name_of);
INSTANTIATE_TEST_SUITE_P(OtherChoices, EveryModel, ::testing::ValuesIn(other_choices()), name_of);

}  // namespace
}  // namespace quartic::models_test
