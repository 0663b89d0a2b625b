#include "models/flexible/network/network.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "core/random/stream.hpp"
#include "models/flexible/network/flops.hpp"
#include "tests/support/reference/network.hpp"

namespace quartic::detail::network_test {
namespace {

template <class Real>
std::vector<Real> normals(Index count, std::uint64_t seed, double scale = 1) {
  std::vector<double> numbers(static_cast<std::size_t>(count));
  Stream(seed).fill_normal(numbers);
  std::vector<Real> result;
  for (const double number : numbers) result.push_back(static_cast<Real>(scale * number));
  return result;
}

struct Drawn {
  NetworkShape shape;
  Index rows;
  bool masked = false;
};

// One network with its batch: parameters, rows, slopes of the loss, a mask of zeros and twos, and a step for
// every buffer.
template <class Real>
struct Problem {
  NetworkShape shape;
  Index rows;
  std::vector<Real> parameters, x, slopes, mask, steps;

  explicit Problem(const Drawn& drawn)
      : shape(drawn.shape),
        rows(drawn.rows),
        parameters(normals<Real>(parameter_count(shape), 1, 0.4)),
        x(normals<Real>(rows * shape.inputs, 2)),
        slopes(normals<Real>(rows, 3)) {
    const auto units = static_cast<Index>(network_flops::hidden_units(shape));
    if (drawn.masked)
      for (const Real number : normals<Real>(rows * units, 4)) mask.push_back(number > 0 ? Real(2) : Real(0));
    for (std::size_t k = 0; k < 2 * layer_places(shape).size(); ++k)
      steps.push_back(Real(0.1) / static_cast<Real>(k + 1));
  }

  Rows<Real> batch() const { return {x.data(), rows, shape.inputs}; }
  std::vector<Real> scores(Network<Real>& network) const {
    std::vector<Real> scores(static_cast<std::size_t>(rows));
    network.forward(parameters, batch(), scores, mask);
    return scores;
  }
  std::vector<Real> gradient(Network<Real>& network) const {
    scores(network);
    std::vector<Real> gradient(parameters.size());
    network.backward(parameters, batch(), slopes, gradient);
    return gradient;
  }
  std::vector<Real> descended(Network<Real>& network) const {
    scores(network);
    std::vector<Real> moved = parameters;
    network.descend(moved, batch(), slopes, steps);
    return moved;
  }
  Network<Real> network() const { return {shape, rows}; }
};

// The same in the slow, obvious form and double.
struct Expected {
  reference::Numbers<double> scores, gradient, descended;

