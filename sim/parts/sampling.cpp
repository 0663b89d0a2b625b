#include "sim/parts/sampling.hpp"

#include <cassert>
#include <unordered_map>

namespace quartic {

namespace {

// floor(bound w / 2^64) for a random 64-bit w: uniform over 0 .. bound-1.
Index below(Index bound, Stream& stream) {
  const auto factor = static_cast<std::uint64_t>(bound);
  const std::uint64_t high = stream(), low = stream();
  return static_cast<Index>((high * factor + (low * factor >> 32)) >> 32);
}

}  // namespace

// Fisher and Yates' shuffle, stopped after `count` swaps; only displaced elements are stored.
std::vector<Index> sample_without_replacement(Index population, Index count, Stream stream) {
  assert(count >= 0 && count <= population && static_cast<std::int64_t>(population) < std::int64_t{1} << 32);
  std::unordered_map<Index, Index> displaced;
  const auto at = [&](Index place) {
    const auto found = displaced.find(place);
    return found == displaced.end() ? place : found->second;
  };
  std::vector<Index> sample;
  sample.reserve(static_cast<std::size_t>(count));
  for (Index k = 0; k < count; ++k) {
    const Index chosen = k + below(population - k, stream);
    sample.push_back(at(chosen));
    displaced[chosen] = at(k);
  }
  return sample;
}

}  // namespace quartic
