#pragma once
/// Rows of one fold of cross-validation as data of their own, and how a linear rule errs on them.
#include <span>

#include "core/data.hpp"
#include "core/fit.hpp"
#include "models/linear/flops.hpp"

namespace quartic {

/// Row i is in fold i mod folds; the others are trained on. Copies, as double.
struct Fold {
  Data training, held_out;
};
Fold divide(const Data& data, Index fold, Index folds);

/// y - Xb - intercept of dense rows, by these coefficients alone: those of all other columns are zero. residual_flops.
Vector residuals_of(const LinearRule& rule, std::span<const Index> columns, const Data& rows);
/// Their mean square. held_out_flops.
double held_out_error(const LinearRule& rule, std::span<const Index> columns, const Data& rows);

/// Of h rows, with 1 or 0 intercepts.
constexpr double residual_flops(double h, double coefficients, double intercepts) {
  return product_flops(h, coefficients, 1) + intercepts * h;
}
constexpr double held_out_flops(double h, double coefficients, double intercepts) {
  return residual_flops(h, coefficients, intercepts) + 2 * h + 1;
}

}  // namespace quartic
