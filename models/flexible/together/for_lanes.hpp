#pragma once
/// Loops over the members of a vector, whose number is known when they are compiled.
#include <type_traits>

#include "core/types.hpp"

namespace quartic::detail {

/// work(std::integral_constant) of these lanes: 2, 4, 8 or 16.
template <class Work>
void for_lanes(Index lanes, Work&& work) {
  switch (lanes) {
    case 2:
      return work(std::integral_constant<Index, 2>());
    case 4:
      return work(std::integral_constant<Index, 4>());
    case 8:
      return work(std::integral_constant<Index, 8>());
    default:
      return work(std::integral_constant<Index, 16>());
  }
}

}  // namespace quartic::detail
