#pragma once
/// Where two arms meet, and at what price.
#include "laws/curves/exponent.hpp"

namespace quartic {

/// Where an arm meets another: the other's error at one of its sizes, or its whole curve.
struct CrossingQuestion {
  MeasuredCurve arm;
  MeasuredCurve against;
  Index against_position = -1;  ///< of the size in `against`; -1: the whole curve
};

/// The n at which the offset law of the arm takes the target error, or gets below the offset law of
/// the other curve (first within both ranges of sizes, else beyond them up to 1000 times the largest size).
/// Sizes weigh as many as their replicates, or alike where the options say so. Interval on log n. The note
/// says so when n lies outside the sizes of the arm (an extrapolation). Where the arm stays behind up to there,
/// whichever replicate is left out, it never crosses: n is infinite, its lower end that furthest size, and the note
/// says so. At least three sizes a curve.
LawEstimate crossing(const CrossingQuestion& question, const LawOptions& options = {});

/// Flops of the arm at that crossing over those of the other: at its size, or, curve against curve, at the
/// crossing. Mean flops between sizes by log-log interpolation, beyond them by the end's slope. Interval on
/// its logarithm. Infinite where the arm never crosses, from the multiple at the furthest size on.
LawEstimate compute_multiple(const CrossingQuestion& question, const LawOptions& options = {});

}  // namespace quartic
