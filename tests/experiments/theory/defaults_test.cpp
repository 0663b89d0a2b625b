// Theory beside runs whose options are left at their defaults: what an overlay takes for a default must be
// what the world and the model do.
#include <gtest/gtest.h>

#include <cmath>

#include "experiments/study/read/parse_study.hpp"
#include "experiments/theory/options.hpp"
#include "tests/experiments/engine/doubles.hpp"

namespace quartic::defaults_test {
namespace {

struct Compared {
  double measured = 0, error = 0, theory = 0;  ///< means over replicates; standard error of the difference
};

Compared compared(const std::string& study) {
  doubles::KeepAll sink;
  run(parse_study(study, "defaults.toml"), {.threads = 1}, sink);
  const Index count = std::ssize(sink.records);
  Eigen::ArrayXd measured(count), theory(count);
  for (Index r = 0; r < count; ++r) {
    const Record& record = sink.records[static_cast<std::size_t>(r)];
    measured[r] = record.normalised_error;
    theory[r] = record.theory;
  }
  const Eigen::ArrayXd difference = measured - theory;
  const double R = static_cast<double>(count);
  return {measured.mean(), std::sqrt((difference - difference.mean()).square().sum() / (R - 1) / R),
          theory.mean()};
}

/// `share` of the theory is what a limit of many columns may be off at these few.
void expect_theory(const std::string& study, double share) {
  const Compared found = compared(study);
  EXPECT_NEAR(found.measured, found.theory, std::max(5 * found.error, share * found.theory)) << study;
  EXPECT_LT(found.error, 0.05 * found.theory) << "else the comparison would say little";
}

TEST(OverlayDefaults, OfRandomFeaturesAreThoseOfTheModel) {
  expect_theory(R"(title = "Random features"
replicates = 30
sizes = [200]
[world]
kind = "sparse_linear"
candidates = 100
[[arm]]
name = "features"
model = "random_features"
)",
                0.03);
}

TEST(OverlayDefaults, OfLinearGradientDescentAreThoseOfTheModel) {
  expect_theory(R"(title = "Gradient descent"
replicates = 200
sizes = [300]
[world]
kind = "sparse_linear"
candidates = 50
[[arm]]
name = "descent"
model = "linear_sgd"
step = 0.01
)",
                0);
}

/// Beginning, learning rate, parametrisation, schedule and the teacher's units and noise are not said.
TEST(OverlayDefaults, OfOnlineNetworksAreThoseOfTheModelAndItsTeacher) {
  expect_theory(R"(title = "Online"
replicates = 20
sizes = [2000]
[world]
kind = "teacher"
candidates = 400
relevant = 400
activation = "erf"
weights = "orthonormal"
coefficients = "equal"
signal = 0
[[arm]]
name = "student"
model = "mlp"
width = 4
activation = "erf"
biases = false
output = "sum"
optimiser = "sgd"
batch = 1
epochs = 1
)",
                0.05);
}

}  // namespace
}  // namespace quartic::defaults_test