  template <class Real>
  explicit Expected(const Problem<Real>& p) {
    const auto doubles = [](const std::vector<Real>& v) { return std::vector<double>(v.begin(), v.end()); };
    Grid<double> x(static_cast<std::size_t>(p.rows), static_cast<std::size_t>(p.shape.inputs));
    x.numbers = doubles(p.x);
    const auto pass = reference::network_forward(p.shape, doubles(p.parameters), x, doubles(p.mask));
    scores = pass.scores;
    gradient = reference::network_gradient(p.shape, doubles(p.parameters), x, pass, doubles(p.slopes));
    descended = reference::network_descent(p.shape, doubles(p.parameters), gradient, doubles(p.steps));
  }
};

// |a - b| / |b|, or |a - b| where b is below 1.
template <class Real>
double distance(const std::vector<Real>& a, const std::vector<double>& b) {
  double squares = 0, size = 0;
  for (std::size_t i = 0; i < b.size(); ++i) {
    squares += (static_cast<double>(a[i]) - b[i]) * (static_cast<double>(a[i]) - b[i]);
    size += b[i] * b[i];
  }
  return std::sqrt(squares / std::max(size, 1.0));
}

constexpr std::array kinds = {ActivationKind::linear, ActivationKind::relu, ActivationKind::tanh,
                              ActivationKind::erf, ActivationKind::gelu};

// Widths and batches on both sides of vectors, tiles and panels.
std::vector<Drawn> networks(Index rows) {
  std::vector<Drawn> all;
  for (const ActivationKind kind : kinds)
    for (const std::vector<Index>& hidden : {std::vector<Index>{}, {7}, {33, 16}, {5, 64, 9}})
      for (const bool biases : {true, false})
        for (const bool trained : {true, false})
          for (const bool masked : {false, true})
            all.push_back({{11, hidden, kind, biases, trained}, rows, masked});
  return all;
}

std::string name_of(const Drawn& drawn) {
  std::string name = "kind " + std::to_string(static_cast<int>(drawn.shape.activation)) + ", hidden";
  for (const Index width : drawn.shape.hidden) name += " " + std::to_string(width);
  return name + (drawn.shape.biases ? ", biases" : "") + (drawn.shape.trained_output ? ", output" : "") +
         (drawn.masked ? ", mask" : "") + ", rows " + std::to_string(drawn.rows);
}

TEST(Network, LaysItsParametersOutLayerByLayer) {
  const std::vector<LayerPlace> places = layer_places({.inputs = 3, .hidden = {4, 2}});
  ASSERT_EQ(places.size(), 3U);
  EXPECT_EQ(places[1].inputs, 4);
  EXPECT_EQ(places[1].outputs, 2);
  EXPECT_EQ(places[1].weights, 3 * 4 + 4);
  EXPECT_EQ(places[1].biases, 3 * 4 + 4 + 4 * 2);
  EXPECT_EQ(parameter_count({.inputs = 3, .hidden = {4, 2}}), 3 * 4 + 4 + 4 * 2 + 2 + 2 + 1);
  EXPECT_EQ(parameter_count({.inputs = 3, .hidden = {4}, .biases = false, .trained_output = false}), 12);
  EXPECT_EQ(parameter_count({.inputs = 3, .hidden = {}}), 4);
}

TEST(Network, AgreesWithTheReferenceInDouble) {
  for (const Index rows : {1, 2, 13, 48})
    for (const Drawn& drawn : networks(rows)) {
      const Problem<double> problem(drawn);
      const Expected expected(problem);
      Network<double> network = problem.network();
      EXPECT_LT(distance(problem.scores(network), expected.scores), 1e-13) << name_of(drawn);
      EXPECT_LT(distance(problem.gradient(network), expected.gradient), 1e-13) << name_of(drawn);
      EXPECT_LT(distance(problem.descended(network), expected.descended), 1e-14) << name_of(drawn);
    }
}

// Errors of a few roundings of 6e-8.
TEST(Network, AgreesWithTheReferenceInFloat) {
  for (const Index rows : {1, 3, 70})
    for (const Drawn& drawn : networks(rows)) {
      const Problem<float> problem(drawn);
      const Expected expected(problem);
      Network<float> network = problem.network();
      EXPECT_LT(distance(problem.scores(network), expected.scores), 2e-6) << name_of(drawn);
      EXPECT_LT(distance(problem.gradient(network), expected.gradient), 5e-6) << name_of(drawn);
      EXPECT_LT(distance(problem.descended(network), expected.descended), 1e-6) << name_of(drawn);
    }
}

// Blocks of 96 rows, 256 terms and panels of up to 32 columns end between these sizes.
TEST(Network, AgreesWithTheReferenceBeyondItsBlocks) {
  const Problem<float> problem({{300, {530, 101}}, 150});
  const Expected expected(problem);
  Network<float> network = problem.network();
  EXPECT_LT(distance(problem.scores(network), expected.scores), 5e-6);
  EXPECT_LT(distance(problem.gradient(network), expected.gradient), 5e-6);
  EXPECT_LT(distance(problem.descended(network), expected.descended), 5e-6);
}

double slope_along(const Problem<double>& problem, Network<double>& network, std::size_t k) {
  constexpr double step = 1e-5;
  const auto objective = [&](double shift) {
    Problem<double> moved = problem;
    moved.parameters[k] += shift;
    const std::vector<double> scores = moved.scores(network);
    double sum = 0;
    for (std::size_t i = 0; i < scores.size(); ++i) sum += problem.slopes[i] * scores[i];
    return sum;
  };
  return (objective(step) - objective(-step)) / (2 * step);
}

TEST(Network, HasTheGradientOfCentralDifferences) {
  for (Drawn drawn : networks(6)) {
    for (Index& width : drawn.shape.hidden) width = std::min<Index>(width, 5);
    const Problem<double> problem(drawn);
    Network<double> network = problem.network();
    std::vector<double> differences;
    for (std::size_t k = 0; k < problem.parameters.size(); ++k)
      differences.push_back(slope_along(problem, network, k));
    EXPECT_LT(distance(problem.gradient(network), differences), 1e-6) << name_of(drawn);
  }
}

TEST(Network, GivesTheSameBitsWhateverItRanBefore) {
  const Problem<float> problem({{20, {40, 17}, ActivationKind::gelu}, 23});
  Network<float> fresh = problem.network(), used(problem.shape, 64);
  Problem<float> larger({problem.shape, 64});
  larger.scores(used);
  larger.descended(used);
  larger.rows = 1;
  EXPECT_EQ(larger.descended(used).size(), larger.parameters.size());
  EXPECT_EQ(problem.scores(used), problem.scores(fresh));
  EXPECT_EQ(problem.gradient(used), problem.gradient(fresh));
  EXPECT_EQ(problem.descended(used), problem.descended(fresh));
}

TEST(Network, GivesTheSameBitsWhereverTheNumbersStand) {
  for (const Index rows : {1, 23}) {
    const Problem<float> problem({{20, {40, 17}}, rows});
    Problem<float> shifted = problem;
    for (auto* numbers : {&shifted.x, &shifted.parameters}) numbers->insert(numbers->begin(), 1.0F);
    Network<float> network = problem.network();
    std::vector<float> scores(static_cast<std::size_t>(rows)), wide(static_cast<std::size_t>(rows * 29), NAN);
    for (Index i = 0; i < rows; ++i) std::copy_n(problem.x.begin() + i * 20, 20, wide.begin() + i * 29 + 3);
    const Rows<float> moved{wide.data() + 3, rows, 29};
    const std::span<float> parameters = std::span(shifted.parameters).subspan(1);
    network.forward(parameters, moved, scores);
    EXPECT_EQ(scores, problem.scores(network));
    network.descend(parameters, moved, problem.slopes, problem.steps);
    const std::vector<float> expected = problem.descended(network);
    EXPECT_TRUE(std::equal(expected.begin(), expected.end(), parameters.begin()));
  }
}

struct Counts {
  double forward, backward, update;
};
Counts counted(const Drawn& drawn) {
  const Problem<double> p(drawn);
  const auto numbers = [](const std::vector<double>& v) {
    return reference::Numbers<CountingScalar>(v.begin(), v.end());
  };
  Grid<CountingScalar> x(static_cast<std::size_t>(p.rows), static_cast<std::size_t>(p.shape.inputs));
  x.numbers = numbers(p.x);
  const auto parameters = numbers(p.parameters), slopes = numbers(p.slopes), mask = numbers(p.mask);
  const auto pass = reference::network_forward(p.shape, parameters, x, mask);
  const auto gradient = reference::network_gradient(p.shape, parameters, x, pass, slopes);
  return {count_flops([&] { reference::network_forward(p.shape, parameters, x, mask); }),
          count_flops([&] { reference::network_gradient(p.shape, parameters, x, pass, slopes); }),
          count_flops([&] { reference::network_descent(p.shape, parameters, gradient, numbers(p.steps)); })};
}

TEST(NetworkFlops, AreThoseOfTheReference) {
  for (const Drawn& drawn : networks(4)) {
    const Counts counts = counted(drawn);
    const double of_mask = drawn.masked ? network_flops::mask(drawn.shape, 4) : 0;
    EXPECT_EQ(counts.forward, network_flops::forward(drawn.shape, 4) + of_mask / 2) << name_of(drawn);
    EXPECT_EQ(counts.backward, network_flops::backward(drawn.shape, 4) + of_mask / 2) << name_of(drawn);
    EXPECT_EQ(counts.update, network_flops::update(drawn.shape)) << name_of(drawn);
  }
}

}  // namespace
}  // namespace quartic::detail::network_test
