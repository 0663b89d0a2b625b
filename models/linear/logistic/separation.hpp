#pragma once
/// Whether a linear rule separates two classes, so that the likelihood has no finite maximum.
#include "core/types.hpp"

namespace quartic::detail {

enum class Separability { separable, overlapping, undecided };

/// What the search found: of separable classes a direction d with y~_i x_i'd >= 0 in all rows and > 0 in some (y~ = 1
/// for class 1 and -1 for class 0); it may be zero on rows where classes only touch (quasi-complete separation).
struct Separation {
  Separability answer = Separability::undecided;
  Vector direction;
  double flops = 0;
};

/// A finite maximum exists unless such a direction does (Albert & Anderson 1984, Biometrika 71), and by the theorem of
/// the alternative (Stiemke 1915) there is none exactly if weights a > 0 exist with sum_i a_i y~_i x_i = 0. So one
/// minimises |sum_i a_i y~_i x_i / |x_i||^2 over a >= 1, by Lawson & Hanson's active sets (1974, chapter 23): where the
/// minimum is zero, to 1e-12 of the sum of weights, the classes overlap; else what remains of the sum is itself a
/// separating direction. Ends after finitely many steps, without any limit to infinity. x: n x q, its columns of like
/// size; rows of zeros decide nothing. Flops: logistic_flops, as executed.
Separation find_separation(const Matrix& x, VectorView y);

}  // namespace quartic::detail
