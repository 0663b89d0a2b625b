#pragma once
/// A world of one step: f*(x) is +1 right of a threshold in column 0, and -1 left of it; all else is noise.
#include <array>
#include <numeric>

#include <core/options.hpp>
#include <core/world.hpp>

namespace example {

using namespace quartic;

/// One drawn truth: a table of infinitely many rows.
struct StepTable {
  Index width;
  double noise;
  double threshold;

  Index candidates() const { return width; }
  std::vector<Index> relevant() const { return {0}; }
  Facts facts() const { return {{"noise", noise}, {"threshold", threshold}}; }

  /// Independent standard normals; column j of a row is normal number j of the stream "x" of that row.
  Matrix columns(Range rows, std::span<const Index> columns, Stream stream) const {
    Matrix x(rows.count, static_cast<Index>(columns.size()));
    for (Index i = 0; i < rows.count; ++i) {
      const Stream row = stream.child(static_cast<std::uint64_t>(rows.first + i)).child("x");
      row.normals_at(columns, {x.row(i).data(), columns.size()});
    }
    return x;
  }
  Matrix x(Range rows, Range range, Stream stream) const {
    std::vector<Index> wanted(static_cast<std::size_t>(range.count));
    std::iota(wanted.begin(), wanted.end(), range.first);
    return columns(rows, wanted, std::move(stream));
  }
  Vector mean(Range rows, Stream stream) const {
    const Matrix first = x(rows, {0, 1}, std::move(stream));
    return (first.col(0).array() > threshold).select(Vector::Ones(rows.count), -1.0);
  }
  Vector y(Range rows, Stream stream) const {
    Vector errors(rows.count);
    for (Index i = 0; i < rows.count; ++i)
      errors(i) = noise * stream.child(static_cast<std::uint64_t>(rows.first + i)).child("noise").normal();
    return mean(rows, std::move(stream)) + errors;
  }
};

/// The options of the world; drawing a truth gives a table.
struct StepWorld {
  Index candidates = 3;
  double noise = 0.3;

  std::string name() const { return "step"; }
  Task task() const { return Task::regression; }
  std::string fingerprint() const { return fingerprint_of(*this, options()); }
  static std::span<const Option<StepWorld>> options();
  Table draw(Stream truth) const {
    return StepTable{candidates, noise, truth.child("threshold").normal() / 4};
  }
};
static_assert(Truth<StepTable> && Drawable<StepWorld>);

/// Names and help of the options: study files, --set and `quartic list` read nothing else.
inline std::span<const Option<StepWorld>> StepWorld::options() {
  static constexpr std::array table = {
      Option<StepWorld>{"candidates", &StepWorld::candidates, "columns of the pool"},
      Option<StepWorld>{"noise", &StepWorld::noise, "standard deviation of the label noise"},
  };
  return table;
}

}  // namespace example
