#pragma once
/// The random numbers of a replicate.
#include <cstdint>
#include <string>

#include "core/random/stream.hpp"
#include "experiments/study/study.hpp"

namespace quartic {

/// The stream of everything drawn in one replicate: seed / world kind / replicate. The cell is not in it.
/// Its children are "truth", "train", "test", "expert" and "arm"; an arm draws from "arm" / its name.
inline Stream replicate_stream(const Study& study, const std::string& world, Index replicate) {
  return Stream(study.seed).child(world).child(static_cast<std::uint64_t>(replicate));
}

/// That of the truth: the same in all replicates where the study says so.
inline Stream truth_stream(const Study& study, const std::string& world, Index replicate) {
  return (study.truth_seed ? Stream(*study.truth_seed) : replicate_stream(study, world, replicate))
      .child("truth");
}

}  // namespace quartic
