/// One-pass gradient descent on rows drawn on demand from real tables, against its exact risk.
#include <gtest/gtest.h>

#include <cmath>

#include "laws/theory/sgd.hpp"
#include "models/linear/sgd/linear_sgd.hpp"
#include "sim/worlds/smooth.hpp"
#include "sim/worlds/sparse_linear.hpp"

namespace quartic::linear_sgd_statistics {
namespace {

struct Average {
  const char* word;
  SgdAverage law;
};
constexpr Average averages[] = {
    {"last", SgdAverage::last}, {"all", SgdAverage::all}, {"tail", SgdAverage::tail}};

const std::vector<Index> sizes = {1, 40, 300, 1500};

/// Excess risks at all sizes of one replicate.
Vector risks_of(const World& world, const LinearSgd& sgd, const Stream& replicate) {
  const Truth truth = world.draw(replicate.child("truth"));
  const RowSource source{truth.candidates(), Task::regression, [&](Range rows) {
                           return Data(truth.x(rows, {0, truth.candidates()}, replicate.child("train")),
                                       truth.y(rows, replicate.child("train")));
                         }};
  Vector risks(std::ssize(sizes));
  Index k = 0;
  for (const Fit& fit : sgd.fit_stream(source, sizes, replicate.child("fit")))
    risks[k++] = *truth.excess_risk(*fit.predict.linear());
  return risks;
}

/// `floor` is the risk that no rule on these columns can avoid.
void expect_exact(const World& world, DiagonalSgd design, double floor = 0) {
  constexpr int replicates = 300;
  for (const Average& average : averages) {
    const LinearSgd sgd{.step = design.step, .average = average.word};
    Eigen::ArrayXd sum = Eigen::ArrayXd::Zero(std::ssize(sizes)), squares = sum;
    for (std::uint64_t r = 0; r < replicates; ++r) {
      const Eigen::ArrayXd risks = risks_of(world, sgd, Stream(9).child(r));
      sum += risks;
      squares += risks.square();
    }
    const Eigen::ArrayXd mean = sum / replicates;
    const Eigen::ArrayXd error = ((squares / replicates - mean.square()) / (replicates - 1)).sqrt();
    for (Index k = 0; k < mean.size(); ++k) {
      const auto n = static_cast<double>(sizes[static_cast<std::size_t>(k)]);
      const double expected = floor + sgd_risk(design, n, average.law);
      EXPECT_NEAR(mean[k], expected, 5 * error[k]) << average.word << " " << n;
      EXPECT_LT(error[k], 0.05 * expected);  // else the comparison would say little
    }
  }
}

TEST(LinearSgd, HasTheExactRiskOnIsotropicColumns) {
  expect_exact(SparseLinear{.candidates = 30, .relevant = 30},
               {{Vector::Ones(30), Vector::Ones(30)}, 1, 1. / 120});
}

TEST(LinearSgd, HasTheExactRiskUnderAPowerLaw) {
  expect_exact(
      SparseLinear{.candidates = 30, .relevant = 30, .covariance = "spectrum(1.5)", .coefficients = "signs"},
      {power_law_spectrum(30, 1.5, 0), 1, 0.1});
}

TEST(LinearSgd, HasTheExactRiskOnASmoothTable) {
  const Smooth world{.candidates = 40, .roughness = 2.5, .noise = 0.5};
  const Facts facts = world.draw(Stream(1)).facts();
  const double tail = facts.at("tail");
  expect_exact(world, {power_law_spectrum(40, 1 + 2 / 2.5, 0), 0.25 + tail, 1 / (4 * facts.at("trace"))},
               tail);
}

}  // namespace
}  // namespace quartic::linear_sgd_statistics
