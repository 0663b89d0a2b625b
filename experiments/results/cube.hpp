#pragma once
/// The result cube: what was measured, cell x arm x size x replicate x measure.
#include <iosfwd>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/fit.hpp"
#include "core/types.hpp"
#include "experiments/study/cells.hpp"

namespace quartic {

/// The last axis of the cube; record_columns.hpp says which column of a record each is. status holds the
/// FitStatus as a number; NaN where nothing ran.
enum class Measure {
  normalised_error,
  excess_risk,
  error_se,
  theory,
  fit_flops,
  tuning_flops,
  parameters,
  iterations,
  certificate,
  status,
  pretraining_flops,
  inference_flops
};
inline constexpr Index measure_count = static_cast<Index>(Measure::inference_flops) + 1;

/// Labels of the axes. Arms have the same names in every cell; replicates is that of the arm that has most.
struct CubeAxes {
  Index cells = 1;
  std::vector<std::string> arms;
  std::vector<Index> sizes;
  Index replicates = 0;
  /// Sizes that only some arms may have been given, in some cells; ascending.
  std::vector<Index> further = {};
};

/// One fit's place: positions along the axes (size is the position in axes.sizes, not n).
struct Slot {
  Index cell = 0, arm = 0, size = 0, replicate = 0;
};

/// Every measurement of a run: one dense array cell x arm x size x replicate x measure, NaN where nothing was
/// measured (an arm of fewer replicates, a failed fit, an interruption). 96 bytes a slot, allocated whole, so
/// that a run that cannot hold its results fails before it starts. Different slots may be written by
/// different threads. Positions beyond the axes are bugs (assert).
class Cube {
 public:
  Cube() = default;
  explicit Cube(CubeAxes axes);

  const CubeAxes& axes() const { return axes_; }
  /// Position of an arm. Throws InvalidInput for an unknown name.
  Index arm(std::string_view name) const;
  /// Position of a size, or -1.
  Index size(Index n) const;

  /// Position of the largest size that all arms were given.
  Index largest_size() const;
  /// Whether the arm was not given this size in this cell: a further one, where nothing ran.
  bool leaves_out(Slot slot) const;

  /// Stores one number.
  void set(const Slot& slot, Measure measure, double value);
  double at(const Slot& slot, Measure measure) const;
  /// An error; NaN of a fit that diverged, whose numbers say where it was stopped and not what it learned.
  double error(const Slot& slot, Measure measure = Measure::normalised_error) const;

  /// replicates x sizes.
  Matrix measure(Index cell, Index arm, Measure measure) const;

  /// Over the replicates that are not NaN, each arms x sizes; NaN where there is none. Fits that diverged are
  /// left out, errors and flops, but not what theory expects of their truths.
  Matrix mean(Index cell, Measure measure) const;
  /// Standard error of that mean (divisor count - 1); NaN for fewer than two.
  Matrix standard_error(Index cell, Measure measure) const;
  /// exp of the mean logarithm.
  Matrix geometric_mean(Index cell, Measure measure) const;
  /// How many replicates are not NaN.
  Matrix count(Index cell, Measure measure) const;
  /// How many fits of this arm ended so, and how many of all arms.
  Index count(Index arm, FitStatus status) const;
  Index count(FitStatus status) const;
  /// All of it, in C order.
  std::span<const double> values() const { return values_; }

  /// The file cube.npy: little-endian double, C order, the five axes.
  void write_npy(std::ostream& out) const;
  /// Its sidecar cube.json: names and labels of the five axes; of a sweep the settings of each cell too.
  std::string labels_json(const CellGrid& cells = {}) const;
  /// Bytes of a cube with these axes.
  static double bytes(const CubeAxes& axes);

 private:
  Index offset(const Slot& slot, Measure measure) const;

  CubeAxes axes_;
  std::vector<double> values_;
};

}  // namespace quartic
