#include "models/linear/flops.hpp"

#include <algorithm>

namespace quartic {

namespace {

// Making a reflection of length m (norm, signed pivot, v'v, 2/v'v) and applying it to one vector.
constexpr double reflection_flops(double m) {
  return 4 * m + 3;
}
constexpr double reflect_flops(double m) {
  return 4 * m + 1;
}
// One plane rotation of QL: its angle, the two diagonal numbers, and two rows of n eigenvector entries.
constexpr double rotation_flops(double n) {
  return 18 + 6 * n;
}
constexpr double shift_flops() {
  return 11;
}
constexpr double kSweeps = 2;

double tridiagonalisation_flops(Index order) {
  double flops = 0;
  for (Index k = 0; k + 2 < order; ++k) {
    const auto m = static_cast<double>(order - 1 - k);
    flops += reflection_flops(m) + (2 * m * m + m) + (2 * m + 2) + 2 * m + 2 * m * (m + 1);  // A <- H A H
    flops += m * reflect_flops(m);                                                           // Q <- H Q
  }
  return flops;
}

}  // namespace

double eigensystem_flops(Index n) {
  double flops = tridiagonalisation_flops(n);
  for (Index l = 0; l + 1 < n; ++l)
    flops +=
        kSweeps * (shift_flops() + static_cast<double>(n - 1 - l) * rotation_flops(static_cast<double>(n)));
  return flops;
}

double minimum_norm_flops(Index n, Index p, Index rank) {
  double flops = 0;
  for (Index j = 0; j < rank; ++j) {
    const auto m = static_cast<double>(n - j), columns = static_cast<double>(p - j);
    flops +=
        columns * norm_flops(m) + reflection_flops(m) + columns * reflect_flops(m);  // the rest of X, and y
  }
  if (rank < std::min(n, p))
    flops += static_cast<double>(p - rank) * norm_flops(static_cast<double>(n - rank));
  const auto r = static_cast<double>(rank);
  if (rank == p) return flops + triangular_solve_flops(r);
  for (Index j = 0; j < rank; ++j) {
    const auto m = static_cast<double>(p - j), columns = static_cast<double>(rank - j - 1);
    flops += reflection_flops(m) + (columns + 1) * reflect_flops(m);  // the rest of R', and the solution
  }
  return flops + triangular_solve_flops(r);
}

}  // namespace quartic
