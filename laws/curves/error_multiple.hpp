#pragma once
/// How the errors of two arms compare at the same sizes.
#include "laws/curves/crossing.hpp"

namespace quartic {

/// How many times the error of the other arm an arm has: the geometric mean, over the sizes given, of the ratio of
/// average errors; where the other's size is named, against its error there. Replicates are left out of both arms at
/// once, which see the same rows, so that what both owe to a lucky sample goes: the interval, on the logarithm, is
/// narrower than either arm's. At least one size, the same ones in both curves, and two replicates.
LawEstimate error_multiple(const CrossingQuestion& question, const LawOptions& options = {});

}  // namespace quartic
