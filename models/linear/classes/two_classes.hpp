#pragma once
/// Two classes of rows: how many, their means, and how far their rows are from these.
#include <array>
#include <string>

#include "core/data.hpp"
#include "core/fit.hpp"
#include "models/linear/classes/labels.hpp"

namespace quartic::detail {

/// Class 0 and class 1, in this order.
struct TwoClasses {
  std::array<Index, 2> counts = {0, 0};
  std::array<Vector, 2> means;  ///< p each; those of a class without rows are zero
  Vector difference;            ///< of the means, that of class 1 first
  /// The largest |x - the first row of its class| of each column, or |difference| where that is larger: what a
  /// column is measured in.
  Vector largest;

  Index rows() const { return counts[0] + counts[1]; }
  bool one_class() const { return counts[0] == 0 || counts[1] == 0; }
};

/// class_flops::means. Sums are of x less the first row of its class, so that a column that is constant in a class
/// has exactly that mean. Throws InvalidInput for labels other than 0 and 1.
TwoClasses find_classes(const Data& data, const std::string& model);

/// The power of two 2^-e that brings `largest` to [1, 2); 1 for zero and for what is not finite.
double inverse_unit(double largest);

/// These rows less the means of their classes, column j times inverse_units(j): rows.count x p.
/// class_flops::deviations.
Matrix find_deviations(const Data& data, Range rows, const TwoClasses& classes, const Vector& inverse_units);

/// What labels of one class teach: a constant score, the log odds log(n + 1) of Laplace's rule of succession
/// with the sign of that class. class_flops::constant.
Fit constant_fit(const TwoClasses& classes);

/// x'w less that of the point halfway between the means, plus log(n1 / n0). class_flops::rule.
LinearRule rule_between(const TwoClasses& classes, Vector coefficients);

/// The failed fit of data whose means are not finite. class_flops::means.
Fit failed_fit(const TwoClasses& classes);

}  // namespace quartic::detail
