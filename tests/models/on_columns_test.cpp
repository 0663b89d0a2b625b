#include "models/on_columns.hpp"

#include <gtest/gtest.h>

#include "core/require.hpp"
#include "models/linear/least_squares.hpp"
#include "models/linear/ridge/ridge.hpp"
#include "tests/support/linear_problem.hpp"

namespace quartic::on_columns_test {
namespace {

const std::vector<Index> kColumns = {7, 2, 5};

TEST(OnColumns, FitsTheModelToTheseColumnsAlone) {
  const Data data = gaussian_problem(30, 10, 1);
  const Fit seen = fit(LeastSquares{}, data.restrict(kColumns));
  const Fit all = fit(on_columns(LeastSquares{}, kColumns), data);
  const Vector& b = all.predict.linear()->coefficients;
  ASSERT_EQ(b.size(), 10);
  for (Index j = 0; j < 3; ++j)
    EXPECT_EQ(b(kColumns[static_cast<std::size_t>(j)]), seen.predict.linear()->coefficients(j));
  EXPECT_EQ((b.array() != 0).count(), 3);
  EXPECT_EQ(all.report.cost.fit_flops, seen.report.cost.fit_flops);
  EXPECT_EQ(all.report.parameters, 3);
}

TEST(OnColumns, HasTheSameBitsAloneAsAlongACurve) {
  const Data data = gaussian_problem(70, 10, 1);
  const std::vector<Index> sizes = {1, 2, 3, 4, 64, 65, 70};
  const Model model = on_columns(LeastSquares{}, kColumns);
  const auto curve = fit_prefixes(model, data, sizes);
  for (std::size_t k = 0; k < sizes.size(); ++k)
    EXPECT_TRUE(same_bits(curve[k], fit(model, data.prefix(sizes[k]))));
}

TEST(OnColumns, KeepsThePathOfTheModel) {
  const Data data = gaussian_problem(20, 10, 1);
  EXPECT_FALSE(on_columns(LeastSquares{}, kColumns).has_path());
  const Model model = on_columns(Ridge{.penalties = 4}, kColumns);
  ASSERT_TRUE(model.has_path());
  const auto path = model.fit_path(data, Stream(1));
  ASSERT_EQ(path.size(), 4u);
  EXPECT_EQ(path[0].predict.linear()->coefficients.size(), 10);
}

TEST(OnColumns, NamesItsColumnsInTheFingerprint) {
  EXPECT_EQ(on_columns(LeastSquares{}, kColumns).fingerprint(),
            "{\"columns\":[7,2,5],\"model\":" + LeastSquares{}.fingerprint() + "}");
}

// A model whose predictor is not linear: the sum of squares of the columns it sees.
struct SumOfSquares {
  struct Rule {
    Vector score(const Matrix& x) const { return x.rowwise().squaredNorm(); }
    double score_flops() const { return 6; }
  };
  std::string name() const { return "sum_of_squares"; }
  Fit fit(const Data&, Stream) const { return {Rule{}, {}}; }
};

TEST(OnColumns, GivesOtherPredictorsTheseColumnsOfX) {
  const Data data = gaussian_problem(4, 10, 1);
  const Fit fitted = fit(on_columns(SumOfSquares{}, kColumns), data);
  EXPECT_EQ(fitted.predict.linear(), nullptr);
  const Vector score = fitted.predict.score(Matrix(data.dense()));
  const Vector expected = data.restrict(kColumns).dense().rowwise().squaredNorm();
  EXPECT_LE((score - expected).norm(), 1e-14 * expected.norm());
  EXPECT_EQ(fitted.predict.score_flops(), 6);
}

TEST(Expand, PutsEachCoefficientInItsPlace) {
  const LinearRule all = expand({Vector::LinSpaced(3, 1, 3), 9}, kColumns, 8);
  EXPECT_EQ(all.coefficients, (Vector(8) << 0, 0, 2, 0, 0, 3, 0, 1).finished());
  EXPECT_EQ(all.intercept, 9);
}

TEST(Expand, RefusesColumnsThatDoNotFit) {
  EXPECT_THROW(expand({Vector::Zero(3), 0}, kColumns, 7), InvalidInput);
  EXPECT_THROW(expand({Vector::Zero(2), 0}, kColumns, 8), InvalidInput);
}

}  // namespace
}  // namespace quartic::on_columns_test
