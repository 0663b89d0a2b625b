#pragma once
/// What is seen of an adaptive study after a batch, and what the next batch is.
#include <vector>

#include "experiments/adaptive/report.hpp"
#include "experiments/results/cube.hpp"

namespace quartic::detail {

/// A complete batch: the cube holds what is allotted.
struct StudySoFar {
  const Study& study;
  const Cube& cube;
  const Allotment& allotment;
};

/// A point of a curve, and how many replicates it is to have.
struct Raise {
  Index cell = 0, arm = 0, size = 0;
  Index to = 0;
  double flops = 0;  ///< of the replicates it adds
  double gain = 0;   ///< standard error gained per flop, of points under the rule on the log error
};

struct Batch {
  Look look;
  std::vector<Raise> raises;     ///< none: nothing more is to be run, or can be
  Stop stop = Stop::rules_hold;  ///< why there are none; budget too where the batch was cut
};

Batch next_batch(const StudySoFar& seen);

/// Flops of one of its replicates; the size itself where nobody knows them.
double average_flops(const StudySoFar& seen, const Raise& point);

/// The standard error of the logarithm of the mean of a point's errors (replicates x 1;
/// laws/statistics/weights.hpp); infinite where it is unknown.
double log_error_se(const Matrix& errors);

}  // namespace quartic::detail
