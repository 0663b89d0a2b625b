#include "models/flexible/hybrid_network/hybrid_network.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "core/require.hpp"
#include "models/flexible/hybrid_network/flops.hpp"
#include "models/flexible/mlp/flops.hpp"
#include "models/flexible/mlp/mlp.hpp"
#include "models/flexible/mlp/plan.hpp"
#include "models/linear/least_squares.hpp"
#include "models/linear/logistic/logistic_regression.hpp"
#include "tests/support/class_problem.hpp"
#include "tests/support/thrown_message.hpp"

namespace quartic::hybrid_network_test {
namespace {

using support::thrown_message;

constexpr Index columns = 6;
const std::vector<Index> names = {0, 1, 4};

// y = x_0 + x_1 + |x_2| - E|x_2| + noise: an expert of columns 0, 1 and 4 overlooks what is bent.
Data bent(Index rows, std::uint64_t seed) {
  Matrix x = gaussian_matrix(rows, columns, Stream(seed).child("x"));
  const Matrix noise = gaussian_matrix(rows, 1, Stream(seed).child("noise"));
  Vector y = x.col(0) + x.col(1) + x.col(2).cwiseAbs() + 0.1 * noise.col(0);
  y.array() -= std::sqrt(2 / std::numbers::pi);
  return {std::move(x), std::move(y)};
}

// Classes by the same sum, four times as large.
Data bent_classes(Index rows, std::uint64_t seed) {
  const Data data = bent(rows, seed);
  Stream draws = Stream(seed).child("classes");
  Vector y(rows);
  for (Index i = 0; i < rows; ++i) y[i] = draws.uniform() < 1 / (1 + std::exp(-4 * data.y()[i])) ? 1 : 0;
  return classes_of(Matrix(data.dense()), std::move(y));
}

HybridNetwork quick(NumberOrWord trust, const std::string& loss = "squared") {
  return HybridNetwork{
      .trust = std::move(trust), .loss = loss, .width = 12, .epochs = 20, .learning_rate = 0.01}
      .advised(names);
}

Mlp its_network(const HybridNetwork& model) {
  return {.width = model.width,
          .initialisation = "zero_output",
          .loss = model.loss,
          .epochs = model.epochs,
          .learning_rate = model.learning_rate};
}

double mean_square(const Fit& fit, const Data& data) {
  return (fit.predict.score(Matrix(data.dense())) - data.y()).squaredNorm() /
         static_cast<double>(data.rows());
}

double share_wrong(const Fit& fit, const Data& data) {
  const Vector score = fit.predict.score(Matrix(data.dense()));
  return ((score.array() > 0).cast<double>() - data.y().array()).abs().mean();
}

TEST(HybridNetwork, OfNoTrustIsTheNetworkAloneToTheBit) {
  const Data data = bent(60, 1);
  const Fit alone = its_network(quick(0.0)).fit(data, Stream(5));
  for (const HybridNetwork& model : {quick(0.0), quick("held_out").advised({}), quick(1.0).advised({})}) {
    const Fit fit = model.fit(data, Stream(5));
    EXPECT_TRUE(same_report(fit, alone));
    EXPECT_EQ(fit.predict.score(Matrix(data.dense())), alone.predict.score(Matrix(data.dense())));
  }
}

TEST(HybridNetwork, BillsAPredictionOfBothPartsAndTheirSum) {
  const Data data = bent(60, 1);
  const Index named = std::ssize(names), network = 12 * (2 * data.columns() + 1) + 2 * 12 + 1;
  EXPECT_EQ(quick(0.0).fit(data, Stream(5)).predict.score_flops(), network);
  EXPECT_EQ(quick(1.0).fit(data, Stream(5)).predict.score_flops(), network + 2 * named + 1 + 1);
}

// With the squared loss what the network learns is what the expert leaves: the network of the residuals.
TEST(HybridNetwork, AddsToTheExpertTheNetworkOfHisResiduals) {
  const Data data = bent(80, 2);
  const Fit expert = LeastSquares{.intercept = true}.fit(data.restrict(names), Stream(0));
  for (const double trust : {0.5, 1.0}) {
    const Fit fit = quick(trust).fit(data, Stream(7));
    const Vector said = trust * expert.predict.score(Matrix(data.restrict(names).dense()));
    const Data left(Matrix(data.dense()), data.y() - said);
    const Fit rest = its_network(quick(trust)).fit(left, Stream(7));
    const Vector expected = said + rest.predict.score(Matrix(data.dense()));
    // Single precision, along two ways that round differently.
    EXPECT_LE((fit.predict.score(Matrix(data.dense())) - expected).norm(), 1e-4 * expected.norm()) << trust;
  }
}

TEST(HybridNetwork, BeginsAsTheExpertsRule) {
  HybridNetwork model = quick(1.0, "logistic");
  model.epochs = 1, model.learning_rate = 1e-12;
  const Data data = bent_classes(200, 3);
  const Fit expert = LogisticRegression{.intercept = true}.fit(data.restrict(names), Stream(0));
  const Vector said = expert.predict.score(Matrix(data.restrict(names).dense()));
  EXPECT_LE((model.fit(data, Stream(1)).predict.score(Matrix(data.dense())) - said).norm(),
            1e-6 * said.norm());
}

TEST(HybridNetwork, FindsWhatTheExpertOverlooks) {
  const Data fresh = bent(4000, 100), fresh_classes = bent_classes(4000, 100);
  for (const std::uint64_t seed : {1, 2, 3}) {
    const Data data = bent(400, seed), classes = bent_classes(400, seed);
    // He cannot do better than the variance of |x_2|, 1 - 2/pi = .363, and that of the noise.
    const Fit expert = Model(LeastSquares{}).fit(data, Stream(0));
    EXPECT_GE(mean_square(expert, fresh), 0.34);
    EXPECT_LE(mean_square(quick("held_out").fit(data, Stream(seed)), fresh), 0.12) << seed;
    const double both = share_wrong(quick("held_out", "logistic").fit(classes, Stream(seed)), fresh_classes);
    EXPECT_LE(both + 0.02,
              share_wrong(LogisticRegression{.intercept = true}.fit(classes, Stream(0)), fresh_classes));
  }
}

TEST(HybridNetwork, TrustsAnExpertWhoKnowsAndNotOneWhoFitsNoise) {
  const Data data = bent(60, 4);
  const auto chosen = [&](std::vector<Index> named, const Data& rows) {
    const HybridNetwork model = quick("held_out").advised(named);
    const Fit fit = model.fit(rows, Stream(9));
    std::vector<double> same;
    for (const double trust : {0.0, 0.5, 1.0}) {
      HybridNetwork fixed = model;
      fixed.trust = trust;
      const Matrix x = rows.dense();
      if (fixed.fit(rows, Stream(9)).predict.score(x) == fit.predict.score(x)) same.push_back(trust);
    }
    return same;
  };
  EXPECT_EQ(chosen({0, 1}, data), std::vector<double>{1});
  // Of 60 columns of noise he fits 48 rows exactly, and tells nothing of the 12 that judge.
  Matrix wide(60, 66);
  wide << data.dense(), gaussian_matrix(60, 60, Stream(4).child("noise of columns"));
  std::vector<Index> of_chance(60);
  for (Index j = 0; j < 60; ++j) of_chance[static_cast<std::size_t>(j)] = columns + j;
  EXPECT_EQ(chosen(of_chance, Data(std::move(wide), Vector(data.y()))), std::vector<double>{0});
}

TEST(HybridNetwork, IsBilledForBothPartsAndForTheChoice) {
  for (const std::string loss : {"squared", "logistic"}) {
    const Data data = loss == "squared" ? bent(50, 5) : bent_classes(50, 5);
    const auto bill = [&](const Data& rows, double trust) {
      const HybridNetwork model = quick(trust, loss);
      const Index n = rows.rows();
      const Fit expert = loss == "squared"
                             ? LeastSquares{.intercept = true}.fit(rows.restrict(names), Stream(0))
                             : LogisticRegression{.intercept = true}.fit(rows.restrict(names), Stream(0));
      const double added = trust == 0 ? 0
                                      : expert.report.cost.fit_flops +
                                            detail::hybrid_network_flops::offsets(static_cast<double>(n), 3) +
                                            static_cast<double>(n * model.epochs);
      return its_network(model).fit_flops(n, columns) + added;
    };
    EXPECT_EQ(quick(0.5, loss).fit(data, Stream(1)).report.cost.fit_flops, bill(data, 0.5));
    EXPECT_EQ(quick(0.5, loss).fit(data, Stream(1)).report.cost.tuning_flops, 0);
    const Fit fit = quick("held_out", loss).fit(data, Stream(1));
    EXPECT_EQ(fit.report.cost.fit_flops, bill(data, fit.report.parameters > 12 * 7 + 13 ? 1 : 0));
    const auto plan = detail::make_training_plan(its_network(quick(0.0, loss)), 40, columns);
    const Data first = data.prefix(40);
    const double judging = 3 * detail::evaluation_flops(plan.shape, plan.loss, 10) +
                           2 * (detail::hybrid_network_flops::offsets(10, 3) + 10);
    EXPECT_EQ(fit.report.cost.tuning_flops, bill(first, 0) + bill(first, 0.5) + bill(first, 1) + judging)
        << loss;
  }
}

TEST(HybridNetwork, CountsTheParametersOfBothParts) {
  const Data data = bent(40, 6);
  const Index network = 12 * (columns + 1) + 13;
  EXPECT_EQ(quick(0.0).fit(data, Stream(1)).report.parameters, network);
  EXPECT_EQ(quick(1.0).fit(data, Stream(1)).report.parameters, network + 4);
}

TEST(HybridNetwork, KnowsWhatItWasTold) {
  EXPECT_TRUE(Model(HybridNetwork{}).takes_advice());
  EXPECT_NE(quick(1.0).fingerprint(), quick(1.0).advised({}).fingerprint());
  EXPECT_NE(thrown_message([] {
              quick(1.0).advised(std::vector<Index>{7}).fit(bent(20, 1), Stream(1));
            }).find("column 7 (there are 6)"),
            std::string::npos);
  EXPECT_NE(thrown_message([] { quick(1.0, "logistic").fit(bent(20, 1), Stream(1)); }), "");
}

TEST(HybridNetwork, ServesOneRowAndManyNames) {
  for (const Index rows : {1, 2, 3}) {
    const Fit fit = quick("held_out").fit(bent(rows, 7), Stream(1));
    EXPECT_TRUE(fit.predict.score(Matrix(bent(5, 8).dense())).allFinite()) << rows;
  }
}

}  // namespace
}  // namespace quartic::hybrid_network_test
