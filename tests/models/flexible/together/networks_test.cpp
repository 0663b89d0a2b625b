#include "models/flexible/together/networks.hpp"

#include <gtest/gtest.h>

#include <array>

#include "core/random/stream.hpp"

namespace quartic::detail::networks_test {
namespace {

template <class Real>
std::vector<Real> normals(Index count, Stream stream) {
  std::vector<double> numbers(static_cast<std::size_t>(count));
  stream.fill_normal(numbers);
  return {numbers.begin(), numbers.end()};
}

/// Networks of one shape, each for itself and all together, with rows of their own.
template <class Real>
class Both {
 public:
  Both(const NetworkShape& shape, Index batch, const Stream& stream)
      : shape_(shape), together_(shape, batch), lanes_(together_.lanes()), batch_(batch) {
    all_.resize(static_cast<std::size_t>(parameter_count(shape) * lanes_));
    for (Index m = 0; m < lanes_; ++m) {
      const Stream own = stream.child(static_cast<std::uint64_t>(m));
      alone_.emplace_back(shape, batch);
      parameters_.push_back(normals<Real>(parameter_count(shape), own.child("parameters")));
      for (Real& number : parameters_.back()) number /= 8;
      x_.push_back(normals<Real>(batch * shape.inputs, own.child("x")));
      put(parameters_.back(), m, all_);
    }
  }

  // Of `rows` rows: the scores, the gradient of half their squares, and a step along it.
  void expect_same_steps(Index rows) {
    std::vector<Real> x(static_cast<std::size_t>(rows * shape_.inputs * lanes_)),
        scores(static_cast<std::size_t>(rows * lanes_)), gradient(all_.size()), steps;
    for (Index m = 0; m < lanes_; ++m) put(rows_of(m, rows), m, x);
    for (Index k = 0; k < 2 * std::ssize(layer_places(shape_)); ++k)
      for (Index m = 0; m < lanes_; ++m) steps.push_back(step(k, m));
    together_.forward(all_, x, rows, scores);
    together_.backward(all_, x, scores, gradient);
    together_.descend(all_, x, scores, steps);
    for (Index m = 0; m < lanes_; ++m) {
      std::vector<Real> own_scores(static_cast<std::size_t>(rows)), own_gradient(parameters_[m].size()),
          own_steps;
      for (Index k = 0; k < 2 * std::ssize(layer_places(shape_)); ++k) own_steps.push_back(step(k, m));
      const std::vector<Real> own_rows = rows_of(m, rows);
      const Rows<Real> own_x{own_rows.data(), rows, shape_.inputs};
      alone_[m].forward(parameters_[m], own_x, own_scores);
      alone_[m].backward(parameters_[m], own_x, own_scores, own_gradient);
      alone_[m].descend(parameters_[m], own_x, own_scores, own_steps);
      expect_member(scores, own_scores, m);
      expect_member(gradient, own_gradient, m);
      expect_member(all_, parameters_[m], m);
    }
  }

 private:
  static Real step(Index k, Index m) { return static_cast<Real>(0.01) / static_cast<Real>(k + m + 1); }
  std::vector<Real> rows_of(Index m, Index rows) const {
    return {x_[m].begin(), x_[m].begin() + rows * shape_.inputs};
  }
  void put(const std::vector<Real>& own, Index m, std::vector<Real>& all) const {
    for (Index t = 0; t < std::ssize(own); ++t) all[t * lanes_ + m] = own[t];
  }
  void expect_member(const std::vector<Real>& all, const std::vector<Real>& own, Index m) const {
    for (Index t = 0; t < std::ssize(own); ++t)
      ASSERT_EQ(all[t * lanes_ + m], own[t]) << "number " << t << " of network " << m;
  }

  NetworkShape shape_;
  Networks<Real> together_;
  Index lanes_, batch_;
  std::vector<Network<Real>> alone_;
  std::vector<std::vector<Real>> parameters_, x_;
  std::vector<Real> all_;
};

Index below(Index bound, Stream& stream) {
  return static_cast<Index>(stream.uniform() * static_cast<double>(bound));
}

NetworkShape draw_shape(Stream stream) {
  NetworkShape shape{.inputs = 1 + below(70, stream)};
  for (Index layers = 1 + below(3, stream); layers > 0; --layers)
    shape.hidden.push_back(1 + below(40, stream));
  shape.activation = static_cast<ActivationKind>(below(5, stream));
  shape.biases = stream.uniform() < 0.7;
  shape.trained_output = stream.uniform() < 0.7;
  return shape;
}

template <class Real>
void expect_same_steps_of_random_shapes() {
  for (std::uint64_t seed = 0; seed < 150; ++seed) {
    SCOPED_TRACE(seed);
    Stream stream = Stream(7).child(seed);
    const Index batch = 1 + below(seed % 3 == 0 ? 6 : 70, stream);
    Both<Real> both(draw_shape(stream.child("shape")), batch, stream);
    for (const Index rows : {batch, Index{1}, 1 + below(batch, stream)}) both.expect_same_steps(rows);
    if (testing::Test::HasFatalFailure()) return;
  }
}

TEST(Networks, DoTogetherToTheBitWhatEachDoesAlone) {
  expect_same_steps_of_random_shapes<float>();
  expect_same_steps_of_random_shapes<double>();
}

TEST(Networks, TakeWhatHasHiddenLayersAndShortSums) {
  EXPECT_TRUE(Networks<float>::takes({10, {8}}, 32));
  EXPECT_FALSE(Networks<float>::takes({10, {}}, 32));
  EXPECT_FALSE(Networks<float>::takes({.inputs = 16, .channels = {2}}, 32));
  const std::vector<std::array<Index, 3>> long_sums = {{257, 8, 32}, {10, 257, 32}, {10, 8, 257}};
  for (const auto& [inputs, width, batch] : long_sums)
    EXPECT_FALSE(Networks<float>::takes({inputs, {width}}, batch));
}

}  // namespace
}  // namespace quartic::detail::networks_test
