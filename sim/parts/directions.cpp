#include "sim/parts/directions.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <string>
#include <vector>

#include "core/require.hpp"

namespace quartic {

namespace {

constexpr Index most_weights = 10'000'000;

using Direction = std::vector<double>;

double dot(const Direction& a, const Direction& b) {
  double sum = 0;
  for (std::size_t k = 0; k < a.size(); ++k) sum += a[k] * b[k];
  return sum;
}

void normalise(Direction& w) {
  const double length = std::sqrt(dot(w, w));
  for (double& value : w) value /= length;
}

// Twice is enough: the first pass leaves rounding errors along the others, the second none to speak of.
void make_orthogonal(Direction& w, const std::vector<Direction>& others) {
  for (int pass = 0; pass < 2; ++pass) {
    for (const Direction& other : others) {
      const double share = dot(w, other);
      for (std::size_t k = 0; k < w.size(); ++k) w[k] -= share * other[k];
    }
    normalise(w);
  }
}

// Sums of `lanes` neighbouring directions side by side: each is a chain of its own, in the order of inputs.
template <int lanes>
void project(const Matrix& z, const Matrix& directions, Index first, Matrix& out) {
  using Lanes = Eigen::Array<double, 1, lanes>;
  const Index inputs = z.cols(), stride = directions.cols();
  for (Index i = 0; i < z.rows(); ++i) {
    const double* row = z.row(i).data();
    const double* w = directions.data() + first;
    Lanes sum = Lanes::Zero();
    for (Index k = 0; k < inputs; ++k, w += stride) sum += row[k] * Eigen::Map<const Lanes>(w);
    out.template block<1, lanes>(i, first) = sum;
  }
}

}  // namespace

void require_directions(std::string_view text, std::string_view name, DirectionCounts counts) {
  const std::string given = std::string(name) + " = " + std::to_string(counts.directions);
  require(counts.directions <= most_weights / std::max(counts.inputs, Index{1}),
          given + " (with relevant = " + std::to_string(counts.inputs) + " they have more than " +
              std::to_string(most_weights) + " weights). Lower one of the two.",
          {name, "relevant"});
  require(text != "orthonormal" || counts.directions <= counts.inputs,
          given + " (no more directions than relevant columns, here " + std::to_string(counts.inputs) +
              ", can be orthonormal). Raise relevant, or lower " + std::string(name) + ".",
          {name, "relevant", "weights"});
  require(text != "coordinates" || counts.directions == counts.inputs,
          given + " (with weights = \"coordinates\" each is one of the relevant columns, and there are " +
              std::to_string(counts.inputs) + "). Set relevant = " + std::to_string(counts.directions) + ".",
          {name, "relevant", "weights"});
}

Matrix draw_directions(std::string_view text, DirectionCounts counts, const Stream& stream) {
  if (text == "coordinates") return Matrix::Identity(counts.inputs, counts.directions);
  std::vector<Direction> drawn;
  for (Index m = 0; m < counts.directions; ++m) {
    Direction w(static_cast<std::size_t>(counts.inputs));
    stream.child(static_cast<std::uint64_t>(m)).fill_normal(w);
    normalise(w);
    if (text == "orthonormal") make_orthogonal(w, drawn);
    drawn.push_back(std::move(w));
  }
  Matrix directions(counts.inputs, counts.directions);
  for (Index m = 0; m < counts.directions; ++m)
    directions.col(m) = Eigen::Map<const Vector>(drawn[static_cast<std::size_t>(m)].data(), counts.inputs);
  return directions;
}

Matrix projections(const Matrix& z, const Matrix& directions) {
  assert(z.cols() == directions.rows());
  const Index count = directions.cols();
  Matrix out(z.rows(), count);
  Index first = 0;
  for (; first + 8 <= count; first += 8) project<8>(z, directions, first, out);
  for (; first + 2 <= count; first += 2) project<2>(z, directions, first, out);
  if (first < count) project<1>(z, directions, first, out);
  return out;
}

}  // namespace quartic
