#include "models/flexible/network/pictures.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "core/random/stream.hpp"
#include "models/flexible/network/flops.hpp"
#include "models/flexible/network/rule.hpp"
#include "tests/support/reference/network.hpp"

namespace quartic::detail::pictures_test {
namespace {

template <class Real>
std::vector<Real> normals(Index count, std::uint64_t seed, double scale = 1) {
  std::vector<double> numbers(static_cast<std::size_t>(count));
  Stream(seed).fill_normal(numbers);
  std::vector<Real> result;
  for (const double number : numbers) result.push_back(static_cast<Real>(scale * number));
  return result;
}

template <class Real>
struct Problem {
  NetworkShape shape;
  Index rows;
  std::vector<Real> parameters, x, slopes, steps;

  Problem(const NetworkShape& drawn, Index count)
      : shape(drawn),
        rows(count),
        parameters(normals<Real>(parameter_count(shape), 1, 0.3)),
        x(normals<Real>(rows * shape.inputs, 2)),
        slopes(normals<Real>(rows, 3)) {
    for (std::size_t k = 0; k < 2 * layer_places(shape).size(); ++k)
      steps.push_back(Real(0.1) / static_cast<Real>(k + 1));
  }
  Rows<Real> batch() const { return {x.data(), rows, shape.inputs}; }
  std::vector<Real> scores(Network<Real>& network) const {
    std::vector<Real> scores(static_cast<std::size_t>(rows));
    network.forward(parameters, batch(), scores);
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
};

template <class T, class Real>
reference::Numbers<T> numbers_of(const std::vector<Real>& numbers) {
  reference::Numbers<T> all;
  for (const Real number : numbers) all.push_back(T(static_cast<double>(number)));
  return all;
}
template <class T, class Real>
Grid<T> rows_of(const Problem<Real>& p) {
  Grid<T> x(static_cast<std::size_t>(p.rows), static_cast<std::size_t>(p.shape.inputs));
  x.numbers = numbers_of<T>(p.x);
  return x;
}

template <class Real>
double distance(const std::vector<Real>& a, const std::vector<double>& b) {
  double squares = 0, size = 0;
  for (std::size_t i = 0; i < b.size(); ++i) {
    squares += (static_cast<double>(a[i]) - b[i]) * (static_cast<double>(a[i]) - b[i]);
    size += b[i] * b[i];
  }
  return std::sqrt(squares / std::max(size, 1.0));
}

// Odd sides, one pixel left at the end, channels on both sides of tiles.
std::vector<NetworkShape> shapes() {
  std::vector<NetworkShape> all;
  for (const bool biases : {true, false}) {
    all.push_back({.inputs = 4, .biases = biases, .channels = {1}});
    all.push_back({.inputs = 49, .biases = biases, .channels = {3, 5}});
    all.push_back({.inputs = 256, .biases = biases, .channels = {8, 16, 9}});
    all.push_back({.inputs = 1089, .biases = biases, .channels = {2, 12, 3, 4}});
  }
  return all;
}

template <class Real>
void expect_reference(double tolerance) {
  for (const NetworkShape& shape : shapes())
    for (const Index rows : {1, 2, 13}) {
      const Problem<Real> p(shape, rows);
      const auto parameters = numbers_of<double>(p.parameters);
      const auto pass = reference::network_forward(shape, parameters, rows_of<double>(p));
      const auto gradient = reference::network_gradient(shape, parameters, rows_of<double>(p), pass,
                                                        numbers_of<double>(p.slopes));
      Network<Real> network(shape, rows);
      EXPECT_LT(distance(p.scores(network), pass.scores), tolerance) << shape.inputs << " " << rows;
      EXPECT_LT(distance(p.gradient(network), gradient), tolerance) << shape.inputs << " " << rows;
      const auto descended =
          reference::network_descent(shape, parameters, gradient, numbers_of<double>(p.steps));
      EXPECT_LT(distance(p.descended(network), descended), tolerance) << shape.inputs << " " << rows;
    }
}

TEST(Pictures, AgreeWithTheReferenceInDouble) {
  expect_reference<double>(1e-13);
}
TEST(Pictures, AgreeWithTheReferenceInFloat) {
  expect_reference<float>(1e-5);
}

TEST(Pictures, HaveTheGradientOfCentralDifferences) {
  for (const NetworkShape& shape : shapes()) {
    if (shape.inputs > 100) continue;
    const Problem<double> p(shape, 4);
    Network<double> network(shape, 4);
    constexpr double step = 1e-7;  // a pixel that overtakes another between the two would spoil it
    std::vector<double> differences;
    for (std::size_t k = 0; k < p.parameters.size(); ++k) {
      const auto objective = [&](double shift) {
        Problem<double> moved = p;
        moved.parameters[k] += shift;
        return reference::dot(moved.scores(network), p.slopes);
      };
      differences.push_back((objective(step) - objective(-step)) / (2 * step));
    }
    EXPECT_LT(distance(p.gradient(network), differences), 1e-6) << shape.inputs;
  }
}

TEST(Pictures, LayTheirParametersOutBlockByBlock) {
  const NetworkShape shape{.inputs = 64, .channels = {3, 5}};
  const std::vector<LayerPlace> places = layer_places(shape);
  ASSERT_EQ(places.size(), 3U);
  EXPECT_EQ(places[0].pixels, 64);
  EXPECT_EQ(places[1].inputs, 27);
  EXPECT_EQ(places[1].weights, 9 * 3 + 3);
  EXPECT_EQ(places[1].pixels, 16);
  EXPECT_EQ(places[2].inputs, 5 * 4);
  EXPECT_EQ(parameter_count(shape), 9 * 3 + 3 + 27 * 5 + 5 + 20 + 1);
}

TEST(Pictures, GiveTheSameBitsWhateverRanBefore) {
  const NetworkShape shape{.inputs = 256, .channels = {8, 4}};
  const Problem<float> many(shape, 40), few(shape, 3);
  Network<float> used(shape, 40), fresh(shape, 3);
  many.descended(used);
  EXPECT_EQ(few.scores(used), few.scores(fresh));
  EXPECT_EQ(few.gradient(used), few.gradient(fresh));
  EXPECT_EQ(few.descended(used), few.descended(fresh));
}

// Blocks of 512 KiB of planes end within this batch.
TEST(Pictures, TakeMorePicturesThanGoBackTogether) {
  const NetworkShape shape{.inputs = 1024, .channels = {24, 20}};
  const Problem<float> p(shape, 21);
  const auto parameters = numbers_of<double>(p.parameters);
  const auto pass = reference::network_forward(shape, parameters, rows_of<double>(p));
  Network<float> network(shape, 21);
  EXPECT_LT(distance(p.gradient(network), reference::network_gradient(shape, parameters, rows_of<double>(p),
                                                                      pass, numbers_of<double>(p.slopes))),
            1e-5);
}

TEST(PictureFlops, AreThoseOfTheReference) {
  for (const NetworkShape& shape : shapes()) {
    const Problem<double> p(shape, 3);
    const auto parameters = numbers_of<CountingScalar>(p.parameters),
               slopes = numbers_of<CountingScalar>(p.slopes);
    const Grid<CountingScalar> x = rows_of<CountingScalar>(p);
    const auto pass = reference::network_forward(shape, parameters, x);
    EXPECT_EQ(count_flops([&] { reference::network_forward(shape, parameters, x); }),
              network_flops::forward(shape, 3));
    EXPECT_EQ(count_flops([&] { reference::network_gradient(shape, parameters, x, pass, slopes); }),
              network_flops::backward(shape, 3));
  }
}

// By hand: 16 x 16 pixels, 4 channels, then 8 x 8 of 4 inputs and 8 channels, then 4 x 4 x 8 features.
TEST(PictureFlops, AreEighteenAPixelInputAndChannel) {
  const NetworkShape shape{.inputs = 256, .channels = {4, 8}};
  const double first = 256 * 18 * 4, second = 64 * 18 * 4 * 8, biases = 256 * 4 + 64 * 8 + 1,
               output = 2 * 128;
  EXPECT_EQ(network_flops::forward(shape, 1), first + second + output + biases);
  EXPECT_EQ(network_flops::backward(shape, 1), first + 2 * second + 2 * output + biases);
}

TEST(Pictures, AreNoLine) {
  const NetworkShape shape{.inputs = 16, .channels = {2}};
  const Predictor predictor = make_predictor(shape, normals<float>(parameter_count(shape), 1));
  EXPECT_FALSE(predictor.linear());
}

}  // namespace
}  // namespace quartic::detail::pictures_test
