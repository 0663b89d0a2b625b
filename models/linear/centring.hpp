#pragma once
/// An intercept by centring: the columns and y lose their means, and the rule gets them back.
#include "core/data.hpp"
#include "core/fit.hpp"

namespace quartic {

/// data less its means; what is constant becomes exactly zero. centring_flops(n, p) with rule().
struct Centred {
  Data data;
  Vector means;  ///< of the columns, p
  double y_mean = 0;

  /// The rule of these coefficients on the data as they were: intercept = y_mean - means'coefficients.
  LinearRule rule(Vector coefficients) const;
};

/// Precondition: at least one row.
Centred centre(const Data& data);
/// The data as they are, for a rule without an intercept.
Centred uncentred(const Data& data);

}  // namespace quartic
