#pragma once
/// Choosing a penalty by cross-validation: errors along a descending grid, when to stop, which to take.
#include <span>
#include <vector>

#include "core/types.hpp"

namespace quartic {

/// Mean squared error over the held-out folds at one penalty, and the standard error of that mean.
struct ValidationError {
  double mean = 0;
  double standard_error = 0;
};

/// The mean of the folds' errors and their standard deviation / sqrt(folds). At least two folds.
/// validation_flops(folds).
ValidationError validation_error(std::span<const double> fold_errors);
constexpr double validation_flops(Index folds) {
  return 4.0 * folds + 3;
}

/// A penalty, given or chosen.
struct PenaltyChoice {
  double penalty = 0;
  ValidationError smallest = {nan, nan};  ///< on the grid; NaN where nothing was validated
  double flops = 0;                       ///< what choosing it cost
};

/// The position of the smallest mean; of equal ones the first. Precondition: not empty.
Index smallest_error(std::span<const ValidationError> errors);

/// The first position (largest penalty) whose mean is within one standard error of the smallest mean
/// (Breiman, Friedman, Olshen & Stone 1984, 3.4.3).
Index one_standard_error(std::span<const ValidationError> errors);

/// When to leave the rest of a grid: at the last ten penalties the mean rose each time, and over them by more
/// than the standard error at the smallest mean so far. A model of many tests takes the same choice as on the
/// whole grid.
bool has_risen(std::span<const ValidationError> errors);

}  // namespace quartic
