#pragma once
/// A learning curve as it was measured, and how it is to be read.
#include <limits>
#include <optional>
#include <vector>

#include "laws/curves/law.hpp"
#include "laws/statistics/average.hpp"
#include "laws/statistics/replicates.hpp"

namespace quartic {

/// An arm over some sizes, ascending. Replicate r is row r in every arm compared; NaN = missing.
struct MeasuredCurve {
  Vector sizes;
  Matrix errors;       ///< replicates x sizes: normalised errors
  Matrix flops = {};   ///< same shape, for laws of computing
  Index excluded = 0;  ///< fits that ran and are not among the errors: they failed, or did not converge
  std::vector<Matrix> parts =
      {};  ///< flops is their sum: costs that grow each in its own way; empty: it is one
};

struct LawOptions {
  Average average = Average::mean;  ///< of errors over replicates; flops are always averaged by the mean
  double confidence = 0.95;
  std::optional<LawForm> form = {};  ///< nothing: those that laws/curves/readings.hpp does not exclude
  std::optional<double> floor = {};  ///< held at this value; nothing: unknown
  Vector weights = {};  ///< of the sizes, for averages as they are; empty: laws/curves/curve_points.hpp
  bool even = false;    ///< where there are none: even_weights, by which sizes count alike
  IntervalMethod interval = IntervalMethod::jackknife;
  Index resamples = 1000;                                 ///< of the bootstraps
  double root = 2;                                        ///< performance is k = error^(-1/root)
  double near = std::numeric_limits<double>::infinity();  ///< of crossings: only sizes within this factor
};

}  // namespace quartic
