#pragma once
/// Where two arms meet, and at what price.
#include <vector>

#include "laws/curves/exponent.hpp"

namespace quartic {

/// Where an arm meets another: the other's error at one of its sizes, or its whole curve.
struct CrossingQuestion {
  MeasuredCurve arm;
  MeasuredCurve against;
  Index against_position = -1;  ///< of the size in `against`; -1: the whole curve
};

/// The sizes that a crossing is read off.
struct CrossingSizes {
  std::vector<Index> places;  ///< on the arm's curve; on the other's too, unless that is one size
  double middle = nan;        ///< the crossing by their laws; infinite: it never comes, NaN: ahead everywhere
  bool bracketed = false;     ///< the arm is behind at one of them and ahead at the next
};

/// With options.near all sizes within this factor of the crossing, and two on either side at least (one, where
/// there is no other): the crossing between the last size at which the arm's average is the larger one and the
/// next, then by the laws of the sizes about it, those two among them, until these stay the same. All sizes where
/// the options do not ask for it, or where the arm is behind at the largest size or at none. Both curves have the
/// same sizes.
CrossingSizes crossing_sizes(const CrossingQuestion& question, const LawOptions& options);

/// log n where the offset law of the arm gets below that of the other: first within both ranges of sizes, else
/// beyond them up to 1000 times the largest. NaN where it is ahead everywhere, infinite where it is never.
double log_crossing(const LawPoints& arm, const LawPoints& against);

/// The n at which the offset law of the arm takes the target error, or gets below the offset law of
/// the other curve (first within both ranges of sizes, else beyond them up to 1000 times the largest size).
/// Sizes weigh as many as their replicates, or alike where the options say so. Interval on log n. The note
/// says so when n lies outside the sizes of the arm (an extrapolation). With
/// options.near laws go through the sizes of crossing_sizes() alone. Where the arm stays behind up to there,
/// whichever replicate is left out, it never crosses: n is infinite, its lower end that furthest size, and the note
/// says so. At least three sizes a curve.
LawEstimate crossing(const CrossingQuestion& question, const LawOptions& options = {});

/// Flops of the arm at that crossing over those of the other: at its size, or, curve against curve, at the
/// crossing. Mean flops between sizes by log-log interpolation, beyond them by the end's slope. Interval on
/// its logarithm. Infinite where the arm never crosses, from the multiple at the furthest size on.
LawEstimate compute_multiple(const CrossingQuestion& question, const LawOptions& options = {});

}  // namespace quartic
