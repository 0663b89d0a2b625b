#pragma once
/// The columns as the logistic models compute with them: of one size, about their means where there is an intercept.
#include <vector>

#include "core/data.hpp"
#include "core/fit.hpp"

namespace quartic::detail {

enum class Intercept { none, fitted };

/// Column j becomes (x_j - mean_j) * factor_j, factor_j a power of two that brings the largest number to [1, 2): a
/// change of units, exact, so that columns in units of 1e9 and 1e-9 serve alike. Without an intercept the means are
/// zero. A column without variation (with an intercept: constant) is left out, with a coefficient of zero.
struct ColumnScaling {
  std::vector<Index> kept;  ///< positions of the columns that are used
  Vector means, factors;    ///< of the kept ones
  bool intercept = false;
  bool finite = true;  ///< all numbers of the data are

  /// Number of coefficients: kept columns, and the intercept, which comes last.
  Index size() const { return static_cast<Index>(kept.size()) + (intercept ? 1 : 0); }
  /// The rule of the data as they were, of `columns` columns. logistic_flops::rule.
  LinearRule rule(const Vector& scaled, Index columns) const;
};

ColumnScaling column_scaling(const Data& data, Intercept intercept);

/// n x size(), the last column one where there is an intercept. logistic_flops::design.
Matrix scaled_design(const Data& data, const ColumnScaling& scaling);

}  // namespace quartic::detail
