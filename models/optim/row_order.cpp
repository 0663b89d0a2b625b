#include "models/optim/row_order.hpp"

#include <cassert>
#include <numeric>
#include <utility>

namespace quartic {

namespace {

// floor(bound w / 2^64) for a random 64-bit w: uniform over 0 .. bound-1.
std::size_t below(std::size_t bound, Stream& stream) {
  const std::uint64_t high = stream(), low = stream();
  return (high * bound + (low * bound >> 32)) >> 32;
}

}  // namespace

std::vector<Index> shuffled_rows(Index rows, Stream stream) {
  assert(rows >= 0 && static_cast<std::int64_t>(rows) < std::int64_t{1} << 32);
  std::vector<Index> order(static_cast<std::size_t>(rows));
  std::iota(order.begin(), order.end(), Index{0});
  for (std::size_t left = order.size(); left > 1; --left)
    std::swap(order[left - 1], order[below(left, stream)]);
  return order;
}

}  // namespace quartic
