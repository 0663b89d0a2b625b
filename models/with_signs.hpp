#pragma once
/// A linear model some of whose coefficients may not have a certain sign.
#include "core/model.hpp"

namespace quartic {

/// Fits `model`, leaves out all columns whose coefficients have a sign that is forbidden to them, and fits it
/// anew to the others, until no coefficient breaks its rule; columns left out have the coefficient 0, and an
/// intercept is fitted to what is left. Each
/// round leaves out a column at least, so that there are at most as many rounds as forbidden signs, and one.
/// For columns that are uncorrelated this is the constrained minimum; else a column that is left out early
/// might have come back. (Lawson & Hanson's algorithm, Solving Least Squares Problems (1974), chapter 23, lets
/// it, but knows least squares alone.)
///
/// Bill: the sum of all rounds. Where no rule is broken the fit is that of the model on the stream
/// child("signs"); every round draws from that, so that a model which shuffles its rows goes through the same
/// order. Throws InvalidInput where the model's rule is not linear.
struct WithSigns {
  Model model;
  Vector forbidden;  ///< one a column: 1 or -1, the sign its coefficient may not have; 0: it may have any

  std::string name() const { return model.name(); }
  std::string fingerprint() const;
  bool is_linear() const { return true; }
  bool reads_classes() const { return model.reads_classes(); }
  Fit fit(const Data& data, Stream stream) const;
  /// The model's, and the rows of the columns that are left.
  double working_bytes(Index rows, Index columns) const;
};
static_assert(Estimator<WithSigns> && HasWorkingBytes<WithSigns> && ReadsClasses<WithSigns>);

/// `model` under these rules; it takes rows on demand where the model does.
Model with_signs(Model model, Vector forbidden);

}  // namespace quartic
