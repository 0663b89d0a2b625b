#include "models/optim/members.hpp"

#include <gtest/gtest.h>

#include <array>

#include "core/random/stream.hpp"

namespace quartic::members_test {
namespace {

using namespace detail;

constexpr std::array groups = {ParameterGroup{{0, 7}, 0.5}, ParameterGroup{{7, 4}, 2, false}};
constexpr std::size_t parameters = 11;

template <class Real>
std::vector<Real> normals(Stream stream) {
  std::vector<double> numbers(parameters);
  stream.fill_normal(numbers);
  return {numbers.begin(), numbers.end()};
}

// Three steps of members that have taken 0, 1, 2 ... before, each at a rate of its own.
template <class Real>
void expect_bits_of_each_alone(const OptimiserRule& rule, std::size_t members) {
  std::vector<std::vector<Real>> weights;
  std::vector<OptimiserState<Real>> states;
  std::vector<Real> w(parameters * members), g = w, m = w, v = w;
  std::vector<double> rates;
  std::vector<Index> steps;
  for (std::size_t k = 0; k < members; ++k) {
    weights.push_back(normals<Real>(Stream(1).child(k)));
    states.push_back(fresh_state<Real>(rule, parameters));
    states.back().steps = static_cast<Index>(k / 2);
    steps.push_back(static_cast<Index>(k / 2));
    rates.push_back(0.1 / static_cast<double>(k + 1));
    for (std::size_t t = 0; t < parameters; ++t) w[t * members + k] = weights[k][t];
  }
  for (std::uint64_t step = 0; step < 3; ++step) {
    for (std::size_t k = 0; k < members; ++k) {
      const auto gradient = normals<Real>(Stream(2).child(k).child(step));
      for (std::size_t t = 0; t < parameters; ++t) g[t * members + k] = gradient[t];
      update<Real>(rule, rates[k], groups, gradient, weights[k], states[k]);
      ++steps[k];
    }
    update_members<Real>(rule, rates, steps, groups,
                         {static_cast<Index>(members), w.data(), g.data(), m.data(), v.data()});
  }
  for (std::size_t k = 0; k < members; ++k)
    for (std::size_t t = 0; t < parameters; ++t)
      ASSERT_EQ(w[t * members + k], weights[k][t]) << k << ", " << t;
}

TEST(OptimisersOfMembers, StepAsEachDoesAlone) {
  for (const OptimiserKind kind : {OptimiserKind::sgd, OptimiserKind::momentum, OptimiserKind::nesterov,
                                   OptimiserKind::adam, OptimiserKind::adamw})
    for (const std::size_t members : {2, 4, 8, 16}) {
      const OptimiserRule rule{.kind = kind, .weight_decay = 0.02, .l1 = 0.01};
      expect_bits_of_each_alone<float>(rule, members);
      expect_bits_of_each_alone<double>(rule, members);
    }
}

}  // namespace
}  // namespace quartic::members_test
