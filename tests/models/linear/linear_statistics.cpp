/// Least squares and ridge against the closed forms of their risk for Gaussian designs. The formulas are
/// written out here, apart from the theory layer, which models do not see.
#include <gtest/gtest.h>

#include "models/linear/least_squares.hpp"
#include "models/linear/ridge/ridge.hpp"
#include "tests/support/linear_problem.hpp"

namespace quartic::linear_statistics {
namespace {

struct Design {
  Index n, p;
  double signal;  // |b|^2, spread evenly
  int replicates;
};

struct Mean {
  double value, standard_error;
};

// Mean of |b_hat - b|^2 over fresh isotropic Gaussian data with unit noise.
Mean mean_risk(const Model& model, const Design& design, std::uint64_t seed) {
  const double coefficient = std::sqrt(design.signal / static_cast<double>(design.p));
  double sum = 0, squares = 0;
  for (int replicate = 0; replicate < design.replicates; ++replicate) {
    const Stream stream = Stream(seed).child(static_cast<std::uint64_t>(replicate));
    const Matrix x = gaussian_matrix(design.n, design.p, stream.child("x"));
    const Vector noise = gaussian_matrix(design.n, 1, stream.child("noise"));
    const Fit fitted = fit(model, data_of(x, coefficient * x.rowwise().sum() + noise));
    const double risk = (fitted.predict.linear()->coefficients.array() - coefficient).square().sum();
    sum += risk;
    squares += risk * risk;
  }
  const double count = design.replicates, mean = sum / count;
  return {mean, std::sqrt((squares / count - mean * mean) / (count - 1))};
}

TEST(LeastSquares, HasTheExactRiskOfTheOracle) {
  for (auto [n, s] : {std::pair{30, 10}, {100, 10}, {60, 20}}) {
    const Mean risk = mean_risk(LeastSquares{}, {n, s, 10, 4000}, 1);
    EXPECT_NEAR(risk.value, s / (n - s - 1.0), 5 * risk.standard_error) << n;
  }
}

TEST(LeastSquares, HasTheExactRiskOfTheMinimumNormInterpolator) {
  for (auto [n, d] : {std::pair{10, 30}, {20, 60}, {40, 60}}) {
    const Mean risk = mean_risk(LeastSquares{}, {n, d, 2, 4000}, 2);
    const double expected = 2 * (1 - n / static_cast<double>(d)) + n / (d - n - 1.0);
    EXPECT_NEAR(risk.value, expected, 5 * risk.standard_error) << n;
  }
}

// Golden values: n = 200, signal 2, noise 1 (Dobriban & Wager 2018). Asymptotic: 2 % or 5 standard errors.
TEST(Ridge, HasTheLimitingRisk) {
  struct Golden {
    Index p;
    double penalty, risk;
  };
  for (const auto& [p, penalty, expected] :
       {Golden{100, 0.3, 0.5655}, {300, 0.3, 1.3569}, {300, 0.75, 1.2573}}) {
    const Mean risk = mean_risk(Ridge{.penalty = penalty}, {200, p, 2, 120}, 3);
    EXPECT_NEAR(risk.value, expected, std::max(5 * risk.standard_error, 0.02 * expected)) << p;
  }
}

TEST(Ridge, ChosenByTheDataComesNearTheBestPenalty) {
  for (const char* word : {"loo", "cv"}) {
    const Mean risk = mean_risk(Ridge{.penalty = word}, {200, 300, 2, 12}, 4);
    EXPECT_LE(risk.value - 5 * risk.standard_error, 1.2573 * 1.05) << word;
    EXPECT_GE(risk.value + 5 * risk.standard_error, 1.2573) << word;
  }
}

}  // namespace
}  // namespace quartic::linear_statistics
