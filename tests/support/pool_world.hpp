#pragma once
/// What every world of a few relevant columns promises, whatever its answer (sim/parts/pool.hpp).
#include <gtest/gtest.h>

#include <cmath>
#include <utility>
#include <vector>

#include "core/world.hpp"
#include "tests/support/thrown_message.hpp"

namespace quartic::support {

inline double fact(const Truth& truth, const char* name) {
  return truth.facts().at(name);
}

/// The relevant columns of the first rows, in the order of a support that is "first".
inline Matrix first_columns(const Truth& truth, Index rows) {
  return truth.x({0, rows}, {0, static_cast<Index>(truth.relevant().size())}, Stream(2));
}

/// f* of the same rows.
inline Vector answers(const Truth& truth, Index rows) {
  return truth.mean({0, rows}, Stream(2));
}

template <class W>
void expect_larger_pools_to_keep_everything(W world) {
  world.support = "first";
  const Truth small = world.draw(Stream(9));
  world.candidates += 77;
  const Truth large = world.draw(Stream(9));
  const Index d = small.candidates();
  EXPECT_EQ(small.relevant(), large.relevant());
  EXPECT_EQ(small.x({0, 5}, {0, d}, Stream(1)), large.x({0, 5}, {0, d}, Stream(1)));
  EXPECT_EQ(small.y({0, 50}, Stream(1)), large.y({0, 50}, Stream(1)));
  EXPECT_EQ(fact(small, "signal"), fact(large, "signal"));
}

template <class W>
void expect_signal_and_noise_to_be_settable(W world) {
  world.signal = 3;
  world.signal_to_noise = 12;
  const Truth scaled = world.draw(Stream(10));
  EXPECT_EQ(fact(scaled, "signal"), 3);
  EXPECT_NEAR(fact(scaled, "noise"), 0.5, 1e-15);
  EXPECT_NEAR(*scaled.excess_risk({Vector::Zero(world.candidates)}), 3, 1e-12);
  world.signal = 0;
  const Truth natural = world.draw(Stream(10));
  const double scale = std::sqrt(3 / fact(natural, "signal"));
  EXPECT_LT((answers(scaled, 20) - scale * answers(natural, 20)).cwiseAbs().maxCoeff(), 1e-13);
  EXPECT_NEAR(fact(scaled, "nonlinear"), scale * scale * fact(natural, "nonlinear"), 1e-12);
}

template <class W>
void expect_refusals(const std::vector<std::pair<W, std::string>>& refused) {
  for (const auto& [world, message] : refused) {
    EXPECT_EQ(thrown_message([&, &w = world] { w.draw(Stream(1)); }), message);
    EXPECT_EQ(thrown_message([&, &w = world] { require_valid(w); }), message);
  }
}

}  // namespace quartic::support
