#include "models/with_signs.hpp"

#include <gtest/gtest.h>

#include "core/require.hpp"
#include "models/flexible/mlp/mlp.hpp"
#include "models/linear/lasso/lasso.hpp"
#include "models/linear/least_squares.hpp"
#include "models/linear/ridge/ridge.hpp"
#include "models/linear/sgd/linear_sgd.hpp"
#include "tests/support/linear_problem.hpp"

namespace quartic::with_signs_test {
namespace {

// All true coefficients are positive.
const Data data = gaussian_problem(200, 6, 1);

Vector coefficients(const Fit& fit) {
  return fit.predict.linear()->coefficients;
}

TEST(WithSigns, IsTheModelItselfWhereNoRuleIsBroken) {
  const Model free = with_signs(LeastSquares{}, Vector{{-1, 0, 0, -1, 0, 0}});
  EXPECT_TRUE(same_bits(fit(free, data), fit(LeastSquares{}, data)));
}

TEST(WithSigns, LeavesOutWhatMayNotHaveItsSignAndBillsEveryRound) {
  const Fit signs = fit(with_signs(LeastSquares{}, Vector{{0, 1, 0, 0, 1, 0}}), data);
  const Fit others = fit(LeastSquares{}, data.restrict(std::vector<Index>{0, 2, 3, 5}));
  const Vector b = coefficients(signs), rest = coefficients(others);
  EXPECT_EQ(b, (Vector{{rest[0], 0, rest[1], rest[2], 0, rest[3]}}));
  EXPECT_EQ(signs.report.parameters, 4);
  EXPECT_EQ(signs.report.cost.fit_flops, LeastSquares{}.fit_flops(200, 6) + LeastSquares{}.fit_flops(200, 4));
}

TEST(WithSigns, GoesOnUntilNoCoefficientBreaksItsRule) {
  // Collinear but for a little: what is left takes over the sign of what was left out.
  const Index n = 100;
  const Matrix z = gaussian_matrix(n, 3, Stream(4));
  Matrix x(n, 2);
  x << z.col(0), z.col(0) + 0.1 * z.col(1);
  const Vector y = x.col(0) - 0.5 * x.col(1) + 0.01 * z.col(2);
  const Data two = data_of(x, y);
  EXPECT_LT(coefficients(fit(LeastSquares{}, two))[1], 0);
  const Fit none = fit(with_signs(LeastSquares{}, Vector{{1, 1}}), two);
  EXPECT_EQ(coefficients(none), Vector::Zero(2));
  EXPECT_EQ(none.report.parameters, 0);
  EXPECT_EQ(none.report.cost.fit_flops, LeastSquares{}.fit_flops(n, 2) + LeastSquares{}.fit_flops(n, 1));
}

TEST(WithSigns, HoldsForEveryLinearModel) {
  const Vector forbidden{{1, 0, 1, 0, -1, 0}};
  for (const Model& model : {Model(LeastSquares{}), Model(Ridge{}), Model(Lasso{}), Model(LinearSgd{})}) {
    EXPECT_TRUE(model.is_linear()) << model.name();
    const Vector b = coefficients(fit(with_signs(model, forbidden), data));
    EXPECT_TRUE((b.array() * forbidden.array() <= 0).all()) << model.name();
    EXPECT_GT(b[1], 0) << model.name();
  }
}

TEST(WithSigns, HasTheSameBitsAloneAlongACurveAndOnDemand) {
  const Vector forbidden{{1, 0, 0, 0, 1, 0}};
  const std::vector<Index> sizes = {1, 3, 64, 100, 200};
  const Model model = with_signs(LinearSgd{.step = 0.02}, forbidden);
  const std::vector<Fit> curve = fit_prefixes(model, data, sizes);
  const RowSource source{6, Task::regression, [](Range rows) {
                           return data_of(data.dense().middleRows(rows.first, rows.count),
                                          data.y().segment(rows.first, rows.count));
                         }};
  ASSERT_TRUE(model.has_stream());
  const std::vector<Fit> drawn = model.fit_stream(source, sizes, Stream(1).child("fit"));
  for (std::size_t k = 0; k < sizes.size(); ++k) {
    EXPECT_TRUE(same_bits(curve[k], fit(model, data.prefix(sizes[k])))) << sizes[k];
    EXPECT_EQ(coefficients(drawn[k]), coefficients(curve[k])) << sizes[k];
  }
  EXPECT_FALSE(with_signs(LeastSquares{}, forbidden).has_stream());
}

TEST(WithSigns, RefusesModelsWithoutCoefficientsAndTooFewRules) {
  EXPECT_FALSE(Model(Mlp{}).is_linear());
  EXPECT_THROW(fit(with_signs(Mlp{.width = 2, .epochs = 1}, Vector{{1, 0, 0, 0, 0, 0}}), data), InvalidInput);
  EXPECT_THROW(fit(with_signs(LeastSquares{}, Vector{{1, 0}}), data), InvalidInput);
}

TEST(WithSigns, NamesItsRulesInTheFingerprint) {
  EXPECT_EQ(with_signs(LeastSquares{}, Vector{{1, 0, -1}}).fingerprint(),
            "{\"forbidden\":[1,0,-1],\"model\":" + LeastSquares{}.fingerprint() + "}");
}

TEST(WithSigns, KeepsAnInterceptWhereEveryColumnIsLeftOut) {
  const Data rising(Matrix{{1}, {2}, {3}, {4}}, Vector{{11, 12, 13, 14}});
  const Model model = with_signs(LeastSquares{.intercept = true}, Vector::Ones(1));
  const Fit fitted = model.fit(rising, Stream(1));
  EXPECT_EQ(fitted.predict.linear()->coefficients, Vector::Zero(1));
  EXPECT_NEAR(fitted.predict.linear()->intercept, 12.5, 1e-12);
}

}  // namespace
}  // namespace quartic::with_signs_test
