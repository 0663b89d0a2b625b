#pragma once
/// A table that follows a law in two causes: what the tests of its fits and of their intervals read.
#include <cmath>

#include "core/random/stream.hpp"
#include "laws/frontiers/two_causes.hpp"

namespace quartic::testing {

constexpr TwoCauseLaw both_causes{0.05, 40, 0.7, 3, 0.4};

/// A grid of 16 x 8 pairs over two decades each, with log-normal noise.
inline TwoCausePoints planted_pairs(const TwoCauseLaw& law, double spread) {
  TwoCausePoints points{Vector(128), Vector(128), Vector(128), Vector::Ones(128)};
  Stream stream(3);
  for (Index i = 0; i < 128; ++i) {
    const Index row = i / 8;
    points.first[i] = 1e3 * std::pow(10, static_cast<double>(row) / 7.5);
    points.second[i] = 50 * std::pow(10, static_cast<double>(i % 8) / 3.5);
    points.values[i] = law.at(points.first[i], points.second[i]) * std::exp(spread * stream.normal());
  }
  return points;
}

}  // namespace quartic::testing
