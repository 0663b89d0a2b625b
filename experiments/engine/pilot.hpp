#pragma once
/// Pilots: one real replicate of a cell, from which plans are made.
#include <string>
#include <vector>

#include "experiments/study/arm.hpp"
#include "experiments/study/study.hpp"

namespace quartic::detail {

/// What one replicate of a cell takes, all sizes.
struct CellCost {
  std::vector<double> flops;                 ///< by arm; NaN where a model gives none
  std::vector<double> given_flops;           ///< without further sizes of a target
  double seconds = 0;                        ///< of one core
  std::size_t piloted = 0;                   ///< sizes that were run, the smallest ones
  double record_bytes = 0;                   ///< of a record in the store and in all files, on average
  Index fits = 0, failed = 0, diverged = 0;  ///< that were run
  std::string failure, divergence;           ///< what the first of these says
};

/// Runs the cell's first replicate for about so many seconds: all of it where that is enough, else single
/// sizes from the smallest up, at least two that all arms run, and the larger ones extrapolated by a power law. With
/// interruption points.
CellCost pilot_cell(const Study& study, const Cell& cell, double seconds);

}  // namespace quartic::detail
