#include "models/flexible/searched/candidates.hpp"

#include <algorithm>
#include <cmath>

namespace quartic::detail {

namespace {

Mlp base_network(const Searched& search) {
  return {.activation = search.activation,
          .loss = search.loss,
          .weight_decay = search.weight_decay,
          .optimiser = search.optimiser,
          .batch = search.batch,
          .epochs = search.epochs};
}

double uniform_in_logarithm(double from, double to, double share) {
  return from * std::pow(to / from, share);
}

}  // namespace

Mlp draw_candidate(const Searched& search, Stream stream) {
  Mlp network = base_network(search);
  const double depth = stream.uniform(), width = stream.uniform(), rate = stream.uniform();
  const auto depths = static_cast<double>(search.layers_to - search.layers_from + 1);
  network.layers = std::min(search.layers_to, search.layers_from + static_cast<Index>(depth * depths));
  network.width = static_cast<Index>(std::lround(uniform_in_logarithm(
      static_cast<double>(search.width_from), static_cast<double>(search.width_to), width)));
  network.learning_rate = uniform_in_logarithm(search.rate_from, search.rate_to, rate);
  return network;
}

Mlp largest_candidate(const Searched& search) {
  Mlp network = base_network(search);
  network.layers = search.layers_to;
  network.width = search.width_to;
  return network;
}

std::vector<Rung> make_rungs(const Searched& search) {
  if (search.search == "random") return {{search.trials, search.epochs}};
  std::vector<Rung> rungs;
  for (Index networks = search.trials;; networks = (networks + 1) / 2) {
    rungs.push_back({networks, search.epochs});
    if (networks == 1) break;
  }
  double epochs = static_cast<double>(search.epochs);
  for (std::size_t r = rungs.size(); r-- > 0; epochs /= 2)
    rungs[r].epochs = std::max<Index>(1, static_cast<Index>(std::lround(epochs)));
  return rungs;
}

}  // namespace quartic::detail
