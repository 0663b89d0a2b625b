#pragma once
/// Measurements of a network and two remedies whose laws are planted.
#include <cmath>
#include <string>
#include <vector>

#include "core/random/stream.hpp"
#include "experiments/findings/remedies.hpp"

namespace quartic {

/// error = scale n^-slope with replicates' luck in common, training price n^2, pre-training, and running.
struct PlantedArm {
  double scale = 1, slope = 1, price = 1, pretraining = 0, running = 100;
};

struct PlantedRemedies {
  Study study;
  Cube cube;
};

inline PlantedRemedies planted_remedies(const std::vector<PlantedArm>& arms, Index replicates = 20,
                                        std::uint64_t seed = 1) {
  Study study;
  study.sizes = {50, 100, 200, 400, 800};
  study.replicates = replicates;
  study.cells = {Cell{}};
  const std::vector<std::string> names = {"network", "first", "second"};
  study.remedies = Remedies{.against = "network", .arms = {}, .at_error = 0.004};
  CubeAxes axes{.cells = 1, .arms = {}, .sizes = study.sizes, .replicates = replicates};
  for (std::size_t a = 0; a < arms.size(); ++a) {
    axes.arms.push_back(names[a]);
    if (a > 0) study.remedies->arms.push_back(names[a]);
  }
  Cube cube(axes);
  Stream stream(seed);
  for (Index r = 0; r < replicates; ++r)
    for (Index k = 0; k < 5; ++k) {
      const double n = static_cast<double>(study.sizes[static_cast<std::size_t>(k)]);
      const double shared = stream.normal();
      for (std::size_t a = 0; a < arms.size(); ++a) {
        const Slot slot{0, static_cast<Index>(a), k, r};
        const double luck = std::exp(0.1 * shared + 0.03 * stream.normal());
        cube.set(slot, Measure::normalised_error, arms[a].scale * std::pow(n, -arms[a].slope) * luck);
        cube.set(slot, Measure::fit_flops, arms[a].price * n * n);
        cube.set(slot, Measure::tuning_flops, 0);
        cube.set(slot, Measure::pretraining_flops, arms[a].pretraining);
        cube.set(slot, Measure::inference_flops, arms[a].running);
        cube.set(slot, Measure::status, 0);
      }
    }
  return {study, cube};
}

inline RemediesFinding found(const PlantedRemedies& planted) {
  return evaluate_remedies(planted.study, planted.cube);
}

}  // namespace quartic
