#pragma once
/// The lasso on a working set of columns, from their Gram matrix alone, by an active-set Newton method.
#include <span>
#include <vector>

#include "core/types.hpp"
#include "models/linear/lasso/factor.hpp"

namespace quartic::detail {

/// The quadratic 1/2 b'Gb - q'b; G is size x size, symmetric, its columns `stride` apart.
struct QuadraticView {
  const double* gram;
  Index stride;
  const double* target;
  Index size;

  const double* column(Index j) const { return gram + j * stride; }
};

/// A level below this fraction of the largest |q - Gb| is approached by stages of this ratio.
inline constexpr double lasso_stage_ratio = 0.75;
/// Entries of a null direction below this fraction of the largest are rounding.
inline constexpr double lasso_noise_of_null_direction = 1e-9;

/// Minimises 1/2 b'Gb - q'b + level |b|_1, warm from wherever it stands (feature-sign search, Lee, Battle,
/// Raina & Ng 2007, with several columns entering and leaving at once). The support A has signs s and a
/// Cholesky factor of G_AA. Repeat:
///   1. enter every column with |q_j - (Gb)_j| > level (1 + slack), largest first, with that sign;
///   2. compute t_A = G_AA^-1 (q_A - level s_A); newcomers whose t has the wrong sign leave at once, else
///      b_A moves towards t_A until a coefficient reaches zero and leaves; repeat until t_A is reached.
/// The objective falls at every move, and no support with its signs comes twice, so this ends.
/// A column that depends on the support enters along the null direction, in exchange for the coefficient that
/// reaches zero first. A level far below the largest |q - Gb| is approached by stages.
class LassoActiveSet {
 public:
  struct Effort {
    bool solved;  ///< false where `limit` moves (solutions for t) did not suffice
    Index moves;
    double flops;
  };
  /// Solves to the optimality conditions within `slack` (relative to level).
  Effort solve(const QuadraticView& quadratic, double level, double slack, Index limit);

  /// Positions in the working set, and their coefficients.
  std::span<const Index> support() const { return support_; }
  const Vector& coefficients() const { return coefficients_; }

 private:
  bool solve_stage(const QuadraticView& quadratic, double level, double slack, Index limit);
  void update_gradient(const QuadraticView& quadratic);
  std::vector<Index> violators(double threshold) const;
  void enter(const QuadraticView& quadratic, std::span<const Index> columns);
  Index append(const QuadraticView& quadratic, std::span<const Index> columns);
  void exchange(const QuadraticView& quadratic, Index column);
  bool move_to_minimum(const QuadraticView& quadratic, double level, Index limit);
  Vector minimum_of_orthant(const QuadraticView& quadratic, double level);
  bool remove_wrong_signs(const Vector& target);
  bool step_towards(const Vector& target);
  void remove(Index position);
  Vector support_products(const QuadraticView& quadratic, Index column) const;

  LassoFactor factor_;
  std::vector<Index> support_;
  std::vector<double> signs_;  // of the support
  Vector coefficients_;        // of the support
  Vector gradient_;            // q - Gb on the whole working set
  std::vector<char> barred_;   // in the support, or dependent on it without a way in
  Index moves_ = 0;            // of this solve
  double flops_ = 0;           // of this solve
};

}  // namespace quartic::detail
