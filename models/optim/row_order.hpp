#pragma once
/// In which order an optimiser visits the rows.
#include <vector>

#include "core/random/stream.hpp"
#include "core/types.hpp"

namespace quartic {

/// The numbers 0 .. rows-1 in random order (Fisher & Yates), two words of the stream a row: every order is
/// equally likely up to a bias below rows / 2^64. Precondition: 0 <= rows < 2^32.
std::vector<Index> shuffled_rows(Index rows, Stream stream);

}  // namespace quartic
