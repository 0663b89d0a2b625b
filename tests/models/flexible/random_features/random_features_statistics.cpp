/// Random features against the theory of Mei & Montanari, a limit: within 3 % or 5 standard errors.
#include <gtest/gtest.h>

#include "laws/theory/random_features.hpp"
#include "models/flexible/random_features/random_features.hpp"
#include "tests/support/linear_problem.hpp"

namespace quartic::random_features_statistics {
namespace {

struct Design {
  Index d, n, N;
  double penalty;
  double noise;
  int replicates;

  double limit() const {
    const auto columns = static_cast<double>(d);
    return random_features_risk({.features_per_column = static_cast<double>(N) / columns,
                                 .rows_per_column = static_cast<double>(n) / columns,
                                 .penalty = penalty,
                                 .noise_variance = noise * noise})
        .excess;
  }
};

// Rows uniform on the sphere of radius sqrt d.
Matrix sphere_rows(Index rows, Index d, Stream stream) {
  Matrix x = gaussian_matrix(rows, d, std::move(stream));
  return x.rowwise().normalized() * std::sqrt(static_cast<double>(d));
}

// f*(x) is the first column; 2000 fresh rows.
double excess_risk(const Design& design, const Stream& stream) {
  const Matrix x = sphere_rows(design.n, design.d, stream.child("x"));
  const Vector noise = design.noise * gaussian_matrix(design.n, 1, stream.child("noise"));
  const RandomFeatures model{.features = design.N, .penalty = design.penalty};
  const Fit fitted = model.fit(data_of(x, x.col(0) + noise), stream.child("fit"));
  const Matrix fresh = sphere_rows(2000, design.d, stream.child("test"));
  return (fitted.predict.score(fresh) - fresh.col(0)).squaredNorm() / 2000;
}

std::vector<double> risks(const Design& design, std::uint64_t seed) {
  std::vector<double> all;
  for (int replicate = 0; replicate < design.replicates; ++replicate)
    all.push_back(excess_risk(design, Stream(seed).child(static_cast<std::uint64_t>(replicate))));
  return all;
}

void expect_limit(const Design& design, std::uint64_t seed) {
  const std::vector<double> all = risks(design, seed);
  const Eigen::Map<const Vector> values(all.data(), std::ssize(all));
  const double count = design.replicates, mean = values.mean();
  const double error = std::sqrt((values.array() - mean).square().sum() / (count - 1) / count);
  EXPECT_NEAR(mean, design.limit(), std::max(0.03 * design.limit(), 5 * error)) << design.N;
  EXPECT_LT(error, 0.03 * design.limit());  // else the comparison would say little
}

// Golden values of the formula, and the formula of laws/theory: F1 = 1, n = 3 d.
TEST(RandomFeatures, HaveTheLimitingRiskOfMeiAndMontanari) {
  struct Golden {
    Design design;
    double risk;
  };
  for (const auto& [design, risk] : {Golden{{300, 900, 180, 1e-3, 0.5, 16}, 0.8376},
                                     {{300, 900, 900, 1e-3, 0.5, 20}, 1.3156},
                                     {{300, 900, 2700, 1e-2, 0, 5}, 0.10215}}) {
    EXPECT_NEAR(design.limit(), risk, 1e-4 * risk);
    expect_limit(design, 1);
  }
}

TEST(RandomFeatures, HaveTheLimitingRiskWithoutAPenaltyToo) {
  expect_limit({100, 300, 100, 0, 0.5, 40}, 2);
  expect_limit({100, 300, 900, 0, 0.5, 40}, 2);
}

double geometric_mean_risk(Index N, double penalty) {
  double logarithms = 0;
  const std::vector<double> all = risks({50, 150, N, penalty, 0.5, 40}, 3);
  for (double risk : all) logarithms += std::log(risk);
  return std::exp(logarithms / static_cast<double>(all.size()));
}

TEST(RandomFeatures, PeakWhereTheyAreAsManyAsTheRows) {
  const double half = geometric_mean_risk(75, 0), peak = geometric_mean_risk(150, 0),
               twice = geometric_mean_risk(300, 0), many = geometric_mean_risk(3000, 0);
  EXPECT_GT(peak, 10 * half);
  EXPECT_GT(peak, 10 * twice);
  EXPECT_LT(many, half);                            // the second descent ends below the first
  EXPECT_LT(geometric_mean_risk(150, 0.1), twice);  // a penalty takes the peak away
}

}  // namespace
}  // namespace quartic::random_features_statistics
