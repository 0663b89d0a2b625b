#pragma once
/// What the relaxed lasso costs beside the lasso and least squares (core/fit.hpp says what counts as one). Exact: counts
/// of the obvious code in tests/models/linear/relaxed/relaxed_lasso_test.cpp.
#include "models/linear/fold.hpp"

namespace quartic::detail::relaxed_flops {

/// mix b + (1 - mix) b' of so many coefficients.
constexpr double combine(double coefficients) {
  return 1 + 3 * coefficients;
}
/// Residuals of the lasso and of least squares on h held-out rows, and their three inner products.
constexpr double judge(double h, double coefficients, double intercepts) {
  return 2 * residual_flops(h, coefficients, intercepts) + 3 * product_flops(1, h, 1);
}
/// (mix^2 |r|^2 + 2 mix (1 - mix) r's + (1 - mix)^2 |s|^2) / h of these residuals r and s, and 1 - mix.
constexpr double mix_error() {
  return 11;
}

}  // namespace quartic::detail::relaxed_flops
