#pragma once
/// What theory expects of random features on a linear target.
#include "core/options.hpp"

namespace quartic {

/// A linear target on independent columns of unit variance, as an arm meets it.
struct LinearTarget {
  double rows = 0, columns = 0;
  double signal = 0;          ///< variance of f* in the arm's columns
  double noise_variance = 0;  ///< with what the arm does not see
};

/// Excess risk within the arm's columns of the model random_features with these options (defaults for the
/// rest), by Mei & Montanari (2022, laws/theory/random_features.hpp) with psi1 = features/columns and psi2 =
/// rows/columns. The model's penalty l is theirs: it minimises (1/n) |y - F a|^2 + (features l/columns)
/// |a|^2. Theirs is x on the sphere of radius sqrt(columns), ours is Gaussian, and so may be the weights:
/// lengths concentrate, and the limit is the same. A constant part of the activation (relu's) costs one row
/// of many. NaN for Fourier features and where the limit is infinite.
double random_features_error(const LinearTarget& target, const OptionValues& options);

}  // namespace quartic
