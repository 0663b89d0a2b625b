#pragma once
/// Drawing without replacement.
#include <vector>

#include "core/random/stream.hpp"
#include "core/types.hpp"

namespace quartic {

/// `count` different numbers of 0 .. population-1 in random order, uniform over all such lists. Nested: the
/// first k are those that a sample of k would hold. Memory and time O(count), whatever the population; two
/// words of the stream each (bias below population / 2^64). Preconditions: 0 <= count <= population < 2^32.
std::vector<Index> sample_without_replacement(Index population, Index count, Stream stream);

}  // namespace quartic
