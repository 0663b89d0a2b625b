#pragma once
/// What is tried, and for how long.
#include <vector>

#include "models/flexible/mlp/mlp.hpp"
#include "models/flexible/searched/searched.hpp"

namespace quartic::detail {

/// The network number `trial` of a search: drawn from the stream, which is its own.
Mlp draw_candidate(const Searched& search, Stream stream);
/// The widest and deepest there may be.
Mlp largest_candidate(const Searched& search);

/// So many networks, each trained to so many epochs in all.
struct Rung {
  Index networks = 0, epochs = 0;
};
/// "random": one rung of all. Ascending in epochs, descending in networks.
std::vector<Rung> make_rungs(const Searched& search);

}  // namespace quartic::detail
